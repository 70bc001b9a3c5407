"""Send the deliveries that are due, through each account in its own time, while monitor runs."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from monitor.errors import StoreError
from monitor.steps.context import Context
from monitor.steps.deliver import deliver_by, due_endpoints
from monitor.steps.sending_accounts import MAIL, way_of
from monitor.store.delivery_attempts import Way

MAX_ENDPOINTS = 100
"""Endpoints that are posted to at the same time: each that hangs holds a place for a minute."""
OF_SERVICE = 20
"""So many of them at one service, whose hanging must not delay what goes elsewhere."""


class Mailer:
    """Sends due deliveries, one call of each account at a time; `sent` counts those that were accepted."""

    def __init__(self, ctx: Context) -> None:
        self.sent = 0
        self._ctx = ctx
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._places = asyncio.Semaphore(MAX_ENDPOINTS)
        self._places_of: defaultdict[Way, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(OF_SERVICE))

    async def send_all(self) -> int:
        """Send what is due through every account; return how many deliveries were accepted."""
        return sum(await asyncio.gather(self.round(MAIL), *map(self.round, await self.idle_endpoints())))

    async def idle_endpoints(self) -> list[str]:
        """Return the endpoints to which a delivery is due, and none is being sent."""
        try:
            due = await due_endpoints(self._ctx)
        except StoreError as error:
            self._ctx.claims.note_failure(error)
            return []
        return [account for account in due if not self._locks[account].locked()]

    async def round(self, account: str) -> int:
        """Send what is due through one account; return how many deliveries were accepted."""
        async with self._locks[account]:
            if account == MAIL:
                return await self._round(account)
            async with self._places_of[way_of(self._ctx.active.config, account)], self._places:
                return await self._round(account)

    async def _round(self, account: str) -> int:
        total = 0
        try:
            await self._ctx.claims.write_ends()
            # A claim holds one mail for each recipient, so that several mails to one need several claims.
            while not self._ctx.signals.is_stopping and (sent := await deliver_by(self._ctx, account)):
                total += sent
        except StoreError as error:
            self._ctx.claims.note_failure(error)
        self.sent += total
        return total

    async def finish(self) -> None:
        """Wait until nothing is being sent."""
        for lock in list(self._locks.values()):
            async with lock:
                pass
