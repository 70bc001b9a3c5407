"""What storing costs: microseconds of CPU for a new article, a known one, a claim, a delivery, and room, on both.

python -m tests.bench.store [ARTICLES] [sqlite|postgresql]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from monitor.model import Alert, Article, Feed, Item, Kind, Match, Message, Span
from monitor.store import Store, deliveries, feeds, identities, outbox
from tests import postgres
from tests.store.make import claim_feeds, show

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PER_FEED = 30
FEEDS_A_TRANSACTION = 10
_LEAD = "Переговоры в Стамбуле продолжаются, сообщил представитель. " * 8
_BODY = "The talks will continue on Monday, officials said after the meeting. " * 20


def article(number: int) -> Article:
    """Return an article with three identity keys and one story key."""
    keys = tuple(blake2b(f"{kind}{number}".encode(), digest_size=16).digest() for kind in "iut")
    story = (blake2b(f"s{number}".encode(), digest_size=16).digest(),)
    return Article(
        outlet=f"outlet{number % 1000}",
        url=f"https://www.example.org/news/{number}",
        title=f"Title number {number} about the talks",
        lead=_LEAD,
        body=_BODY,
        language="ru",
        tags=("politics",),
        published=NOW,
        keys=keys,
        story_keys=story,
        digest=keys[0],
    )


def measure(what: str, count: int, work: Callable[[], object]) -> None:
    """Run once and print what one piece costs this process in CPU, and in wall time."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"  {what:34} {cpu / count * 1e6:8.1f} µs CPU {wall / count * 1e6:8.1f} µs wall   ({count})")


def add_all(store: Store, batches: list[list[Article]]) -> None:
    """Keep one batch a feed, a few feeds in a transaction."""
    for start in range(0, len(batches), FEEDS_A_TRANSACTION):
        with store.begin() as conn:
            for number, batch in enumerate(batches[start : start + FEEDS_A_TRANSACTION], start + 1):
                show(conn, number, batch, NOW)


def bench(store: Store, count: int) -> None:
    """Print every figure for one database."""
    batches = [[article(start + n) for n in range(PER_FEED)] for start in range(0, count, PER_FEED)]
    with store.begin() as conn:
        wanted = [Feed(f"https://host{number}.example.org/rss", "o") for number in range(len(batches))]
        measure("sync of a new feed", len(batches), lambda: feeds.sync(conn, wanted, NOW, "start"))
    measure("new article, all of it", count, lambda: add_all(store, batches))
    room(store, count)
    measure("known article, shown again", count, lambda: add_all(store, batches))
    with store.reading() as conn:
        keys = [[key for one in batch for key in one.keys] for batch in batches]
        measure("known article, looked up only", count, lambda: [identities.known(conn, some) for some in keys])
    measure("claim and end of a feed", len(batches), lambda: poll_all(store))
    with store.begin() as conn:
        measure("tick with nothing due", 100, lambda: [claim_feeds(conn, NOW, 100, _LEASE) for _ in range(100)])
    measure("delivery planned", 1000, lambda: plan_all(store, 1000))
    measure("delivery claimed, kept, begun, sent", 1000, lambda: send_all(store))


_LEASE = timedelta(minutes=5)
_TABLES = """
SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class WHERE relkind = 'r'
AND relnamespace = 'public'::regnamespace AND pg_total_relation_size(oid) > %s ORDER BY pg_total_relation_size(oid) DESC
"""


def room(store: Store, count: int) -> None:
    """Print the bytes that an article takes, on PostgreSQL by tables, without the search index, which is made later."""
    if file := store.place.path:
        print(f"  {'room of an article':34} {file.stat().st_size / count:8.0f} bytes")
        return
    with store.reading() as conn:
        # A table that takes less than 20 bytes an article is not worth a line.
        for name, own, indexes in conn.exec_driver_sql(_TABLES, (20 * count,)):
            print(f"  {'room of an article: ' + name:34} {own / count:8.0f} bytes {indexes / count:8.0f} of indexes")


def poll_all(store: Store) -> None:
    """Claim and end every feed, a hundred at a time."""
    later = NOW + timedelta(hours=1)
    while True:
        with store.begin() as conn:
            claimed = claim_feeds(conn, NOW, 100, _LEASE)
        if not claimed:
            return
        with store.begin() as conn:
            feeds.finish(conn, [feeds.PollEnd(due.id, due.token, NOW, later, timedelta(minutes=5)) for due in claimed])


def plan_all(store: Store, count: int) -> None:
    """Write deliveries with one item each, to a hundred people."""
    match = Match("Peskov", (Span("title", 0, 6, "Peskov"),))
    for start in range(0, count, 20):
        alerts = [
            Alert(f"p{n % 100}@example.org", f"story:{n}", 0, Kind.ALERT, NOW, (Item(n + 1, n + 1, (match,)),))
            for n in range(start, start + 20)
        ]
        with store.begin() as conn:
            deliveries.add(conn, alerts, NOW)


def send_all(store: Store) -> None:
    """Claim, keep the bytes of, begin and end every delivery."""
    while True:
        with store.begin() as conn:
            due = outbox.claim(conn, NOW, 20, _LEASE)
        if not due:
            return
        for one in due:
            message = Message(one.alert.recipient, "m@example.org", f"<{one.id}@example.org>", "s", b"x" * 20_000)
            with store.begin() as conn:
                outbox.keep_message(conn, one.id, one.token, message, NOW)
            with store.begin() as conn:
                outbox.begin(conn, one, NOW, NOW + _LEASE)
            with store.begin() as conn:
                outbox.finish_sent(conn, one, NOW)


def main() -> None:
    """Measure both databases, or the one named."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    kinds = sys.argv[2:] or ["sqlite", "postgresql"]
    if "sqlite" in kinds:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "monitor.db") as store:
            print("SQLite")
            bench(store, count)
    if "postgresql" in kinds:
        with postgres.server() as address, Store.open(f"{address}/postgres") as store:
            print("PostgreSQL (the server's own CPU shows in wall time only)")
            bench(store, count)


if __name__ == "__main__":
    main()
