"""The database may go away: work rests and tries again by itself, and the operator hears of it when it is over."""

from __future__ import annotations

import asyncio
import logging
import secrets
from datetime import datetime

from monitor.config import Config
from monitor.errors import SendError, StoreError
from monitor.steps.context import Context, StoreHealth, log_event
from monitor.steps.incident_mails import STORAGE
from monitor.steps.incidents import call_webhook, record_past
from monitor.store import Connection, config_files
from monitor.store.incident_records import Incident

PAUSE = 15.0
"""Seconds of rest after a failure, and of work without another one until the database counts as back."""
# What a full disk still has room for is a line or two; work goes on where it takes as much as a round of polls.
_ROOM = 1 << 20
_PROBE = "room"
_CALL = 8.0
"""Seconds for a call to the operator's webhook; the tick waits for it, and the watchdog for the tick."""


async def may_work(ctx: Context) -> bool:
    """Say whether the database may be used: always, or after a failure once it has rested and takes a large value.

    Raises StoreError where it does not take it.
    """
    health, now = ctx.store_health, asyncio.get_running_loop().time()
    if health.away_since is None:
        return True
    if health.failed_at is None:
        if now - health.tried_at >= PAUSE:
            await _back(ctx, health.away_since)
        return True
    if now - health.failed_at < PAUSE:
        return False
    health.failed_at = now
    try:
        await ctx.store.write(config_files.set_value, _PROBE, secrets.token_hex(_ROOM // 2))
    except StoreError as error:
        await _still_away(ctx, error, health.away_since)
        raise
    health.failed_at, health.tried_at = None, now
    return True


async def _still_away(ctx: Context, error: StoreError, since: datetime) -> None:
    """Say a new reason, and call the operator's webhook once: no mail is sent that cannot be recorded."""
    health = ctx.store_health
    if str(error) != health.reason:
        health.reason = str(error)
        log_event("database", health.reason, logging.WARNING)
    if ctx.config.settings.operator_webhook and not health.alarmed:
        health.alarmed = True
        text = f"the database cannot be used, and polling and sending wait: {health.reason}"
        try:
            async with asyncio.timeout(_CALL):
                await call_webhook(ctx, Incident(STORAGE, STORAGE, text, since))
        except (SendError, TimeoutError) as failure:
            log_event("database", f"the operator's webhook could not be told: {failure}", logging.WARNING)


async def _back(ctx: Context, since: datetime) -> None:
    text = f"the database could not be used, and polling and sending waited: {ctx.store_health.reason}"
    await ctx.store.write(_record, ctx.config, Incident(STORAGE, STORAGE, text, since), ctx.now())
    ctx.store_health = StoreHealth()
    ctx.planned.set()
    log_event("database", f"back: polling and sending go on as before {since:%Y-%m-%d %H:%M:%S} UTC")


def _record(conn: Connection, config: Config, incident: Incident, now: datetime) -> None:
    config_files.set_value(conn, _PROBE, "")
    record_past(conn, config, incident, now)
