"""A clock that is set back: what was planned while it was ahead is planned anew, so that nothing waits for the jump.

And one that is ahead: what cannot be undone goes by the moment that outlets confirm.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import nlargest

from monitor.alerts import due_after_clock_shift
from monitor.config import Config
from monitor.fetching import http_date
from monitor.model import Kind, Route
from monitor.steps.context import Context, log_event
from monitor.steps.ingest import TEXT_WITHIN
from monitor.steps.plan_alerts import SUMMARY_WAITS
from monitor.steps.send_attempt import LEASE
from monitor.store import Connection, clock_repair, uptime
from monitor.store.delivery_admin import DeliveryRow

TOLERATED = timedelta(minutes=1)
"""A clock set back by less makes plans late by less."""
WITNESSES = 3
"""Hosts that must have stated a moment, so that two with a wrong clock prove nothing."""


async def handle_clock_jump(ctx: Context) -> None:
    """Notice that the clock was set back since the last look, and go by what it shows now; raise StoreError.

    One that was set forward needs no care: what it makes due too soon costs a visit, an attempt or a digest early.
    """
    now, latest = ctx.now(), ctx.latest
    if latest is None or latest - now <= TOLERATED:
        ctx.latest = max(now, latest or now)
        return
    await ctx.store.write(begin_anew, ctx.config, now)
    _recall(ctx, now)
    ctx.latest = now
    told = f"from {latest:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC"
    log_event("clock", f"the clock was set back {told}: what waited for its time goes by it now", logging.WARNING)


def note_date(ctx: Context, host: str, headers: Mapping[str, str]) -> None:
    """Note which moment an answer states as its own (`Date`: RFC 9110, 6.6.1)."""
    if moment := http_date(headers.get("date", "")):
        ctx.dates[host] = moment


def confirmed(ctx: Context) -> datetime | None:
    """Return the newest moment that our clock has reached and that three hosts have stated since the start.

    Where fewer have stated any, all of them count; None where none has. It lies behind the present by an interval of
    polling, and by as long as the network was down.
    """
    stated = nlargest(WITNESSES, ctx.dates.values())
    return min(ctx.now(), stated[-1]) if stated else None


def begin_anew(conn: Connection, config: Config, now: datetime) -> uptime.Run | None:
    """Let the store go by a clock that shows `now`, at a start and after a jump; return the life before this one."""
    clock_repair.put_right(conn, now, LEASE, TEXT_WITHIN)
    waiting = clock_repair.planned_ahead(conn, now)
    clock_repair.plan_again(conn, {one.id: _due(config, one, now) for one in waiting}, now)
    return uptime.start(conn, now)


def _due(config: Config, delivery: DeliveryRow, now: datetime) -> datetime:
    alert = delivery.alert
    if alert.kind in (Kind.SUMMARY, Kind.CATCH_UP):
        # They wait for the first polls that they cover.
        now += min(alert.due - delivery.created_at, SUMMARY_WAITS)
    return due_after_clock_shift(
        alert, max(delivery.attempts, int(delivery.maybe_delivered)), _routes(config, delivery), now
    )


def _routes(config: Config, delivery: DeliveryRow) -> list[Route]:
    """How the rules of a delivery reach its recipient today."""
    rules = {match.rule for item in delivery.alert.items for match in item.matches}
    return [
        route
        for rule in sorted(rules)
        for route in config.routes.get(rule, ())
        if route.recipient == delivery.alert.recipient
    ]


def _recall(ctx: Context, now: datetime) -> None:
    """Let what is held in memory go by the clock, too."""
    for account in ctx.accounts.values():
        account.resume()
    if ctx.outage:
        ctx.outage = replace(ctx.outage, ended=min(ctx.outage.ended, now))
    ctx.network = ctx.network.as_of(now)
