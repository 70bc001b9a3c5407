"""The watchdog starts jobs anew that stand still, and ends a process whose loop does."""

from __future__ import annotations

import asyncio
import threading

import pytest

from monitor.run import watchdog
from monitor.run.watchdog import Watchdog


class _Jobs:
    def __init__(self, last_tick: float) -> None:
        self.last_tick = last_tick
        self.restarted = asyncio.Event()

    def restart(self) -> None:
        self.last_tick = asyncio.get_running_loop().time()
        self.restarted.set()


async def test_jobs_that_stand_still_are_started_anew() -> None:
    loop = asyncio.get_running_loop()
    jobs = _Jobs(loop.time() - watchdog.LATE - 1)
    dog = Watchdog(loop, jobs, every=0.01)
    dog.start()
    try:
        await asyncio.wait_for(jobs.restarted.wait(), 20)
    finally:
        dog.stop()


async def test_one_that_ticks_is_left_alone() -> None:
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()

    class Ticking(_Jobs):
        @property  # type: ignore[override]
        def last_tick(self) -> float:
            asked.set()
            return loop.time()

        @last_tick.setter
        def last_tick(self, moment: float) -> None: ...

    jobs = Ticking(0)
    dog = Watchdog(loop, jobs, every=0.01)
    dog.start()
    try:
        await asyncio.wait_for(asked.wait(), 20)
    finally:
        dog.stop()
    assert not jobs.restarted.is_set()


async def test_a_loop_that_stands_still_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "STUCK", 0.05)
    ended = threading.Event()
    loop = asyncio.get_running_loop()
    dog = Watchdog(loop, _Jobs(loop.time()), every=0.01, exit_process=ended.set)
    dog.start()
    try:
        # The loop is blocked here, as by a call that never returns.
        assert ended.wait(20)
    finally:
        dog.stop()
