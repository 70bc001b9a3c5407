"""Count what polls bring, and log what a person wants to know of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from monitor.steps.active_config import ActiveConfig
from monitor.steps.event_log import log_event
from monitor.steps.ingest import Ingested
from monitor.steps.outlet_access import OutletAccess
from monitor.store.feeds import DueFeed
from monitor.text import counted

PROGRESS_EVERY = 2.0
"""Seconds between two log lines about the first poll."""
_TINY = 2
"""Gaps of a feed with so few articles are not logged: it replaces them too often."""


@dataclass(slots=True)
class Totals:
    """Counts of this run so far: feeds polled and failed, articles read, new and matched, alerts planned."""

    feeds: int = 0
    failed: int = 0
    read: int = 0
    new: int = 0
    matched: int = 0
    alerts: int = 0


class PollReport:
    """Counts and logs the polls of a run; `is_first` is true until the first poll of all feeds is over.

    Of a worker it is false from the start, since it polls what others leave.
    """

    def __init__(self, active: ActiveConfig, access: OutletAccess, *, is_first: bool = True) -> None:
        self._active = active
        self._access = access
        self.is_first = is_first
        self.totals = Totals()
        self._polled = set[str]()

    async def progress(self, is_polling: Callable[[], bool]) -> None:
        """Log the progress of the first poll every two seconds until it is over."""
        while self.is_first:
            await asyncio.sleep(PROGRESS_EVERY)
            if self.is_first and (self.totals.feeds or is_polling()):
                log_event(
                    "polling",
                    # A feed may be due again before all were polled once, and a reload may take one away.
                    f"{len(self._polled & self._active.feeds.keys())} of {counted(len(self._active.feeds), 'feed')}, "
                    f"{counted(self.totals.read, 'article')}, {self.totals.matched:,} matched",
                )

    def end_first_poll(self) -> None:
        """Log what the first poll of this run read and matched, if any; does nothing when called again."""
        if not self.is_first:
            return
        self.is_first = False
        done = self.totals
        if not done.feeds:
            # All were polled lately, by the monitor that this one took over from.
            return
        failed = f"; {counted(done.failed, 'feed')} could not be read (monitor status --all)" if done.failed else ""
        if done.failed and self._access.network.down:
            failed = "; the network is down (monitor status)"
        log_event(
            "polled",
            f"{counted(len(self._polled), 'feed')}: {counted(done.read, 'article')} read, {done.new:,} new, "
            f"{done.matched:,} matched{failed}",
            feeds=done.feeds,
            read=done.read,
            new=done.new,
            matched=done.matched,
        )

    def add(self, feed: DueFeed, ingested: Ingested) -> None:
        """Count one poll, and log what is new about its outlet."""
        done = self.totals
        self._polled.add(feed.state.url)
        done.feeds += 1
        done.failed += bool(ingested.error)
        done.read += ingested.read
        done.new += ingested.new
        done.matched += ingested.matched
        done.alerts += ingested.alerts
        # While the network is down, one line is logged for all outlets.
        if not self._access.network.down:
            self._log(feed, ingested)

    def _log(self, feed: DueFeed, ingested: Ingested) -> None:
        state = feed.state
        if ingested.error and not state.failures:
            log_event("outlet", f"{state.outlet}: {ingested.error} ({state.url})", outlet=state.outlet)
        elif state.failures and not ingested.error:
            log_event("outlet", f"{state.outlet}: reads again ({state.url})", outlet=state.outlet)
        if ingested.wrongly_unchanged and not state.unconditional:
            log_event(
                "outlet",
                f"{state.outlet}: its server calls new articles unchanged; always asked in full ({state.url})",
            )
        if ingested.gap and ingested.read > _TINY:
            missed = "what came unseen is in its sitemap," if ingested.filled else "items may have been missed"
            log_event("gap", f"{state.outlet}: {missed} since {state.last_ok_at:%H:%M} UTC ({state.url})")
        if ingested.new and not self.is_first:
            log_event(
                "articles",
                f"{state.outlet}: {ingested.new:,} new, {ingested.matched:,} matched",
                outlet=state.outlet,
                new=ingested.new,
            )
