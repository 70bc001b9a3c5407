"""Let one of several monitors on a PostgreSQL database conduct, and have the others take over when it falls silent.

Two things keep them apart. The daemon's advisory lock lets only one of them write; but it belongs to a session, which a
server may keep for minutes after a machine is gone. So the conductor says every few seconds that it lives, and whoever
stands by and has seen no new beat for `takeover` seconds of its own clock has the server end that session, with what it
had not committed. A conductor that was only stopped for a while finds its row gone, drops its work and stands by.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from monitor.errors import ConductedError, StoreError
from monitor.run.reminder import Reminder
from monitor.run.shared_clock import SharedClock
from monitor.steps.claims import Claims
from monitor.steps.event_log import log_event
from monitor.steps.silent_workers import SILENCES
from monitor.store import Connection, Place, SideSession, Store, leases, processes
from monitor.store.postgres import end_daemon_sessions
from monitor.store.processes import Process, Role

_BEATS = 4
"""Beats within the time after which a silent conductor is replaced."""
_LEAVE_WITHIN = 1.5
"""Seconds that a stop waits for the database to hear of it."""
_NAME_FILE = "process"
"""The file of the data folder with the name of whoever works there, locked while it does."""


@dataclass(frozen=True, slots=True)
class Candidacy:
    """Where a process wants to conduct, or to work: the database, the data folder that names it, and its clock.

    `takeover` is for how many seconds another may be silent before this one takes its place; `while_standing_by` runs
    until then.
    """

    place: Place
    data: Path
    takeover: float
    clock: SharedClock
    while_standing_by: Callable[[], Coroutine[Any, Any, None]] | None = None


class _Presence:
    """This process in the table of processes, where a thread says that it lives once it conducts."""

    def __init__(self, candidacy: Candidacy, name: str) -> None:
        self._candidacy = candidacy
        self._side = SideSession(candidacy.place)
        host, now = socket.gethostname(), candidacy.clock.now()
        self.process = Process(_full_name(name), secrets.token_hex(8), Role.STANDBY, host, os.getpid(), now, now)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        # Until when, by `_moment`, nobody can have taken this process for dead.
        self._known_until = 0.0

    def is_known_alive(self) -> bool:
        """Whether nobody can have taken this process for dead, and its claims from it, since it was heard last."""
        return _moment() < self._known_until

    def look(self) -> Process | None:
        """Return who conducts, and enter this process as one that stands by where another does."""
        self._candidacy.clock.measure(self._side)
        return self._side.run(_look, replace(self.process, beat_at=self._candidacy.clock.now()))

    def conduct(self, seen: Process | None) -> Store:
        """Take the place of who was seen (None: of nobody), and open the database.

        Raises ConductedError if another has that place, or the lock.
        """
        conducting, now = replace(self.process, role=Role.CONDUCTOR, beat_at=self._candidacy.clock.now()), _moment()
        is_known = self._side.run(processes.is_known)
        if is_known:
            self._side.run(_replace, conducting, seen)
            self.process = conducting
        store = Store.open(self._candidacy.place, daemon=True)
        if not is_known:
            # The table was made just now, and the lock keeps all others out of it.
            self._side.run(processes.take_over, conducting, None)
            self.process = conducting
        self._note_heard(now)
        return store

    def work(self) -> None:
        """Enter as a worker, in the place of an earlier start of it."""
        self._candidacy.clock.measure(self._side)
        self.process, now = replace(self.process, role=Role.WORKER, beat_at=self._candidacy.clock.now()), _moment()
        self._side.run(processes.enter, self.process)
        self._note_heard(now)

    def _note_heard(self, at: float) -> None:
        """Note that a sign of life, which began then, has arrived: others count the silence from later on."""
        self._known_until = at + self._candidacy.takeover * (SILENCES if self.process.role is Role.WORKER else 1)

    def keep(self, on_lost: Callable[[], None]) -> None:
        """Begin to beat; `on_lost` is called, in the thread, when another process has this one's place."""
        self._thread = threading.Thread(target=self._beat, args=(on_lost,), name="monitor-presence", daemon=True)
        self._thread.start()

    def _beat(self, on_lost: Callable[[], None]) -> None:
        usual = self._candidacy.takeover / _BEATS
        wait = usual
        while not self._ended.wait(wait):
            try:
                now = _moment()
                if not self._side.run(processes.beat, self.process, self._candidacy.clock.now()):
                    self._known_until = 0.0
                    if any(one.name == self.process.name for one in self._side.run(processes.listing)):
                        _rename(self._candidacy.data)
                    on_lost()
                    return
                self._note_heard(now)
                self._candidacy.clock.measure(self._side)
                wait = usual
            except StoreError:
                # The daemon itself says what is wrong with the database.
                wait = min(usual, 1.0)

    def end(self) -> None:
        """Stop beating, and leave, so that another need not wait for the silence; wait no longer than a stop may."""
        self._ended.set()
        leaving = threading.Thread(target=self._leave, name="monitor-leaving", daemon=True)
        leaving.start()
        leaving.join(_LEAVE_WITHIN)

    def _leave(self) -> None:
        if self._thread:
            self._thread.join()
        # Where the database is away, the others wait until this one has been silent for long enough.
        with suppress(StoreError):
            self._side.run(_leave, self.process)
        self._side.close()


def _leave(conn: Connection, process: Process) -> None:
    """Remove a process that ends, with what it could not release before: nobody else would know whose that is."""
    if processes.leave(conn, process):
        leases.release_all(conn, process.worker)


def _look(conn: Connection, process: Process) -> Process | None:
    if not processes.is_known(conn):
        return None
    seen = processes.conductor(conn)
    if seen and seen.name != process.name:
        processes.enter(conn, process)
    return seen


def _replace(conn: Connection, process: Process, seen: Process | None) -> None:
    """Make this process the conductor, and have the session ended of the one that it replaces."""
    if not processes.take_over(conn, process, seen):
        raise ConductedError
    if seen:
        end_daemon_sessions(conn)


class _Silence:
    """For how long the same beat of a conductor was seen, by the clock of who watches."""

    def __init__(self) -> None:
        self._seen: Process | None = None
        self._since = 0.0

    def seconds(self, seen: Process | None, now: float) -> float:
        """Note what was seen now, and return for how many seconds that has been the same."""
        if seen != self._seen:
            self._seen, self._since = seen, now
        return now - self._since


async def open_to_conduct(stack: AsyncExitStack, candidacy: Candidacy, on_lost: Callable[[], None] | None) -> Claims:
    """Open a PostgreSQL database as its only daemon, and wait for as long as another one conducts; raise StoreError.

    `on_lost` is called in the event loop when another has taken over. Without it, ConductedError is raised where
    another conducts. `stack` closes what is opened.
    """
    presence = _Presence(candidacy, take_name(stack, candidacy.data))
    stack.push_async_callback(asyncio.to_thread, presence.end)
    store = await _take_turn(presence, candidacy, wait=on_lost is not None)
    # Closed before the presence ends, so that the lock is free when another hears of it.
    stack.push_async_callback(asyncio.to_thread, store.close)
    presence.keep(_in_loop(on_lost))
    return Claims(store, candidacy.clock.now, is_known_alive=presence.is_known_alive)


async def enter_as_worker(
    stack: AsyncExitStack, candidacy: Candidacy, store: Store, name: str, on_lost: Callable[[], None]
) -> Claims:
    """Enter this process as the worker of this name; `on_lost` is called when it was taken for dead.

    `stack` ends its presence. Raises StoreError.
    """
    presence = _Presence(candidacy, name)
    stack.push_async_callback(asyncio.to_thread, presence.end)
    await asyncio.to_thread(presence.work)
    presence.keep(_in_loop(on_lost))
    return Claims(store, candidacy.clock.now, presence.process.name, presence.is_known_alive)


def _moment() -> float:
    """Return the present moment in seconds, by a clock that goes on while the machine sleeps, where there is one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


def _in_loop(call: Callable[[], None] | None) -> Callable[[], None]:
    """Return a function that has another one called in the event loop, while that runs."""
    loop = asyncio.get_running_loop()

    def call_there() -> None:
        if call and not loop.is_closed():
            loop.call_soon_threadsafe(call)

    return call_there


async def _take_turn(presence: _Presence, candidacy: Candidacy, *, wait: bool) -> Store:
    """Return the store once this process conducts."""
    silence, loop, reminder = _Silence(), asyncio.get_running_loop(), Reminder()
    async with AsyncExitStack() as standing_by:
        is_standing_by = False
        while True:
            seen: Process | None = None
            try:
                seen = await asyncio.to_thread(presence.look)
                reminder.forget()
                is_silent = silence.seconds(seen, loop.time()) > candidacy.takeover
                if seen is None or is_silent or seen.name == presence.process.name:
                    return await asyncio.to_thread(presence.conduct, seen)
                if not wait:
                    raise ConductedError
            except ConductedError:
                if not wait:
                    raise
            except StoreError as error:
                if error.permanent or not is_standing_by:
                    raise
                # A database that is away lets nobody be heard: the silence counts from when it is back.
                silence = _Silence()
                if reminder.is_due(str(error)):
                    log_event("standby", f"{error}: trying again", logging.WARNING)
            if not is_standing_by:
                _begin_to_stand_by(standing_by, candidacy, presence, seen)
                is_standing_by = True
            await asyncio.sleep(candidacy.takeover / _BEATS / 2)


def _begin_to_stand_by(stack: AsyncExitStack, candidacy: Candidacy, presence: _Presence, seen: Process | None) -> None:
    """Say for whom this process waits, and start what is to run until it takes over, which `stack` ends."""
    who = f"the monitor {seen.name} (process {seen.pid})" if seen else "another monitor"
    then = "takes over when it ends or falls silent"
    log_event("standby", f"{who} works on {candidacy.place}: this one, {presence.process.name}, {then}")
    if candidacy.while_standing_by:
        task = asyncio.create_task(candidacy.while_standing_by())
        stack.callback(task.cancel)


def name_in(data: Path) -> str:
    """Return the name by which whoever works in this data folder is entered."""
    try:
        return _full_name((data / _NAME_FILE).read_text(encoding="ascii", errors="replace").strip())
    except OSError:
        return ""


def _full_name(name: str) -> str:
    return f"{socket.gethostname()}:{name}"


def _rename(data: Path) -> None:
    """Give whoever works in this data folder another name from its next start on.

    The present one is that of a living process elsewhere, where the folder or the machine was copied: each would take
    the other for its own former start, again and again.
    """
    with suppress(OSError):
        (data / _NAME_FILE).write_text(secrets.token_hex(4), encoding="ascii")


def take_name(stack: AsyncExitStack, data: Path) -> str:
    """Return the name of whoever works in this data folder, so that a start after a kill knows its predecessor.

    Raises StoreError where another process works there. In a folder that is read-only each start has a name for itself.
    """
    new = secrets.token_hex(4)
    try:
        file = stack.enter_context((data / _NAME_FILE).open("a+", encoding="ascii", errors="replace"))
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        hint = "give each process a folder of its own with --data, or stop the other one"
        raise StoreError(f"another process works in the data folder {data}: {hint}", permanent=True) from None
    except OSError:
        return new
    with suppress(OSError):
        file.seek(0)
        if name := file.read().strip():
            return name
        file.write(new)
        file.flush()
    return new
