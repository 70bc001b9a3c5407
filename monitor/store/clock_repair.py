"""What a clock ahead of ours wrote is put right: no plan waits for the jump, and nothing has happened that is to come.

Every plan is written beside the moment at which it was made. Where that moment is still to come the clock has been set
back since, and the plan counts from now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.model import State
from monitor.store.delivery_admin import DeliveryRow, with_items
from monitor.store.leases import RELEASES
from monitor.store.tables import articles, deliveries, feeds, fulltext_requests, gaps, hosts, uptime

DAY = timedelta(days=1)
BUSY = timedelta(minutes=4)
"""How long a feed without failures waits at most beyond its interval, where its host serves others first."""

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""Before this program was written: a clock that shows less (1970 where no battery keeps it) is wrong itself."""

Column = sa.Column[Any]


def put_right(conn: sa.Connection, now: datetime, lease: timedelta, text_within: timedelta) -> None:
    """Put right everything but the deliveries' due times, which their routes decide.

    `lease` is the longest that any claim lasts, `text_within` the longest that a rule waits for a page.
    """
    _hosts(conn, now)
    _feeds(conn, now)
    late = fulltext_requests.c.until > now + text_within
    conn.execute(sa.update(fulltext_requests).where(late).values(due_at=now, until=now + text_within))
    for table in RELEASES:
        _at_most(conn, table.c.lease_until, now + lease)
    past = (feeds.c.last_poll_at, feeds.c.last_ok_at, feeds.c.last_new_at, feeds.c.last_full_at, hosts.c.robots_at)
    for moment in (*past, gaps.c.to_at, deliveries.c.first_attempt_at):
        _at_most(conn, moment, now)
    if now >= WRITTEN:
        # Else the whole archive would be as old as that, and be tidied away once the clock is right.
        _at_most(conn, articles.c.seen_at, now)
    conn.execute(sa.delete(uptime).where(uptime.c.started_at > now))
    for moment in (uptime.c.beat_at, uptime.c.stopped_at):
        _at_most(conn, moment, now)


def _at_most(conn: sa.Connection, column: Column, moment: datetime) -> None:
    conn.execute(sa.update(column.table).where(column > moment).values({column: moment}))


def _hosts(conn: sa.Connection, now: datetime) -> None:
    """A host that asked to be left alone is, for as long as it asked when one of its feeds was polled last."""
    polled = sa.select(sa.func.max(feeds.c.last_poll_at)).where(feeds.c.host == hosts.c.host).scalar_subquery()
    again = sa.literal(now, hosts.c.next_allowed_at.type) + (hosts.c.next_allowed_at - polled)
    conn.execute(sa.update(hosts).where(hosts.c.next_allowed_at > now, polled > now).values(next_allowed_at=again))
    _at_most(conn, hosts.c.next_allowed_at, now + DAY)


def _feeds(conn: sa.Connection, now: datetime) -> None:
    """Feeds that were polled at a moment to come, or wait for longer than they ever should, are due."""
    f = feeds.c
    ahead = f.due_at - f.interval > now
    longest = sa.case((f.failures == 0, f.due_at > now + BUSY), else_=f.due_at > now + DAY)
    wrong = sa.or_(f.last_poll_at > now, ahead & longest)
    conn.execute(sa.update(feeds).where(f.due_at > now, wrong).values(due_at=now))


def planned_ahead(conn: sa.Connection, now: datetime) -> list[DeliveryRow]:
    """Return what waits for a moment that a clock ahead of ours may have chosen: planned then, or tried before."""
    d = deliveries.c
    tried = sa.or_(d.attempts > 0, d.maybe_delivered)
    where = (d.state == State.WAITING, d.due_at > now, sa.or_(d.created_at > now, tried))
    return with_items(conn, sa.select(deliveries).where(*where))


def plan_again(conn: sa.Connection, dues: Mapping[int, datetime], now: datetime) -> None:
    """Let these deliveries be due at these moments; none was planned later than now."""
    if dues:
        change = sa.update(deliveries).where(deliveries.c.id == sa.bindparam("id_")).values(due_at=sa.bindparam("due"))
        conn.execute(change, [{"id_": one, "due": moment} for one, moment in dues.items()])
    open_ = deliveries.c.state.in_([State.WAITING, State.HELD])
    conn.execute(sa.update(deliveries).where(open_, deliveries.c.created_at > now).values(created_at=now))
