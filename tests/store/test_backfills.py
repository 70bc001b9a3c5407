"""How far the past of feeds is read survives everything, and is whose it is."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from monitor.store import Store, backfills
from monitor.store.tables import feeds
from tests.store.make import MINUTE, NOW, feed, watch

SINCE = NOW - 30 * 24 * 60 * MINUTE


def test_the_past_of_an_outlet_is_read_feed_by_feed_the_longest_due_first(store: Store) -> None:
    watch(store, feed("a"), feed("b"), feed("c", outlet="other"))
    with store.begin() as conn:
        assert backfills.begin(conn, ["tass"], SINCE, NOW) == 2
        assert backfills.next_due(conn, NOW) is None, "its polls come first"
        conn.execute(sa.update(feeds).values(last_poll_at=NOW))
        first = backfills.next_due(conn, NOW)
        assert first is not None
        assert (first.url, first.pending, first.since, first.seen) == (feed("a").url, (first.url,), SINCE, frozenset())
        assert backfills.hold(conn, first)
        more = ("https://tass.example.org/2", "https://tass.example.org/3")
        later = replace(first, pending=more, seen=frozenset({"1", "2"}), pages=1, articles=7, due_at=NOW + MINUTE)
        backfills.keep(conn, later)
        second = backfills.next_due(conn, NOW)
        assert second is not None
        assert second.url == feed("b").url
        backfills.keep(conn, replace(second, pending=(), finished_at=NOW))
        assert backfills.next_due(conn, NOW) is None
    with store.reading() as conn:
        assert backfills.next_due(conn, NOW + MINUTE) == later
        assert [one.finished_at for one in backfills.all_of_them(conn)] == [None, NOW]


def test_who_was_overtaken_holds_nothing(store: Store) -> None:
    watch(store, feed("a"))
    with store.begin() as conn:
        backfills.begin(conn, ["tass"], SINCE, NOW)
        (first,) = backfills.all_of_them(conn)
        backfills.keep(conn, replace(first, pages=1))
        assert not backfills.hold(conn, first)
        backfills.begin(conn, ["tass"], SINCE, NOW + MINUTE)
        (anew,) = backfills.all_of_them(conn)
        assert (anew.pages, backfills.hold(conn, replace(first, pages=0)), backfills.hold(conn, anew)) == (
            0,
            False,
            True,
        )
        assert backfills.stop(conn, ["other"]) == 0
        assert backfills.stop(conn, ["tass"]) == 1
        assert not backfills.hold(conn, anew)


def test_a_feed_that_left_the_files_is_not_read(store: Store) -> None:
    watch(store, feed("a"))
    with store.begin() as conn:
        backfills.begin(conn, ["tass"], SINCE, NOW)
    watch(store, feed("b"))
    with store.reading() as conn:
        assert backfills.next_due(conn, NOW) is None
