"""One at a time, a gap between, longer when asked: on a loop whose clock jumps to whatever is waited for."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from monitor.errors import FetchError
from monitor.fetching import HostLimiter
from monitor.fetching.host_limiter import PRUNE_EVERY


class JumpingLoop(asyncio.SelectorEventLoop):
    """Real asyncio, except that waiting takes no time: the clock jumps to the next timer."""

    def __init__(self) -> None:
        super().__init__(selectors.SelectSelector())
        self._now = 1000.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self._now = max(self._now, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


@contextmanager
def jumping() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        yield runner


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with jumping() as runner:
        return runner.run(work)


async def ask(host_limiter: HostLimiter, host: str, log: list[tuple[str, str, float]], takes: float = 5) -> None:
    async with host_limiter.turn(host):
        log.append((host, "in", now()))
        await asyncio.sleep(takes)
        log.append((host, "out", now()))


def now() -> float:
    return asyncio.get_running_loop().time() - 1000


def test_one_host_is_asked_by_one_at_a_time_with_a_gap() -> None:
    async def work() -> list[tuple[str, str, float]]:
        log: list[tuple[str, str, float]] = []
        host_limiter = HostLimiter(2)
        await asyncio.gather(*(ask(host_limiter, "a", log) for _ in range(3)))
        return log

    times = [(what, at) for _, what, at in run(work())]
    assert times == [("in", 0), ("out", 5), ("in", 7), ("out", 12), ("in", 14), ("out", 19)]


def test_hosts_do_not_wait_for_one_another() -> None:
    async def work() -> list[tuple[str, str, float]]:
        log: list[tuple[str, str, float]] = []
        host_limiter = HostLimiter(2)
        await asyncio.gather(*(ask(host_limiter, f"host{number}", log) for number in range(20)))
        return log

    assert {at for _, what, at in run(work()) if what == "in"} == {0}


def test_each_lane_of_a_host_has_a_line_and_gaps_of_its_own_and_a_hold_is_of_all() -> None:
    async def caller(host_limiter: HostLimiter, lane: str, log: list[tuple[str, float]]) -> None:
        async with host_limiter.turn("a", lane):
            log.append((lane, now()))
            await asyncio.sleep(5)

    async def work() -> list[tuple[str, float]]:
        log: list[tuple[str, float]] = []
        host_limiter = HostLimiter(2)
        await asyncio.gather(*(caller(host_limiter, lane, log) for lane in ("", "", "a|2", "a|2")))
        assert [host_limiter.wait("a", lane) for lane in ("", "a|2", "a|3")] == [2, 2, 0]
        assert host_limiter.rest("a") == 0
        host_limiter.hold("a", 30)
        assert [host_limiter.wait("a", lane) for lane in ("", "a|2", "a|3")] == [30, 30, 30]
        host_limiter.hang("a")
        assert host_limiter.rest("a") == 180
        host_limiter.answered("a")
        assert host_limiter.rest("a") == 30
        await caller(host_limiter, "a|3", log)
        return log

    assert run(work()) == [("", 0), ("a|2", 0), ("", 7), ("a|2", 7), ("a|3", 42)]


def test_a_hold_counts_also_for_those_who_wait_already_and_is_never_shortened() -> None:
    async def work() -> list[tuple[str, str, float]]:
        log: list[tuple[str, str, float]] = []
        host_limiter = HostLimiter(2)
        waiting = [asyncio.ensure_future(ask(host_limiter, "a", log)) for _ in range(2)]
        await asyncio.sleep(6)  # the second sleeps through its gap
        host_limiter.hold("a", 100)
        host_limiter.hold("a", 10)
        assert host_limiter.wait("a") == 100
        assert host_limiter.wait("b") == 0
        await asyncio.gather(*waiting)
        return log

    assert [at for _, what, at in run(work()) if what == "in"] == [0, 106]


def test_a_hold_is_at_most_a_day() -> None:
    async def work() -> float:
        host_limiter = HostLimiter(1)
        host_limiter.hold("a", 1e12)
        host_limiter.hold("a", -5)
        return host_limiter.wait("a")

    assert run(work()) == 86_400


def test_a_crawl_delay_lengthens_the_gap_and_never_shortens_it() -> None:
    async def work() -> list[float]:
        host_limiter, waits = HostLimiter(2), []
        for gap in (30, 0.5, 0):
            host_limiter.delays["a"] = gap
            async with host_limiter.turn("a"):
                pass
            waits.append(host_limiter.wait("a"))
        return waits

    assert run(work()) == [30, 2, 2]


def test_a_failed_or_abandoned_request_passes_the_turn_on() -> None:
    async def work() -> list[tuple[str, str, float]]:
        log: list[tuple[str, str, float]] = []
        host_limiter = HostLimiter(2)
        with pytest.raises(ZeroDivisionError):
            async with host_limiter.turn("a"):
                raise ZeroDivisionError
        gone = asyncio.ensure_future(ask(host_limiter, "a", log))
        await asyncio.sleep(1)
        gone.cancel()
        await ask(host_limiter, "a", log)
        return log

    assert [at for _, _, at in run(work())] == [2, 7]


def test_hosts_seen_once_are_forgotten() -> None:
    async def work() -> int:
        host_limiter = HostLimiter(0.001)
        for number in range(5 * PRUNE_EVERY):
            async with host_limiter.turn(f"host{number}"):
                pass
            await asyncio.sleep(0.01)
        return len(host_limiter._queues)

    assert run(work()) <= PRUNE_EVERY


async def test_a_host_that_is_held_for_long_turns_a_caller_away_at_once() -> None:
    host_limiter = HostLimiter(0.0)
    host_limiter.hold("example.org", 100.0)
    with pytest.raises(TimeoutError):
        async with host_limiter.turn("example.org", longest=10.0):
            pass
    async with host_limiter.turn("example.com", longest=10.0):
        pass


async def test_a_hold_that_comes_while_callers_queue_turns_them_away() -> None:
    host_limiter = HostLimiter(0.0)

    async def caller() -> None:
        async with host_limiter.turn("example.org", longest=10.0):
            pytest.fail("nobody may pass")

    async with host_limiter.turn("example.org"):
        waiting = [asyncio.create_task(caller()) for _ in range(3)]
        await asyncio.sleep(0)
        host_limiter.hold("example.org", 100.0)
    results = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 5)
    assert all(isinstance(result, TimeoutError) for result in results)


async def alone(host_limiter: HostLimiter, host: str) -> str:
    """What a caller is told who comes to a host that is left alone."""
    with pytest.raises(FetchError) as caught:
        async with host_limiter.turn(host):
            pytest.fail("nobody may pass")
    assert caught.value.reason == "timeout"
    return str(caught.value)


async def test_whoever_waits_for_a_host_that_hangs_is_told_at_once_and_does_not_try() -> None:
    host_limiter = HostLimiter(0.0)
    async with host_limiter.turn("example.org"):
        waiting = [asyncio.create_task(alone(host_limiter, "example.org")) for _ in range(3)]
        await asyncio.sleep(0)
        host_limiter.hang("example.org")
    words = await asyncio.wait_for(asyncio.gather(*waiting), 5)
    assert set(words) == {"timeout: other requests to this host hung; it is left alone for 3 min"}
    async with host_limiter.turn("example.com"):
        pass


def test_a_host_is_left_alone_longer_the_longer_it_hangs_up_to_an_hour() -> None:
    async def work() -> list[float]:
        host_limiter, waits = HostLimiter(2), []
        for _ in range(7):
            host_limiter.hang("a")
            waits.append(host_limiter.wait("a"))
            await asyncio.sleep(waits[-1])
        return waits

    assert run(work()) == [180, 360, 720, 1440, 2880, 3600, 3600]


@pytest.mark.parametrize("ends", ["answered", "end_hang_pauses"])
def test_an_answer_or_a_dead_network_ends_it(ends: str) -> None:
    async def work() -> list[float]:
        host_limiter, waits = HostLimiter(2), []
        for _ in range(2):
            host_limiter.hang("a")
            host_limiter.hang("a")
            waits.append(host_limiter.wait("a"))
            getattr(host_limiter, ends)(*(["a"] if ends == "answered" else []))
            waits.append(host_limiter.wait("a"))
        async with host_limiter.turn("a"):
            return waits

    assert run(work()) == [360, 0, 360, 0]


def test_the_last_seconds_are_waited_for() -> None:
    async def work() -> list[tuple[str, str, float]]:
        log: list[tuple[str, str, float]] = []
        host_limiter = HostLimiter(2)
        host_limiter.hang("a")
        await asyncio.sleep(150)
        await ask(host_limiter, "a", log)
        return log

    assert [at for _, what, at in run(work()) if what == "in"] == [180]


def test_two_that_wait_for_each_other_are_noticed_at_once() -> None:
    async def holds(host_limiter: HostLimiter, first: str, second: str) -> str:
        async with host_limiter.turn(first):
            await asyncio.sleep(1)
            try:
                async with host_limiter.turn(second, held={(first, "")}):
                    return "both"
            except TimeoutError:
                return "one"

    async def work() -> list[str]:
        host_limiter = HostLimiter(2)
        circle = ("a", "b"), ("b", "c"), ("c", "a")
        found = await asyncio.gather(*(holds(host_limiter, *pair) for pair in circle))
        return [*found, await holds(host_limiter, "c", "a")]

    assert run(work()) == ["both", "both", "one", "both"], "once one has given up, all others go on"
