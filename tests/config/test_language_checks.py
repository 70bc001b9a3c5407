"""Languages whose endings nothing knows: said once, with the rules that read them and a wildcard to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.helpers import loaded

OUTLETS = "outlets:\n" + "".join(
    f"  - {{name: {name}, feed: https://{name}.test/rss, language: {language}}}\n"
    for name, language in (("times", "en"), ("lap", "hu"), ("hirek", "hu"), ("ambebi", "ka"))
)


def said(tmp_path: Path, query: str, outlets: str = OUTLETS) -> list[tuple[str, int, str, str]]:
    rules = f"rules:\n  - {{name: one, to: [a@b.test], query: {query!r}}}\n"
    found = loaded(tmp_path, {"outlets.yaml": outlets, "rules.yaml": rules})
    assert found.config
    return [(one.file, one.line, one.message, one.hint) for one in found.problems if "endings" in one.message]


def test_each_language_without_endings_is_said_once_with_a_wildcard(tmp_path: Path) -> None:
    message = "no endings of %s are known: words and names are found in it only as they are written"
    assert said(tmp_path, 'name("Viktor Orbán")') == [
        ("outlets.yaml", 3, message % "Hungarian (“hu”)", "add wildcards to rule “one”: OR Orbán*"),
        ("outlets.yaml", 5, message % "Georgian (“ka”)", "add wildcards to rule “one”: OR ორბან*"),
    ]


def test_where_nothing_can_be_proposed_there_is_an_example(tmp_path: Path) -> None:
    hints = [hint for *_, hint in said(tmp_path, "tüntetés")]
    other = "in “one”, write names in its letters beside them, with a wildcard: as ორბან* for Orbán"
    assert hints == ["add wildcards to rule “one”: OR tüntetés*", other]


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("name(Orbán) OR Orbán* OR ორბან*", []),
        ("name(Orbán) OR Orbán*", [5]),
        ("tüntetés AND ორბან*", [3]),
        ("tüntet*", []),
        ("outlet:times AND name(Orbán)", []),
        ("outlet:hirek AND name(Orbán)", [3]),
    ],
)
def test_a_wildcard_or_a_rule_that_reads_others_needs_no_warning(tmp_path: Path, query: str, lines: list[int]) -> None:
    assert [line for _, line, _, _ in said(tmp_path, query)] == lines


def test_outlets_in_other_languages_and_inactive_ones_are_not_spoken_of(tmp_path: Path) -> None:
    outlets = "outlets:\n  - {name: lap, feed: https://lap.test/rss, language: hu, active: no}\n"
    assert said(tmp_path, "name(Orbán)", outlets) == []
    assert said(tmp_path, "name(Orbán)", outlets.replace("language: hu, active: no", "language: pl")) == []


def test_each_of_the_first_rules_has_its_wildcards_and_the_rest_is_counted(tmp_path: Path) -> None:
    names = ("Orbán) OR name(Fico", "Merkel", "Xi", "Putin", "Trump")
    rules = "rules:\n" + "".join(
        f"  - {{name: r{n}, to: [a@b.test], query: name({name})}}\n" for n, name in enumerate(names)
    )
    found = loaded(tmp_path, {"outlets.yaml": OUTLETS, "rules.yaml": rules})
    hints = [one.hint for one in found.problems if "“hu”" in one.message]
    rest = "for 2 more rules, see `monitor forms --rule NAME`"
    assert hints == [f"add wildcards to rule “r0”: OR Orbán* OR Fico*; “r1”: OR Merkel*; {rest}"]
