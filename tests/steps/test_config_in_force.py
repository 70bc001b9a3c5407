"""A worker goes by what the conductor has put in force: an edit is told exactly once, whatever is in flight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.channels import layout
from monitor.errors import ConfigError, StoreError
from monitor.fetching import HostLimiter
from monitor.run.startup import PARSE_JOB
from monitor.steps.active_config import ActiveConfig
from monitor.steps.apply_config import plan_summaries
from monitor.steps.claims import Claims
from monitor.steps.clock import Clock
from monitor.steps.clock_jumps import handle_clock_jump
from monitor.steps.config_in_force import put_in_force, stored_config
from monitor.steps.context import Context
from monitor.steps.deliver import deliver_by
from monitor.steps.host_rounds import claim_work
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.poll import open_pipeline, poll
from monitor.steps.sending_accounts import MAIL
from monitor.steps.signals import Signals
from monitor.store import Store, config_files, config_generation, poll_records, uptime
from monitor.store.host_claims import HostWork, Room
from tests.steps.shared_workers import shared_workers
from tests.steps.world import READERS, Item, World, rule_for

ANN, BOB = READERS[:2]


@pytest.fixture
def store(make_store: Callable[[str], Store]) -> Store:
    """Workers share a PostgreSQL database: one process alone writes to a file."""
    return make_store("postgresql")


async def worker_of(world: World, name: str = "worker") -> Context:
    """A worker that has begun by what is stored, with memory of its own."""
    is_shared = world.store.is_postgres
    config = await stored_config(world.store, world.folder / "data") if is_shared else world.ctx.active.config
    access = OutletAccess(world.ctx.access.client, shared_workers(PARSE_JOB), HostLimiter(0))
    claims = Claims(world.store, lambda: world.clock, name)
    worker = replace(
        world.ctx,
        claims=claims,
        active=ActiveConfig(config),
        access=access,
        clock=Clock(world.ctx.clock.now),
        conducts=False,
        signals=Signals(),
    )
    if not is_shared:
        # A file has no workers, and no outlets are stored for them: what many processes do is tried there, too.
        put_in_force(worker, config, world.ctx.active.generation)
    assert await claim_work(worker, Room(0)) == HostWork()
    return worker


async def poll_by(world: World, worker: Context) -> None:
    """Let the worker poll everything, made due first."""
    await world.store.write(poll_records.make_due, world.clock)
    for feed in (await claim_work(worker, Room(10))).feeds:
        assert feed.token.startswith("worker:")
        assert await poll(worker, open_pipeline(worker), feed) is not None


async def test_a_worker_goes_by_what_the_conductor_put_in_force(world: World) -> None:
    (world.folder / "config" / "templates").mkdir()
    shipped = Path(layout.__file__).parent / "templates" / "alert.txt"
    world.write({"rules.yaml": rule_for([ANN]), "templates/alert.txt": shipped.read_text(encoding="utf-8")})
    await world.reload()
    worker = await worker_of(world)
    assert worker.active.config.rules.keys() == world.ctx.active.config.rules.keys()
    assert worker.active.config.templates == world.ctx.active.config.templates != ()
    assert worker.active.generation == world.ctx.active.generation
    world.write({"rules.yaml": rule_for([ANN], "Market")})
    await world.reload()
    await claim_work(worker, Room(1))
    assert list(worker.active.config.rules) == ["Market"]


async def test_files_that_a_worker_cannot_use_let_it_do_nothing(world: World) -> None:
    """Such as those of a newer version: nothing is done by rules that are no longer in force."""
    worker = await worker_of(world)
    files = await world.store.read(config_files.load)
    unheard_of = files | {"monitor.yaml": files["monitor.yaml"] + "unheard_of: yes\n"}
    await world.store.write(config_files.keep, unheard_of, world.clock)
    await world.store.write(config_generation.advance)
    with pytest.raises(StoreError, match=r"cannot be used on this machine: .*unheard_of"):
        await claim_work(worker, Room(1))
    with pytest.raises(StoreError, match="cannot be used on this machine"):
        await deliver_by(worker, MAIL)
    with pytest.raises(ConfigError):
        await stored_config(world.store, world.folder / "data")
    await world.store.write(config_files.keep, files, world.clock)
    assert (await claim_work(worker, Room(1))).feeds


async def test_a_new_reader_is_told_of_what_a_worker_had_read_by_old_rules(world: World) -> None:
    """Articles are stored by the rules in force, whoever has fetched them before the edit."""
    await world.settle()
    worker = await worker_of(world)
    world.publish(Item("harbour"), Item("weather"))
    world.write({"rules.yaml": rule_for([ANN, BOB])})
    await world.reload()
    assert worker.active.generation < world.ctx.active.generation
    await poll_by(world, worker)
    assert worker.active.generation == world.ctx.active.generation
    await world.send()
    assert [len(world.mails(reader)) for reader in (ANN, BOB)] == [1, 1]


async def test_a_new_reader_is_told_once_of_what_a_worker_stored_just_before(world: World) -> None:
    await world.settle()
    worker = await worker_of(world)
    world.publish(Item("harbour"), Item("weather"))
    await poll_by(world, worker)
    world.write({"rules.yaml": rule_for([ANN, BOB])})
    await world.reload()
    await plan_summaries(world.ctx)
    await poll_by(world, worker)
    world.later(minutes=10)
    await world.send()
    assert [len(world.mails(reader)) for reader in (ANN, BOB)] == [1, 1]


async def test_what_one_process_alone_may_do_a_worker_leaves(world: World) -> None:
    worker = await worker_of(world)
    worker.clock.latest = world.clock
    before = await world.store.read(uptime.last)
    world.later(hours=-3)
    await handle_clock_jump(worker)
    assert await world.store.read(uptime.last) == before
