"""Run the polls, pages, summaries and mails of one start, and stop them so that nothing is lost.

                ┌─> Poller ── poll: fetch, parse, match ──┐
    HostRounds ─┤                                         ├──> one transaction ──> Summaries ──> Mailer ──> sent
    claim hosts └─> PageReader ── read: text, match ──────┘    ingest, plan        release       claim, render

docs/architecture.md follows one article through it, function by function.
"""

from __future__ import annotations

import asyncio
import logging

from monitor.errors import StoreError
from monitor.isolate import Workers
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.host_rounds import HostRounds
from monitor.steps.mailer import Mailer
from monitor.steps.poller import Poller
from monitor.steps.read_page import PageReader
from monitor.steps.rechecks import request_rechecks
from monitor.steps.summaries import Summaries
from monitor.store import leases
from monitor.store.processes import Done

_STORE_TIMEOUT = 5.0
"""Seconds that a stop waits for the database; claims that it cannot release by then, the next start does."""


class Work:
    """The parts of a running monitor; `batch_id` names this start.

    `hosts`, `summaries` and `mailer` have a bounded `round()` each; that of `hosts` begins polls and readings.
    """

    def __init__(self, ctx: Context, batch_id: str, page_workers: Workers) -> None:
        self._ctx = ctx
        self.poller = Poller(ctx)
        self.reader = PageReader(ctx, page_workers)
        self.hosts = HostRounds(ctx, self.poller, self.reader)
        self.summaries = Summaries(ctx, self.poller, batch_id)
        self.mailer = Mailer(ctx)

    def done(self) -> Done:
        """Return what was done since the start."""
        return Done(self.poller.report.totals.feeds, self.reader.read, self.mailer.sent)

    async def drain(self) -> None:
        """Poll what is due and read the pages that are requested until nothing is left; then release the summaries.

        Raise StoreError where the database does not answer at first.
        """
        await request_rechecks(self._ctx)
        await self.hosts.drain()
        await self.summaries.round()

    async def finish(self, grace: float) -> None:
        """Begin nothing new, and finish what is under way in at most `grace` seconds so that nothing is lost.

        What waits for an outlet is given up; claims of what does not finish in time are released for the next start.
        """
        self._ctx.signals.stop.set()
        self._ctx.store.shorten_timeout(_STORE_TIMEOUT)
        until = asyncio.get_running_loop().time() + grace
        await self.reader.finish()
        await self.poller.finish(grace)
        try:
            async with asyncio.timeout_at(until):
                await self.mailer.finish()
            async with asyncio.timeout(_STORE_TIMEOUT):
                await self._ctx.store.write(leases.release_all, self._ctx.claims.worker)
        except (StoreError, TimeoutError) as error:
            reason = str(error) or "it did not come to its end in time"
            log_event("stop", f"not everything could be recorded; the next start repeats it: {reason}", logging.WARNING)
