"""Poll claimed feeds, many at the same time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from monitor.steps.context import Context
from monitor.steps.poll import open_pipeline, poll
from monitor.steps.poll_report import PollReport
from monitor.store import feeds
from monitor.store.feeds import DueFeed

POLLS_AT_ONCE = 200
"""Polls that are under way at the same time, also those that wait for their turn at a host."""
AFTER_FAULT = timedelta(minutes=10)
"""When a feed is polled again whose poll met a bug of ours."""


class Poller:
    """Polls claimed feeds while the monitor runs, each in one of `tasks`, and counts in `report` what they bring."""

    def __init__(self, ctx: Context) -> None:
        self.report = PollReport(ctx.active, ctx.access, is_first=ctx.conducts)
        self._ctx = ctx
        self._pipeline = open_pipeline(ctx)
        self.tasks: set[asyncio.Task[None]] = set()

    def room(self) -> int:
        """Return how many more polls may begin."""
        return POLLS_AT_ONCE - len(self.tasks)

    def begin(self, due: Sequence[DueFeed]) -> None:
        """Begin to poll claimed feeds."""
        for feed in due:
            task = asyncio.create_task(self._poll(feed))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    def is_busy(self) -> bool:
        """Whether polls are under way, so that work which can wait does."""
        return bool(self.tasks)

    async def finish(self, grace: float) -> None:
        """Give up polls that wait for an outlet, and wait up to `grace` seconds for those being parsed or stored."""
        for task in self.tasks & self._pipeline.waiting_for_hosts:
            task.cancel()
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=grace)
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _poll(self, feed: DueFeed) -> None:
        if self._ctx.signals.is_stopping:
            return
        try:
            ingested = await poll(self._ctx, self._pipeline, feed)
        except Exception:
            # A bug that one feed meets must not end the other polls, nor keep its host from them.
            logging.getLogger("monitor").exception(
                "%s: %s", feed.state.outlet, feed.state.url, extra={"event": "fault"}
            )
            await self._ctx.claims.end(feeds.postpone, feed, self._ctx.clock.now() + AFTER_FAULT)
            return
        if ingested is not None:
            self.report.add(feed, ingested)
