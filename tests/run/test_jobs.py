"""What must happen again and again does, and goes by time and not by the clock."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.isolate import Workers
from monitor.run import jobs
from monitor.store import Store, word_index
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import Item, World


async def test_what_was_polled_is_indexed_in_the_background(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world, AsyncExitStack() as stack:
        world.publish(Item("harbour"))
        await world.visit()
        _, index = jobs.Jobs(world.ctx, jobs.open_work(stack, world.ctx, world.batch_id)).jobs["index"]
        await index()
        assert await store.read(word_index.pending, 1) == []


async def test_a_clock_set_back_does_not_silence_the_scheduler(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world, AsyncExitStack() as stack:
        work = jobs.open_work(stack, world.ctx, world.batch_id)
        running = jobs.Jobs(world.ctx, work)
        running.start()
        try:
            scheduler = running._scheduler
            assert scheduler is not None
            # What a clock that is set back a day leaves: every job is due in a day.
            for job in scheduler.get_jobs():
                job.modify(next_run_time=job.next_run_time + timedelta(days=1))
            last_tick = running.last_tick
            async with asyncio.timeout(60):
                while running.last_tick == last_tick:  # noqa: ASYNC110 - the scheduler sets no event
                    await asyncio.sleep(0.02)
            waits = [(job.next_run_time - datetime.now(UTC)).total_seconds() for job in scheduler.get_jobs()]
            assert max(waits) <= 3600
        finally:
            running.stop()
            await work.finish(jobs.GRACE)


@pytest.mark.parametrize(("line", "count"), [("parsers: 3\n", 3), ("", 1)])
async def test_the_files_say_how_many_pages_are_understood_at_a_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, count: int
) -> None:
    counts = []

    def counting(job: str, *, count: int, timeout: float) -> Workers:
        counts.append(count)
        return Workers(job, count=count, timeout=timeout)

    monkeypatch.setattr(jobs, "Workers", counting)
    monkeypatch.setattr(jobs, "processors", lambda: 1)
    async with World(tmp_path, store, Peer(), Outlet()) as world, AsyncExitStack() as stack:
        world.write({"monitor.yaml": world.settings(line)})
        await world.reload()
        jobs.open_work(stack, world.ctx, world.batch_id)
    assert counts == [count]
