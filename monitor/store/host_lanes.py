"""Open further lanes at hosts that may be asked by several at once.

A host is leased whole, so that one worker at a time asks it. Each further lane is one more row of `hosts` that is
leased as the host's own: whoever has it gets its share of what is due at the host, and asks once at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from monitor.store import host_leases
from monitor.store.dialects import chunks, upsert
from monitor.store.host_tables import hosts


def open_lanes(conn: sa.Connection, at_once: Mapping[str, int]) -> None:
    """Let each of these hosts be asked by so many at once, and every other by one.

    A lane that is under way when its host allows fewer goes on to its end, and is not leased again.
    """
    h = hosts.c
    host_leases.add_known(conn, at_once)
    conn.execute(sa.update(hosts).where(h.at_once > 1).values(at_once=1))
    for host, most in at_once.items():
        conn.execute(sa.update(hosts).where(h.host == host).values(at_once=most))
    for some in chunks(sorted(at_once)):
        # What a host asked for before it had lanes holds for each of them.
        for host, until, hangs in conn.execute(sa.select(h.host, h.next_allowed_at, h.hangs).where(h.host.in_(some))):
            lanes = [_lane(host, number, until, hangs) for number in range(2, at_once[host] + 1)]
            upsert(conn, hosts, lanes, [])


def _lane(host: str, number: int, until: datetime | None, hangs: int) -> dict[str, object]:
    # No host has a bar in its name (`host_of`). Only hosts without crawl-delay are asked in their further lanes.
    return {
        "host": f"{host}|{number}",
        "lane_of": host,
        "lane": number,
        "crawl_delay": timedelta(0),
        "next_allowed_at": until,
        "hangs": hangs,
    }


class DelayedHost(NamedTuple):
    """A host that the files let be asked by so many at once, and whose robots.txt states a crawl-delay."""

    host: str
    at_once: int
    crawl_delay: timedelta


def delayed(conn: sa.Connection) -> list[DelayedHost]:
    """Return the hosts that are asked by one all the same, since they said how often they may be asked."""
    h = hosts.c
    query = sa.select(h.host, h.at_once, h.crawl_delay).where(h.at_once > 1, h.crawl_delay > timedelta(0))
    return [DelayedHost(*row) for row in conn.execute(query.order_by(h.host))]


def spare() -> sa.Select[tuple[str, str]]:
    """Return a query of the hosts whose own lane is not free, each with a lane that is; it takes the moment `now`.

    A host whose robots.txt was never read, or states a crawl-delay, has none: it said how often it may be asked.
    """
    now = sa.bindparam("now", type_=hosts.c.next_allowed_at.type)
    one, own = hosts.alias("one"), hosts.alias("own")
    is_open = sa.and_(one.c.lane <= own.c.at_once, own.c.crawl_delay == timedelta(0))
    query = sa.select(one.c.lane_of.label("host"), sa.func.min(one.c.host).label("lane"))
    query = query.join_from(one, own, own.c.host == one.c.lane_of).where(one.c.lane_of.is_not(None), is_open)
    query = query.where(host_leases.is_free(now, one.c), ~host_leases.is_free(now, own.c))
    return query.group_by(one.c.lane_of)
