"""Values for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import sqlalchemy as sa

import monitor.store
from monitor.articles import compose, join_stories, likeliest, resolve_identities, text_signature
from monitor.model import Alert, Article, Feed, FeedSnapshot, Item, Kind, Match, Message, Span
from monitor.store import Connection, Store, articles, feeds, fulltext_queue, host_claims, word_index
from monitor.store.dialects import upsert
from monitor.store.host_tables import hosts
from monitor.store.lease_tokens import EMBEDDED
from monitor.store.story_joining import EventJoining, StoryJoining
from monitor.story_values import TextMarks
from monitor.text import tokenize

# Tables may stand beside what reads them, so that nothing else names them here.
for module in iter_modules(monitor.store.__path__):
    import_module(f"monitor.store.{module.name}")

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=5)
MATCH = Match("Peskov", (Span("title", 0, 6, "name(Peskov)"), Span("body", 10, 17, "Песков")))


def key(text: str) -> bytes:
    """Return a 16-byte key."""
    return blake2b(text.encode(), digest_size=16).digest()


def article(name: str = "a", words: str = "Peskov said", **options: Any) -> Article:
    """Return an article known by its name, in one version of its words."""
    given: dict[str, Any] = {
        "outlet": "tass",
        "url": f"https://tass.example.org/{name}",
        "title": words,
        "keys": (key(name),),
        "story_keys": (key(f"story {name}"),),
        "digest": key(words),
    }
    return Article(**(given | options))


NO_EVENTS = EventJoining(lambda _, __: (), lambda _: (), lambda _, __: (), lambda _, joined, __: joined)


def joining(batch: Iterable[Article] = ()) -> StoryJoining:
    """Return how articles join stories, with the signatures of these."""
    signed = {one.digest: TextMarks(text_signature(tokenize(one.title), tokenize(one.body))) for one in batch}
    return StoryJoining(join_stories, likeliest, NO_EVENTS, signed)


def show(conn: Connection, feed_id: int, batch: Sequence[Article], now: datetime) -> list[articles.Added]:
    """Keep what one feed shows."""
    snapshots = [FeedSnapshot(feed_id, batch, now)]
    return articles.add_all(conn, snapshots, resolve_identities, compose, joining(batch)).by_snapshot[0]


def item(article_id: int = 1, story_id: int | None = None, version: int = 1, rule: str = "Peskov") -> Item:
    """Return an item of a delivery."""
    return Item(article_id, article_id if story_id is None else story_id, (Match(rule, MATCH.spans),), version)


def alert(recipient: str = "desk@example.org", thread: str = "story:1", **options: Any) -> Alert:
    """Return a planned alert."""
    given: dict[str, Any] = {"sequence": 0, "kind": Kind.ALERT, "due": NOW, "items": (item(),)}
    return Alert(recipient, thread, **(given | options))


def message(recipient: str = "desk@example.org", raw: bytes = b"Subject: x\r\n\r\nx") -> Message:
    """Return finished bytes."""
    return Message(recipient, "monitor@example.org", "<1@example.org>", "Peskov said", raw)


def feed(name: str = "a", host: str = "tass.example.org", **options: Any) -> Feed:
    """Return a feed of the files."""
    return Feed(f"https://{host}/{name}.rss", options.pop("outlet", "tass"), **options)


def watch(store: Store, *wanted: Feed, now: datetime = NOW, batch_id: str = "start") -> None:
    """Make these the watched feeds."""
    with store.begin() as conn:
        feeds.sync(conn, wanted, now, batch_id)


def index_pending(conn: Connection, limit: int, words: Callable[[Article], str]) -> int:
    """Index up to `limit` articles that wait for it, and return how many they were."""
    waiting = word_index.pending(conn, limit)
    word_index.index(conn, [word_index.IndexedDocument(one.id, one.version, words(one.article)) for one in waiting])
    return len(waiting)


def again(store: Store) -> str:
    """Return the address of a PostgreSQL database that is open, for a second process."""
    url = store.place.url
    assert url is not None
    assert url.host is not None
    return f"postgresql://{url.username}@{url.host.replace('/', '%2F')}/{url.database}"


def somebody_waits(store: Store) -> bool:
    """Whether a transaction of this PostgreSQL database waits for another one's lock."""
    with store.reading() as conn:
        waiting = sa.text(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return conn.execute(waiting).first() is not None


def claim_feeds(
    conn: Connection, now: datetime = NOW, limit: int = 100, lease: timedelta = LEASE, worker: str = EMBEDDED
) -> list[feeds.DueFeed]:
    """Claim hosts, and return the feeds that are due there."""
    return list(host_claims.claim(conn, worker, now, host_claims.Room(limit), lease).feeds)


def claim_pages(
    conn: Connection, now: datetime = NOW, limit: int = 10, lease: timedelta = LEASE
) -> list[fulltext_queue.FulltextRequest]:
    """Claim hosts, and return the pages that are to be read there."""
    return list(host_claims.claim(conn, EMBEDDED, now, host_claims.Room(0, limit), lease).pages)


def leave_alone(conn: Connection, until: Mapping[str, datetime]) -> None:
    """Let hosts ask to be left alone until then."""
    upsert(
        conn, hosts, [{"host": host, "next_allowed_at": moment} for host, moment in until.items()], ["next_allowed_at"]
    )
