"""Store for each host when it may be requested next, and its robots.txt; all workers share it."""

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
    """One host; `robots` is the text of its robots.txt (None: never read, or not to be had)."""

    host: str
    next_allowed_at: datetime | None = None
    crawl_delay: timedelta | None = None
    robots_at: datetime | None = None
    robots: str | None = None


_STATE = [hosts.c[name] for name in HostState.__dataclass_fields__]


def hold(conn: sa.Connection, until: dict[str, datetime]) -> None:
    """Store until when each of these hosts must not be requested."""
    upsert(
        conn, hosts, [{"host": host, "next_allowed_at": moment} for host, moment in until.items()], ["next_allowed_at"]
    )


def known(conn: sa.Connection, names: Sequence[str] | None = None) -> dict[str, HostState]:
    """Return what is stored of these hosts (None: of all), by host."""
    query = sa.select(*_STATE)
    rows = conn.execute(query if names is None else query.where(hosts.c.host.in_(list(names))))
    return {row.host: HostState(*row) for row in rows}


def delays(conn: sa.Connection) -> dict[str, float]:
    """Return the crawl-delay in seconds of each host whose robots.txt was read; 0 where it states none."""
    query = sa.select(hosts.c.host, hosts.c.crawl_delay).where(hosts.c.robots_at.is_not(None))
    return {host: delay.total_seconds() if delay else 0.0 for host, delay in conn.execute(query)}


def keep_robots(conn: sa.Connection, states: Sequence[HostState]) -> None:
    """Store robots.txt readings: their moment, text and crawl-delay; `next_allowed_at` stays as it is."""
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
