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
from monitor.store.host_tables import HOST_OF_LANE, hosts
from monitor.store.leases import LEASED
from monitor.store.silence_tables import mutes, silences
from monitor.store.tables import (
    Column,
    article_pages,
    article_versions,
    articles,
    backfills,
    deliveries,
    feeds,
    fulltext_requests,
    gaps,
    matches,
    messages,
    page_yields,
    sightings,
    text_signatures,
    uptime,
)

DAY = timedelta(days=1)
BUSY = timedelta(minutes=4)
"""The longest that a feed without failures waits beyond its interval, while its host serves others first."""

RECHECKS_WITHIN = timedelta(days=7)
"""The longest that the page of an article waits to be read again."""

READ_ON_WITHIN = timedelta(minutes=15)
"""The longest until the next page of a feed's past is read."""

KEPT_WITHIN = timedelta(days=1)
"""The longest that a page is kept which its outlet refuses."""

PROBED_WITHIN = timedelta(hours=6)
"""The longest until a page is tried again which its outlet refuses."""

GAPS_WITHIN = timedelta(hours=10)
"""The longest until the gaps of a feed are looked into again."""

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that shows an earlier moment than this is wrong itself, such as 1970 without a battery."""


# They have no index, and are read in whole: only where the clock was ahead.
_RECORDED = (
    *(articles.c.version_at, article_versions.c.version_at, matches.c.at),
    *(sightings.c.first_seen_at, sightings.c.last_changed_at, messages.c.kept_at),
)


def repair(conn: sa.Connection, now: datetime, lease: timedelta, pages: Mapping[bool, timedelta]) -> None:
    """Repair all stored times but the due times of deliveries, which depend on their routes.

    `lease` is the longest that any claim lasts, `pages` the longest that a page is tried again, by whether rules wait
    for it.
    """
    if now >= EARLIEST and _was_ahead(conn, now):
        for moment in _RECORDED:
            _at_most(conn, moment, now)
    _repair_hosts(conn, now)
    _repair_feeds(conn, now)
    _repair_pages(conn, now, pages)
    _repair_gaps(conn, now)
    _at_most(conn, article_pages.c.recheck_at, now + RECHECKS_WITHIN)
    _at_most(conn, feeds.c.gap_again_at, now + GAPS_WITHIN)
    _at_most(conn, backfills.c.due_at, now + READ_ON_WITHIN)
    for table in LEASED:
        _at_most(conn, table.c.lease_until, now + lease)
    _repair_mutes(conn, now)
    past = (feeds.c.last_poll_at, feeds.c.last_ok_at, feeds.c.last_new_at, feeds.c.last_full_at, hosts.c.robots_at)
    mailed = (deliveries.c.first_attempt_at, deliveries.c.finished_at, delivery_attempts.c.at)
    others = (article_pages.c.gone_at, backfills.c.finished_at, silences.c.at, rule_news.c.at, bursts_said.c.at)
    for moment in (*past, *mailed, *others):
        _at_most(conn, moment, now)
    if now >= EARLIEST:
        # Else all articles would get such an early date, and be deleted as too old once the clock is right.
        _at_most(conn, articles.c.seen_at, now)
        _at_most(conn, text_signatures.c.at, now)
        _at_most(conn, event_signs.c.at, now)
    conn.execute(sa.delete(uptime).where(uptime.c.started_at > now))
    for moment in (uptime.c.beat_at, uptime.c.stopped_at):
        _at_most(conn, moment, now)


def _was_ahead(conn: sa.Connection, now: datetime) -> bool:
    """Whether the clock was ahead while the daemon ran: it notes that it runs, and when it polled."""
    moments = (uptime.c.beat_at, feeds.c.last_poll_at)
    return any(conn.execute(sa.select(moment).where(moment > now).limit(1)).first() for moment in moments)


def _repair_pages(conn: sa.Connection, now: datetime, pages: Mapping[bool, timedelta]) -> None:
    """Let no page be tried for longer than from now on; those that an outlet refuses are kept for their own time."""
    p, y = fulltext_requests.c, page_yields.c
    is_kept = sa.and_(~p.awaited, p.feed_id.in_(sa.select(y.feed_id).where(y.probe_at.is_not(None))))
    for is_awaited, within in pages.items():
        late = sa.and_(p.awaited == is_awaited, ~is_kept, p.until > now + within)
        conn.execute(sa.update(fulltext_requests).where(late).values(due_at=now, until=now + within))
    for moment, latest in ((p.until, now + KEPT_WITHIN), (p.due_at, now + PROBED_WITHIN)):
        conn.execute(sa.update(fulltext_requests).where(is_kept, moment > latest).values({moment: latest}))
    _at_most(conn, y.probe_at, now + PROBED_WITHIN)
    for moment in (y.requested_at, y.blocked_since):
        _at_most(conn, moment, now)


def _repair_gaps(conn: sa.Connection, now: datetime) -> None:
    """Let gaps of the future be one that ends now; their beginning is part of their key."""
    g, earlier = gaps.c, gaps.alias("earlier")
    is_first = ~sa.exists().where(
        earlier.c.feed_id == g.feed_id, earlier.c.from_at >= now, earlier.c.from_at < g.from_at
    )
    conn.execute(sa.delete(gaps).where(g.from_at > now, ~is_first))
    for moment in (g.from_at, g.to_at, g.noticed_at, g.filled_at):
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
        latest.where(feeds.c.host == HOST_OF_LANE).scalar_subquery(),
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
