"""Send the deliveries that are due by every channel at the same time, while monitor runs."""

from __future__ import annotations

import asyncio

from monitor.errors import StoreError
from monitor.steps.context import Context
from monitor.steps.deliver import CHANNEL_GROUPS, deliver_group


class Mailer:
    """Sends due deliveries, each channel in its own time; `sent` counts those that were accepted."""

    def __init__(self, ctx: Context) -> None:
        self.sent = 0
        self._ctx = ctx
        self._locks = {group: asyncio.Lock() for group in CHANNEL_GROUPS}

    async def send_all(self) -> int:
        """Send what is due by every channel; return how many deliveries were accepted."""
        return sum(await asyncio.gather(*(self.round(group) for group in CHANNEL_GROUPS)))

    async def round(self, group: str) -> int:
        """Send what is due by one channel, one call at a time; return how many deliveries were accepted."""
        total = 0
        async with self._locks[group]:
            self._ctx.signals.deliveries_planned.clear()
            try:
                await self._ctx.claims.write_ends()
                # A claim holds one mail for each recipient, so that several mails to one need several claims.
                while not self._ctx.signals.is_stopping and (sent := await deliver_group(self._ctx, group)):
                    total += sent
            except StoreError as error:
                self._ctx.claims.note_failure(error)
        self.sent += total
        return total

    async def finish(self) -> None:
        """Wait until nothing is being sent."""
        for lock in self._locks.values():
            async with lock:
                pass
