"""What a process says of itself while it runs."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace

from monitor.steps.signs_of_life import SignsOfLife
from monitor.store import processes, uptime
from monitor.store.processes import Done, Process, Role
from tests.steps.world import World


async def test_it_counts_what_was_done_in_the_last_hour(world: World) -> None:
    for role in (Role.CONDUCTOR, Role.WORKER):
        process = Process(f"host:{role}", "token", role, "host", 7, world.clock, world.clock)
        await world.store.write(processes.enter, process)
    steps = [(10.0, Done(5, 1, 2)), (1800.0, Done(20, 1, 3)), (3605.0, Done(30, 2, 3)), (3620.0, Done(31, 2, 3))]
    totals = iter([done for _, done in steps])
    life = SignsOfLife(world.ctx, SimpleNamespace(done=lambda: next(totals)))  # type: ignore[arg-type]
    start = asyncio.get_running_loop().time()
    counted = []
    for seconds, _ in steps:
        await world.store.write(life._record, life._in_last_hour(start + seconds))
        stored, worker = await world.store.read(processes.listing)
        assert worker.polls == 0
        counted.append(Done(stored.polls, stored.pages, stored.messages))
    of_a_file = [Done()] * len(steps)
    expected = [Done(5, 1, 2), Done(20, 1, 3), Done(30, 2, 3), Done(26, 1, 1)]
    assert counted == (expected if world.store.is_postgres else of_a_file), "on a file one process works"


async def test_the_monitor_counts_as_up_while_a_worker_lives(world: World) -> None:
    await world.store.write(uptime.stop, world.clock)
    world.later(hours=5)
    life = SignsOfLife(world.ctx, SimpleNamespace(done=Done))  # type: ignore[arg-type]
    await life.beat()
    last = await world.store.read(uptime.last)
    assert last is not None
    assert world.clock - last.beat_at < timedelta(seconds=1)
