"""What was news for rules is counted by day, the outlets of stories by hour, on both databases."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import Match
from monitor.store import Store, article_queries, burst_records, clock_repair
from tests.store.make import LEASE, NOW, article, feed, show, watch

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def keep(store: Store, ago: timedelta, *found: tuple[str, int]) -> None:
    with store.begin() as conn:
        burst_records.keep_news(conn, found, NOW - ago)


def test_each_story_counts_once_for_a_rule_on_the_day_of_its_first_news(store: Store) -> None:
    watch(store, feed())
    with store.begin() as conn:
        for day in (0, 1, 2, 4, 5):
            show(conn, 1, [article(f"d{day}")], NOW - day * DAY)
    keep(store, 4 * DAY + HOUR, ("A", 1), ("A", 2), ("A", 2))
    keep(store, 2 * DAY + HOUR, ("A", 2))
    keep(store, DAY - timedelta(microseconds=1), ("A", 3))
    keep(store, DAY, ("A", 4))
    keep(store, timedelta(), ("A", 5), ("B", 1))
    with store.reading() as conn:
        # Of the day before yesterday nothing was news, and on the day before that nothing was watched.
        assert burst_records.stories_by_day(conn, "A", 6, NOW) == [2, 1, 0, None, 2, None, None]
        assert burst_records.stories_by_day(conn, "B", 2, NOW) == [1, None, None]
        assert burst_records.stories_by_day(conn, "C", 1, NOW) == [None, None]
        assert burst_records.busy_rules(conn, 1, NOW) == ["A", "B"]
        assert burst_records.busy_rules(conn, 2, NOW) == ["A"]


def test_outlets_of_a_story_are_counted_by_the_hour_in_which_they_had_it(store: Store) -> None:
    watch(store, feed(), feed("b", outlet="wire"), feed("c", outlet="haber"))
    keys = article("one").story_keys
    with store.begin() as conn:
        show(conn, 1, [article("one", published=NOW - HOUR), article("else", "Other words", published=NOW)], NOW)
        later = [article("two", outlet="wire", story_keys=keys, published=NOW - timedelta(minutes=59))]
        later += [article("three", outlet="wire", story_keys=keys, published=NOW - timedelta(minutes=5))]
        show(conn, 2, later, NOW)
        show(conn, 3, [article("four", outlet="haber", story_keys=keys)], NOW - timedelta(minutes=1))
    with store.reading() as conn:
        stories = {one.story_id for one in article_queries.get(conn, range(1, 9)).values()}
        counts = burst_records.outlets_by_hour(conn, stories, 3, NOW)
        assert sorted(counts.values()) == [[1, 0, 0], [2, 1, 0]]
        (story,) = [story for story, of_story in counts.items() if of_story[0] == 2]
        assert burst_records.latest_sizes(conn, NOW) == []
    keep(store, DAY, ("A", story), ("B", story))
    with store.reading() as conn:
        assert list(burst_records.latest_sizes(conn, NOW)) == [3]


def test_what_was_said_is_known_by_reader_and_forgotten_in_time(store: Store) -> None:
    with store.begin() as conn:
        burst_records.note_said(conn, "ann", [("rule", "A"), ("story", "7")], NOW - DAY)
        burst_records.note_said(conn, "ann", [("rule", "A")], NOW)
        assert burst_records.said(conn, "ann") == {("rule", "A"): NOW, ("story", "7"): NOW - DAY}
        assert burst_records.said(conn, "bob") == {}
        burst_records.keep_news(conn, [("A", 1), ("B", 1)], NOW - DAY)
        assert burst_records.delete_older(conn, NOW) == 3
        assert burst_records.said(conn, "ann") == {("rule", "A"): NOW}


def test_a_rule_that_looks_for_something_else_has_no_habit(store: Store) -> None:
    keep(store, HOUR, ("A", 1), ("B", 1))
    with store.begin() as conn:
        burst_records.forget(conn, ["A", "C"])
        assert burst_records.busy_rules(conn, 1, NOW) == ["B"]


def test_a_clock_ahead_leaves_no_news_of_the_future(store: Store) -> None:
    keep(store, -9 * DAY, ("A", 1))
    with store.begin() as conn:
        burst_records.note_said(conn, "ann", [("rule", "A")], NOW + DAY)
        clock_repair.repair(conn, NOW, LEASE, {})
        assert burst_records.stories_by_day(conn, "A", 0, NOW) == [1]
        assert burst_records.said(conn, "ann") == {("rule", "A"): NOW}


def test_what_rules_found_before_is_their_habit_after_an_upgrade(store: Store) -> None:
    """The statement of the migration, on a database that is at it already."""
    from monitor.store.migrations.versions import bursts

    watch(store, feed())
    with store.begin() as conn:
        show(
            conn,
            1,
            [article("a", published=NOW - HOUR), article("b", "Other"), article("c", "Third", published=NOW - 2 * DAY)],
            NOW,
        )
        article_queries.keep_matches(conn, [(id_, 1, [Match("A", ())]) for id_ in (1, 2, 3)], NOW + HOUR)
        conn.exec_driver_sql(bursts.NEWS_SO_FAR)
        assert burst_records.stories_by_day(conn, "A", 0, NOW) == [2]
