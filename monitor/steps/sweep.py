"""All trips that are under way at once: due feeds are claimed as room allows, and what they bring is said."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from monitor.alerts import CATCH_UP, SUMMARY, stamp
from monitor.errors import StoreError
from monitor.steps.clock_jumps import handle_clock_jump
from monitor.steps.context import Context, End, Outage, log_event
from monitor.steps.deliver import WAYS, deliver_by
from monitor.steps.ingest import Ingested
from monitor.steps.poll import poll, poll_pipeline
from monitor.steps.quiet_guard import releasable
from monitor.steps.storage_outage import may_work
from monitor.store import Connection, deliveries, feeds, fulltext_queue, outbox, poll_records
from monitor.store.feeds import DueFeed
from monitor.text import counted

TRIPS = 200
LEASE = timedelta(minutes=10)
PROGRESS_EVERY = 2.0
_TINY = 2
_RECORD = 5.0
"""Seconds that a stop waits for the database; what it could not give back by then, the next start takes."""


@dataclass(slots=True)
class Totals:
    """What this run has done so far."""

    feeds: int = 0
    failed: int = 0
    read: int = 0
    new: int = 0
    matched: int = 0
    alerts: int = 0
    sent: int = 0


class Sweep:
    """The polls and deliveries of a running monitor; `batch_id` is this start, whose first polls end in a summary."""

    def __init__(self, ctx: Context, batch_id: str) -> None:
        self._ctx = ctx
        self._batch_id = batch_id
        self._road = poll_pipeline(ctx)
        self._trips: set[asyncio.Task[None]] = set()
        self._first = True
        self._delivering = {way: asyncio.Lock() for way in WAYS}
        self.totals = Totals()

    async def tick(self) -> int:
        """Start trips for due feeds as room allows; return how many were started."""
        room = TRIPS - len(self._trips)
        if room <= 0 or self._ctx.stopping:
            return 0
        try:
            if not await may_work(self._ctx):
                return 0
            await handle_clock_jump(self._ctx)
            await self._ctx.catch_up()
            due = await self._ctx.claim(feeds.claim_due, _given_back, self._ctx.now(), room, LEASE)
        except StoreError as error:
            self._ctx.store_failed(error)
            return 0
        for feed in due:
            task = asyncio.create_task(self._trip(feed))
            self._trips.add(task)
            task.add_done_callback(self._trips.discard)
        return len(due)

    def is_busy(self) -> bool:
        """Say whether trips are under way, so that work which can wait does."""
        return bool(self._trips)

    async def deliver(self) -> int:
        """Send what is due by every way at the same time; return how many mails were accepted."""
        return sum(await asyncio.gather(*(self.deliver_by(way) for way in WAYS)))

    async def deliver_by(self, way: str) -> int:
        """Send what is due by one way; return how many mails were accepted. Never twice at the same time."""
        total = 0
        async with self._delivering[way]:
            self._ctx.planned.clear()
            try:
                await self._ctx.catch_up()
                # A claim holds one mail a recipient; whoever waits for several gets them one after the other.
                while not self._ctx.stopping and (sent := await deliver_by(self._ctx, way)):
                    total += sent
            except StoreError as error:
                self._ctx.store_failed(error)
        self.totals.sent += total
        return total

    async def drain(self) -> None:
        """Poll until nothing is due and nothing is under way."""
        while await self.tick() or self._trips:
            if self._trips:
                await asyncio.wait(self._trips, return_when=asyncio.FIRST_COMPLETED, timeout=1.0)
        await self.release_summaries()

    async def finish(self, grace: float) -> None:
        """Start nothing new, leave what waits for an outlet, let transactions and the mail under way come to their end.

        What was left, or does not make it in time, is given back, and the next start does it anew.
        """
        self._ctx.stop.set()
        self._ctx.store.hasten(_RECORD)
        until = asyncio.get_running_loop().time() + grace
        for trip in self._trips & self._road.outside:
            trip.cancel()
        if self._trips:
            await asyncio.wait(self._trips, timeout=grace)
        for trip in self._trips:
            trip.cancel()
        await asyncio.gather(*self._trips, return_exceptions=True)
        try:
            async with asyncio.timeout_at(until):
                for delivering in self._delivering.values():
                    async with delivering:
                        pass
            async with asyncio.timeout(_RECORD):
                await self._ctx.store.write(_release_all)
        except (StoreError, TimeoutError) as error:
            why = str(error) or "it did not come to its end in time"
            log_event("stop", f"not everything could be recorded; the next start repeats it: {why}", logging.WARNING)

    async def release_summaries(self) -> None:
        """Let the summaries go whose first polls are all tried, and the mails about an outage of ours whose feeds are.

        They leave when their readers' hours allow it. Says once how this start's first poll went.
        """
        now, outage = self._ctx.now(), self._ctx.outage
        waiting, ready, is_over = await self._ctx.store.read(_polled, outage)
        threads = [*ready, CATCH_UP + stamp(outage.ended)] if outage and is_over else ready
        for id_, due in await self._ctx.store.read(releasable, self._ctx, threads, now):
            await self._ctx.store.write(deliveries.set_due, [id_], due)
        if is_over:
            # Mail as usual from now on.
            self._ctx.outage = None
        if self._first and self._batch_id not in waiting and not self._trips:
            self.say_totals()

    async def progress(self) -> None:
        """Say how the first poll goes, until it is over."""
        while self._first:
            await asyncio.sleep(PROGRESS_EVERY)
            if self._first and (self.totals.feeds or self._trips):
                self._say_progress()

    def _say_progress(self) -> None:
        total = len(self._ctx.feeds)
        log_event(
            "polling",
            f"{self.totals.feeds} of {counted(total, 'feed')}, {counted(self.totals.read, 'article')}, "
            f"{self.totals.matched:,} matched",
        )

    def say_totals(self) -> None:
        """Say once what the first poll of this run has read and matched, when it is over or the run is."""
        if not self._first:
            return
        self._first = False
        done = self.totals
        failed = f"; {counted(done.failed, 'feed')} did not answer (monitor status)" if done.failed else ""
        if done.failed and self._ctx.network.down:
            failed = "; the network is down (monitor status)"
        log_event(
            "polled",
            f"{counted(done.feeds, 'feed')}: {counted(done.read, 'article')} read, {done.new:,} new, "
            f"{done.matched:,} matched{failed}",
            feeds=done.feeds,
            read=done.read,
            new=done.new,
            matched=done.matched,
        )

    async def _trip(self, feed: DueFeed) -> None:
        if self._ctx.stopping:
            return
        try:
            kept = await poll(self._ctx, self._road, feed)
        except Exception:
            # A fault of ours in one trip must not end the others; the lease runs out and the feed is tried again.
            logging.getLogger("monitor").exception(
                "%s: %s", feed.state.outlet, feed.state.url, extra={"event": "fault"}
            )
            return
        if kept is not None:
            self._count(kept)
            self._say(feed, kept)

    def _count(self, kept: Ingested) -> None:
        done = self.totals
        done.feeds += 1
        done.failed += bool(kept.error)
        done.read += kept.read
        done.new += kept.new
        done.matched += kept.matched
        done.alerts += len(kept.planned.alerts)

    def _say(self, feed: DueFeed, kept: Ingested) -> None:
        state = feed.state
        if self._ctx.network.down:
            # One line says it for all.
            return
        if kept.error and not state.failures:
            log_event("outlet", f"{state.outlet}: {kept.error} ({state.url})", outlet=state.outlet)
        elif state.failures and not kept.error:
            log_event("outlet", f"{state.outlet}: reads again ({state.url})", outlet=state.outlet)
        if kept.lied and not state.unconditional:
            log_event(
                "outlet", f"{state.outlet}: its server calls new pieces unchanged; always asked in full ({state.url})"
            )
        # A feed of one or two items is replaced so often that a line each time would drown the others.
        if kept.gap and kept.read > _TINY:
            log_event(
                "gap", f"{state.outlet}: items may have been missed since {state.last_ok_at:%H:%M} UTC ({state.url})"
            )
        if kept.new and not self._first:
            log_event(
                "articles", f"{state.outlet}: {kept.new} new, {kept.matched} matched", outlet=state.outlet, new=kept.new
            )


def _given_back(due: list[DueFeed]) -> list[End]:
    return [(feeds.release, ([(feed.id, feed.token) for feed in due],))]


def _release_all(conn: Connection) -> None:
    feeds.release_all(conn)
    outbox.release_all(conn)
    fulltext_queue.release_all(conn)


def _polled(conn: Connection, outage: Outage | None) -> tuple[set[str], list[str], bool]:
    """The starts and reloads that wait for a first poll or one of its pages; the summaries that wait no more.

    And whether every feed was asked since an outage of ours, and every page read that its news wait for.
    """
    waiting = poll_records.untried(conn) | fulltext_queue.batch_ids(conn)
    threads = deliveries.waiting_threads(conn, SUMMARY)
    ready = [thread for thread in threads if thread.removeprefix(SUMMARY) not in waiting]
    is_over = outage is not None and not poll_records.unasked(conn, outage.ended) and not fulltext_queue.late(conn)
    return waiting, ready, is_over
