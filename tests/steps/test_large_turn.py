"""One poll at a time has the turn of large pages, in the order in which they came, and not for ever."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from monitor.steps.large_turn import LargeTurn


async def settled(*tasks: asyncio.Task[None]) -> list[bool]:
    """Let tasks go as far as they can; return which are done."""
    for _ in range(5):
        await asyncio.sleep(0)
    return [task.done() for task in tasks]


async def test_polls_take_turns_and_all_pages_of_one_are_in_its_turn() -> None:
    turn = LargeTurn()
    await turn.take(1)
    others = [asyncio.create_task(turn.take(feed)) for feed in (2, 3)]
    await turn.take(1)
    turn.end(3)
    assert await settled(*others) == [False, False]
    turn.end(1)
    turn.end(1)
    assert await settled(*others) == [True, False]
    turn.end(2)
    assert await settled(*others) == [True, True]


async def test_a_turn_ends_by_itself() -> None:
    turn = LargeTurn(longest=0.01)
    await turn.take(1)
    async with asyncio.timeout(30):
        await turn.take(2)


async def test_a_turn_that_was_ended_does_not_end_a_later_one_of_the_same_poll(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop, timers = asyncio.get_running_loop(), list[asyncio.TimerHandle]()
    begin = loop.call_later

    def call_later(seconds: float, *call: Any) -> asyncio.TimerHandle:
        timers.append(begin(seconds, *call))
        return timers[-1]

    monkeypatch.setattr(loop, "call_later", call_later)
    turn = LargeTurn()
    await turn.take(1)
    turn.end(1)
    await turn.take(1)
    assert [timer.cancelled() for timer in timers] == [True, False]
    turn.end(1)
