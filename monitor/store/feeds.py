"""Store the watched feeds: what the files say of them, when each is due, its claims, and how its polls ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.hostnames import host_of
from monitor.model import Feed
from monitor.store import host_leases, outlet_names
from monitor.store.codec import clean
from monitor.store.column_types import Row, to_micros
from monitor.store.dialects import change_each, chunks, insert_many, take_ids
from monitor.store.host_leases import HostLease
from monitor.store.tables import feeds


@dataclass(frozen=True, slots=True)
class FeedState:
    """The stored state of one feed; `batch_id` is set until its first poll succeeds.

    `unconditional` says that it is always requested in full, since its server called changed pages unchanged. `notes`
    say what was odd about the last page that was parsed, `last_error` why the last poll failed; empty if nothing.
    `known_sitemaps` are short digests of the sitemaps of an index, each with its date, that need not be read again,
    after a `!` those that could not be read, the oldest failure first, and after a `=` what each gave. `clock_ahead` is
    by how many minutes the feed's clock was learned to be ahead (less than 0: behind), and `clock_samples` what tells.
    `rhythm` is a Rhythm as text, empty before the first poll; `due_because` says why it is due then, `polls_today` how
    often it was polled on the day (UTC) of `last_poll_at`. `update_hints` are UpdateHints as text.
    `amounts` are what is usual of its page as text, and `shrunken` says what has fallen far below; empty if nothing.
    `known_as` is as in `outlet_names`, empty while the outlet has the name that it had from the start.
    `gap_again_at` is when its gaps are looked into again (None: they are not), `gap_tries` how often they were by then.
    """

    id: int
    url: str
    outlet: str
    kind: str
    host: str
    active: bool
    due_at: datetime
    interval: timedelta
    failures: int
    health: str
    etag: str
    last_modified: str
    body_hash: bytes
    last_full_at: datetime | None
    last_poll_at: datetime | None
    last_ok_at: datetime | None
    last_new_at: datetime | None
    last_error: str
    moved_to: str | None
    batch_id: str | None
    newest_published_at: datetime | None
    unconditional: bool
    notes: str
    known_sitemaps: str
    clock_ahead: int
    clock_samples: str
    rhythm: str
    due_because: str
    polls_today: int
    update_hints: str
    amounts: str
    shrunken: str
    known_as: str = ""
    gap_again_at: datetime | None = None
    gap_tries: int = 0

    @property
    def name_for_keys(self) -> str:
        """The name of the outlet that keys of its articles carry: the one that it had before it was renamed."""
        return self.known_as or self.outlet


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A claimed feed: its state, the token that must be given to end the claim, and the lane of its host.

    That is empty where the host's own lane was claimed.
    """

    state: FeedState
    token: str
    lane: str = ""

    @property
    def id(self) -> int:
        """The feed's id."""
        return self.state.id

    @property
    def lease(self) -> HostLease:
        """The claim of its host."""
        return HostLease(self.state.host, self.token, lane=self.lane)


@dataclass(frozen=True, slots=True)
class PollEnd:
    """How the poll of one claim ended.

    A failure (`ok` false) leaves validators, notes and batch id as they are. `full` says that the request was
    unconditional, `new` how many articles were new. None as `newest_published_at`, `known_sitemaps`, `rhythm`,
    `update_hints` or of the clock leaves the stored one.
    """

    id: int
    token: str
    at: datetime
    due_at: datetime
    interval: timedelta
    failures: int = 0
    health: str = ""
    error: str = ""
    ok: bool = True
    full: bool = False
    new: int = 0
    etag: str = ""
    last_modified: str = ""
    body_hash: bytes = b""
    moved_to: str | None = None
    newest_published_at: datetime | None = None
    unconditional: bool = False
    notes: str = ""
    known_sitemaps: str | None = None
    clock_ahead: int | None = None
    clock_samples: str | None = None
    rhythm: str | None = None
    due_because: str = ""
    polls_today: int = 0
    update_hints: str | None = None
    amounts: str = ""
    shrunken: str = ""
    gap_again_at: datetime | None = None
    gap_tries: int = 0
    # The host that is asked from now on; empty where it stays the same.
    host: str = ""


CLAIMED = (*(feeds.c[name] for name in FeedState.__dataclass_fields__), feeds.c.token)
"""The columns of a DueFeed."""
# What a feed that moved to another outlet forgets, so that its page is read as that outlet's.
_UNREAD = {"etag": "", "last_modified": "", "body_hash": b"", "last_new_at": None, "newest_published_at": None}
_START = timedelta(minutes=5)
"""The interval of a feed that was never polled; it adapts with the first poll."""


def sync(conn: sa.Connection, wanted: Sequence[Feed], now: datetime, batch_id: str) -> None:
    """Make the active feeds exactly those of the files; new and returned ones are due at once with the batch id.

    So are those that moved to another outlet, whose articles are others. An outlet that is renamed keeps what it has.
    """
    unique = {feed.url: feed for feed in wanted}
    hosts = {url: host_of(url) for url in unique}
    names = outlet_names.follow(conn, unique, batch_id)
    columns = ("id", "url", "active", "outlet", "kind", "host", "moved_to")
    stored = {row.url: row for row in conn.execute(sa.select(*(feeds.c[name] for name in columns)))}
    added = [feed for url, feed in unique.items() if url not in stored]
    returned = [url for url in unique if url in stored and not stored[url].active]
    removed = [url for url, row in stored.items() if row.active and url not in unique]
    _insert(conn, [(feed, hosts[feed.url]) for feed in added], now, batch_id)
    _activate(conn, [stored[url].id for url in returned], now, batch_id)
    _activate(conn, [stored[url].id for url in names.moved], now, batch_id, **_UNREAD)
    _deactivate(conn, [stored[url].id for url in removed])
    _update_stored(conn, [(stored[url], feed, hosts[url]) for url, feed in unique.items() if url in stored])
    outlet_names.keep(conn, names.for_keys)
    host_leases.add_known(conn, hosts.values())


def _insert(conn: sa.Connection, added: Sequence[tuple[Feed, str]], now: datetime, batch_id: str) -> None:
    if not added:
        return
    ids, due_at, interval = take_ids(conn, "feeds", len(added)), to_micros(now), _START // timedelta(microseconds=1)
    columns = ("id", "url", "outlet", "kind", "host", "active", "due_at", "batch_id", "body_hash", "interval")
    rows = [
        (id_, feed.url, feed.outlet, str(feed.kind), host, True, due_at, batch_id, b"", interval)
        for id_, (feed, host) in zip(ids, added, strict=True)
    ]
    insert_many(conn, feeds, columns, rows)


def _activate(conn: sa.Connection, ids: Sequence[int], now: datetime, batch_id: str, **unread: Any) -> None:
    for some in chunks(ids):
        change = sa.update(feeds).where(feeds.c.id.in_(some))
        fresh = {"due_at": now, "batch_id": batch_id, "failures": 0, "unconditional": False}
        # A poll that began before the removal is not the first one.
        conn.execute(change.values(active=True, lease_until=None, token=None, **fresh, **unread))


def _deactivate(conn: sa.Connection, ids: Sequence[int]) -> None:
    for some in chunks(ids):
        # A claim stays until its poll ends, so that the host is not asked by two meanwhile.
        conn.execute(sa.update(feeds).where(feeds.c.id.in_(some)).values(active=False))


def _update_stored(conn: sa.Connection, known: Sequence[tuple[Row, Feed, str]]) -> None:
    """Update outlet, kind and host of stored feeds where they differ from the files; one that moved keeps its host."""
    rows = [
        {"id_": row.id, "outlet": feed.outlet, "kind": feed.kind, "host": host}
        for row, feed, own in known
        for host in (own if row.moved_to is None else row.host,)
        if (row.outlet, row.kind, row.host) != (feed.outlet, feed.kind, host)
    ]
    if rows:
        conn.execute(sa.update(feeds).where(feeds.c.id == sa.bindparam("id_")), rows)


def claimed(rows: Iterable[Row]) -> list[DueFeed]:
    """Return the feeds of claimed rows, the longest due first."""
    found = [DueFeed(FeedState(*state), token) for *state, token in rows]
    return sorted(found, key=lambda feed: (feed.state.due_at, feed.id))


def still_held(conn: sa.Connection, claims: Iterable[tuple[int, str]]) -> set[int]:
    """Return the feed ids whose token is still valid, locked until the transaction ends: call it before storing."""
    wanted = dict(claims)
    found: set[int] = set()
    for some in chunks(sorted(wanted)):
        query = sa.select(feeds.c.id, feeds.c.token).where(feeds.c.id.in_(some), feeds.c.active)
        found.update(id_ for id_, token in conn.execute(query.with_for_update()) if token == wanted[id_])
    return found


def finish(conn: sa.Connection, polled: Sequence[PollEnd]) -> int:
    """End claims and return how many were still valid; one whose token is no longer the feed's changes nothing.

    Hosts at which nothing else is claimed become free.
    """
    good = [_ok_values(one) for one in polled if one.ok]
    bad = [_failed_values(one) for one in polled if not one.ok]
    host_leases.add_known(conn, [one.host for one in polled if one.moved_to])
    ended = change_each(conn, _END_OK, good) + change_each(conn, _END_FAILED, bad)
    host_leases.free_idle(conn, [one.token for one in polled])
    return ended


def _failed_values(one: PollEnd) -> dict[str, Any]:
    return {
        "id_": one.id,
        "token_": one.token,
        "due": one.due_at,
        "every": one.interval,
        "fails": one.failures,
        "how": one.health,
        "error": clean(one.error),
        "at": one.at,
        "because": clean(one.due_because),
        "polls": one.polls_today,
    }


def _ok_values(one: PollEnd) -> dict[str, Any]:
    return _failed_values(one) | {
        "tag": clean(one.etag),
        "modified": clean(one.last_modified),
        "hash": one.body_hash,
        "full": one.at if one.full else None,
        "new": one.at if one.new else None,
        "moved": one.moved_to,
        "newest": one.newest_published_at,
        "in_full": one.unconditional,
        "noted": clean(one.notes),
        "sitemaps": one.known_sitemaps,
        "ahead": one.clock_ahead,
        "samples": one.clock_samples,
        "learned": one.rhythm,
        "hints": one.update_hints,
        "amounts_": one.amounts,
        "shrunken_": clean(one.shrunken),
        "again": one.gap_again_at,
        "tries": one.gap_tries,
        "host_": one.host or None,
    }


def _end_of_claim() -> sa.Update:
    p, f = sa.bindparam, feeds.c
    change = sa.update(feeds).where(f.id == p("id_"), f.token == p("token_"), f.active)
    return change.values(
        lease_until=None,
        token=None,
        due_at=_given(f.due_at, "due"),
        interval=_given(f.interval, "every"),
        failures=_given(f.failures, "fails"),
        health=_given(f.health, "how"),
        last_error=_given(f.last_error, "error"),
        last_poll_at=_given(f.last_poll_at, "at"),
        due_because=_given(f.due_because, "because"),
        polls_today=_given(f.polls_today, "polls"),
    )


def _given(column: sa.Column[Any], name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=column.type)


def _new_or_stored(column: sa.Column[Any], name: str) -> sa.ColumnElement[Any]:
    """Return an expression: the parameter where it is not null, else the column."""
    return sa.func.coalesce(_given(column, name), column)


_END_FAILED = _end_of_claim()
_END_OK = _end_of_claim().values(
    etag=_given(feeds.c.etag, "tag"),
    last_modified=_given(feeds.c.last_modified, "modified"),
    body_hash=_given(feeds.c.body_hash, "hash"),
    last_full_at=_new_or_stored(feeds.c.last_full_at, "full"),
    last_new_at=_new_or_stored(feeds.c.last_new_at, "new"),
    moved_to=_given(feeds.c.moved_to, "moved"),
    newest_published_at=_new_or_stored(feeds.c.newest_published_at, "newest"),
    unconditional=_given(feeds.c.unconditional, "in_full"),
    notes=_given(feeds.c.notes, "noted"),
    known_sitemaps=_new_or_stored(feeds.c.known_sitemaps, "sitemaps"),
    clock_ahead=_new_or_stored(feeds.c.clock_ahead, "ahead"),
    clock_samples=_new_or_stored(feeds.c.clock_samples, "samples"),
    rhythm=_new_or_stored(feeds.c.rhythm, "learned"),
    update_hints=_new_or_stored(feeds.c.update_hints, "hints"),
    amounts=_given(feeds.c.amounts, "amounts_"),
    shrunken=_given(feeds.c.shrunken, "shrunken_"),
    gap_again_at=_given(feeds.c.gap_again_at, "again"),
    gap_tries=_given(feeds.c.gap_tries, "tries"),
    host=_new_or_stored(feeds.c.host, "host_"),
    last_ok_at=_given(feeds.c.last_ok_at, "at"),
    batch_id=None,
)


def release(conn: sa.Connection, claims: Iterable[tuple[int, str]]) -> int:
    """Release these (feed id, token) claims; return how many feeds became free.

    The token alone would release the feeds that were claimed together and are still being polled.
    """
    released = list(claims)
    freed = sa.update(feeds).values(lease_until=None, token=None)
    count = sum(
        conn.execute(freed.where(feeds.c.id == id_, feeds.c.token == token)).rowcount for id_, token in released
    )
    host_leases.free_idle(conn, [token for _, token in released])
    return count


def postpone(conn: sa.Connection, feed: DueFeed, due: datetime) -> None:
    """Release a claim whose poll met a fault, and poll the feed again at `due`."""
    change = sa.update(feeds).where(feeds.c.id == feed.id, feeds.c.token == feed.token)
    conn.execute(change.values(due_at=due))
    release(conn, [(feed.id, feed.token)])
