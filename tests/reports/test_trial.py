"""A tried rule is a record: figures of the past, the newest matches, gain and loss; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.query import compile_query
from monitor.reports.trial import ComparedTrialReport, Progress, TrialReport, TriedRule, last_good_query, try_rule
from monitor.run.config_folder import read_config
from monitor.steps.parallel_match import Judged
from monitor.store import Store, config_files
from tests.cli.stand import FILES, NOW, fill, piece, stand

DAY = timedelta(days=1)
PAST = [
    piece("before", "A harbour of old", 10 * DAY, published=NOW - 300 * DAY),
    piece("start", "The harbour opens", 10 * DAY),
    piece("one", "The harbour talks", 4 * DAY),
    piece("two", "The harbour at night", 2 * DAY),
    piece("ru", "Песков сказал", DAY, outlet="tass", language="ru"),
]


@pytest.fixture
def config(tmp_path: Path, store: Store) -> Config:
    made = stand(tmp_path)
    fill(store, PAST)
    config = read_config(made.config, tmp_path / "data").config
    assert config is not None
    return config


def tried(
    store: Store, config: Config, query: str, earlier: str = "", progress: Progress = lambda judged, _: judged
) -> TrialReport:
    compiled, before = (compile_query("tried", text, config.scope) if text else None for text in (query, earlier))
    assert compiled is not None
    return try_rule(store, config, TriedRule(compiled, before, (None, None), 2), NOW, progress)


def test_the_figures_of_a_past(store: Store, config: Config) -> None:
    found = tried(store, config, "harbour")
    assert (found.past.first, found.past.since, found.past.articles) == (NOW - 10 * DAY, NOW - 10 * DAY, 5)
    assert (found.matches, found.older, sum(day.count for day in found.days)) == (4, 1, 3)
    assert (found.outlets, found.languages, found.silent_languages) == ({"wire": 4}, {"en": 4}, ("ru", "tr"))
    assert found.mails_a_day == pytest.approx(0.3, abs=0.01)
    assert [one.title for one in found.newest] == ["The harbour at night", "The harbour talks"], (
        "no more than asked for"
    )
    assert [part.text for part in found.newest[0].heading.parts if part.marked] == ["harbour"]
    assert not isinstance(found, ComparedTrialReport)


def test_beside_an_earlier_rule_it_says_what_is_gained_and_lost(store: Store, config: Config) -> None:
    found = tried(store, config, "harbour NOT talks", "harbour AND talks")
    assert isinstance(found, ComparedTrialReport)
    assert (len(found.gained), len(found.lost)) == (3, 1)
    assert [one.title for one in found.newest_lost] == ["The harbour talks"]
    assert found.newest_gained[0].title == "The harbour at night"
    assert len(found.newest_gained) == 2


def test_the_query_last_in_force_is_known_where_the_files_say_another(tmp_path: Path, store: Store) -> None:
    assert last_good_query(store, "Harbour", "port", tmp_path) == ""
    with store.begin() as conn:
        config_files.keep(conn, FILES, NOW)
    assert last_good_query(store, "Harbour", "port", tmp_path) == "harbour AND @talks"
    assert last_good_query(store, "Harbour", "harbour AND @talks", tmp_path) == ""
    assert last_good_query(store, "Port", "port", tmp_path) == ""


def test_interrupted_it_reports_what_was_judged(store: Store, config: Config) -> None:
    def interrupted(judged: Iterator[Judged], total: int) -> Iterator[Judged]:
        yield next(judged)
        raise KeyboardInterrupt

    found = tried(store, config, "harbour", progress=interrupted)
    assert (found.candidates, found.judged, found.matches) == (5, 1, 0)


def test_without_a_past_there_are_no_mails_to_count(tmp_path: Path, store: Store) -> None:
    config = read_config(stand(tmp_path).config, tmp_path / "data").config
    assert config is not None
    found = tried(store, config, "harbour")
    assert (found.past.first, found.matches, found.mails_a_day, found.silent_languages) == (None, 0, None, ())
