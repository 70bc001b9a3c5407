"""Templates of one's own: what works is used, what does not is told by file and line and costs no mail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.alerts.sample_alert import sample_views
from monitor.channels.layout import EditedTemplateError, lay_out, shipped_templates
from monitor.config import load
from monitor.config.folder_watch import fingerprint
from monitor.config.mail_templates import check_templates
from tests.channels.endless_templates import ENDLESS, GREEDY

SHIPPED = Path(__file__).parents[2] / "monitor" / "channels" / "templates"
TITLE = "{{ mail.story.title.text if mail.groups else mail.subject }}"


def shipped(name: str) -> str:
    return (SHIPPED / name).read_text(encoding="utf-8")


def test_the_shipped_templates_are_good_as_edited_ones() -> None:
    names = shipped_templates()
    assert {"alert.html", "alert.txt", "base.html", "base.txt", "digest.html", "notice.txt"} <= set(names)
    found = check_templates(tuple((name, shipped(name)) for name in names))
    assert found.problems == ()
    assert {name for name, _ in found.usable} == set(names)


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("alert.txt", "\n{% if %}", 2, "Expected an expression"),
        ("alert.txt", "a\n\n{{ mail.titel }}", 3, "'titel'"),
        ("digest.html", "{{ mail.groups[99].rule }}", 1, "UndefinedError"),
        ("alert.txt", TITLE + "\n{{ mail.__class__.__mro__ }}", 2, "SecurityError"),
        ("alert.txt", TITLE + "\n{% include '/etc/passwd' %}", 2, "TemplateNotFound"),
        (
            "alert.txt",
            TITLE + "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
            1,
            "more",
        ),
        ("alert.txt", TITLE + "{% for a in range(9999999) %}x{% endfor %}", 1, "Range too big"),
        ("alert.html", "", 1, "has no title"),
        ("alert.html", "<p>{{ mail.story.title.text|safe }}</p>", 1, "become markup"),
        (
            "alert.html",
            "{% autoescape false %}{{ mail.story.title.text }}{% endautoescape %}",
            1,
            "become markup",
        ),
        ("base.html", "<p>{% block content %}{% endblock %}</p>", 1, "UndefinedError"),
    ],
)
def test_a_template_that_fails_is_told_by_line_and_not_used(name: str, text: str, line: int, said: str) -> None:
    found = check_templates(((name, text),))
    assert found.usable == ()
    (problem,) = found.problems
    assert (problem.file, problem.severity) == (f"templates/{name}", "warning")
    assert said in problem.message
    assert problem.line == line


@pytest.mark.parametrize("what", ENDLESS)
def test_a_template_that_does_not_end_is_told_and_costs_no_other(what: str) -> None:
    good = ("digest.txt", TITLE)
    found = check_templates((("alert.txt", TITLE + ENDLESS[what]), good))
    assert found.usable == (good,)
    (problem,) = found.problems
    assert "s of processor time" in problem.message


@pytest.mark.parametrize("what", GREEDY)
def test_a_template_that_wants_too_much_is_told_by_line(what: str) -> None:
    found = check_templates((("alert.txt", TITLE + "\n" + GREEDY[what]),))
    assert found.usable == ()
    (problem,) = found.problems
    assert problem.line == 2
    assert "Error" in problem.message


async def test_templates_are_tried_where_an_event_loop_runs() -> None:
    assert check_templates((("notice.txt", TITLE + "{# in a loop #}"),)).problems == ()


def test_one_bad_template_leaves_the_good_ones_in_use() -> None:
    good = ("alert.txt", TITLE + " as we like it")
    found = check_templates((("digest.txt", "{{"), good))
    assert found.usable == (good,)
    alone = next(iter(sample_views()))
    assert lay_out(replace(alone, templates=found.usable), "txt").rstrip().endswith("as we like it")


def test_words_of_articles_are_words_in_an_edited_page() -> None:
    view = replace(next(iter(sample_views())), templates=(("alert.html", "<p>{{ mail.story.title.text }}</p>"),))
    assert "<i" not in lay_out(view, "html")
    with pytest.raises(EditedTemplateError, match=r"alert.html, line 2: UndefinedError"):
        lay_out(replace(view, templates=(("alert.html", "\n{{ oh }}"),)), "html")


def test_the_folder_is_loaded_watched_and_its_strangers_named(tmp_path: Path) -> None:
    (tmp_path / "monitor.yaml").write_text("timezone: UTC\n")
    plain = load(tmp_path, data=tmp_path)
    before = fingerprint(tmp_path)
    folder = tmp_path / "templates"
    folder.mkdir()
    for name, text in (("alert.txt", TITLE), ("alerts.txt", "x"), (".alert.txt.swp", ""), ("digest.txt", "{{")):
        (folder / name).write_text(text)
    (folder / "notice.txt").write_bytes(b"\xff")
    assert fingerprint(tmp_path) != before
    loaded = load(tmp_path, data=tmp_path)
    assert loaded.config is not None
    assert plain.config is not None
    assert loaded.config.templates == (("alert.txt", TITLE),)
    assert loaded.config.digest != plain.config.digest
    assert loaded.errors == plain.errors
    told = {(one.file, one.line): f"{one.message} {one.hint}" for one in loaded.problems if "templates" in one.file}
    assert set(told) == {(f"templates/{name}", 1) for name in ("alerts.txt", "digest.txt", "notice.txt")}
    assert "alert.txt" in told["templates/alerts.txt", 1]
    assert "UTF-8" in told["templates/notice.txt", 1]
