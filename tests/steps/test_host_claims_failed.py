"""A claim of hosts whose commit nobody heard of is released once the store answers; a run ends where it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.steps.host_rounds import claim_work
from monitor.steps.work import Work
from monitor.store import poll_records
from monitor.store.host_claims import Room
from tests.steps.page_reading import html, page, publish, work
from tests.steps.world import World

assert work
GONE = StoreError("the connection was lost")


async def test_feeds_pages_and_hosts_of_a_claim_that_failed_are_free_again(
    world: World, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    html(world, "/harbour.html", page())
    await publish(world)
    await world.store.write(poll_records.make_due, world.clock)
    write = world.store.write

    async def write_and_fail(change: Callable[..., Any], *args: Any) -> None:
        await write(change, *args)
        raise GONE

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "write", write_and_fail)
        with pytest.raises(StoreError):
            await claim_work(world.ctx, Room(9, 9))
    assert not (await claim_work(world.ctx, Room(9, 9))).leases
    await world.ctx.claims.write_ends()
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0
    again = await claim_work(world.ctx, Room(9, 9))
    assert (len(again.leases), len(again.feeds), len(again.pages)) == (1, 1, 1)


async def test_a_run_ends_where_the_store_cannot_say_what_is_due(
    world: World, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise GONE

    await work.hosts.drain()
    monkeypatch.setattr(world.store, "read", fail)
    await work.hosts.drain()
    health = world.ctx.claims.store_health
    assert (health.unavailable_since, health.reason) == (world.clock, str(GONE))
