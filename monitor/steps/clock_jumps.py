"""Notice a clock that was set back and plan anew what was planned while it was ahead.

For a clock that may be ahead now, give the moment that outlets confirm: what cannot be undone goes by it.
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
from monitor.steps import shared_outage
from monitor.steps.blocked_pages import READ_WITHIN
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.page_requests import TEXT_WITHIN
from monitor.steps.plan_alerts import SUMMARY_WAITS
from monitor.steps.send_attempt import LEASE
from monitor.store import Connection, account_records, clock_repair, uptime
from monitor.store.delivery_admin import DeliveryRow

TOLERATED = timedelta(minutes=1)
"""A clock that was set back by less is ignored: plans are late by less than that."""
HOSTS_NEEDED = 3
"""Hosts that must have stated a moment: two with a wrong clock prove nothing."""


async def handle_clock_jump(ctx: Context) -> None:
    """Notice that the clock was set back since the last call, and plan by what it shows now; raise StoreError.

    A clock set forward needs no care: it makes a poll, an attempt to send or a digest come early, no more.
    """
    now, latest = ctx.clock.now(), ctx.clock.latest
    if latest is None or latest - now <= TOLERATED:
        ctx.clock.latest = max(now, latest or now)
        return
    if not ctx.conducts:
        # What is stored goes by the conductor's clock.
        ctx.clock.latest = now
        return
    await ctx.store.write(repair_store, ctx.active.config, now)
    if ctx.clock.outage:
        ctx.clock.outage = replace(ctx.clock.outage, ended=min(ctx.clock.outage.ended, now))
        await ctx.store.write(shared_outage.store, ctx.clock.outage)
    ctx.access.network = ctx.access.network.as_of(now)
    ctx.clock.latest = now
    change = f"from {latest:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC"
    log_event("clock", f"the clock was set back {change}: what waited for its time goes by it now", logging.WARNING)


def note_server_time(access: OutletAccess, host: str, headers: Mapping[str, str]) -> None:
    """Note the moment that an answer of a host states as the present (`Date`: RFC 9110, 6.6.1)."""
    if moment := http_date(headers.get("date", "")):
        access.server_times[host] = moment


def confirmed_time(server_times: Mapping[str, datetime], now: datetime) -> datetime | None:
    """Return the latest moment that our clock has reached and that three hosts have stated since the start.

    Where fewer hosts have stated one, the earliest of theirs counts; None where none has. It lies behind the present by
    at most an interval of polling and the time that the network was down.
    """
    stated = nlargest(HOSTS_NEEDED, server_times.values())
    return min(now, stated[-1]) if stated else None


def repair_store(conn: Connection, config: Config, now: datetime) -> uptime.Run | None:
    """Repair the times in the store by a clock that shows `now`, at a start or after a jump; return the run before."""
    clock_repair.repair(conn, now, LEASE, {True: TEXT_WITHIN, False: READ_WITHIN})
    waiting = clock_repair.doubtful_deliveries(conn, now)
    clock_repair.set_due_times(conn, {one.id: _due(config, one, now) for one in waiting}, now)
    account_records.forget(conn)
    return uptime.start(conn, now)


def _due(config: Config, delivery: DeliveryRow, now: datetime) -> datetime:
    alert = delivery.alert
    if alert.kind in (Kind.SUMMARY, Kind.CATCH_UP):
        # A summary waits for the first polls that it covers.
        now += min(alert.due - delivery.created_at, SUMMARY_WAITS)
    return due_after_clock_shift(
        alert, max(delivery.attempts, int(delivery.maybe_delivered)), _routes(config, delivery), now
    )


def _routes(config: Config, delivery: DeliveryRow) -> list[Route]:
    """Return the routes by which the rules of a delivery reach its recipient now."""
    rules = {match.rule for item in delivery.alert.items for match in item.matches}
    return [
        route
        for rule in sorted(rules)
        for route in config.routes.get(rule, ())
        if route.recipient == delivery.alert.recipient
    ]
