"""The outlets in force are stored one a row: an edit writes those that changed, and each is found by name or feed."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.model import Feed
from monitor.store import Store, feeds, outlet_records

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOSTILE = "Ουτοπία '; DROP TABLE outlets; --\t\\N %s :name"


def test_what_changed_is_written_and_what_is_gone_deleted(store: Store) -> None:
    many = {f"outlet {number}": f"text {number}" for number in range(2_100)}
    with store.begin() as conn:
        assert outlet_records.keep(conn, many | {HOSTILE: "\\N\t'\n"}) == 2_101
        assert outlet_records.keep(conn, many | {HOSTILE: "\\N\t'\n"}) == 0
        assert outlet_records.load(conn, [HOSTILE, "nobody"]) == {HOSTILE: "\\N\t'\n"}
        assert outlet_records.load(conn, many) == many
        assert outlet_records.keep(conn, {"outlet 1": "text 1", "outlet 2": "changed", "new": "text"}) == 2_101
        assert outlet_records.load(conn, [*many, "new"]) == {"outlet 1": "text 1", "outlet 2": "changed", "new": "text"}
        assert outlet_records.load(conn, []) == {}


def test_an_outlet_is_found_by_a_feed_that_is_watched(store: Store) -> None:
    watched = [Feed("https://a.test/rss", "a"), Feed("https://a.test/2", "a"), Feed("https://b.test/rss", "b")]
    with store.begin() as conn:
        feeds.sync(conn, watched, NOW, "batch")
        outlet_records.keep(conn, {"a": "text"})
        assert outlet_records.of_feed(conn, "https://a.test/2") == {"a": "text"}
        assert outlet_records.watched_hosts(conn, ["b.test", "c.test"]) == (2, {"b.test"})
        feeds.sync(conn, watched[:1], NOW, "later")
        assert outlet_records.of_feed(conn, "https://a.test/2") == {}
        assert outlet_records.watched_hosts(conn, ["b.test", "c.test"]) == (1, frozenset())
