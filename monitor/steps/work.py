"""Carry the road of one start: polls, pages, summaries and mails, from the first one to a stop that loses nothing."""

from __future__ import annotations

import asyncio
import logging

from monitor.errors import StoreError
from monitor.isolate import Workers
from monitor.steps.context import Context, log_event
from monitor.steps.mailer import Mailer
from monitor.steps.poller import Poller
from monitor.steps.read_page import PageReader
from monitor.steps.summaries import Summaries
from monitor.store import leases

_RECORD = 5.0
"""Seconds that a stop waits for the database; what it could not give back by then, the next start takes."""


class Work:
    """What carries the road, in parts that each have one bounded `round()`; `batch_id` names this start."""

    def __init__(self, ctx: Context, batch_id: str, page_workers: Workers) -> None:
        self._ctx = ctx
        self.poller = Poller(ctx)
        self.reader = PageReader(ctx, page_workers)
        self.summaries = Summaries(ctx, self.poller, batch_id)
        self.mailer = Mailer(ctx)

    async def drain(self) -> None:
        """Poll what is due and read the pages that it asks for, until nothing is left; then let the summaries go."""
        await self.poller.drain()
        await self.reader.drain()
        await self.summaries.round()

    async def finish(self, grace: float) -> None:
        """Start nothing new, and let what is under way come to an end that loses nothing, in at most `grace` seconds.

        What waits for an outlet is left; what does not make it in time is given back, and the next start does it anew.
        """
        self._ctx.stop.set()
        self._ctx.store.hasten(_RECORD)
        until = asyncio.get_running_loop().time() + grace
        await self.reader.finish()
        await self.poller.finish(grace)
        try:
            async with asyncio.timeout_at(until):
                await self.mailer.finish()
            async with asyncio.timeout(_RECORD):
                await self._ctx.store.write(leases.release_all)
        except (StoreError, TimeoutError) as error:
            reason = str(error) or "it did not come to its end in time"
            log_event("stop", f"not everything could be recorded; the next start repeats it: {reason}", logging.WARNING)
