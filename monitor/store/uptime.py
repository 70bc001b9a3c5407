"""Store when the daemon ran, so that our outages can be told from silent outlets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

from monitor.store.dialects import upsert
from monitor.store.tables import uptime


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the daemon, up at least until `beat_at`; `stopped_at` is None after a crash and while it runs."""

    started_at: datetime
    beat_at: datetime
    stopped_at: datetime | None = None


# A run without a heartbeat for so long has ended.
_MAX_SILENCE = timedelta(minutes=5)

_LATEST = sa.update(uptime).where(uptime.c.started_at == sa.select(sa.func.max(uptime.c.started_at)).scalar_subquery())
_COLUMNS = [uptime.c[name] for name in Run.__dataclass_fields__]


def start(conn: sa.Connection, now: datetime) -> Run | None:
    """Record that a run begins; return the run before it."""
    before = last(conn)
    upsert(conn, uptime, [{"started_at": now, "beat_at": now, "stopped_at": None}], ["beat_at", "stopped_at"])
    return before


def beat(conn: sa.Connection, now: datetime) -> None:
    """Record a heartbeat of the latest run."""
    conn.execute(_LATEST.values(beat_at=now))


def stop(conn: sa.Connection, now: datetime) -> None:
    """Record that the latest run stops as it should."""
    conn.execute(_LATEST.values(beat_at=now, stopped_at=now))


def close_latest(conn: sa.Connection) -> None:
    """Record that the latest run stopped at its last heartbeat: in a restored database that run is over."""
    conn.execute(_LATEST.where(uptime.c.stopped_at.is_(None)).values(stopped_at=uptime.c.beat_at))


def last(conn: sa.Connection) -> Run | None:
    """Return the latest run."""
    row = conn.execute(sa.select(*_COLUMNS).order_by(uptime.c.started_at.desc()).limit(1)).first()
    return None if row is None else Run(*row)


def first(conn: sa.Connection) -> datetime | None:
    """Return when the first run began."""
    return conn.execute(sa.select(sa.func.min(uptime.c.started_at))).scalar()


def outages(conn: sa.Connection, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return the (from, until) within two moments in which no daemon ran; before the first run nothing is known."""
    query = sa.select(*_COLUMNS).where(uptime.c.started_at < until).order_by(uptime.c.started_at)
    runs = [Run(*row) for row in conn.execute(query)]
    pauses = [(run.beat_at, later.started_at) for run, later in pairwise(runs)]
    if runs and (runs[-1].stopped_at or until - runs[-1].beat_at > _MAX_SILENCE):
        pauses.append((runs[-1].beat_at, until))
    return [(max(began, since), min(ended, until)) for began, ended in pauses if max(began, since) < min(ended, until)]
