"""Watch from a thread whether the event loop and its jobs still run."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol

LATE = 90.0
"""Seconds without a tick after which the jobs are restarted; a tick may wait for a database that does not answer."""
STUCK = 180.0
"""Seconds without an answer of the loop after which the process exits, for its supervisor to restart it."""
# EX_SOFTWARE of sysexits.h, an internal error.
EXIT_STUCK = 70
STOP_WITHIN = 50.0
"""Seconds after which a stop exits, whatever still hangs; the next start redoes what it left open."""


class Ticking(Protocol):
    """What the watchdog watches: the time of its last tick by the loop's clock, and how to restart it."""

    last_tick: float

    def restart(self) -> None:
        """Restart the jobs."""


class Watchdog:
    """Checks every few seconds whether the loop answers and its jobs tick."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        jobs: Ticking,
        *,
        every: float = 5.0,
        exit_process: Callable[[], None] | None = None,
    ) -> None:
        self._loop = loop
        self._jobs = jobs
        self._every = every
        self._exit_process = exit_process or _exit
        self._last_answer = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="monitor-watchdog", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.wait(self._every):
            if time.monotonic() - self._last_answer > STUCK:
                self._exit_process()
                return
            try:
                self._loop.call_soon_threadsafe(self._note_answer)
            except RuntimeError:
                return

    def _note_answer(self) -> None:
        self._last_answer = time.monotonic()
        if self._loop.time() - self._jobs.last_tick > LATE and not self._stopped.is_set():
            self._jobs.restart()


def end_within(seconds: float) -> None:
    """Exit the process after so many seconds unless it has ended: a thread that hangs in a call cannot be stopped."""
    timer = threading.Timer(seconds, _exit)
    timer.daemon = True
    timer.start()


def _exit() -> None:
    """Print the traceback of every thread and exit: a crash loses nothing, while a daemon that hangs does no work."""
    faulthandler.dump_traceback(file=sys.stderr)
    # Not `sys.exit`, which would end this thread only.
    os._exit(EXIT_STUCK)
