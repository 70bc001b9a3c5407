"""Run a worker, on any number of machines: a process that polls, reads pages and sends beside the conductor.

It takes outlets and rules from the database, never from a folder, and leaves to the conductor what one alone may do:
migrations, summaries, the index, retention, and mails into a Maildir, which is a folder of the conductor's machine.
What it holds is given back when it has been silent for a minute.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from monitor.config.secrets import read_secret, with_password
from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.run.conducting import Candidacy, enter_as_worker, name_in, take_name
from monitor.run.jobs import Jobs, open_work
from monitor.run.reminder import Reminder
from monitor.run.shared_clock import SharedClock
from monitor.run.startup import make_folder, open_context, utc_now, with_database_password
from monitor.run.stop_signals import SignalState, handle_signals
from monitor.run.watchdog import Watchdog
from monitor.steps.config_in_force import stored_config
from monitor.steps.context import Context
from monitor.steps.deliver import report_unanswered
from monitor.steps.event_log import log_event
from monitor.store import Place, SideSession, Store, config_generation, leases, left_accounts, migrate, processes

_FRESH = timedelta(minutes=1)
_WAIT = 1.0
"""Seconds until a worker tries again to begin."""
_GRACE = 8.0
"""Seconds that a stop waits for polls and mails under way."""
_TAKEN = "another process has this worker's place or work, since it was silent or its folder was copied: beginning anew"
_STOP_WITHIN = 15.0
"""Seconds after which a stop exits, whatever still hangs: machines that are taken away give no more."""


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """The options of `monitor work`: the database and the file of its password, and a folder of its own for caches."""

    database: str
    data: Path
    password_file: Path | None = None

    def place(self) -> Place:
        """Return the database with its password; raise SecretError, or StoreError where it is a file."""
        if self.password_file:
            place = Place.of(with_password(self.database, read_secret(str(self.password_file.absolute()), Path())))
        else:
            place = Place.of(with_database_password(self.database))
        if place.path:
            raise StoreError("workers share a PostgreSQL database: one process alone writes to a file", permanent=True)
        return place


def is_alive(options: WorkerOptions) -> bool:
    """Whether the worker of this data folder has said so within the last minute; raise StoreError."""
    place = options.place()
    side = SideSession(place)
    try:
        # Says so where no monitor has made the tables yet.
        side.run(migrate.check, place, worker=True)
        name, now = name_in(options.data), side.run(processes.moment)
        return any(one.name == name and now - one.beat_at < _FRESH for one in side.run(processes.listing))
    finally:
        side.close()


async def serve(options: WorkerOptions) -> int | None:
    """Work until a signal; return the exit code, or None where this worker was taken for dead and is to begin anew."""
    signals = handle_signals(_STOP_WITHIN)
    async with AsyncExitStack() as stack:
        place = options.place()
        make_folder(options.data)
        ctx = await _begun(stack, place, options.data, take_name(stack, options.data), signals)
        if ctx is None:
            return None if signals.lost.is_set() else 0
        work = open_work(stack, ctx, "")
        jobs = Jobs(ctx, work)
        watchdog = Watchdog(asyncio.get_running_loop(), jobs)
        log_event("start", f"working as {ctx.claims.worker} on {place}")
        jobs.start()
        watchdog.start()
        await signals.stop.wait()
        log_event("stop", "stopping: what is in flight is finished first")
        watchdog.stop()
        jobs.stop()
        await work.finish(_GRACE)
        if signals.lost.is_set():
            return None
    log_event("stop", "stopped")
    return 0


async def _begun(stack: AsyncExitStack, place: Place, data: Path, name: str, signals: SignalState) -> Context | None:
    """Enter as a worker once there are a database and a configuration in force that this worker can use.

    None where a stop is requested meanwhile.
    """
    reminder = Reminder()
    while not signals.stop.is_set():
        try:
            return await _entered(stack, place, data, name, signals)
        except StoreError as error:
            reason = str(error)
        except ConfigError as error:
            why = "; ".join(map(str, error.problems))
            reason = f"the configuration in force cannot be used on this machine: {why}"
        if reminder.is_due(reason):
            log_event("start", f"{reason}: waiting", logging.WARNING)
        try:
            await asyncio.wait_for(signals.stop.wait(), _WAIT)
        except TimeoutError:
            continue
    return None


async def _entered(stack: AsyncExitStack, place: Place, data: Path, name: str, signals: SignalState) -> Context:
    async with AsyncExitStack() as opening:
        store = await asyncio.to_thread(Store.open, place, worker=True)
        opening.push_async_callback(asyncio.to_thread, store.close)
        if not await store.read(config_generation.present):
            raise StoreError("no first `monitor run` has put a configuration in force there yet")
        config = await stored_config(store, data)
        candidacy = Candidacy(place, data, config.settings.keys.takeover.total_seconds(), SharedClock(utc_now))
        claims = await enter_as_worker(opening, candidacy, store, name, signals.stand_down)
        ctx = await open_context(opening, config, claims)
        await store.write(leases.release_all, claims.worker)
        await store.write(left_accounts.forget, claims.worker)
        await report_unanswered(ctx, claims.worker)
        stack.push_async_callback(opening.pop_all().aclose)
    return ctx


def run(options: WorkerOptions, start_log: Callable[[], None]) -> int:
    """Work in a new event loop; `start_log` starts the log. Returns 0 done, 1 failed."""
    start_log()
    try:
        while (code := asyncio.run(serve(options))) is None:
            log_event("start", _TAKEN)
        return code
    except MonitorError as error:
        log_event("database", str(error), logging.ERROR)
    return 1
