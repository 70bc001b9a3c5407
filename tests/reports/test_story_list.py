"""What is told of stories that move, and of one: its articles in order, and why each is of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.articles import address_keys
from monitor.config import Config
from monitor.reports.story_list import moving_stories, show_story, story_meant
from monitor.store import Store, deletion, story_queries, story_records
from monitor.store.story_queries import StoryFilter
from monitor.story_values import JoinedStories, Relation, StoryLink
from tests.cli.stand import NOW, fill, piece
from tests.config.helpers import good
from tests.store.make import key

HOUR = timedelta(hours=1)
URL = "https://wire.example.org/two"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return good(tmp_path, {"outlets.yaml": "outlets: [{name: wire, feed: https://wire.example.org/rss}]"})


@pytest.fixture
def told(store: Store) -> Store:
    """A story of two articles, the later one an update, and one by itself."""
    story = (key("talks"),)
    later = piece(
        "two", "The talks go \x1b[2Jon", HOUR, story_keys=story, url=URL, keys=tuple(address_keys("wire", URL))
    )
    fill(
        store, [piece("one", "The talks", 2 * HOUR, outlet="tass", story_keys=story), later, piece("three", "A storm")]
    )
    link = StoryLink(2, 1, 1, Relation.UPDATE, 0.517, ("7 shared words",))
    with store.begin() as conn:
        story_records.write(conn, JoinedStories({}, [], {}, {}, {2: link}, {}))
    return store


def test_a_moving_story_has_its_gain_its_size_and_its_first_article(told: Store) -> None:
    with told.reading() as conn:
        moving = moving_stories(conn, StoryFilter(NOW - 1.5 * HOUR, NOW))
    assert (moving.asked_since, moving.since) == (NOW - 1.5 * HOUR, NOW - 1.5 * HOUR)
    talks = next(one for one in moving.stories if one.id == 1)
    assert (talks.new, talks.new_outlets, talks.last_hour) == (1, 1, 1)
    assert (talks.articles, talks.outlets, talks.languages) == (2, 2, ("en",))
    assert (talks.first.outlet, talks.first.title) == ("tass", "The talks")
    assert (len(moving.stories), moving.single_articles) == (1, 1)


def test_the_start_says_where_only_the_newest_were_looked_at(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    start = story_queries.start_of_newest
    monkeypatch.setattr(story_queries, "start_of_newest", lambda conn, which: start(conn, which, newest=2))
    with told.reading() as conn:
        moving = moving_stories(conn, StoryFilter(NOW - 24 * HOUR, NOW))
    assert (moving.asked_since, moving.since) == (NOW - 24 * HOUR, NOW - HOUR)


def test_a_shown_story_says_of_each_article_what_it_is_to_the_story_and_why(told: Store) -> None:
    with told.reading() as conn:
        story = show_story(conn, 1, 9)
        assert story is not None
        assert (story.articles, story.outlets, story.began, story.last) == (2, 2, NOW - 2 * HOUR, NOW - HOUR)
        first, update = story.pieces
        assert (first.relation, first.resembles, first.why) == (Relation.FIRST, None, ())
        assert (update.relation, update.resembles, update.resembles_outlet) == (Relation.UPDATE, 1, "tass")
        assert (update.score, update.why) == (0.52, ("7 shared words",))
        assert "\x1b" not in update.article.title
        shortened = show_story(conn, 1, 1)
        assert shortened is not None
        assert (len(shortened.pieces), shortened.articles) == (1, 2)


def test_a_story_is_meant_by_its_id_or_the_address_of_an_article(told: Store, config: Config) -> None:
    with told.reading() as conn:
        meant = [story_meant(conn, config, word) for word in ("1", "3", URL, "2", "01", "99", "9" * 30, "talks", "٣")]
    assert meant == [1, 3, 1, None, None, None, None, None, None]


def test_a_story_whose_articles_are_kept_no_more_is_none(told: Store) -> None:
    with told.begin() as conn:
        deletion.delete_articles(conn, NOW)
        assert show_story(conn, 1, 9) is None
