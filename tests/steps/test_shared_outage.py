"""After a time in which the monitor did not run, its news come in one mail, whoever reads them."""

from __future__ import annotations

from datetime import timedelta

from monitor.steps import shared_outage
from monitor.steps.clock import Clock, Outage
from monitor.steps.host_rounds import claim_work
from monitor.store.host_claims import Room
from tests.steps.test_config_in_force import worker_of
from tests.steps.world import World


async def test_a_worker_knows_of_an_outage_until_its_news_are_read(world: World) -> None:
    outage = Outage(world.clock - timedelta(hours=5), world.clock)
    worker = await worker_of(world)
    assert isinstance(worker.clock, Clock)
    for stored in (outage, None):
        await world.store.write(shared_outage.store, stored)
        await claim_work(worker, Room(1))
        assert worker.clock.outage == stored
