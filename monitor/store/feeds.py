"""Store the watched feeds: what the files say of them, when each is due, its claims, and how its polls ended."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.hostnames import host_of
from monitor.model import Feed
from monitor.store.codec import clean
from monitor.store.column_types import Row
from monitor.store.dialects import chunks, take_ids
from monitor.store.tables import feeds, hosts


@dataclass(frozen=True, slots=True)
class Synced:
    """The addresses that a new configuration added, removed, or added again after a removal (`returned`)."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedState:
    """The stored state of one feed; `batch_id` is set until its first poll succeeds.

    `unconditional` says that it is always requested in full, since its server called changed pages unchanged. `notes`
    say what was odd about the last page that was parsed, `last_error` why the last poll failed; empty if nothing.
    `known_sitemaps` are short digests of the sitemaps of an index, each with its date, that need not be read again.
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


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A claimed feed: its state, and the token that must be given to end the claim."""

    state: FeedState
    token: str

    @property
    def id(self) -> int:
        """The feed's id."""
        return self.state.id


@dataclass(frozen=True, slots=True)
class PollEnd:
    """How the poll of one claim ended.

    A failure (`ok` false) leaves validators, notes and batch id as they are. `full` says that the request was
    unconditional, `new` how many articles were new. None as `newest_published_at` or `known_sitemaps` leaves the stored
    one.
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


_STATE = [feeds.c[name] for name in FeedState.__dataclass_fields__]
_START = timedelta(minutes=5)


def sync(conn: sa.Connection, wanted: Sequence[Feed], now: datetime, batch_id: str) -> Synced:
    """Make the active feeds exactly those of the files; new and returned ones are due at once with the batch id."""
    stored = {row.url: row for row in conn.execute(sa.select(feeds.c.id, feeds.c.url, feeds.c.active))}
    unique = {feed.url: feed for feed in wanted}
    added = [feed for url, feed in unique.items() if url not in stored]
    returned = [url for url in unique if url in stored and not stored[url].active]
    removed = [url for url, row in stored.items() if row.active and url not in unique]
    _insert(conn, added, now, batch_id)
    _activate(conn, [stored[url].id for url in returned], now, batch_id)
    _deactivate(conn, [stored[url].id for url in removed])
    _update_stored(conn, [(stored[url].id, feed) for url, feed in unique.items() if url in stored])
    return Synced(tuple(feed.url for feed in added), tuple(removed), tuple(returned))


def _insert(conn: sa.Connection, added: Sequence[Feed], now: datetime, batch_id: str) -> None:
    if not added:
        return
    ids = take_ids(conn, "feeds", len(added))
    fixed: dict[str, Any] = {"active": True, "due_at": now, "batch_id": batch_id, "body_hash": b"", "interval": _START}
    rows = [
        {"id": id_, "url": feed.url, "outlet": feed.outlet, "kind": feed.kind, "host": host_of(feed.url), **fixed}
        for id_, feed in zip(ids, added, strict=True)
    ]
    conn.execute(sa.insert(feeds), rows)


def _activate(conn: sa.Connection, ids: Sequence[int], now: datetime, batch_id: str) -> None:
    for some in chunks(ids):
        change = sa.update(feeds).where(feeds.c.id.in_(some))
        conn.execute(change.values(active=True, due_at=now, batch_id=batch_id, failures=0, unconditional=False))


def _deactivate(conn: sa.Connection, ids: Sequence[int]) -> None:
    for some in chunks(ids):
        change = sa.update(feeds).where(feeds.c.id.in_(some))
        conn.execute(change.values(active=False, lease_until=None, lease_token=None))


def _update_stored(conn: sa.Connection, known: Sequence[tuple[int, Feed]]) -> None:
    """Update outlet, kind and host of stored feeds where they differ from the files."""
    rows = [{"id_": id_, "outlet_": feed.outlet, "kind_": feed.kind, "host_": host_of(feed.url)} for id_, feed in known]
    values = {name: sa.bindparam(f"{name}_", type_=sa.Text) for name in ("outlet", "kind", "host")}
    changed = sa.or_(*(feeds.c[name] != value for name, value in values.items()))
    if rows:
        conn.execute(sa.update(feeds).where(feeds.c.id == sa.bindparam("id_"), changed).values(values), rows)


def claim_due(conn: sa.Connection, now: datetime, limit: int, lease: timedelta) -> list[DueFeed]:
    """Lease up to `limit` due feeds of hosts that may be requested now, the longest due first."""
    token = secrets.token_hex(8)
    values = {"now": now, "most": limit, "until": now + lease, "token_": token}
    claimed = [DueFeed(_state(row), token) for row in conn.execute(_CLAIM, values)]
    return sorted(claimed, key=lambda feed: (feed.state.due_at, feed.id))


def _claim() -> sa.Executable:
    now = sa.bindparam("now", type_=feeds.c.due_at.type)
    free = sa.or_(feeds.c.lease_until.is_(None), feeds.c.lease_until <= now)
    held = sa.select(hosts.c.host).where(hosts.c.next_allowed_at > now)
    due = (
        sa.select(feeds.c.id)
        .where(feeds.c.active, feeds.c.due_at <= now, free, feeds.c.host.not_in(held))
        .order_by(feeds.c.due_at)
        .limit(sa.bindparam("most", type_=sa.Integer))
        .with_for_update(skip_locked=True, of=feeds)
        .cte("due")
    )
    claim = sa.update(feeds).where(feeds.c.id.in_(sa.select(due.c.id)))
    return claim.values(lease_until=sa.bindparam("until"), lease_token=sa.bindparam("token_")).returning(*_STATE)


# Built once: building a statement costs ten times what an idle tick does in the database.
_CLAIM = _claim()


def _state(row: Row) -> FeedState:
    return FeedState(*row)


def still_held(conn: sa.Connection, claims: Iterable[tuple[int, str]]) -> set[int]:
    """Return the feed ids whose token is still valid, locked until the transaction ends: call it before storing."""
    wanted = dict(claims)
    found: set[int] = set()
    for some in chunks(sorted(wanted)):
        query = sa.select(feeds.c.id, feeds.c.lease_token).where(feeds.c.id.in_(some), feeds.c.active)
        found.update(id_ for id_, token in conn.execute(query.with_for_update()) if token == wanted[id_])
    return found


def finish(conn: sa.Connection, polled: Sequence[PollEnd]) -> int:
    """End claims and return how many were still valid; one whose token is no longer the feed's changes nothing."""
    good = [_ok_values(one) for one in polled if one.ok]
    bad = [_failed_values(one) for one in polled if not one.ok]
    return sum(
        conn.execute(statement, rows).rowcount for statement, rows in ((_END_OK, good), (_END_FAILED, bad)) if rows
    )


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
    }


def _end_of_claim() -> sa.Update:
    p = sa.bindparam
    change = sa.update(feeds).where(feeds.c.id == p("id_"), feeds.c.lease_token == p("token_"))
    return change.values(
        lease_until=None,
        lease_token=None,
        due_at=p("due"),
        interval=p("every"),
        failures=p("fails"),
        health=p("how"),
        last_error=p("error"),
        last_poll_at=p("at"),
    )


def _new_or_stored(column: sa.Column[Any], name: str) -> sa.ColumnElement[Any]:
    """Return an expression: the parameter where it is not null, else the column."""
    return sa.func.coalesce(sa.bindparam(name, type_=column.type), column)


_END_FAILED = _end_of_claim()
_END_OK = _end_of_claim().values(
    etag=sa.bindparam("tag"),
    last_modified=sa.bindparam("modified"),
    body_hash=sa.bindparam("hash"),
    last_full_at=_new_or_stored(feeds.c.last_full_at, "full"),
    last_new_at=_new_or_stored(feeds.c.last_new_at, "new"),
    moved_to=sa.bindparam("moved"),
    newest_published_at=_new_or_stored(feeds.c.newest_published_at, "newest"),
    unconditional=sa.bindparam("in_full"),
    notes=sa.bindparam("noted"),
    known_sitemaps=_new_or_stored(feeds.c.known_sitemaps, "sitemaps"),
    last_ok_at=sa.bindparam("at"),
    batch_id=None,
)


def release(conn: sa.Connection, claims: Iterable[tuple[int, str]]) -> int:
    """Release these (feed id, token) claims; return how many feeds became free.

    The token alone would release the feeds that were claimed together and are still being polled.
    """
    freed = sa.update(feeds).values(lease_until=None, lease_token=None)
    return sum(
        conn.execute(freed.where(feeds.c.id == id_, feeds.c.lease_token == token)).rowcount for id_, token in claims
    )


def release_all(conn: sa.Connection) -> int:
    """Release every claim, as no process can hold one; return how many feeds became free."""
    freed = sa.update(feeds).where(feeds.c.lease_token.is_not(None))
    return conn.execute(freed.values(lease_until=None, lease_token=None)).rowcount
