"""The database may go away: work rests and tries again by itself, and the operator hears of it when it is over."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime

from monitor.config import Config
from monitor.steps.context import Context, StoreHealth, tell
from monitor.steps.troubles import record_past
from monitor.store import Connection, files
from monitor.store.troubles import Trouble

PAUSE = 15.0
"""Seconds of rest after a failure, and of work without another one until the database counts as back."""
STORAGE = "storage"
# What a full disk still has room for is a line or two; work goes on where it takes as much as a round of polls.
_ROOM = 1 << 20
_PROBE = "room"


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
    await ctx.store.write(files.set_value, _PROBE, secrets.token_hex(_ROOM // 2))
    health.failed_at, health.tried_at = None, now
    return True


async def _back(ctx: Context, since: datetime) -> None:
    text = f"the database could not be used, and polling and sending waited: {ctx.store_health.reason}"
    await ctx.store.write(_record, ctx.config, Trouble(STORAGE, STORAGE, text, since), ctx.now())
    ctx.store_health = StoreHealth()
    ctx.planned.set()
    tell("database", f"back: polling and sending go on as before {since:%Y-%m-%d %H:%M:%S} UTC")


def _record(conn: Connection, config: Config, trouble: Trouble, now: datetime) -> None:
    files.set_value(conn, _PROBE, "")
    record_past(conn, config, trouble, now)
