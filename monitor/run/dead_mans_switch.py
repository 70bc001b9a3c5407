"""The dead-man's switch: an address of the operator's that is called only while the monitor does its work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from monitor.errors import FetchError
from monitor.net import ANYWHERE, Client, Gate
from monitor.run.health import LATE
from monitor.run.watchdog import LATE as TICK_LATE
from monitor.steps.context import Context
from monitor.steps.incident_mails import ALIVE
from monitor.steps.incidents import report, settle
from monitor.store import delivery_admin, uptime

DEADLINE = 10.0
"""Seconds that a call may take."""
TOLD_AFTER = 3
"""Calls that fail in a row before the operator is told."""


class DeadMansSwitch:
    """Calls the address as often as the files say; `heard` returns when the tick last came through (loop's clock)."""

    def __init__(self, ctx: Context, heard: Callable[[], float]) -> None:
        self._ctx = ctx
        self._heard = heard
        self._due = 0.0
        self._failures = 0
        # An earlier run may have told of failures.
        self._told = True

    async def tick(self) -> None:
        """Call the address if it is time to and polling and sending work; raise StoreError where nothing is written."""
        url, now = self._ctx.config.settings.alive_url, asyncio.get_running_loop().time()
        if not url or now < self._due or not await self._works(now):
            return
        if failure := await _call(url):
            self._failures += 1
            if self._failures == TOLD_AFTER:
                self._told = True
                # The address is a secret, and what a server answers may repeat it.
                await report(self._ctx, ALIVE, ALIVE, f"the address cannot be called: {failure}")
            return
        self._failures, self._due = 0, now + self._ctx.config.settings.alive_every.total_seconds()
        if self._told:
            await settle(self._ctx, [ALIVE])
            self._told = False

    async def _works(self, now: float) -> bool:
        """Whether the tick comes through, outlets can be reached, the database takes writes and no mail is stuck."""
        ctx = self._ctx
        if now - self._heard() > TICK_LATE or ctx.store_health.unavailable_since or ctx.network.down:
            return False
        await ctx.store.write(uptime.beat, ctx.now())
        oldest = (await ctx.store.read(delivery_admin.backlog, ctx.now())).oldest_due_at
        return oldest is None or ctx.now() - oldest <= LATE


async def _call(url: str) -> str:
    """Call an address; return why that failed, in a word that holds nothing of it, or an empty string."""
    client = Client(Gate(ANYWHERE), user_agent="monitor")
    client.deadline = DEADLINE
    try:
        page = await client.get(url)
    except FetchError as error:
        return error.reason
    finally:
        await client.close()
    return "" if 200 <= page.status < 300 else f"status {page.status}"
