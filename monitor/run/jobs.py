"""Run the recurring jobs on APScheduler; a job that fails is logged and runs again.

The scheduler wakes by the wall clock, so that a clock that is set back would stop it for as long as the jump; that is
noticed by the loop's clock, which only goes forward. The database holds when feeds and mails are due.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from functools import partial

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.errors import MonitorError, StoreError
from monitor.isolate import Workers, memory, processors, usual_parsers
from monitor.run.dead_mans_switch import DeadMansSwitch
from monitor.run.heartbeat import heartbeat
from monitor.steps.backfill import read_backfill
from monitor.steps.clock_jumps import confirmed_time
from monitor.steps.context import Context
from monitor.steps.crawl_delays import read_robots
from monitor.steps.database_check import DatabaseCheck
from monitor.steps.event_log import log_event
from monitor.steps.incidents import tell_ripe
from monitor.steps.index_articles import index_new
from monitor.steps.mail_forecast import forecast
from monitor.steps.outlet_alarms import OutletAlarm, check_outlets
from monitor.steps.read_page import JOB, PAGE_SECONDS
from monitor.steps.rechecks import request_rechecks
from monitor.steps.retention import apply_retention
from monitor.steps.scheduled_backups import ScheduledBackups
from monitor.steps.sending_accounts import MAIL
from monitor.steps.signs_of_life import SignsOfLife
from monitor.steps.silent_workers import SilentWorkers
from monitor.steps.work import Work

_log = logging.getLogger("monitor")

Job = Callable[[], Awaitable[object]]


GRACE = 25.0
"""Seconds that a stop waits for polls and mails under way."""
OVERDUE = 3.0
"""Seconds without a tick, while none is under way, after which the clock must have been set back."""


def open_work(stack: AsyncExitStack, ctx: Context, batch_id: str) -> Work:
    """Return the polls, pages, summaries and mails of one start; `stack` closes the page workers."""
    parsers = ctx.active.config.settings.keys.parsers or usual_parsers(processors(), memory())
    pages = Workers(JOB, count=parsers, timeout=PAGE_SECONDS)
    stack.push_async_callback(pages.close)
    return Work(ctx, batch_id, pages)


class Jobs:
    """The scheduler and its jobs; `last_tick` is the time of the last tick by the loop's clock, for the watchdog."""

    def __init__(self, ctx: Context, work: Work) -> None:
        self._ctx = ctx
        self._loop = asyncio.get_running_loop()
        self._hosts = work.hosts
        self._mailer = work.mailer
        # Each job with the seconds from one start to the next; a job that takes longer is not started twice.
        self.jobs: dict[str, tuple[float, Job]] = {
            "tick": (0.5, self._tick),
            "beat": (10, SignsOfLife(ctx, work).beat),
            "workers": (5, SilentWorkers(ctx).tick),
        }
        self.jobs |= self._of_conductor(work) if ctx.conducts else {}
        self._scheduler: AsyncIOScheduler | None = None
        self._tasks: list[asyncio.Task[None]] = []
        # What is being sent to endpoints: the event loop itself keeps no task alive.
        self._sending: set[asyncio.Task[None]] = set()
        self._ticking = False
        self.last_tick = self._loop.time()

    def _of_conductor(self, work: Work) -> dict[str, tuple[float, Job]]:
        """Return the jobs that one process alone does."""
        ctx = self._ctx
        return {
            "summaries": (2, work.summaries.round),
            "retention": (3600, self._apply_retention),
            "index": (15, lambda: index_new(ctx.store, work.poller.is_busy)),
            "rechecks": (60, lambda: request_rechecks(ctx)),
            "forecast": (5, lambda: forecast(ctx)),
            "robots": (600, lambda: read_robots(ctx)),
            "examine": (600, DatabaseCheck(ctx).tick),
            "incidents": (10, lambda: tell_ripe(ctx)),
            "outlets": (20, lambda: check_outlets(ctx)),
            "silence": (600, OutletAlarm(ctx).check),
            "heartbeat": (30, lambda: heartbeat(ctx)),
            "alive": (15, DeadMansSwitch(ctx, lambda: self.last_tick).tick),
            "backup": (60, ScheduledBackups(ctx).tick),
            "backfill": (5, lambda: read_backfill(ctx)),
        }

    def start(self) -> None:
        """Start the scheduler, the check of its clock, and the senders of mail and to endpoints."""
        # A late job runs once, at once; the scheduler stores nothing, since due times are in our own tables.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(
            executors={"default": AsyncIOExecutor()}, job_defaults=defaults, timezone="UTC"
        )
        for name, (seconds, job) in self.jobs.items():
            self._scheduler.add_job(self._run_safely, "interval", args=(name, job), seconds=seconds, id=name)
        self._scheduler.start()
        senders = (self._send(lambda: self._mailer.round(MAIL)), self._send(self._start_endpoints))
        self._tasks = [asyncio.create_task(work) for work in (self._watch_clock(), *senders)]

    def stop(self) -> None:
        """Stop the scheduler and the senders, so that no job starts."""
        if self._scheduler:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()

    def restart(self) -> None:
        """Replace a scheduler that no longer ticks: one exception inside it stops it for good."""
        log_event("watchdog", "the scheduler stood still: started anew", logging.WARNING)
        self.stop()
        self.last_tick = self._loop.time()
        self.start()

    async def _watch_clock(self) -> None:
        """Restart every job's interval where the tick is overdue, since the clock was set back."""
        while self._scheduler:
            await asyncio.sleep(1.0)
            if self._loop.time() - self.last_tick > OVERDUE and not self._ticking:
                for name, (seconds, _) in self.jobs.items():
                    self._scheduler.reschedule_job(name, trigger="interval", seconds=seconds)

    async def _run_safely(self, name: str, job: Job) -> None:
        if name != "tick" and self._ctx.claims.store_health.failed_at is not None:
            # Every job needs the database; the tick finds out when it is back.
            return
        try:
            await job()
        except StoreError as error:
            self._ctx.claims.note_failure(error)
        except asyncio.CancelledError:
            # A scheduler that stops cancels its jobs: that is no failure.
            return
        except MonitorError as error:
            log_event(name, f"{name}: {error}", logging.WARNING)
        except Exception:
            _log.exception("%s failed", name, extra={"event": name})

    async def _tick(self) -> None:
        self.last_tick = self._loop.time()
        self._ticking = True
        try:
            await self._hosts.round()
        finally:
            self._ticking = False

    async def _apply_retention(self) -> None:
        confirmed = confirmed_time(self._ctx.access.server_times, self._ctx.clock.now())
        await apply_retention(self._ctx.store, self._ctx.active.config.settings, confirmed)

    async def _start_endpoints(self) -> None:
        """Begin to send to each endpoint that something is due to; one that hangs is waited for by none."""
        for account in await self._mailer.idle_endpoints():
            sending = asyncio.create_task(self._run_safely("deliver", partial(self._mailer.round, account)))
            self._sending.add(sending)
            sending.add_done_callback(self._sending.discard)

    async def _send(self, job: Job) -> None:
        """Send as soon as deliveries are planned, and once a second those that have become due."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ctx.signals.deliveries_planned.wait(), 1.0)
            # Both senders were woken; one that was busy looks again within a second.
            self._ctx.signals.deliveries_planned.clear()
            # Shielded, so that a stop lets the mail under way be sent and recorded.
            await asyncio.shield(self._run_safely("deliver", job))
