"""Claim hosts with the work that is due there: feeds to poll and pages of articles to read.

A claim leases hosts that nobody has and hands out a bounded part of what is due at each, so that a host with very many
feeds takes its turn with the others; it is claimed again once that part has ended. Of a host that several may ask at
once it leases one lane, of which the next claim gets another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.store import feeds as feed_store
from monitor.store import fulltext_queue, host_lanes
from monitor.store.feeds import DueFeed
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.host_leases import LEASED, HostLease, free_idle, is_free
from monitor.store.host_tables import HOST_OF_LANE, hosts
from monitor.store.lease_tokens import new_token
from monitor.store.tables import feeds, fulltext_requests

SLICE = 10
"""Feeds, and pages that rules wait for, of one host in one claim."""
BACKGROUND_SLICE = 1
"""Pages that no rule waits for of one host in one claim, so that its feeds wait for no more than one of them."""
# Of a host with such a crawl-delay only one: the others would wait for their turns in the places of polls of other
# hosts, and the host is claimed again as soon as it may be asked.
_LONG_DELAY = timedelta(seconds=5)
# Hosts are chosen from the longest due of so many feeds for each that may be polled.
_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Room:
    """How many feeds and pages a claim may hand out, and how many of the pages may be such that no rule waits for."""

    feeds: int
    pages: int = 0
    background: int = 0


@dataclass(frozen=True, slots=True)
class HostWork:
    """Claimed hosts and what is due at them; a page whose deadline passed comes without host where that is not free."""

    leases: tuple[HostLease, ...] = ()
    feeds: tuple[DueFeed, ...] = ()
    pages: tuple[FulltextRequest, ...] = ()


def claim(conn: sa.Connection, worker: str, now: datetime, room: Room, lease: timedelta) -> HostWork:
    """Lease hosts at which something is due, and hand out what `room` allows of it.

    The longest due host comes first, and after all others those with nothing but pages that no rule waits for. Awaited
    pages whose deadline passed are handed out whether or not their host is free, since they must be judged.
    """
    token = new_token(worker)
    values = {"now": now, "until_": now + lease, "token_": token}
    candidates = {"feeds_": room.feeds * _CANDIDATES, "pages_": room.pages, "background_": room.background}
    most = max(room.feeds, room.pages)
    leases = {row.asked: HostLease(*row) for row in conn.execute(_LEASE_HOSTS, values | candidates | {"most": most})}
    due = feed_store.claimed(conn.execute(_CLAIM_FEEDS, values | {"most": room.feeds})) if leases else []
    due = [replace(feed, lane=leases[feed.state.host].lane) if feed.state.host in leases else feed for feed in due]
    pages = fulltext_queue.claimed(conn.execute(_CLAIM_PAGES, values | {"most": room.pages})) if room.pages else []
    left = min(room.background, room.pages - len(pages))
    if leases and left > 0:
        pages += fulltext_queue.claimed(conn.execute(_CLAIM_BACKGROUND, values | {"most": left}))
    if len({feed.state.host for feed in due} | {page.host for page in pages}) < len(leases):
        free_idle(conn, [token])
    pages = [
        replace(page, lane=leases[page.host].lane) if page.host in leases else replace(page, host="") for page in pages
    ]
    return HostWork(tuple(leases.values()), tuple(due), tuple(pages))


def is_due_by(conn: sa.Connection, now: datetime, until: datetime) -> bool:
    """Whether rules wait for a page, or a feed or another page is due now whose host may be asked by `until`."""
    p = fulltext_requests.c
    held = sa.select(hosts.c.host).where(hosts.c.next_allowed_at > until)
    feed = sa.exists().where(feeds.c.active, feeds.c.due_at <= now, feeds.c.host.not_in(held))
    page = sa.exists().where(sa.or_(p.awaited, sa.and_(p.due_at <= now, p.host.not_in(held))))
    return bool(conn.execute(sa.select(sa.or_(feed, page))).scalar())


_NOW = sa.bindparam("now", type_=feeds.c.due_at.type)
_UNTIL = sa.bindparam("until_", type_=feeds.c.due_at.type)
_TOKEN = sa.bindparam("token_", type_=sa.Text)


def _lease_hosts() -> sa.Executable:
    h, p = hosts.c, fulltext_requests.c
    # Read from the indexes alone; the leased host itself is checked again under its lock.
    leased = sa.select(h.host).where(h.token > "", h.lease_until > _NOW)
    held = sa.select(h.host).where(h.next_allowed_at > _NOW)
    spare = host_lanes.spare().cte("spare")

    def due_at(table: sa.Table, most: str, which: sa.ColumnElement[bool], rank: int = 0) -> sa.Select[Any]:
        due = sa.select(table.c.host, table.c.due_at, sa.literal_column(str(rank)).label("rank"))
        may_lease = sa.and_(table.c.host.not_in(leased), table.c.host.not_in(held))
        due = due.where(_is_due(table), which, sa.or_(may_lease, table.c.host.in_(sa.select(spare.c.host))))
        return sa.select(due.order_by(table.c.due_at).limit(sa.bindparam(most, type_=sa.Integer)).subquery())

    work = sa.union_all(
        due_at(feeds, "feeds_", feeds.c.active),
        due_at(fulltext_requests, "pages_", p.awaited),
        due_at(fulltext_requests, "background_", ~p.awaited, rank=1),
    ).subquery()
    first = (
        sa.select(work.c.host, sa.func.min(work.c.rank).label("rank"), sa.func.min(work.c.due_at).label("due_at"))
        .group_by(work.c.host)
        .cte("first")
    )
    place = (first.c.rank, first.c.due_at)
    lanes = sa.union_all(
        sa.select(first.c.host.label("lane"), *place),
        sa.select(spare.c.lane, *place).join_from(spare, first, first.c.host == spare.c.host),
    ).subquery()
    chosen = (
        sa.select(h.host)
        .join(lanes, lanes.c.lane == h.host)
        .where(is_free(_NOW))
        .order_by(lanes.c.rank, lanes.c.due_at, h.host)
        .limit(sa.bindparam("most", type_=sa.Integer))
        .with_for_update(skip_locked=True, of=hosts)
        .cte("chosen")
    )
    lease = sa.update(hosts).where(h.host.in_(sa.select(chosen.c.host)))
    return lease.values(lease_until=_UNTIL, token=_TOKEN).returning(*LEASED)


def _is_due(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.due_at <= _NOW, sa.or_(table.c.lease_until.is_(None), table.c.lease_until <= _NOW))


def _hand_out(key: sa.Column[Any], which: sa.ColumnElement[bool], slice_: int = SLICE) -> sa.Select[Any]:
    """Return the ids of due rows to claim: of each host the longest due, no host's second before another's first."""
    table = key.table
    place = sa.func.row_number().over(partition_by=table.c.host, order_by=(table.c.due_at, key))
    columns = (key.label("id"), table.c.host, table.c.due_at, place.label("place"))
    due = sa.select(*columns).where(_is_due(table), which).subquery()
    slow = sa.select(hosts.c.host).where(hosts.c.token == _TOKEN, hosts.c.crawl_delay >= _LONG_DELAY)
    is_in_slice = sa.and_(due.c.place <= slice_, sa.or_(due.c.place == 1, due.c.host.not_in(slow)))
    chosen = sa.select(due.c.id).where(is_in_slice).order_by(due.c.place, due.c.due_at, due.c.id)
    chosen = chosen.limit(sa.bindparam("most", type_=sa.Integer))
    return sa.select(key).where(key.in_(chosen)).with_for_update(skip_locked=True)


def _claim_feeds() -> sa.Executable:
    ours = sa.select(HOST_OF_LANE).where(hosts.c.token == _TOKEN)
    ids = _hand_out(feeds.c.id, sa.and_(feeds.c.active, feeds.c.host.in_(ours))).cte("ids")
    change = sa.update(feeds).where(feeds.c.id.in_(sa.select(ids.c.id)))
    return change.values(lease_until=_UNTIL, token=_TOKEN).returning(*feed_store.CLAIMED)


def _claim_pages(*, awaited: bool) -> sa.Executable:
    p = fulltext_requests.c
    is_ours = p.host.in_(sa.select(HOST_OF_LANE).where(hosts.c.token == _TOKEN))
    if awaited:
        ids = _hand_out(p.article_id, sa.and_(p.awaited, sa.or_(is_ours, p.until <= _NOW))).cte("ids")
    else:
        ids = _hand_out(p.article_id, sa.and_(~p.awaited, is_ours), BACKGROUND_SLICE).cte("ids")
    change = sa.update(fulltext_requests).where(p.article_id.in_(sa.select(ids.c.article_id)))
    return change.values(lease_until=_UNTIL, token=_TOKEN).returning(*fulltext_queue.CLAIMED)


# Built once: building a statement costs ten times what an idle tick does in the database.
_LEASE_HOSTS = _lease_hosts()
_CLAIM_FEEDS = _claim_feeds()
_CLAIM_PAGES = _claim_pages(awaited=True)
_CLAIM_BACKGROUND = _claim_pages(awaited=False)
