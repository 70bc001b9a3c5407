"""Outside the event loop: a thread that notices when the loop or the jobs on it stand still."""

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
"""Seconds without a tick after which the jobs are started anew; a tick may wait for a database that is silent."""
STUCK = 180.0
"""Seconds without an answer of the loop after which the process ends, for its supervisor to start it again."""
EXIT_STUCK = 70
STOP_WITHIN = 50.0
"""Seconds after which a stop is over, whatever still hangs: what it leaves open, the next start does anew."""


class Ticking(Protocol):
    """What the watchdog watches: when it was last heard, and how to start it anew."""

    heard: float

    def restart(self) -> None:
        """Start anew."""


class Watchdog:
    """Asks the loop every few seconds whether it lives and whether its jobs tick."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        jobs: Ticking,
        *,
        every: float = 5.0,
        give_up: Callable[[], None] | None = None,
    ) -> None:
        self._loop = loop
        self._jobs = jobs
        self._every = every
        self._give_up = give_up or _end
        self._answered = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="monitor-watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.wait(self._every):
            if time.monotonic() - self._answered > STUCK:
                self._give_up()
                return
            try:
                self._loop.call_soon_threadsafe(self._answer)
            except RuntimeError:
                return

    def _answer(self) -> None:
        self._answered = time.monotonic()
        if self._loop.time() - self._jobs.heard > LATE and not self._stopped.is_set():
            self._jobs.restart()


def end_within(seconds: float) -> None:
    """End the process after so long, unless it has ended by then: a thread that hangs in a call cannot be stopped."""
    timer = threading.Timer(seconds, _end)
    timer.daemon = True
    timer.start()


def _end() -> None:
    """Show where every thread stands, and end: a crash loses nothing, a daemon that hangs loses everything."""
    faulthandler.dump_traceback(file=sys.stderr)
    os._exit(EXIT_STUCK)
