"""Spellings are proposed from stored articles with a reason, a sentence and both commands; on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.query import compile_query
from monitor.reports.as_json import as_json
from monitor.reports.name_suggestions import NameSuggestions, suggest_spellings, watched_names
from monitor.run.config_folder import read_config
from monitor.store import Store
from tests.bench.name_suggestions import outcome
from tests.cli.stand import NOW, Stand, fill, piece, stand

RULES = """\
rules:
  - {name: west, to: [ann@readers.test], query: '"water bill" AND @people'}
  - {name: east, to: [ann@readers.test], query: name(Peskov) OR exact(name)}
  - {name: asleep, to: [ann@readers.test], active: no, query: name(Lavrov)}
lists:
  people: [name("Gavin Newsom"), name(peskov)]
"""
TEXT = "Гэвин Ньюсам подписал закон. Песков молчал."


@pytest.fixture
def here(tmp_path: Path) -> Stand:
    made = stand(tmp_path)
    made.write({"rules.yaml": RULES})
    return made


def config_of(here: Stand) -> Config:
    return read_config(here.config, here.folder / "data").require_config()


def suggested(store: Store, config: Config, span: tuple[None, None] = (None, None)) -> NameSuggestions:
    (report,) = suggest_spellings(store, config, ["Gavin Newsom"], span, NOW)
    return report


def test_names_are_those_of_active_rules_and_their_lists_each_once(here: Stand) -> None:
    assert watched_names(config_of(here)) == ["Gavin Newsom", "Peskov"]


def test_a_spelling_comes_with_its_reason_sentence_and_commands(here: Stand, store: Store) -> None:
    fill(
        store,
        [
            piece("en", "Gavin Newsom spoke", timedelta(hours=5)),
            piece("ru", "Закон", timedelta(hours=3), lead=TEXT, outlet="tass", language="ru"),
            piece("old", "Закон", timedelta(days=20), lead="Ушёл Гэвин Ньюсам.", outlet="haber", language="ru"),
        ],
    )
    report = suggested(store, config_of(here))
    (one,) = report.spellings
    assert (one.spelling, one.languages, one.articles, one.outlets) == ("Гэвин Ньюсам", ("ru",), 2, 2)
    assert (one.sentence, one.outlet, one.reasons[0]) == ("Гэвин Ньюсам подписал закон.", "tass", "same given name")
    assert one.seen == NOW - timedelta(hours=3)
    assert one.accept == "monitor names also 'Gavin Newsom' 'Гэвин Ньюсам'"
    assert (report.with_name, report.read) == (1, 3)
    assert as_json(report)["spellings"][0]["refuse"] == "monitor names not --suggested 'Gavin Newsom' 'Гэвин Ньюсам'"


def test_an_accepted_spelling_is_found_and_a_refused_one_never_comes_again(here: Stand, store: Store) -> None:
    fill(store, [piece("en", "Gavin Newsom spoke"), piece("ru", "Закон", lead=TEXT, language="ru")])
    for key in ("also", "not"):
        here.write({"names.yaml": f"names:\n  - {{name: Gavin Newsom, {key}: [Гэвин Ньюсам]}}\n"})
        config = config_of(here)
        found = compile_query("tried", 'name("Gavin Newsom")', config.scope).forms
        assert ("гэвин ньюсам" in found) is (key == "also")
        assert suggested(store, config).spellings == ()


def test_a_spelling_that_counts_in_another_language_says_which(here: Stand, store: Store) -> None:
    text = "Биньямин Нетанияху говорил в Газе."
    fill(store, [piece("en", "Benjamin Netanyahu spoke"), piece("ru", "Ответ", lead=text, language="ru")])
    (report,) = suggest_spellings(store, config_of(here), ["Netanyahu"], (None, None), NOW)
    assert [(one.spelling, one.counts_in) for one in report.spellings] == [("Нетанияху", ("bg",))]


def test_the_commands_of_a_new_name_that_is_like_a_known_one_work_as_they_are(here: Stand, store: Store) -> None:
    fill(store, [piece("en", "Gavin Newson spoke"), piece("ru", "Закон", lead=TEXT, language="ru")])
    (report,) = suggest_spellings(store, config_of(here), ["Gavin Newson"], (None, None), NOW)
    assert [one.accept for one in report.spellings] == ["monitor names also --new 'Gavin Newson' 'Гэвин Ньюсам'"]


def test_without_articles_nothing_is_proposed(here: Stand, store: Store) -> None:
    assert suggested(store, config_of(here)) == NameSuggestions("Gavin Newsom", (), 0, 0)


def test_articles_that_are_read_are_bounded_and_the_newest(
    here: Stand, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.steps.name_evidence.WITH_NAME", 3)
    fill(store, [piece(f"en {number}", "Gavin Newsom spoke", timedelta(hours=number)) for number in range(9)])
    assert (suggested(store, config_of(here)).with_name, suggested(store, config_of(here)).read) == (3, 9)


def test_the_stories_of_our_set_are_told_from_their_traps(tmp_path: Path) -> None:
    found = outcome(tmp_path)
    assert found.wanted >= 25, "the forms find the set by themselves: write harder stories"
    assert found.precision_of_first >= 0.9, found.first_wrong
    assert found.precision >= 0.9, found.wrong
    assert found.recall >= 0.85, found.missed
