"""`monitor search` shows stored articles, the newest first, in every way of printing, on both databases."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from monitor.cli.article_output import show_hit
from monitor.model import Match, Span
from monitor.reports.search_hits import search_hit
from monitor.steps.past_matches import PastMatch
from monitor.store import Store
from monitor.store.article_queries import StoredArticle
from monitor.text import when
from tests.cli.stand import NOW, Stand, fill, piece, stand

PAST = [
    piece("old", "Peskov spoke of the harbour", timedelta(days=20)),
    piece("new", "The harbour talks", timedelta(hours=2), lead="They met. The harbour is shut. They left."),
    piece("ru", "Песков сказал", timedelta(hours=5), outlet="tass", language="ru"),
    piece("trick", "=HYPERLINK(harbour)", timedelta(days=3)),
    piece("none", "Nothing at all", timedelta(hours=1)),
]


@pytest.fixture
def here(tmp_path: Path, store: Store) -> Stand:
    made = stand(tmp_path)
    made.use(store)
    fill(store, PAST)
    return made


def titles(here: Stand, *words: str) -> list[str]:
    ran = here.run("search", "--jsonl", *words)
    assert ran.exit_code == 0, ran.output
    return [json.loads(line)["title"] for line in ran.stdout.splitlines()]


def test_the_newest_come_first(here: Stand) -> None:
    assert titles(here, "harbour") == ["The harbour talks", "=HYPERLINK(harbour)", "Peskov spoke of the harbour"]
    assert titles(here, "name(Peskov)") == ["Песков сказал", "Peskov spoke of the harbour"]
    assert titles(here, "--rule", "Harbour") == ["The harbour talks"]
    assert titles(here, "harbour", "--limit", "1") == ["The harbour talks"]
    assert titles(here, "harbour", "--since", "7d") == ["The harbour talks", "=HYPERLINK(harbour)"]


def test_json_carries_the_spans(here: Stand) -> None:
    (found,) = json.loads(here.run("search", "--json", "Песков", "--since", "1d").stdout)
    (span,) = found["matches"]
    assert found[span["field"]][span["start"] : span["end"]] == "Песков"
    assert found["language"] == "ru"
    assert found["outlet"] == "tass"


def test_csv_holds_no_formula(here: Stand) -> None:
    text = here.run("search", "--csv", "harbour").stdout
    # Excel reads UTF-8 by its mark only, and wants the line ends of RFC 4180.
    assert text.startswith("\ufeffid,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["title"] for row in rows][1] == "'=HYPERLINK(harbour)"
    assert rows[0]["quote"] == "The harbour is shut."
    assert rows[0]["url"] == "https://tass.example.org/new"


def test_people_see_title_sentence_and_address(here: Stand) -> None:
    ran = here.run("search", "harbour", "--limit", "1")
    assert "The harbour talks" in ran.stdout
    assert "    The harbour is shut.\n" in ran.stdout
    assert "https://tass.example.org/new" in ran.stdout
    assert "1 article; --limit 10 shows more" in ran.stderr


def test_nothing_found_is_said_and_is_no_failure(here: Stand) -> None:
    ran = here.run("search", "nowhere")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "nothing found" in ran.stderr


@pytest.mark.parametrize(
    "words", [("harbour", "--csv", "--json"), ("harbour", "--since", "yesterday"), ("harbour AND",), ()]
)
def test_bad_usage_ends_with_2(here: Stand, words: tuple[str, ...]) -> None:
    assert here.run("search", *words).exit_code == 2


def test_without_a_database_it_says_what_makes_one(tmp_path: Path) -> None:
    ran = stand(tmp_path).run("search", "harbour")
    assert ran.exit_code != 0
    assert "monitor run" in str(ran.exception)


def test_on_a_terminal_the_match_is_lit_and_nothing_of_a_title_reaches_the_terminal() -> None:
    article = piece("a", "The \x1b[31mharbour [bold]x[/bold]")
    hit = PastMatch(StoredArticle(1, 1, 1, NOW, article), Match("", (Span("title", 9, 16, "harbour"),)), "en")
    screen = io.StringIO()
    show_hit(search_hit(hit), Console(file=screen, force_terminal=True, color_system="standard", width=80))
    shown = screen.getvalue()
    assert "\x1b[1;7mharbour\x1b[0m" in shown
    assert "\x1b[31m" not in shown
    assert "[bold]x[/bold]" in shown


@pytest.mark.parametrize(("days", "shown"), [(20, 20), (-1, 0)])
def test_an_article_is_shown_with_its_publication_and_one_that_is_dated_ahead_with_its_sight(
    days: int, shown: int
) -> None:
    article = piece("a", "The harbour", seen=NOW, published=NOW - timedelta(days=days))
    screen = io.StringIO()
    hit = PastMatch(StoredArticle(1, 1, 1, NOW, article), Match("", ()), "en")
    show_hit(search_hit(hit), Console(file=screen, width=80))
    assert screen.getvalue().startswith(when(NOW - timedelta(days=shown)))
