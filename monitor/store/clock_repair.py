"""Repair stored times that a clock ahead of ours wrote: plans count from now, and nothing has happened in the future.

Every due time is stored beside the moment at which it was planned. Where that moment lies in the future, the clock was
set back since.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from monitor.model import State
from monitor.store.burst_tables import bursts_said, rule_news
from monitor.store.delivery_admin import DeliveryRow, with_items
from monitor.store.delivery_attempts import delivery_attempts
from monitor.store.event_tables import event_signs
from monitor.store.leases import LEASED
from monitor.store.silence_tables import mutes, silences
from monitor.store.tables import (
    Column,
    article_pages,
    articles,
    deliveries,
    feeds,
    fulltext_requests,
    gaps,
    hosts,
    text_signatures,
    uptime,
)

DAY = timedelta(days=1)
BUSY = timedelta(minutes=4)
"""The longest that a feed without failures waits beyond its interval, while its host serves others first."""

RECHECKS_WITHIN = timedelta(days=7)
"""The longest that the page of an article waits to be read again."""

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that shows an earlier moment than this is wrong itself, such as 1970 without a battery."""


def repair(conn: sa.Connection, now: datetime, lease: timedelta, pages: Mapping[bool, timedelta]) -> None:
    """Repair all stored times but the due times of deliveries, which depend on their routes.

    `lease` is the longest that any claim lasts, `pages` the longest that a page is tried again, by whether rules wait
    for it.
    """
    _repair_hosts(conn, now)
    _repair_feeds(conn, now)
    p = fulltext_requests.c
    for is_awaited, within in pages.items():
        late = sa.and_(p.awaited == is_awaited, p.until > now + within)
        conn.execute(sa.update(fulltext_requests).where(late).values(due_at=now, until=now + within))
    _at_most(conn, article_pages.c.recheck_at, now + RECHECKS_WITHIN)
    for table in LEASED:
        _at_most(conn, table.c.lease_until, now + lease)
    _repair_mutes(conn, now)
    past = (feeds.c.last_poll_at, feeds.c.last_ok_at, feeds.c.last_new_at, feeds.c.last_full_at, hosts.c.robots_at)
    others = (article_pages.c.gone_at, gaps.c.to_at, gaps.c.filled_at, deliveries.c.first_attempt_at, silences.c.at)
    newer = (rule_news.c.at, bursts_said.c.at, delivery_attempts.c.at)
    for moment in (*past, *others, *newer):
        _at_most(conn, moment, now)
    if now >= EARLIEST:
        # Else all articles would get such an early date, and be deleted as too old once the clock is right.
        _at_most(conn, articles.c.seen_at, now)
        _at_most(conn, text_signatures.c.at, now)
        _at_most(conn, event_signs.c.at, now)
    conn.execute(sa.delete(uptime).where(uptime.c.started_at > now))
    for moment in (uptime.c.beat_at, uptime.c.stopped_at):
        _at_most(conn, moment, now)


def _at_most(conn: sa.Connection, column: Column, moment: datetime) -> None:
    conn.execute(sa.update(column.table).where(column > moment).values({column: moment}))


def _repair_mutes(conn: sa.Connection, now: datetime) -> None:
    """Let what was muted in the future end as long after now as it was to end after that moment."""
    m = mutes.c
    until = sa.literal(now, m.made_at.type) + (m.until_at - m.made_at)
    conn.execute(sa.update(mutes).where(m.made_at > now).values(until_at=until, made_at=now))


def _repair_hosts(conn: sa.Connection, now: datetime) -> None:
    """Let a host's pause (Retry-After) last as long from now as it was to last when a feed there was polled last.

    For a host without such feeds (a redirect leads there, or a page) the last poll of any feed counts.
    """
    latest = sa.select(sa.func.max(feeds.c.last_poll_at))
    polled = sa.func.coalesce(
        latest.where(feeds.c.host == hosts.c.host).scalar_subquery(),
        latest.scalar_subquery(),
        type_=feeds.c.due_at.type,
    )
    again = sa.literal(now, hosts.c.next_allowed_at.type) + (hosts.c.next_allowed_at - polled)
    conn.execute(sa.update(hosts).where(hosts.c.next_allowed_at > now, polled > now).values(next_allowed_at=again))
    _at_most(conn, hosts.c.next_allowed_at, now + DAY)


def _repair_feeds(conn: sa.Connection, now: datetime) -> None:
    """Make feeds due that were polled in the future, or that wait for longer than any feed should."""
    f = feeds.c
    ahead = f.due_at - f.interval > now
    longest = sa.case((f.failures == 0, f.due_at > now + BUSY), else_=f.due_at > now + DAY)
    wrong = sa.or_(f.last_poll_at > now, ahead & longest)
    conn.execute(sa.update(feeds).where(f.due_at > now, wrong).values(due_at=now))


def doubtful_deliveries(conn: sa.Connection, now: datetime) -> list[DeliveryRow]:
    """Return waiting deliveries whose due time a clock ahead may have set: planned in the future, or tried before."""
    d = deliveries.c
    tried = sa.or_(d.attempts > 0, d.maybe_delivered)
    where = (d.state == State.WAITING, d.due_at > now, sa.or_(d.created_at > now, tried))
    return with_items(conn, sa.select(deliveries).where(*where))


def set_due_times(conn: sa.Connection, dues: Mapping[int, datetime], now: datetime) -> None:
    """Set the due times of these deliveries by id; creation times in the future become now."""
    if dues:
        change = sa.update(deliveries).where(deliveries.c.id == sa.bindparam("id_")).values(due_at=sa.bindparam("due"))
        conn.execute(change, [{"id_": one, "due": moment} for one, moment in dues.items()])
    # Also of those that left, which count against the hourly limit.
    _at_most(conn, deliveries.c.created_at, now)
