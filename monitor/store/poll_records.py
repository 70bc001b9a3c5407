"""Read the states of feeds, make feeds due, and record gaps in which articles may have been missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.store.column_types import EPOCH
from monitor.store.dialects import upsert
from monitor.store.feeds import FeedState
from monitor.store.tables import feeds, gaps

_STATE = [feeds.c[name] for name in FeedState.__dataclass_fields__]

_G = gaps.c
_GAPS = (
    sa.select(_G.feed_id, feeds.c.url, feeds.c.outlet, _G.from_at, _G.to_at, _G.noticed_at, _G.filled_at, _G.note)
    .join(feeds, feeds.c.id == gaps.c.feed_id)
    .order_by(gaps.c.from_at.desc())
)


@dataclass(frozen=True, slots=True)
class Gap:
    """The time between two polls of a feed that share no article, so that articles may have been missed.

    `note` says what filled it, if that was no other feed of the outlet, or why nothing did.
    """

    feed_id: int
    url: str
    outlet: str
    from_at: datetime
    to_at: datetime
    noticed_at: datetime
    filled_at: datetime | None
    note: str = ""


def states(conn: sa.Connection, *, active: bool = True) -> list[FeedState]:
    """Return the states of all watched feeds (or all ever watched), ordered by outlet and address."""
    query = sa.select(*_STATE).order_by(feeds.c.outlet, feeds.c.url)
    return [FeedState(*row) for row in conn.execute(query.where(feeds.c.active) if active else query)]


def failing(conn: sa.Connection) -> list[FeedState]:
    """Return the states of watched feeds whose last poll failed, ordered by outlet and address."""
    query = sa.select(*_STATE).where(feeds.c.active, feeds.c.failures > 0).order_by(feeds.c.outlet, feeds.c.url)
    return [FeedState(*row) for row in conn.execute(query)]


def shrunken(conn: sa.Connection) -> dict[str, str]:
    """Return by outlet how one of its watched feeds has shrunk."""
    query = sa.select(feeds.c.outlet, feeds.c.shrunken).where(feeds.c.active, feeds.c.shrunken != "")
    return {row.outlet: row.shrunken for row in conn.execute(query.order_by(feeds.c.id))}


def batches_without_poll(conn: sa.Connection) -> set[str]:
    """Return the batch ids of active feeds that were never polled."""
    query = sa.select(feeds.c.batch_id).where(
        feeds.c.active, feeds.c.batch_id.is_not(None), feeds.c.last_poll_at.is_(None)
    )
    return set(conn.execute(query.distinct()).scalars())


def count_unpolled(conn: sa.Connection, since: datetime) -> int:
    """Return how many active feeds were not polled since a moment."""
    asked = sa.func.coalesce(feeds.c.last_poll_at, sa.literal(EPOCH, feeds.c.last_poll_at.type))
    return conn.execute(sa.select(sa.func.count()).where(feeds.c.active, asked < since)).scalar_one()


def make_due(conn: sa.Connection, now: datetime, outlets: Sequence[str] = ()) -> int:
    """Make the feeds of these outlets (none given: all) due now; return how many changed."""
    change = sa.update(feeds).where(feeds.c.active, feeds.c.due_at > now).values(due_at=now)
    return conn.execute(change.where(feeds.c.outlet.in_(list(outlets))) if outlets else change).rowcount


def set_due(conn: sa.Connection, planned: Mapping[int, tuple[datetime, str]]) -> None:
    """Make feeds due at other moments, by id, and store why they are due then."""
    change = sa.update(feeds).where(feeds.c.id == sa.bindparam("id_"))
    change = change.values(due_at=sa.bindparam("due", type_=feeds.c.due_at.type), due_because=sa.bindparam("why"))
    if planned:
        conn.execute(change, [{"id_": id_, "due": due, "why": why} for id_, (due, why) in planned.items()])


def make_refused_due(conn: sa.Connection, now: datetime) -> int:
    """Make the feeds due now whose last poll was refused by our address gate; return how many changed."""
    refused = (feeds.c.active, feeds.c.health == "refused", feeds.c.due_at > now)
    return conn.execute(sa.update(feeds).where(*refused).values(due_at=now)).rowcount


def next_due(conn: sa.Connection) -> datetime | None:
    """Return when the next poll of an active feed is due; None where there is no feed."""
    due: datetime | None = conn.execute(sa.select(sa.func.min(feeds.c.due_at)).where(feeds.c.active)).scalar_one()
    return due


def record_gap(
    conn: sa.Connection, feed_id: int, span: tuple[datetime, datetime], now: datetime, note: str = ""
) -> None:
    """Record a gap in which articles may have been missed; where it begins at the end of another, extend that one.

    `note` says why nothing has filled it.
    """
    extended = sa.update(gaps).where(gaps.c.feed_id == feed_id, gaps.c.to_at == span[0], gaps.c.filled_at.is_(None))
    if conn.execute(extended.values(to_at=span[1], note=note)).rowcount:
        return
    row = {"feed_id": feed_id, "from_at": span[0], "to_at": span[1], "noticed_at": now, "note": note}
    upsert(conn, gaps, [row], ["to_at", "note"])


def note_gaps(conn: sa.Connection, feed_id: int, since: datetime, note: str) -> None:
    """Say of the gaps of a feed that began since then and are not filled why they are not."""
    is_open = sa.and_(gaps.c.feed_id == feed_id, gaps.c.from_at >= since, gaps.c.filled_at.is_(None))
    conn.execute(sa.update(gaps).where(is_open).values(note=note))


def open_gaps(conn: sa.Connection, since: datetime | None = None, feed_id: int | None = None) -> list[Gap]:
    """Return the gaps (of one feed) that are not filled and end after `since`, the latest first."""
    query = _GAPS.where(_G.filled_at.is_(None), *([] if feed_id is None else [_G.feed_id == feed_id]))
    return [Gap(*row) for row in conn.execute(query.where(gaps.c.to_at > since) if since else query)]


def filled_gaps(conn: sa.Connection, since: datetime) -> list[Gap]:
    """Return the gaps that were filled after `since`, the latest first."""
    return [Gap(*row) for row in conn.execute(_GAPS.where(gaps.c.filled_at > since))]


def noticed_gaps(conn: sa.Connection, span: tuple[datetime, datetime]) -> list[Gap]:
    """Return the gaps that were noticed in [since, until), filled since or not, the latest first."""
    return [Gap(*row) for row in conn.execute(_GAPS.where(gaps.c.noticed_at >= span[0], gaps.c.noticed_at < span[1]))]
