"""One process of the daemon, and the moment at which it is made to end."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

STUCK = 100.0  # seconds in which a life must have begun and ended


@dataclass(frozen=True)
class End:
    """When a life ends: while it starts (`early`, a share of the usual time), or in the middle of its work.

    The latter is after so many of an event (`asked`, `taken`) and a moment more, at the latest so many seconds after
    its first request; never by the time that a slow machine takes to start.
    """

    early: float = 0.0
    latest: float = 0.0
    event: str = ""
    count: int = 1
    delay: float = 0.0

    @classmethod
    def draw(cls, chance: random.Random) -> End:
        """A random end: while it starts, at any moment, near a poll, or while a mail is being taken."""
        kind = chance.choice(["early", "any", "asked", "asked", "taken", "taken", "taken"])
        if kind == "early":
            return cls(early=chance.uniform(0.1, 1.2))
        if kind == "any":
            return cls(latest=chance.uniform(0.1, 4))
        delay = chance.choice([0.0, chance.uniform(0, 0.02), chance.uniform(0, 0.4)])
        return cls(0.0, 6.0, kind, chance.randint(1, 12), delay)


NEVER = End()


class Life:
    """A process; `heard` is told what happens around it, from any thread."""

    def __init__(self, process: subprocess.Popen[bytes], with_signal: signal.Signals, end: End, pace: float) -> None:
        self.process, self.end = process, end
        self.struck = False
        self.pace = pace  # seconds from the start to the first request, as far as is known
        self._signal = with_signal
        self._began = time.monotonic()
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._timers: list[threading.Timer] = []
        if end.early:
            self._strike_in(end.early * pace)

    def heard(self, event: str) -> None:
        """Note an event; the one that this life is to end with ends it."""
        with self._lock:
            count = self._counts[event] = self._counts.get(event, 0) + 1
        if (event, count) == ("asked", 1):
            self.pace = time.monotonic() - self._began
            if self.end.latest:
                self._strike_in(self.end.latest)
        if (event, count) == (self.end.event, self.end.count):
            self._strike_in(self.end.delay)

    def _strike_in(self, seconds: float) -> None:
        if not seconds:
            self.strike()
            return
        timer = threading.Timer(seconds, self.strike)
        timer.daemon = True
        timer.start()
        self._timers.append(timer)

    def strike(self) -> None:
        """End it, once: a second signal would meet a process that has stopped listening since the first one."""
        with self._lock:
            if self.struck:
                return
            self.struck = True
        with suppress(ProcessLookupError):
            self.process.send_signal(self._signal)

    async def over(self) -> int:
        """Wait until it has ended; return the exit code."""
        try:
            return await asyncio.to_thread(self.process.wait, STUCK)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return await asyncio.to_thread(self.process.wait, STUCK)
        finally:
            for timer in self._timers:
                timer.cancel()
