"""Lease hosts, so that one worker at a time asks a host: from its claim until all work claimed there has ended.

Where a host allows more (`host_lanes`), that holds for each of its lanes: a row is its own lane or a further one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.store.dialects import change_each, chunks, pick, upsert
from monitor.store.host_tables import HOST_OF_LANE, hosts
from monitor.store.lease_tokens import is_held_by, worker_of
from monitor.store.tables import feeds, fulltext_requests


@dataclass(frozen=True, slots=True)
class HostLease:
    """A leased host with what is known of it: `crawl_delay` is None while its robots.txt was never read.

    `hangs` is how many requests to it hung in a row. `lane` is empty for its own lane; where the host `is_shared`,
    others may ask it at the same time.
    """

    host: str
    token: str
    crawl_delay: timedelta | None = None
    hangs: int = 0
    lane: str = ""
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class HostPause:
    """Until when a host is left alone (gap, crawl-delay, Retry-After, a hang), and how many requests hung in a row.

    It is stored by who has leased the host's `lane` with `token`. What the host itself asked for rests all its lanes
    `rest_until` then; None where it asked for nothing, or has only one.
    """

    host: str
    token: str
    until: datetime
    hangs: int = 0
    lane: str = ""
    rest_until: datetime | None = None


_SHARED = "+"
"""Parts the tokens of a shared host: that of the claim, then that of the one request."""
LEASED = (
    HOST_OF_LANE.label("asked"),
    hosts.c.token,
    hosts.c.crawl_delay,
    hosts.c.hangs,
    # Not by `lane_of`: SQLite 3.40 takes no value that is returned by an UPDATE for null.
    sa.case((hosts.c.lane > 1, hosts.c.host), else_="").label("lane_"),
    sa.or_(hosts.c.lane > 1, hosts.c.at_once > 1).label("is_shared"),
)
"""The columns of a HostLease."""


def add_known(conn: sa.Connection, names: Iterable[str]) -> None:
    """Add these hosts where they are not known yet: only a known one can be leased."""
    wanted = sorted(set(names))
    known = {host for (host,) in pick(conn, [hosts.c.host], hosts.c.host, wanted)}
    upsert(conn, hosts, [{"host": host} for host in wanted if host not in known], [])


def borrow(conn: sa.Connection, host: str, token: str, now: datetime, until: datetime) -> HostLease | None:
    """Lease one host for a single request; None where another worker has it or it is left alone.

    A host that the worker has leased already is shared: until it is given back, no end of other work there frees it.
    The caller sees to it that its worker asks the host once at a time.
    """
    add_known(conn, [host])
    h = hosts.c
    is_ours = sa.and_(is_held_by(h.token, worker_of(token)), h.lease_until > now)
    change = sa.update(hosts).where(h.host == host, sa.or_(is_ours, is_free(now)))
    change = change.values(lease_until=until, token=sa.case((is_ours, h.token + f"{_SHARED}{token}"), else_=token))
    row = conn.execute(change.returning(*LEASED)).one_or_none()
    return None if row is None else HostLease(*row)


def is_free(now: datetime | sa.BindParameter[datetime], h: Any = hosts.c) -> sa.ColumnElement[bool]:
    """Return the condition that a host may be leased: nobody has it and nothing asks to leave it alone."""
    unleased = sa.or_(h.lease_until.is_(None), h.lease_until <= now)
    return sa.and_(unleased, sa.or_(h.next_allowed_at.is_(None), h.next_allowed_at <= now))


def pause(conn: sa.Connection, pauses: Collection[HostPause]) -> None:
    """Store until when hosts are left alone, for whoever leases them next."""
    # Many of them may be of one host, of which the last says what is asked for now.
    last = {(one.lane or one.host, one.token): one for one in pauses}
    rows = [{"row": row, "token_": token, "until_": one.until, "hung": one.hangs} for (row, token), one in last.items()]
    change_each(conn, _PAUSE, rows)
    for one in pauses:
        if one.rest_until is not None:
            conn.execute(_REST, {"host_": one.host, "until_": one.rest_until, "hung": one.hangs})


_UNTIL = sa.bindparam("until_", type_=hosts.c.next_allowed_at.type)
_HUNG = sa.bindparam("hung", type_=hosts.c.hangs.type)
# What another lane was asked for meanwhile is not shortened.
_LATER = sa.case((hosts.c.next_allowed_at > _UNTIL, hosts.c.next_allowed_at), else_=_UNTIL)
_PAUSE = (
    sa.update(hosts)
    .where(hosts.c.host == sa.bindparam("row"), hosts.c.token == sa.bindparam("token_"))
    .values(next_allowed_at=_LATER, hangs=_HUNG)
)
_REST = (
    sa.update(hosts)
    .where(sa.or_(hosts.c.host == sa.bindparam("host_"), hosts.c.lane_of == sa.bindparam("host_")))
    .values(next_allowed_at=_LATER, hangs=sa.case((hosts.c.hangs < _HUNG, _HUNG), else_=hosts.c.hangs))
)


def give_back(conn: sa.Connection, after: HostPause) -> None:
    """End the lease of a host for one request: it is free, unless it was shared and other work there goes on."""
    held = conn.execute(sa.select(hosts.c.token).where(hosts.c.host == after.host)).scalar() or ""
    if not held.endswith(after.token):
        return
    pause(conn, [replace(after, token=held)])
    # What lies between was given back too late to be written, since a worker asks a host once at a time.
    before = held.partition(_SHARED)[0] if held != after.token else ""
    if before:
        conn.execute(sa.update(hosts).where(hosts.c.host == after.host, hosts.c.token == held).values(token=before))
    free_idle(conn, [before or held])


def end_hang_pauses(conn: sa.Connection) -> None:
    """End the pauses of all hosts whose requests hung, since the cause was our network."""
    conn.execute(sa.update(hosts).where(hosts.c.hangs > 0).values(next_allowed_at=None, hangs=0))


def free_idle(conn: sa.Connection, tokens: Collection[str]) -> None:
    """Free the hosts leased with these tokens at which no claimed work is left."""
    for some in chunks(sorted(set(tokens))):
        conn.execute(_FREE_IDLE, {"tokens": some})


def _free_idle() -> sa.Executable:
    h, f, p = hosts.c, feeds.c, fulltext_requests.c
    polls = sa.exists().where(f.token == h.token, f.host == HOST_OF_LANE)
    pages = sa.exists().where(p.token == h.token, p.host == HOST_OF_LANE)
    idle = sa.update(hosts).where(h.token.in_(sa.bindparam("tokens", expanding=True)), ~polls, ~pages)
    return idle.values(lease_until=None, token=None)


# Built once: building a statement costs more than running it.
_FREE_IDLE = _free_idle()
