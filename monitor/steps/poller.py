"""Poll the feeds that are due, many at the same time."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from monitor.errors import StoreError
from monitor.steps.claims import ClaimEnd
from monitor.steps.clock_jumps import handle_clock_jump
from monitor.steps.context import Context
from monitor.steps.poll import open_pipeline, poll
from monitor.steps.poll_report import PollReport
from monitor.steps.storage_outage import may_work
from monitor.store import feeds
from monitor.store.feeds import DueFeed

POLLS_AT_ONCE = 200
LEASE = timedelta(minutes=10)


class Poller:
    """Polls due feeds while the monitor runs, and counts in `report` what they bring."""

    def __init__(self, ctx: Context) -> None:
        self.report = PollReport(ctx.active, ctx.access)
        self._ctx = ctx
        self._pipeline = open_pipeline(ctx)
        self._polls: set[asyncio.Task[None]] = set()

    async def round(self) -> int:
        """Claim due feeds, up to POLLS_AT_ONCE under way, and begin to poll them; return how many polls were begun."""
        room = POLLS_AT_ONCE - len(self._polls)
        if room <= 0 or self._ctx.signals.is_stopping:
            return 0
        try:
            if not await may_work(self._ctx):
                return 0
            await handle_clock_jump(self._ctx)
            await self._ctx.claims.write_ends()
            due = await self._ctx.claims.claim(feeds.claim_due, _releases, self._ctx.clock.now(), room, LEASE)
        except StoreError as error:
            self._ctx.claims.note_failure(error)
            return 0
        for feed in due:
            task = asyncio.create_task(self._poll(feed))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)
        return len(due)

    def is_busy(self) -> bool:
        """Whether polls are under way, so that work which can wait does."""
        return bool(self._polls)

    async def drain(self) -> None:
        """Poll until nothing is due and nothing is under way."""
        while await self.round() or self._polls:
            if self._polls:
                await asyncio.wait(self._polls, return_when=asyncio.FIRST_COMPLETED, timeout=1.0)

    async def finish(self, grace: float) -> None:
        """Give up polls that wait for an outlet, and wait up to `grace` seconds for those being parsed or stored."""
        for task in self._polls & self._pipeline.waiting_for_hosts:
            task.cancel()
        if self._polls:
            await asyncio.wait(self._polls, timeout=grace)
        for task in self._polls:
            task.cancel()
        await asyncio.gather(*self._polls, return_exceptions=True)

    async def _poll(self, feed: DueFeed) -> None:
        if self._ctx.signals.is_stopping:
            return
        try:
            ingested = await poll(self._ctx, self._pipeline, feed)
        except Exception:
            # A bug that one feed meets must not end the other polls; its lease runs out and it is polled again.
            logging.getLogger("monitor").exception(
                "%s: %s", feed.state.outlet, feed.state.url, extra={"event": "fault"}
            )
            return
        if ingested is not None:
            self.report.add(feed, ingested)


def _releases(due: list[DueFeed]) -> list[ClaimEnd]:
    return [(feeds.release, ([(feed.id, feed.token) for feed in due],))]
