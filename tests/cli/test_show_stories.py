"""`monitor stories` lists what moves, and shows one story with why each article is of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.articles import address_keys
from monitor.store import Store, story_queries, story_records
from monitor.story_values import JoinedStories, Relation, StoryLink
from tests.cli.stand import Stand, fill, piece, stand
from tests.store.make import key

URL = "https://wire.example.org/two"
HOUR = timedelta(hours=1)


@pytest.fixture
def here(tmp_path: Path) -> Stand:
    made, story = stand(tmp_path), (key("talks"),)
    (tmp_path / "data").mkdir()
    later = piece(
        "two", "Harbour talks go on", HOUR / 2, url=URL, story_keys=story, keys=tuple(address_keys("wire", URL))
    )
    link = StoryLink(2, 1, 1, Relation.COPY, 0.91, ("31 shared words", "Jaccard .91"))
    with Store.open(tmp_path / "data" / "monitor.db") as store:
        first = piece("one", "Переговоры", 2 * HOUR, outlet="tass", language="ru", story_keys=story)
        fill(store, [first, later, piece("three", "A storm", HOUR * 0)])
        with store.begin() as conn:
            story_records.write(conn, JoinedStories({}, [], {}, {}, {2: link}, {}))
    return made


def test_what_moves_is_a_table_the_most_carried_first(here: Stand) -> None:
    heading, first, second = here.run("stories", "--all").stdout.splitlines()
    assert heading.split()[:5] == ["id", "outlets", "new", "articles", "new"]
    assert first.split()[:9] == ["1", "2", "+2", "2", "+2", "+1", "en", "ru", "tass"]
    assert first.endswith("Переговоры")
    assert (second.split()[0], second.endswith("A storm")) == ("3", True)
    assert "A storm" not in here.run("stories", "--outlet", "tass").stdout
    assert "no story moved" in here.run("stories", "--rule", "Harbour").stdout
    found = json.loads(here.run("stories", "--all", "--since", "1h", "--json").stdout)
    assert found["single_articles"] == 0
    assert [(one["id"], one["new"], one["first"]["outlet"]) for one in found["stories"]] == [
        (3, 1, "wire"),
        (1, 1, "tass"),
    ]


def test_single_articles_are_one_line(here: Stand) -> None:
    heading, story, singles = here.run("stories").stdout.splitlines()
    assert (heading.split()[0], story.split()[0], singles) == ("id", "1", "and 1 single article: --all shows it")
    told = json.loads(here.run("stories", "--json").stdout)
    assert ([one["id"] for one in told["stories"]], told["single_articles"]) == ([1], 1)
    alone = here.run("stories", "--since", "20m").stdout
    assert alone == "no story of several articles moved; 1 single article: --all shows it\n"


@pytest.mark.parametrize("word", ["1", URL])
def test_one_story_is_its_articles_in_order_and_why(here: Stand, word: str) -> None:
    shown = here.run("stories", word).stdout
    assert shown.startswith("story 1: 2 articles at 2 outlets, in en ru; ")
    assert shown.index("Переговоры") < shown.index("Harbour talks go on")
    assert "copy  wire (en)  article 2" in shown
    assert "like that of tass, article 1, 0.91: 31 shared words; Jaccard .91" in shown
    assert "and 1 more: --limit 2" in here.run("stories", word, "--limit", "1").stdout
    told = json.loads(here.run("stories", word, "--json").stdout)
    assert [one["relation"] for one in told["pieces"]] == ["first", "copy"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "Harbor"), "did you mean Harbour"),
        (("--outlet", "tas"), "did you mean tass"),
        (("--since", "x"), "--since"),
    ],
)
def test_a_wrong_option_is_a_usage_error(here: Stand, words: tuple[str, ...], said: str) -> None:
    ran = here.run("stories", *words)
    assert (ran.exit_code, said in " ".join(ran.output.split())) == (2, True), ran.output


def test_a_story_that_is_unknown_is_said_to_be_none(here: Stand) -> None:
    assert "there is no story '99'" in str(here.run("stories", "99").exception)


def test_it_is_said_where_only_the_newest_were_looked_at(here: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    start = story_queries.start_of_newest
    monkeypatch.setattr(story_queries, "start_of_newest", lambda conn, which: start(conn, which, newest=1))
    assert "only the newest articles were looked at" in here.run("stories").stderr
