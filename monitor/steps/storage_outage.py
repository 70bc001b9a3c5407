"""Pause work while the database cannot be used, try it again, and tell the operator when it is back."""

from __future__ import annotations

import asyncio
import logging
import secrets
from datetime import datetime, timedelta

from monitor.config import Config
from monitor.errors import SendError, StoreError
from monitor.steps.claims import StoreHealth
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.incident_mails import STORAGE
from monitor.steps.incidents import record_past, tell_directly
from monitor.store import Connection, config_files, incident_records
from monitor.store.incident_records import Incident

PAUSE = 15.0
"""Seconds of pause after a failure, and of work without another failure until the database counts as back."""
# A full disk may still take a row or two: work goes on once it takes 1 MiB, as much as a round of polls writes.
_PROBE_SIZE = 1 << 20
_PROBE_KEY = "room"
_SAME_END = timedelta(minutes=2)
"""Processes that noticed the end of an outage within so long mean the same one."""
_CALL_TIMEOUT = 8.0
"""Seconds for a call of the operator's webhook, during which the tick waits, and the watchdog for the tick."""


async def may_work(ctx: Context) -> bool:
    """Whether the database may be used: after a failure, once PAUSE seconds are over and it takes a large value.

    Raises StoreError where it does not take the value.
    """
    health, now = ctx.claims.store_health, asyncio.get_running_loop().time()
    if health.unavailable_since is None:
        return True
    if health.failed_at is None:
        if now - health.retried_at >= PAUSE:
            await _recover(ctx, health.unavailable_since)
        return True
    if now - health.failed_at < PAUSE:
        return False
    health.failed_at = now
    try:
        # Two characters for each random byte.
        await ctx.store.write(config_files.set_value, _PROBE_KEY, secrets.token_hex(_PROBE_SIZE // 2))
    except StoreError as error:
        await _report_failure(ctx, error, health.unavailable_since)
        raise
    health.failed_at, health.retried_at = None, now
    return True


async def _report_failure(ctx: Context, error: StoreError, since: datetime) -> None:
    """Log a new reason, and call the operator's webhook once: mail needs the database, since it must be recorded."""
    health = ctx.claims.store_health
    if str(error) != health.reason:
        health.reason = str(error)
        log_event("database", health.reason, logging.WARNING)
    if ctx.active.config.settings.operator_endpoints and not health.is_operator_called:
        health.is_operator_called = True
        text = f"the database cannot be used, and polling and sending wait: {health.reason}"
        try:
            async with asyncio.timeout(_CALL_TIMEOUT):
                await tell_directly(ctx.active.config, Incident(STORAGE, STORAGE, text, since), ctx.clock.now())
        except (SendError, TimeoutError) as failure:
            log_event("database", f"the operator's webhook could not be told: {failure}", logging.WARNING)


async def _recover(ctx: Context, since: datetime) -> None:
    text = f"the database could not be used, and polling and sending waited: {ctx.claims.store_health.reason}"
    await ctx.store.write(_store_recovery, ctx.active.config, Incident(STORAGE, STORAGE, text, since), ctx.clock.now())
    ctx.claims.store_health = StoreHealth()
    ctx.signals.deliveries_planned.set()
    log_event("database", f"back: polling and sending go on as before {since:%Y-%m-%d %H:%M:%S} UTC")


def _store_recovery(conn: Connection, config: Config, incident: Incident, now: datetime) -> None:
    config_files.set_value(conn, _PROBE_KEY, "")
    # All processes notice the same outage: the first of them tells of it.
    if not incident_records.is_closed_since(conn, STORAGE, max(incident.opened_at, now - _SAME_END)):
        record_past(conn, config, incident, now)
