"""Work in a thread ends when it is interrupted, and nobody leaves before it has ended."""

from __future__ import annotations

import asyncio
import threading

import pytest

from monitor.steps.threads import in_thread


async def test_the_result_and_the_error_of_the_work_come_back() -> None:
    interrupted = threading.Event()
    assert await in_thread(lambda: 7, interrupted.set) == 7

    def fail() -> None:
        raise KeyError("work")

    with pytest.raises(KeyError, match="work"):
        await in_thread(fail, interrupted.set)
    assert not interrupted.is_set()


@pytest.mark.parametrize("raises", [False, True])
async def test_a_stop_interrupts_the_work_and_waits_for_its_end(raises: bool) -> None:
    begun, interrupted, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert interrupted.wait(30)
        ended.set()
        if raises:
            raise InterruptedError

    waiting = asyncio.ensure_future(in_thread(work, interrupted.set))
    await asyncio.to_thread(begun.wait, 30)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()
