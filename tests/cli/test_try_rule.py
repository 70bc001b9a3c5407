"""`monitor try` says how much past there is, what a rule finds in it, what another rule found; on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.cli import article_output
from monitor.store import Store, config_files
from tests.cli.stand import FILES, NOW, Stand, fill, piece, stand

DAY = timedelta(days=1)
PAST = [
    piece("first", "Nothing at all", 10 * DAY),
    piece("before", "A harbour of old", 10 * DAY, published=NOW - 300 * DAY),
    piece("one", "The harbour talks", 4 * DAY),
    piece("two", "The harbour at night", 2 * DAY),
    piece("three", "Talks of the harbour", 2 * DAY, outlet="tass"),
    piece("ru", "Песков сказал", DAY, outlet="tass", language="ru"),
]


@pytest.fixture
def here(tmp_path: Path, store: Store) -> Stand:
    made = stand(tmp_path)
    made.use(store)
    fill(store, PAST)
    return made


def tried(here: Stand, *words: str) -> dict[str, Any]:
    ran = here.run("try", "--json", *words)
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)
    assert isinstance(found, dict)
    return found


def test_a_rule_is_tried_on_the_past_that_there_is(here: Stand) -> None:
    found = tried(here, "harbour")
    assert found["past"]["articles"] == 6
    assert found["past"]["first"] == found["past"]["since"] == (NOW - 10 * DAY).isoformat()
    assert found["matches"] == 4
    assert sum(day["count"] for day in found["days"]) == 3
    assert found["outlets"] == {"tass": 1, "wire": 3}
    assert found["mails_a_day"] == pytest.approx(0.3, abs=0.01)
    assert found["newest"][0]["title"] in ("The harbour at night", "Talks of the harbour")
    assert tried(here, "harbour", "--since", "3d")["matches"] == 2


def test_people_read_chart_outlets_and_what_kept_silent(here: Stand) -> None:
    said = here.run("try", "Песков").stdout
    assert "the past begins" in said
    assert "6 articles of 2 outlets" in said
    assert "1 match, a day a line, days of" in said
    assert "█" in said
    assert "outlets    tass 1" in said
    assert "no hit in  en, tr; name(…) finds a name in every script" in said
    assert "one mail every 10 days" in said
    assert "name(…)" not in here.run("try", "name(Peskov)").stdout
    assert "and 1 that came out before" in here.run("try", "harbour").stdout


def test_nothing_is_said_as_such(here: Stand) -> None:
    said = here.run("try", "nowhere").stdout
    assert "nothing matched" in said
    assert "silent" in said


def test_a_query_beside_a_rule_shows_gain_and_loss(here: Stand) -> None:
    found = tried(here, "harbour NOT talks", "--rule", "Harbour")
    assert (len(found["gained"]), len(found["lost"])) == (2, 2)
    said = here.run("try", "harbour", "--rule", "Harbour").stdout
    assert "2 gained, 0 lost" in said


def test_a_rule_changed_in_the_files_is_held_against_the_one_last_in_force(here: Stand, store: Store) -> None:
    with store.begin() as conn:
        config_files.keep(conn, FILES, NOW)
    assert "gained" not in tried(here, "--rule", "Harbour")
    here.write({"rules.yaml": FILES["rules.yaml"].replace("harbour AND @talks", "harbour NOT @talks")})
    found = tried(here, "--rule", "Harbour")
    assert (len(found["gained"]), len(found["lost"])) == (2, 2)


def test_an_empty_database_is_no_past(tmp_path: Path, store: Store) -> None:
    made = stand(tmp_path)
    made.use(store)
    assert made.run("try", "harbour").stdout == "there is no past yet: nothing is stored (monitor run)\n"
    added = made.run("rules", "add", "Port", "harbour", "--to", "ann@readers.test").stdout
    assert added.startswith("there is no past yet: nothing is stored (monitor run)\n\nwrote the rule")
    assert tried(made, "harbour")["mails_a_day"] is None


def test_a_span_without_articles_leaves_no_language_silent(here: Stand) -> None:
    said = here.run("try", "zebra", "--since", "2020-01-01..2020-01-02").stdout
    assert ("in this span: 0 articles" in said, "no hit in" in said) == (True, False)


def test_interrupted_it_shows_what_is_known(here: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(judged: Iterator[Any], total: int) -> Iterator[Any]:
        yield from (next(judged) for _ in range(total // 2))
        raise KeyboardInterrupt

    monkeypatch.setattr(article_output, "with_progress", interrupted)
    said = here.run("try", "harbour").stdout
    assert "stopped: the newest 3 of 6" in said
    assert "2 matches" in said
    assert "mails a day" not in said


@pytest.mark.parametrize("words", [(), ("harbour AND",), ("--rule", "nobody"), ("harbour", "--since", "soon")])
def test_bad_usage_ends_with_2(here: Stand, words: Sequence[str]) -> None:
    assert here.run("try", *words).exit_code == 2
