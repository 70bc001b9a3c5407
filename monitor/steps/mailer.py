"""Send the deliveries that are due, by every way out at the same time."""

from __future__ import annotations

import asyncio

from monitor.errors import StoreError
from monitor.steps.context import Context
from monitor.steps.deliver import WAYS, deliver_by


class Mailer:
    """The deliveries of a running monitor; `sent` counts those that were accepted."""

    def __init__(self, ctx: Context) -> None:
        self.sent = 0
        self._ctx = ctx
        self._turns = {way: asyncio.Lock() for way in WAYS}

    async def send_all(self) -> int:
        """Send what is due by every way; return how many deliveries were accepted."""
        return sum(await asyncio.gather(*(self.round(way) for way in WAYS)))

    async def round(self, way: str) -> int:
        """Send what is due by one way, never twice at the same time; return how many deliveries were accepted."""
        total = 0
        async with self._turns[way]:
            self._ctx.planned.clear()
            try:
                await self._ctx.catch_up()
                # A claim holds one mail a recipient; whoever waits for several gets them one after the other.
                while not self._ctx.stopping and (sent := await deliver_by(self._ctx, way)):
                    total += sent
            except StoreError as error:
                self._ctx.store_failed(error)
        self.sent += total
        return total

    async def finish(self) -> None:
        """Wait until what is being sent has come to its end."""
        for turn in self._turns.values():
            async with turn:
                pass
