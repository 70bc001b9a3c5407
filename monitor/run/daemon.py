"""Run the daemon in one process: open everything, run the jobs, handle signals, and stop without losing anything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.alerts import STALE_AFTER
from monitor.config import Config, changes
from monitor.errors import ConductedError, ConfigError, MonitorError, StoreError
from monitor.model import State
from monitor.run.admin_commands import requests
from monitor.run.control import listen
from monitor.run.jobs import GRACE, Jobs, open_work
from monitor.run.startup import StartedMonitor, start_monitor
from monitor.run.stop_signals import SignalState, handle_signals
from monitor.run.watchdog import STOP_WITHIN, Watchdog
from monitor.steps import network_outage, shared_outage
from monitor.steps.apply_config import apply_config, plan_summaries
from monitor.steps.clock import Outage
from monitor.steps.clock_jumps import repair_store
from monitor.steps.context import Context
from monitor.steps.deliver import report_unanswered
from monitor.steps.event_log import log_event
from monitor.steps.form_changes import note_forms
from monitor.steps.incidents import tell_ripe
from monitor.steps.index_articles import renew_index
from monitor.steps.outlet_alarms import OutletAlarm, check_outlets
from monitor.steps.reload import reload, report_problems
from monitor.steps.storage_outage import PAUSE
from monitor.steps.work import Work
from monitor.store import Connection, delivery_admin, leases, left_accounts, poll_records, uptime
from monitor.text import counted

_STOOD_DOWN = "another monitor took over, since this one was silent for too long: dropping what is in flight"
_STOP_TIMEOUT = 5.0
"""Seconds to record the stop; after that it stays unrecorded."""


@dataclass(frozen=True, slots=True)
class StartOptions:
    """The options of `monitor run`: `once` stops when all is polled and sent, `strict` refuses to start on errors."""

    config: Path
    data: Path
    once: bool = False
    strict: bool = False


async def serve(start: StartOptions) -> int | None:
    """Run until a signal (or, with `once`, until all is polled and sent); return the exit code.

    It is None where another monitor has taken over: this one is to stand by.
    """
    signals = handle_signals(STOP_WITHIN)
    on_lost = None if start.once else signals.stand_down
    async with AsyncExitStack() as stack:
        opened = await _or_stopped(
            signals, start_monitor(stack, start.config, start.data, strict=start.strict, on_lost=on_lost)
        )
        if opened is None:
            log_event("stop", "stopped before anything was begun")
            return None if signals.lost.is_set() else 0
        ctx = opened.ctx
        started = ctx.clock.now()
        before = await ctx.store.write(_start_run, ctx.claims.worker, ctx.active.config, started)
        if before and before.stopped_at is None:
            log_event(
                "start", f"the last run ended without a goodbye, some time after {before.beat_at:%Y-%m-%d %H:%M:%S} UTC"
            )
        ctx.clock.outage = _time_not_running(before, started)
        await ctx.store.write(shared_outage.store, ctx.clock.outage)
        batch_id = await apply_config(ctx, opened.loaded)
        await report_problems(ctx, opened.loaded)
        await report_unanswered(ctx, ctx.claims.worker)
        await note_forms(ctx.store, ctx.active.config)
        await renew_index(ctx.store)
        work = open_work(stack, ctx, batch_id)
        code = await (_run_once(ctx, work, signals) if start.once else _run_jobs(opened, work, signals, start))
        if signals.lost.is_set():
            return None
        await _record_stop(ctx)
        return code


async def _or_stopped(signals: SignalState, opening: Coroutine[Any, Any, StartedMonitor]) -> StartedMonitor | None:
    """Return what a start opens, or None where a stop is requested meanwhile: a database may take long to answer."""
    task, stop = asyncio.create_task(opening), asyncio.create_task(signals.stop.wait())
    await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not task.done():
        task.cancel()
        await asyncio.wait((task,))
    return None if task.cancelled() else task.result()


async def _record_stop(ctx: Context) -> None:
    """Record that this run ended by a stop; the next start reports one that did not."""
    try:
        async with asyncio.timeout(_STOP_TIMEOUT):
            await ctx.store.write(uptime.stop, ctx.clock.now())
    except (StoreError, TimeoutError) as error:
        log_event("stop", f"the stop could not be recorded: {error or 'the database did not answer'}", logging.WARNING)


def _start_run(conn: Connection, worker: str, config: Config, now: datetime) -> uptime.Run | None:
    """Release what the worker claimed before a kill, repair stored times, and return the run before this one."""
    leases.release_all(conn, worker)
    left_accounts.forget(conn, worker)
    network_outage.forget(conn)
    return repair_store(conn, config, now)


def _time_not_running(before: uptime.Run | None, started: datetime) -> Outage | None:
    """Return, and log, the time since the last run where it is so long that its news would make many mails at once."""
    if before is None or started - before.beat_at < STALE_AFTER:
        return None
    log_event("start", f"not running since {before.beat_at:%Y-%m-%d %H:%M} UTC: its news come in one mail a person")
    return Outage(before.beat_at, started)


async def _run_once(ctx: Context, work: Work, signals: SignalState) -> int:
    """Poll everything that is due, send what waits, and return the exit code; a signal stops it sooner."""

    async def end_early() -> None:
        await signals.stop.wait()
        log_event("stop", "stopping: what is in flight is finished first")
        await work.finish(GRACE)

    ending = asyncio.create_task(end_early())
    await plan_summaries(ctx)
    await work.drain()
    await check_outlets(ctx)
    await OutletAlarm(ctx).check()
    await tell_ripe(ctx)
    while not signals.stop.is_set() and await work.mailer.send_all():
        pass
    if signals.stop.is_set():
        await ending
    ending.cancel()
    work.poller.report.end_first_poll()
    if not work.poller.report.totals.feeds and (due := await ctx.store.read(poll_records.next_due)):
        log_event("polled", f"no feed was due; the next poll is due at {due:%Y-%m-%d %H:%M:%S} UTC")
    return await _report_unsent(ctx)


async def _report_unsent(ctx: Context) -> int:
    """Log what is due and was not sent; return exit code 1 where anything is, since no daemon sends it."""
    left = await ctx.store.read(delivery_admin.backlog, ctx.clock.now())
    failed = await ctx.store.read(
        delivery_admin.listing, delivery_admin.DeliveryFilter(states=(State.WAITING,), limit=100)
    )
    failed_mails = [one for one in failed if one.last_error]
    if not (left.due or failed_mails):
        return 0
    count = max(left.due, len(failed_mails))
    why = f": {failed_mails[0].last_error}" if failed_mails else ""
    log_event("mail", f"{counted(count, 'mail')} did not leave{why} (monitor alerts list)", logging.WARNING)
    return 1


async def _run_jobs(opened: StartedMonitor, work: Work, signals: SignalState, start: StartOptions) -> int:
    """Run the jobs, answer commands and reload on changes until a signal stops it; return the exit code."""
    ctx, reload_requested = opened.ctx, signals.reload_requested
    jobs = Jobs(ctx, work)
    watchdog = Watchdog(asyncio.get_running_loop(), jobs)
    server = await listen(start.data, requests(ctx, reload_requested))
    background = [
        asyncio.create_task(_retry_on_store_failure(ctx, plan_summaries(ctx), reload_requested)),
        asyncio.create_task(_reload_on_changes(ctx, start.config, reload_requested, opened)),
        asyncio.create_task(_logged("progress", work.poller.report.progress(work.poller.is_busy))),
    ]
    jobs.start()
    watchdog.start()
    try:
        await signals.stop.wait()
        log_event("stop", _STOOD_DOWN if signals.lost.is_set() else "stopping: what is in flight is finished first")
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


async def _reload_on_changes(
    ctx: Context, directory: Path, reload_requested: asyncio.Event, opened: StartedMonitor
) -> None:
    """Reload whenever the folder changes or a reload is requested, one at a time."""

    async def watch_folder() -> None:
        async for _ in changes(directory, opened.fingerprint):
            reload_requested.set()

    watching = asyncio.create_task(watch_folder())
    try:
        while True:
            await reload_requested.wait()
            reload_requested.clear()
            await _retry_on_store_failure(ctx, reload(ctx, directory), reload_requested)
    finally:
        watching.cancel()


async def _retry_on_store_failure(ctx: Context, work: Awaitable[object], reload_requested: asyncio.Event) -> None:
    """Await work that an edit calls for; where the database fails, request another reload after PAUSE seconds."""
    try:
        await _logged("reload", work)
    except StoreError as error:
        ctx.claims.note_failure(error)
        asyncio.get_running_loop().call_later(PAUSE, reload_requested.set)


async def _logged(name: str, work: Awaitable[object]) -> None:
    """Await background work and log its failure; StoreError passes."""
    try:
        await work
    except StoreError:
        raise
    except MonitorError as error:
        log_event(name, f"{name} failed: {error}", logging.WARNING)
    except Exception:
        logging.getLogger("monitor").exception("%s failed", name, extra={"event": name})


async def _serve_or_stand_down(start: StartOptions) -> int | None:
    try:
        return await serve(start)
    except ConductedError:
        # Another has taken over before this one had heard of it.
        if start.once:
            raise
        return None


def run(start: StartOptions, start_log: Callable[[], None]) -> int:
    """Serve in a new event loop; `start_log` starts the log. Returns 0 done, 1 failed, 2 bad configuration."""
    start_log()
    try:
        while (code := asyncio.run(_serve_or_stand_down(start))) is None:
            pass
        return code
    except ConfigError as error:
        for problem in error.problems:
            log_event("config", str(problem), logging.ERROR)
        return 2
    except MonitorError as error:
        # A password that cannot be read, too: that of the database.
        log_event("database", str(error), logging.ERROR)
        return 1
