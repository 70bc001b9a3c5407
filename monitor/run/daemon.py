"""The daemon in one process: everything is opened, jobs tick, signals are heeded, and nothing in flight is lost."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.alerts import STALE_AFTER
from monitor.config import Config, changes
from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.model import State
from monitor.run.admin_commands import requests
from monitor.run.control import listen
from monitor.run.jobs import GRACE, Jobs, open_work
from monitor.run.startup import StartedMonitor, start_monitor
from monitor.run.watchdog import STOP_WITHIN, Watchdog, end_within
from monitor.steps import network_outage
from monitor.steps.apply_config import apply_config, plan_summaries
from monitor.steps.clock_jumps import repair_store
from monitor.steps.context import Context, Outage, log_event
from monitor.steps.crawl_delays import load_delays
from monitor.steps.deliver import report_unanswered
from monitor.steps.form_changes import note_forms
from monitor.steps.incidents import tell_ripe
from monitor.steps.index_articles import renew_index
from monitor.steps.outlet_alarms import OutletAlarm, check_outlets
from monitor.steps.reload import reload, report_problems
from monitor.steps.storage_outage import PAUSE
from monitor.steps.work import Work
from monitor.store import Connection, delivery_admin, leases, uptime
from monitor.text import counted

_GOODBYE = 5.0
"""Seconds in which the end of a life must be recorded, or is not."""


@dataclass(frozen=True, slots=True)
class StartOptions:
    """How the daemon is asked to start."""

    config: Path
    data: Path
    once: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class SignalState:
    """What signals have asked for, from the first moment on."""

    stopping: asyncio.Event
    reloading: asyncio.Event


async def serve(start: StartOptions) -> int:
    """Run until a signal (or, with `once`, until all is polled and sent); return the exit code."""
    asked = _heed()
    async with AsyncExitStack() as stack:
        opened = await _unless_stopped(asked, start_monitor(stack, start.config, start.data, strict=start.strict))
        if opened is None:
            log_event("stop", "stopped before anything was begun")
            return 0
        ctx = opened.ctx
        started = ctx.now()
        before = await ctx.store.write(_begin, ctx.config, started)
        if before and before.stopped_at is None:
            log_event(
                "start", f"the last run ended without a goodbye, some time after {before.beat_at:%Y-%m-%d %H:%M:%S} UTC"
            )
        ctx.outage = _outage(before, started)
        await load_delays(ctx)
        adopted = await apply_config(ctx, opened.loaded)
        await report_problems(ctx, opened.loaded)
        await report_unanswered(ctx)
        await note_forms(ctx)
        await renew_index(ctx)
        work = open_work(stack, ctx, adopted.batch_id)
        code = await (_once(ctx, work, asked) if start.once else _forever(opened, work, asked, start))
        await _say_goodbye(ctx)
        return code


async def _unless_stopped(asked: SignalState, opening: Coroutine[Any, Any, StartedMonitor]) -> StartedMonitor | None:
    """What a start opens, or None where it is asked to stop meanwhile: a database may take long to answer."""
    task, stop = asyncio.create_task(opening), asyncio.create_task(asked.stopping.wait())
    await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not task.done():
        task.cancel()
        await asyncio.wait((task,))
    return None if task.cancelled() else task.result()


async def _say_goodbye(ctx: Context) -> None:
    try:
        async with asyncio.timeout(_GOODBYE):
            await ctx.store.write(uptime.stop, ctx.now())
    except (StoreError, TimeoutError) as error:
        log_event("stop", f"the stop could not be recorded: {error or 'the database did not answer'}", logging.WARNING)


def _begin(conn: Connection, config: Config, now: datetime) -> uptime.Run | None:
    """The store's lock says that nobody else is at work: whoever held a claim is dead."""
    leases.release_all(conn)
    network_outage.forget(conn)
    return repair_store(conn, config, now)


def _outage(before: uptime.Run | None, started: datetime) -> Outage | None:
    """The time since the last run, when it is long enough that its news would come as a burst."""
    if before is None or started - before.beat_at < STALE_AFTER:
        return None
    log_event("start", f"not running since {before.beat_at:%Y-%m-%d %H:%M} UTC: its news come in one mail a person")
    return Outage(before.beat_at, started)


async def _once(ctx: Context, work: Work, asked: SignalState) -> int:
    """Poll everything that is due, send what waits, stop; a signal stops it sooner."""
    ending = asyncio.create_task(_end_early(work, asked))
    await plan_summaries(ctx)
    await work.drain()
    await check_outlets(ctx)
    await OutletAlarm(ctx).check()
    await tell_ripe(ctx)
    while not asked.stopping.is_set() and await work.mailer.send_all():
        pass
    if asked.stopping.is_set():
        await ending
    ending.cancel()
    work.poller.report.end_first_poll()
    return await _unsent(ctx)


async def _unsent(ctx: Context) -> int:
    """Say what is due and did not leave: 1 where anything is, since nobody else sends it."""
    left = await ctx.store.read(delivery_admin.backlog, ctx.now())
    failed = await ctx.store.read(
        delivery_admin.listing, delivery_admin.DeliveryFilter(states=(State.WAITING,), limit=100)
    )
    tried = [one for one in failed if one.last_error]
    if not (left.due or tried):
        return 0
    count = max(left.due, len(tried))
    why = f": {tried[0].last_error}" if tried else ""
    log_event("mail", f"{counted(count, 'mail')} did not leave{why} (monitor alerts list)", logging.WARNING)
    return 1


async def _end_early(work: Work, asked: SignalState) -> None:
    await asked.stopping.wait()
    log_event("stop", "stopping: what is in flight is finished first")
    await work.finish(GRACE)


async def _forever(opened: StartedMonitor, work: Work, asked: SignalState, start: StartOptions) -> int:
    ctx, reloading = opened.ctx, asked.reloading
    jobs = Jobs(ctx, work)
    watchdog = Watchdog(asyncio.get_running_loop(), jobs)
    server = await listen(start.data, requests(ctx, reloading))
    background = [
        asyncio.create_task(_insist(ctx, plan_summaries(ctx), reloading)),
        asyncio.create_task(_follow(ctx, start.config, reloading, opened)),
        asyncio.create_task(_guarded("progress", work.poller.report.progress(work.poller.is_busy))),
    ]
    jobs.start()
    watchdog.start()
    try:
        await asked.stopping.wait()
        log_event("stop", "stopping: what is in flight is finished first")
    finally:
        watchdog.stop()
        jobs.stop()
        server.close()
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await work.finish(GRACE)
    log_event("stop", "stopped")
    return 0


def _heed() -> SignalState:
    """Listen to signals before anything is opened: a stop during the start is a stop like any other."""
    asked, loop = SignalState(asyncio.Event(), asyncio.Event()), asyncio.get_running_loop()

    def stop() -> None:
        if not asked.stopping.is_set():
            asked.stopping.set()
            end_within(STOP_WITHIN)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, asked.reloading.set)
    return asked


async def _follow(ctx: Context, directory: Path, reloading: asyncio.Event, opened: StartedMonitor) -> None:
    """Reload whenever the folder changes or somebody asks, one reload at a time."""
    watching = asyncio.create_task(_watch(directory, reloading, opened))
    try:
        while True:
            await reloading.wait()
            reloading.clear()
            await _insist(ctx, reload(ctx, directory), reloading)
    finally:
        watching.cancel()


async def _insist(ctx: Context, work: Awaitable[object], reloading: asyncio.Event) -> None:
    """Do what an edit calls for; where the database is away, a reload does it once more when it may be back."""
    try:
        await _guarded("reload", work)
    except StoreError as error:
        ctx.note_store_failure(error)
        asyncio.get_running_loop().call_later(PAUSE, reloading.set)


async def _watch(directory: Path, reloading: asyncio.Event, opened: StartedMonitor) -> None:
    async for _ in changes(directory, opened.fingerprint):
        reloading.set()


async def _guarded(name: str, work: Awaitable[object]) -> None:
    """A background task that fails says so; the daemon goes on."""
    try:
        await work
    except StoreError:
        raise
    except MonitorError as error:
        log_event(name, f"{name} failed: {error}", logging.WARNING)
    except Exception:
        logging.getLogger("monitor").exception("%s failed", name, extra={"event": name})


def run(start: StartOptions, voice: Callable[[], None]) -> int:
    """Serve in a new event loop; `voice` starts the log. Returns 0 done, 1 failed, 2 bad configuration."""
    voice()
    try:
        return asyncio.run(serve(start))
    except ConfigError as error:
        for problem in error.problems:
            log_event("config", str(problem), logging.ERROR)
        return 2
    except StoreError as error:
        log_event("database", str(error), logging.ERROR)
        return 1
