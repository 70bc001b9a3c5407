"""Store what is known of hosts: when each may be requested next, and its robots.txt; all workers share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import upsert
from monitor.store.host_tables import hosts, robots_files


@dataclass(frozen=True, slots=True)
class HostState:
    """One host; `robots` is the text of its robots.txt (None: never read, or not to be had)."""

    host: str
    next_allowed_at: datetime | None = None
    crawl_delay: timedelta | None = None
    robots_at: datetime | None = None
    robots: str | None = None


def known(conn: sa.Connection, names: Sequence[str] | None = None) -> dict[str, HostState]:
    """Return what is stored of these hosts (None: of all), by host."""
    h = hosts.c
    query = sa.select(h.host, h.next_allowed_at, h.crawl_delay, h.robots_at, robots_files.c.text)
    query = query.outerjoin_from(hosts, robots_files, robots_files.c.host == h.host)
    rows = conn.execute(query if names is None else query.where(h.host.in_(list(names))))
    return {row.host: HostState(*row) for row in rows}


def robots_read(conn: sa.Connection) -> dict[str, datetime | None]:
    """Return by host when the robots.txt of every known one was read last, without the files: those are long."""
    return {str(host): read_at for host, read_at in conn.execute(sa.select(hosts.c.host, hosts.c.robots_at))}


def keep_robots(conn: sa.Connection, states: Sequence[HostState]) -> None:
    """Store robots.txt readings: their moment, text and crawl-delay; `next_allowed_at` stays as it is."""
    names = ("host", "robots_at", "crawl_delay")
    upsert(conn, hosts, [{name: getattr(state, name) for name in names} for state in states], names[1:])
    gone = [state.host for state in states if state.robots is None]
    conn.execute(sa.delete(robots_files).where(robots_files.c.host.in_(gone)))
    rows = [{"host": state.host, "text": clean(state.robots)} for state in states if state.robots is not None]
    upsert(conn, robots_files, rows, ["text"])
