"""What must happen again and again is on the scheduler."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

from monitor.run.jobs import Jobs, open_work
from monitor.store import Store, search
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import START, Item, World


async def test_what_was_polled_is_indexed_in_the_background(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world, AsyncExitStack() as stack:
        world.publish(Item("harbour"))
        await world.visit()
        jobs = Jobs(world.ctx, open_work(stack, world.ctx, world.adopted.epoch), START)
        jobs.start()
        scheduler = jobs._scheduler
        assert scheduler is not None
        job = scheduler.get_job("index")
        jobs.stop()
        await job.func(*job.args)
        assert await store.read(search.pending, 1) == []
