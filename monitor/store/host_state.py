"""What is known of each host: when it may next be visited, and its robots.txt; shared by all workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import upsert
from monitor.store.tables import hosts


@dataclass(frozen=True, slots=True)
class HostState:
    """One host: `robots` is the text last read (None: never, or it has none)."""

    host: str
    next_allowed_at: datetime | None = None
    crawl_delay: timedelta | None = None
    robots_at: datetime | None = None
    robots: str | None = None


_STATE = [hosts.c[name] for name in HostState.__dataclass_fields__]


def hold(conn: sa.Connection, until: dict[str, datetime]) -> None:
    """Keep everybody off these hosts until these moments."""
    upsert(
        conn, hosts, [{"host": host, "next_allowed_at": moment} for host, moment in until.items()], ["next_allowed_at"]
    )


def known(conn: sa.Connection, names: Sequence[str] | None = None) -> dict[str, HostState]:
    """Return what is known of these hosts (or of all)."""
    query = sa.select(*_STATE)
    rows = conn.execute(query if names is None else query.where(hosts.c.host.in_(list(names))))
    return {row.host: HostState(*row) for row in rows}


def delays(conn: sa.Connection) -> dict[str, float]:
    """Return, in seconds, how long each host whose robots.txt was read wants to be left alone between two requests."""
    query = sa.select(hosts.c.host, hosts.c.crawl_delay).where(hosts.c.robots_at.is_not(None))
    return {host: delay.total_seconds() if delay else 0.0 for host, delay in conn.execute(query)}


def keep_robots(conn: sa.Connection, states: Sequence[HostState]) -> None:
    """Record robots.txt as just read: its moment, text and crawl delay; the next allowed visit stays."""
    rows = [
        {
            "host": state.host,
            "robots": None if state.robots is None else clean(state.robots),
            "robots_at": state.robots_at,
            "crawl_delay": state.crawl_delay,
        }
        for state in states
    ]
    upsert(conn, hosts, rows, ["robots", "robots_at", "crawl_delay"])
