"""Call an address of the operator (a dead-man's switch) only while monitor does its work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from monitor.errors import FetchError
from monitor.net import ANYWHERE, Client, Gate
from monitor.reports.health import LATE
from monitor.run.watchdog import LATE as TICK_LATE
from monitor.steps.context import Context
from monitor.steps.incident_mails import ALIVE
from monitor.steps.incidents import report, settle
from monitor.store import delivery_admin, uptime

DEADLINE = 10.0
"""Seconds that a call may take."""
FAILURES_TOLD = 3
"""Calls in a row that fail before the operator is told."""


class DeadMansSwitch:
    """Calls the address as often as the files say; `last_tick` returns when the last tick was, by the loop's clock."""

    def __init__(self, ctx: Context, last_tick: Callable[[], float]) -> None:
        self._ctx = ctx
        self._last_tick = last_tick
        self._due = 0.0
        self._failures = 0
        # True at first, since an earlier run may have told of failures.
        self._is_told = True

    async def tick(self) -> None:
        """Call the address when it is due and polling and sending work; raise StoreError where the database fails."""
        url, now = self._ctx.active.config.settings.keys.operator.alive_url, asyncio.get_running_loop().time()
        if not url or now < self._due or not await self._works(now):
            return
        if failure := await _call(url):
            self._failures += 1
            if self._failures == FAILURES_TOLD:
                self._is_told = True
                # The address is a secret, and the server's answer may repeat it.
                await report(self._ctx, ALIVE, ALIVE, f"the address cannot be called: {failure}")
            return
        self._failures, self._due = 0, now + self._ctx.active.config.settings.keys.operator.alive_every.total_seconds()
        if self._is_told:
            await settle(self._ctx, [ALIVE])
            self._is_told = False

    async def _works(self, now: float) -> bool:
        """Whether the tick runs, outlets can be reached, the database takes writes and no mail is late."""
        ctx = self._ctx
        if now - self._last_tick() > TICK_LATE or ctx.claims.store_health.unavailable_since or ctx.access.network.down:
            return False
        await ctx.store.write(uptime.beat, ctx.clock.now())
        oldest = (await ctx.store.read(delivery_admin.backlog, ctx.clock.now())).oldest_due_at
        return oldest is None or ctx.clock.now() - oldest <= LATE


async def _call(url: str) -> str:
    """Call an address; return why it failed, in words without the address, or an empty text."""
    client = Client(Gate(ANYWHERE), user_agent="monitor")
    client.deadline = DEADLINE
    try:
        page = await client.get(url)
    except FetchError as error:
        return error.reason
    finally:
        await client.close()
    return "" if 200 <= page.status < 300 else f"status {page.status}"
