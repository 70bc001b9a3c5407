"""A turn at a host that the task has not claimed leases it: others wait until the turn ends, or its process died."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from monitor.steps.host_turns import LEASE, turn, under_claim
from monitor.store import host_leases
from monitor.store.lease_tokens import new_token
from tests.steps.world import World

HOST = "other.test"


async def is_free(world: World) -> bool:
    """Whether another worker could lease the host now; if so, it does and gives it back."""
    token = new_token("another")
    lease = await world.store.write(host_leases.borrow, HOST, token, world.clock, world.clock + LEASE)
    if lease is not None:
        pause = host_leases.HostPause(HOST, token, world.clock, 0)
        await world.store.write(host_leases.give_back, pause)
    return lease is not None


async def test_a_host_is_leased_for_the_turn_alone(world: World) -> None:
    async with turn(world.ctx, HOST):
        assert not await is_free(world)
        async with turn(world.ctx, HOST):
            assert not await is_free(world)
        assert not await is_free(world), "the inner turn was the same one"
    assert await is_free(world)


async def test_a_host_under_whose_claim_the_task_works_is_not_leased_again(world: World) -> None:
    with under_claim(HOST):
        async with turn(world.ctx, HOST):
            assert await is_free(world)
    async with turn(world.ctx, HOST):
        assert not await is_free(world), "the claim is over"


async def test_a_lease_of_a_process_that_died_runs_out(world: World) -> None:
    async with turn(world.ctx, HOST):
        world.clock += LEASE - timedelta.resolution
        assert not await is_free(world)
        world.clock += timedelta.resolution
        assert await is_free(world)


async def test_a_host_that_is_paused_for_long_is_given_up_at_once(world: World) -> None:
    world.ctx.access.host_limiter.hold(HOST, 30.0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(20), turn(world.ctx, HOST, longest=10.0):
            raise AssertionError("it had its turn")
    assert await is_free(world)
