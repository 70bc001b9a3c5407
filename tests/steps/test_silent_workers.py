"""What a silent worker held is given back, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

from monitor.steps.host_rounds import claim_work
from monitor.steps.silent_workers import SilentWorkers
from monitor.store import processes
from monitor.store.host_claims import Room
from monitor.store.processes import Process, Role
from tests.steps.test_config_in_force import worker_of
from tests.steps.world import World


async def test_a_worker_that_is_silent_is_given_up_with_what_it_held(world: World) -> None:
    process = Process("worker", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    (due,) = (await claim_work(await worker_of(world), Room(1))).feeds
    watch = SilentWorkers(world.ctx, silence=0.0)
    await watch.tick()
    assert await world.store.write(processes.beat, process, world.clock + timedelta(seconds=5))
    await watch.tick()
    assert await world.claim() == [], "it was heard since"
    await watch.tick()
    assert [one.id for one in await world.claim()] == [due.id]
    assert not await world.store.write(processes.beat, process, world.clock), "it finds that it was given up"


async def test_a_worker_that_has_ended_is_no_concern(world: World) -> None:
    process = Process("worker", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    watch = SilentWorkers(world.ctx, silence=0.0)
    await watch.tick()
    await world.store.write(processes.leave, process)
    await claim_work(await worker_of(world), Room(1))
    await watch.tick()
    await watch.tick()
    assert await world.claim() == [], "another start of that name may hold it"
