"""Store what is read of the past of feeds: which pages are still to be read, and what came so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.column_types import Row
from monitor.store.dialects import upsert
from monitor.store.tables import articles, backfills, feeds, sightings


@dataclass(frozen=True, slots=True)
class Backfill:
    """The reading of a feed's past since a moment, page by page.

    `pending` are the addresses that are still to be read, the next one first, and `seen` digests of all that were
    found. `articles` counts the new ones, `undated` those that were left out since they state no time. `attempts` are
    those at the next address, and `note` why the last one that could not be read was not. `alerts` says that people are
    told of what rules find in it. `polled_from` is when the oldest article was published that polls had brought before.
    """

    feed_id: int
    url: str
    outlet: str
    kind: str
    since: datetime
    asked_at: datetime
    due_at: datetime
    pending: tuple[str, ...]
    seen: frozenset[str] = frozenset()
    pages: int = 0
    articles: int = 0
    undated: int = 0
    attempts: int = 0
    note: str = ""
    finished_at: datetime | None = None
    alerts: bool = False
    polled_from: datetime | None = None
    known_as: str = ""

    @property
    def name_for_keys(self) -> str:
        """As of a feed's state."""
        return self.known_as or self.outlet


_B = backfills.c
_STORED = [column for column in backfills.columns if column.name != "feed_id"]
_QUERY = (
    sa.select(_B.feed_id, feeds.c.url, feeds.c.outlet, feeds.c.kind, *_STORED, feeds.c.known_as)
    .join(feeds, feeds.c.id == _B.feed_id)
    .where(feeds.c.active)
)


def begin(
    conn: sa.Connection, outlets: Collection[str], since: datetime, now: datetime, *, alerts: bool = False
) -> int:
    """Let the past of these outlets' feeds be read since a moment, from the beginning; return how many feeds.

    With `alerts`, people are told of what rules find in it, once all of it is read.
    """
    query = sa.select(feeds.c.id, feeds.c.url).where(feeds.c.active, feeds.c.outlet.in_(list(outlets)))
    fixed: dict[str, Any] = {
        "since": since,
        "asked_at": now,
        "due_at": now,
        "seen": "",
        "note": "",
        "finished_at": None,
        "alerts": alerts,
        "polled_from": None,
    }
    counts = dict.fromkeys(("pages", "articles", "undated", "attempts"), 0)
    rows = [{"feed_id": id_, "pending": url, **fixed, **counts} for id_, url in conn.execute(query)]
    upsert(conn, backfills, rows, [column.name for column in _STORED])
    return len(rows)


def stop(conn: sa.Connection, outlets: Collection[str]) -> int:
    """Stop to read the past of these outlets' feeds; return how many were not finished. What came stays."""
    ids = sa.select(feeds.c.id).where(feeds.c.outlet.in_(list(outlets)))
    return conn.execute(sa.delete(backfills).where(_B.feed_id.in_(ids), _B.finished_at.is_(None))).rowcount


def all_of_them(conn: sa.Connection) -> list[Backfill]:
    """Return all of watched feeds, also those that are finished, by outlet and address."""
    return [_backfill(row) for row in conn.execute(_QUERY.order_by(feeds.c.outlet, feeds.c.url))]


def unfinished(conn: sa.Connection) -> set[datetime]:
    """Return when those were asked for of which people are to be told and that are not finished."""
    query = _QUERY.with_only_columns(_B.asked_at).where(_B.alerts, _B.finished_at.is_(None))
    return set(conn.execute(query).scalars())


def next_due(conn: sa.Connection, now: datetime) -> Backfill | None:
    """Return the one that is due for longest; None where none is. A feed's polls come before its past."""
    is_due = (_B.finished_at.is_(None), _B.due_at <= now, feeds.c.last_poll_at.is_not(None))
    query = _QUERY.where(*is_due).order_by(_B.due_at, _B.feed_id).limit(1)
    row = conn.execute(query).first()
    return _backfill(row) if row else None


def polled_from(conn: sa.Connection, feed_id: int) -> datetime | None:
    """Return when the oldest article was published that a feed has shown; None where it has shown none with a date."""
    query = sa.select(sa.func.min(articles.c.published_at, type_=articles.c.published_at.type))
    return conn.execute(
        query.join(sightings, sightings.c.article_id == articles.c.id).where(sightings.c.feed_id == feed_id)
    ).scalar()


def hold(conn: sa.Connection, backfill: Backfill) -> bool:
    """Lock one until the transaction ends; false where it was begun anew, stopped, or carried on by somebody else."""
    same = (_B.asked_at == backfill.asked_at, _B.pages == backfill.pages, _B.finished_at.is_(None))
    query = sa.select(_B.feed_id).where(_B.feed_id == backfill.feed_id, *same)
    return conn.execute(query.with_for_update()).first() is not None


def keep(conn: sa.Connection, backfill: Backfill) -> None:
    """Store how far one has come; call `hold` before."""
    values = {column.name: getattr(backfill, column.name) for column in _STORED}
    values |= {"pending": "\n".join(map(clean, backfill.pending)), "seen": " ".join(sorted(backfill.seen))}
    values["note"] = clean(backfill.note)
    conn.execute(sa.update(backfills).where(_B.feed_id == backfill.feed_id).values(values))


def _backfill(row: Row) -> Backfill:
    values = dict(row._mapping)
    values["pending"] = tuple(values["pending"].splitlines())
    values["seen"] = frozenset(values["seen"].split())
    return Backfill(**values)
