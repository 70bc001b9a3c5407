"""Calls that wait together travel together, and each gets its own answer."""

from __future__ import annotations

import asyncio

import pytest

from monitor.steps import call_batching
from monitor.steps.call_batching import CallBatch


async def test_calls_made_in_one_breath_are_one_run() -> None:
    runs: list[list[int]] = []

    async def double(items: list[int]) -> list[int]:
        runs.append(items)
        return [item * 2 for item in items]

    batch = CallBatch(double, size=10)
    assert await asyncio.gather(*(batch(n) for n in range(5))) == [0, 2, 4, 6, 8]
    assert runs == [[0, 1, 2, 3, 4]]


async def test_a_run_is_never_larger_than_its_size_and_lanes_are_kept(caplog: pytest.LogCaptureFixture) -> None:
    under_way, most, sizes = 0, 0, []

    async def slow(items: list[int]) -> list[int]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        sizes.append(len(items))
        await asyncio.sleep(0)
        under_way -= 1
        return items

    batch = CallBatch(slow, size=3, lanes=2)
    for _ in range(3):
        assert sorted(await asyncio.gather(*(batch(n) for n in range(20)))) == list(range(20))
        assert max(sizes) == 3
        assert most == 2
        under_way = most = 0
    assert caplog.records == []


async def test_an_error_in_the_list_is_raised_for_its_item_only() -> None:
    async def picky(items: list[int]) -> list[int | Exception]:
        return [ValueError(str(item)) if item == 1 else item for item in items]

    batch = CallBatch(picky, size=10)
    results = await asyncio.gather(*(batch(n) for n in range(3)), return_exceptions=True)
    assert results[0] == 0
    assert isinstance(results[1], ValueError)
    assert results[2] == 2


async def test_a_failing_run_fails_its_items_and_the_next_run_works() -> None:
    calls = 0

    async def once(items: list[int]) -> list[int]:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError("down")
        return items

    batch = CallBatch(once, size=10)
    with pytest.raises(RuntimeError):
        await batch(1)
    assert await batch(2) == 2


async def test_a_caller_that_gave_up_does_not_disturb_the_others() -> None:
    gate = asyncio.Event()

    async def wait(items: list[int]) -> list[int]:
        await gate.wait()
        return items

    batch = CallBatch(wait, size=10)
    first, second = asyncio.create_task(batch(1)), asyncio.create_task(batch(2))
    await asyncio.sleep(0)
    first.cancel()
    gate.set()
    assert await second == 2


async def test_a_run_waits_for_its_busy_feeder_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    may_go_on = asyncio.Event()

    async def parse(items: list[int]) -> list[int]:
        if 1 in items:
            await may_go_on.wait()
        return items

    async def store(items: list[int]) -> list[int]:
        sizes.append(len(items))
        return items

    feeder = CallBatch(parse, size=1, lanes=2)
    batch = CallBatch(store, size=3, feeder=feeder)

    async def one(item: int) -> int:
        parsed = await feeder(item)
        if item == 0:
            asyncio.get_running_loop().call_soon(may_go_on.set)
        return await batch(parsed)

    monkeypatch.setattr(call_batching, "PATIENCE", 60.0)
    assert await asyncio.gather(one(1), one(0)) == [1, 0]
    assert sizes == [2], "while the feeder was busy, the first item waited for the second"
    may_go_on.clear()
    held = asyncio.create_task(one(1))
    assert await asyncio.gather(one(2), one(3), one(4)) == [2, 3, 4]
    assert sizes == [2, 3], "a full run waits for nobody"
    monkeypatch.setattr(call_batching, "PATIENCE", 0.01)
    assert await one(5) == 5
    assert sizes == [2, 3, 1], "nor does any for longer than a moment"
    may_go_on.set()
    monkeypatch.setattr(call_batching, "PATIENCE", 60.0)
    assert await held == 1
    assert await batch(6) == 6
    assert sizes == [2, 3, 1, 1, 1], "an idle feeder is not waited for"
