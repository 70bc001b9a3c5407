"""Which stories move in a span, how large each is, who had it first, and its articles in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.store import Store, article_queries, story_queries
from monitor.store.story_queries import StoryFilter, StoryMovement, StorySize
from tests.store.make import MATCH, NOW, article, key, show

HOUR = timedelta(hours=1)
DAY = StoryFilter(NOW - 24 * HOUR, NOW, singles=True)


@pytest.fixture
def told(store: Store) -> Store:
    """Story 1 at three outlets in two languages, the last one within the hour; story 2 by one; story 3 is old."""
    add(store, "a", "s1", NOW - 5 * HOUR, outlet="tass", language="ru", published=NOW - 6 * HOUR)
    add(store, "b", "s2", NOW - 4 * HOUR, outlet="tass", language="ru")
    add(store, "c", "s3", NOW - 3 * HOUR, outlet="wire", language="en", published=NOW - 90 * HOUR)
    add(store, "d", "s1", NOW - 2 * HOUR, outlet="wire", language="en", published=NOW - 7 * HOUR)
    add(store, "e", "s1", NOW - HOUR / 2, outlet="haber", language="ru")
    return store


def add(store: Store, name: str, story: str, seen: datetime, **options: object) -> None:
    with store.begin() as conn:
        show(conn, 1, [article(name, f"words of {name}", story_keys=(key(story),), seen=seen, **options)], seen)


def moving(store: Store, which: StoryFilter) -> list[StoryMovement]:
    with store.reading() as conn:
        return story_queries.moving(conn, which)


def test_stories_of_a_span_come_by_the_outlets_that_told_them_in_it(told: Store) -> None:
    assert moving(told, DAY) == [StoryMovement(1, 3, 3, 1), StoryMovement(2, 1, 1, 0)]
    assert moving(told, StoryFilter(NOW - HOUR, NOW)) == [StoryMovement(1, 1, 1, 1)]
    # The hour is the last one of the span.
    until = NOW - 3.5 * HOUR
    assert moving(told, replace(DAY, until=until)) == [StoryMovement(2, 1, 1, 1), StoryMovement(1, 1, 1, 0)]
    assert [one.story_id for one in moving(told, StoryFilter(NOW - 24 * HOUR, NOW, limit=1))] == [1]


def test_an_outlet_and_a_rule_bound_the_stories_not_what_is_counted_of_them(told: Store) -> None:
    assert moving(told, StoryFilter(DAY.since, NOW, outlet="haber")) == [StoryMovement(1, 3, 3, 1)]
    assert moving(told, StoryFilter(DAY.since, NOW, outlet="none")) == []
    with told.begin() as conn:
        article_queries.keep_matches(conn, [(4, 1, (MATCH,))], NOW - 2 * HOUR)
    assert moving(told, StoryFilter(DAY.since, NOW, rule="Peskov")) == [StoryMovement(1, 3, 3, 1)]
    assert moving(told, StoryFilter(DAY.since, NOW, rule="Other")) == []
    assert moving(told, StoryFilter(NOW - HOUR, NOW, rule="Peskov")) == [], "it found nothing in that hour"


def test_stories_of_one_article_in_all_are_counted_and_not_listed(told: Store) -> None:
    assert moving(told, replace(DAY, singles=False)) == [StoryMovement(1, 3, 3, 1)]
    hour = StoryFilter(NOW - HOUR, NOW)
    assert moving(told, hour) == [StoryMovement(1, 1, 1, 1)], "one article of the span, others before"
    spans = (DAY, hour, replace(DAY, outlet="tass"), replace(DAY, outlet="haber"))
    with told.reading() as conn:
        assert [story_queries.singles(conn, which) for which in spans] == [1, 0, 1, 0]


def test_of_more_articles_than_are_looked_at_the_newest_count(told: Store) -> None:
    with told.reading() as conn:
        assert story_queries.start_of_newest(conn, DAY) == DAY.since
        assert story_queries.start_of_newest(conn, DAY, newest=2) == NOW - 2 * HOUR
        assert story_queries.start_of_newest(conn, DAY, newest=6) == DAY.since


def test_a_story_has_a_size_a_first_article_and_an_order(told: Store) -> None:
    with told.reading() as conn:
        assert story_queries.sizes(conn, [1, 2, 99]) == {
            1: StorySize(3, 3, ("ru", "en")),
            2: StorySize(1, 1, ("ru",)),
        }
        first = story_queries.firsts(conn, [1, 2, 99])
        # By publication: an outlet that is polled seldom may have had it first.
        assert {story: (one.id, one.outlet, one.at) for story, one in first.items()} == {
            1: (4, "wire", NOW - 7 * HOUR),
            2: (2, "tass", NOW - 4 * HOUR),
        }
        assert [one.id for one in story_queries.articles_of(conn, 1, 9)] == [4, 1, 5]
        assert [one.id for one in story_queries.articles_of(conn, 1, 2)] == [4, 1]
        assert story_queries.last_appeared(conn, 1) == NOW - HOUR / 2
        assert story_queries.last_appeared(conn, 99) is None


def test_a_merged_story_leads_to_the_one_that_it_is_part_of(told: Store) -> None:
    with told.begin() as conn:
        show(conn, 1, [article("f", "bridge", story_keys=(key("s1"), key("s2")), seen=NOW)], NOW)
        assert [story_queries.current(conn, id_) for id_ in (1, 2, 3, 4)] == [1, 1, 3, None]
