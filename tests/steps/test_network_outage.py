"""A network that is down is said once and kept for whoever asks, also where the database was away meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import StoreError
from monitor.steps.context import Context
from monitor.steps.network_outage import down_since, forget, note_attempt
from monitor.steps.read_page import JOB
from monitor.steps.work import Work
from tests.steps.shared_workers import shared_workers
from tests.steps.test_config_in_force import worker_of
from tests.steps.world import START, World


async def refuse(work: Callable[..., object], *_: object) -> None:
    """A database that is away."""
    raise StoreError("away")


async def cut_off(world: World, ctx: Context | None = None) -> None:
    """Let every host fail."""
    ctx = ctx or world.ctx
    ctx.access.network = replace(ctx.access.network, watched=2)
    for host in ("a", "b", "a"):
        await note_attempt(ctx, host, "dns", world.clock)
        world.later(seconds=10)


@pytest.mark.of_conductor
async def test_it_is_said_and_kept_until_it_is_over(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await cut_off(world)
    assert await world.store.read(down_since) == START
    await note_attempt(world.ctx, "b", "status", world.clock)
    assert await world.store.read(down_since) is None
    said = [record.getMessage() for record in caplog.records if getattr(record, "event", "") == "network"]
    assert [line.split(":")[0] for line in said] == ["no outlet can be reached", "the network is back"]


async def test_written_late_it_says_what_holds_by_then(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "write", refuse)
        await cut_off(world)
    assert world.ctx.access.network.down
    await note_attempt(world.ctx, "a", "", world.clock)
    await world.ctx.claims.write_ends()
    assert await world.store.read(down_since) is None


async def test_a_start_begins_anew(world: World) -> None:
    await cut_off(world)
    await world.store.write(forget)
    assert await world.store.read(down_since) is None


@pytest.mark.of_conductor
async def test_what_failed_while_another_host_answered_is_no_outage(world: World) -> None:
    world.ctx.access.network = replace(world.ctx.access.network, watched=2)
    begun = world.clock
    world.later(seconds=10)
    await note_attempt(world.ctx, "c", "", begun)
    for host in ("a", "b"):
        await note_attempt(world.ctx, host, "timeout", begun)
    assert await world.store.read(down_since) is None
    for host in ("a", "b"):
        await note_attempt(world.ctx, host, "timeout", begun + timedelta(seconds=11))
    assert await world.store.read(down_since) == START + timedelta(seconds=11)


@pytest.mark.of_conductor
async def test_a_worker_without_network_leaves_the_outlets_to_others(world: World) -> None:
    worker = await worker_of(world)
    rounds = Work(worker, "", shared_workers(JOB)).hosts
    await cut_off(world, worker)
    assert [rounds._room().feeds for _ in range(3)] == [1, 0, 0], "it tries now and then whether it has one again"
    assert await world.store.read(down_since) is None, "that of one machine is not everybody's"
    await note_attempt(worker, "b", "status", world.clock)
    assert rounds._room().feeds > 1
    await cut_off(world)
    assert world.work().hosts._room().feeds > 1, "the conductor may be the only one"
