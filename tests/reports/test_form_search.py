"""What a text holds of a query, in plain values: also what names.yaml takes away, and the command that corrects it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.query import compile_query
from monitor.reports.form_search import TracedText, trace_text
from monitor.run.config_folder import read_config
from tests.cli.stand import stand
from tests.query.reading import NOW

NAMES = "names:\n  - {name: Rudd, not: [Руді, Paul Rudd]}\n  - {name: Peskov, also: [Песков, Peskoff]}\n"


def traced(folder: Path, query: str, text: str, language: str = "") -> TracedText:
    made = stand(folder)
    made.write({"names.yaml": NAMES})
    config = read_config(made.config, folder / "data").require_config()
    return trace_text(config, compile_query("", query, config.scope), text, language, NOW)


@pytest.mark.parametrize("name", ["Rudd", "Kevin Rudd"])
def test_a_form_that_the_files_take_away_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    found = traced(tmp_path, f'name("{name}")', "Руді Джуліані прибув до Києва", "uk")
    (form,) = [one for one in found.forms if one.source == "not"]
    assert (found.matches, form.outcome, form.text, form.form) == (False, "missed", "Руді", "Руді")
    assert (form.reason, form.place) == ("not: of Rudd takes it away", "names.yaml:2:24")


def test_a_longer_name_that_takes_it_away_is_told_once(tmp_path: Path) -> None:
    found = traced(tmp_path, "name(Rudd)", "said Paul Rudd")
    assert [(one.text, one.reason) for one in found.forms] == [
        ("Rudd", "inside “Paul Rudd”, which is another name (not:)")
    ]


@pytest.mark.parametrize(
    ("query", "text", "correction"),
    [
        ("name(Tkachuk)", "сказал Ткачук", "monitor names not Tkachuk Ткачук"),
        ('name("Olga Tkachuk")', "Ольга Ткачук", "monitor names not 'Olga Tkachuk' 'Ольга Ткачук'"),
        ("name(Peskov)", "сказал Песков", ""),
        ("name(Peskov)", "сказал песков", ""),
        ("name(Peskov)", "said Peskof", "monitor names also Peskov Peskof"),
        ("name(Peskov)", "said Peskovsky", ""),
        ("name(Newsom)", "昨天纽森在北京", "monitor names also Newsom 纽森"),
        ('name("Wang Yi")', "外长王义表示", "monitor names not 'Wang Yi' 王义"),
        ('name("Dmitry Peskov")', "Ivan Peskov", ""),
        ("talks", "the talks", ""),
    ],
)
def test_the_command_that_corrects_it_is_told(tmp_path: Path, query: str, text: str, correction: str) -> None:
    assert [one.correction for one in traced(tmp_path, query, text).forms] == [correction]


@pytest.mark.parametrize(
    ("query", "text", "place"),
    [
        ("name(Peskov)", "said Peskoff", "names.yaml:3:35"),
        ("name(Peskov)", "od Peskoffa", "names.yaml:3:35"),
        ("name(Peskov)", "сказал Песков", "names.yaml:3:27"),
        ('name("Dmitry Peskov")', "сказал Дмитрий Песков", "names.yaml:3:12"),
        ("name(Peskov)", "said Peskov", ""),
    ],
)
def test_a_form_that_the_files_add_is_told_with_its_place(tmp_path: Path, query: str, text: str, place: str) -> None:
    found = traced(tmp_path, query, text, "pl" if "Peskoffa" in text else "")
    assert [(one.outcome, one.place) for one in found.forms] == [("found", place)]


def test_what_stands_in_several_places_is_told_once(tmp_path: Path) -> None:
    found = traced(tmp_path, "name(Peskov)", "Peskov said; Peskov left; a peskov")
    assert [(one.outcome, one.text) for one in found.forms] == [("found", "Peskov"), ("missed", "peskov")]


def test_the_language_is_guessed_where_none_is_given(tmp_path: Path) -> None:
    guessed = traced(tmp_path, "talks", "the talks in the harbour were held by the two sides")
    assert (guessed.language, guessed.guessed, guessed.matches) == ("en", True, True)
    given = traced(tmp_path, "talks", "the talks in the harbour were held by the two sides", "de")
    assert (given.language, given.guessed) == ("de", False)


def test_a_query_that_fails_although_a_form_is_found_says_by_which_part(tmp_path: Path) -> None:
    found = traced(tmp_path, "name(Peskov) AND title:harbour", "сказал Песков у harbour")
    assert ([one.outcome for one in found.forms], found.matches) == (["found", "found"], False)
    assert found.failed == ("title:harbour: it is there, but not in that part of the article",)
    assert traced(tmp_path, "name(Peskov)", "сказал Песков").failed == ()
