"""What happens again and again: a handful of jobs on APScheduler, each of which survives its own failures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import datetime

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.errors import MonitorError, StoreError
from monitor.isolate import Workers
from monitor.steps.context import Context, tell
from monitor.steps.forecast import forecast
from monitor.steps.index import index_new
from monitor.steps.read import JOB, PAGE_SECONDS, Reader
from monitor.steps.robots import read_robots
from monitor.steps.sweep import Sweep
from monitor.steps.tidy import tidy_up
from monitor.store import uptime

_log = logging.getLogger("monitor")

Job = Callable[[], Awaitable[object]]


GRACE = 25.0


@dataclass(frozen=True, slots=True)
class Work:
    """What carries the road: polls and deliveries, and the pages that some rules wait for."""

    sweep: Sweep
    reader: Reader

    async def finish(self, grace: float = GRACE) -> None:
        """Start nothing new and let what is under way come to an end that loses nothing."""
        await self.reader.finish()
        await self.sweep.finish(grace)


def open_work(stack: AsyncExitStack, ctx: Context, epoch: str) -> Work:
    """Return what carries the road of one start; `stack` closes it."""
    pages = Workers(JOB, count=1, timeout=PAGE_SECONDS)
    stack.push_async_callback(pages.close)
    return Work(Sweep(ctx, epoch), Reader(ctx, pages))


class Jobs:
    """The scheduler and its jobs; `heard` is when the tick last came through, for the watchdog outside."""

    def __init__(self, ctx: Context, work: Work, started: datetime) -> None:
        self._ctx = ctx
        self._sweep = work.sweep
        self._reader = work.reader
        self._started = started
        self._loop = asyncio.get_running_loop()
        self._scheduler: AsyncIOScheduler | None = None
        self._sender: asyncio.Task[None] | None = None
        self.heard = self._loop.time()

    def start(self) -> None:
        """Start the scheduler and the sender."""
        jobs: dict[str, tuple[float, Job]] = {
            "tick": (0.5, self._tick),
            "read": (0.5, self._reader.tick),
            "summaries": (2, self._sweep.release_summaries),
            "beat": (10, self._beat),
            "tidy": (3600, lambda: tidy_up(self._ctx)),
            "index": (15, lambda: index_new(self._ctx, self._sweep.is_busy)),
            "forecast": (5, lambda: forecast(self._ctx)),
            "robots": (600, lambda: read_robots(self._ctx)),
        }
        # Jobs that come late run once and now; its stores are never used: due times live in our own tables.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(
            executors={"default": AsyncIOExecutor()}, job_defaults=defaults, timezone="UTC"
        )
        for name, (seconds, job) in jobs.items():
            self._scheduler.add_job(self._safe, "interval", args=(name, job), seconds=seconds, id=name)
        self._scheduler.start()
        self._sender = asyncio.create_task(self._send())

    def stop(self) -> None:
        """Let nothing new begin."""
        if self._scheduler:
            self._scheduler.shutdown(wait=False)
        if self._sender:
            self._sender.cancel()

    def restart(self) -> None:
        """Replace a scheduler that no longer ticks (one exception inside it ends it for ever)."""
        tell("watchdog", "the scheduler stood still: started anew", logging.WARNING)
        self.stop()
        self.heard = self._loop.time()
        self.start()

    async def _safe(self, name: str, job: Job) -> None:
        if name != "tick" and self._ctx.store_health.failed_at is not None:
            # Everything here needs the database; the tick finds out when it is back.
            return
        try:
            await job()
        except StoreError as error:
            self._ctx.store_failed(error)
        except asyncio.CancelledError:
            # A scheduler that stops cancels what runs on it: that is no failure of the job.
            return
        except MonitorError as error:
            tell(name, f"{name}: {error}", logging.WARNING)
        except Exception:
            _log.exception("%s failed", name, extra={"event": name})

    async def _tick(self) -> None:
        self.heard = self._loop.time()
        await self._sweep.tick()

    async def _beat(self) -> None:
        await self._ctx.store.write(uptime.beat, self._started, self._ctx.now())

    async def _send(self) -> None:
        """Send as soon as something is planned, and once a second what has come due."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ctx.planned.wait(), 1.0)
            # Shielded: a stop lets the mail under way be sent and recorded.
            await asyncio.shield(self._safe("deliver", self._sweep.deliver))
