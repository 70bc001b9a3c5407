"""When the daemon ran, so that silence of ours can be told from silence of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

from monitor.store.dialects import upsert
from monitor.store.tables import uptime


@dataclass(frozen=True, slots=True)
class Run:
    """One life of the daemon, surely up until `beat_at`; `stopped_at` is None after a crash and while it runs."""

    started_at: datetime
    beat_at: datetime
    stopped_at: datetime | None = None


# A life that has not been heard of for so long is over.
_LATE = timedelta(minutes=5)

_LATEST = sa.update(uptime).where(uptime.c.started_at == sa.select(sa.func.max(uptime.c.started_at)).scalar_subquery())
_COLUMNS = [uptime.c[name] for name in Run.__dataclass_fields__]


def start(conn: sa.Connection, now: datetime) -> Run | None:
    """Record that a life begins; return the one before it."""
    before = last(conn)
    upsert(conn, uptime, [{"started_at": now, "beat_at": now, "stopped_at": None}], ["beat_at", "stopped_at"])
    return before


def beat(conn: sa.Connection, now: datetime) -> None:
    """Record that the latest life goes on."""
    conn.execute(_LATEST.values(beat_at=now))


def stop(conn: sa.Connection, now: datetime) -> None:
    """Record that the latest life ends as it should."""
    conn.execute(_LATEST.values(beat_at=now, stopped_at=now))


def end(conn: sa.Connection) -> None:
    """Record that the latest life is over since it was last heard of: what wrote it has another database."""
    conn.execute(_LATEST.where(uptime.c.stopped_at.is_(None)).values(stopped_at=uptime.c.beat_at))


def last(conn: sa.Connection) -> Run | None:
    """Return the latest life."""
    row = conn.execute(sa.select(*_COLUMNS).order_by(uptime.c.started_at.desc()).limit(1)).first()
    return None if row is None else Run(*row)


def first(conn: sa.Connection) -> datetime | None:
    """Return when the first life began."""
    return conn.execute(sa.select(sa.func.min(uptime.c.started_at))).scalar()


def outages(conn: sa.Connection, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return the stretches between two moments in which no daemon ran; before the first life nothing is known."""
    query = sa.select(*_COLUMNS).where(uptime.c.started_at < until).order_by(uptime.c.started_at)
    runs = [Run(*row) for row in conn.execute(query)]
    edges = [(run.beat_at, later.started_at) for run, later in pairwise(runs)]
    if runs and (runs[-1].stopped_at or until - runs[-1].beat_at > _LATE):
        edges.append((runs[-1].beat_at, until))
    return [(max(down, since), min(up, until)) for down, up in edges if max(down, since) < min(up, until)]
