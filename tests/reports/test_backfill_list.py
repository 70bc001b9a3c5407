"""How far the past of feeds is read, without the credentials of their addresses."""

from __future__ import annotations

from dataclasses import replace

from monitor.reports.backfill_list import ListedBackfill, list_backfills
from monitor.store import Store, backfills
from tests.store.make import NOW, feed, watch


def test_each_feed_is_told_with_what_is_left_and_no_secret(store: Store) -> None:
    watch(store, feed("a", host="ann:s3cret@tass.example.org"))
    with store.begin() as conn:
        backfills.begin(conn, ["tass"], NOW, NOW, alerts=True)
        (one,) = backfills.all_of_them(conn)
        backfills.keep(conn, replace(one, pending=("x", "y"), pages=3, articles=2, undated=1, note="x: \x1b[2J404"))
        assert list_backfills(conn) == [
            ListedBackfill("tass", "https://…@tass.example.org/a.rss", NOW, 3, 2, 2, 1, None, "x:  [2J404", alerts=True)
        ]
