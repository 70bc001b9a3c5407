"""The dead-man's address is called while the monitor works and only then; that it fails is told once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.reports.health import LATE
from monitor.run.dead_mans_switch import FAILURES_TOLD, DeadMansSwitch
from monitor.steps.claims import StoreHealth
from monitor.store import Store
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import OPERATOR, Item, World, text_of

PATH = "/ping/s3cret?token=t0ken"


async def switched_on(world: World) -> DeadMansSwitch:
    """A monitor that is to call an address, whose tick has just come through."""
    operator = f"{{to: it@desk.test, alive_url: '{world.news.url(PATH)}', alive_every: 1m}}"
    world.write({"monitor.yaml": world.settings().replace("{to: it@desk.test}", operator)})
    await world.reload()
    world.news.page(PATH, b"OK")
    return DeadMansSwitch(world.ctx, asyncio.get_running_loop().time)


async def test_it_is_called_as_often_as_the_files_say(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world:
        alive = await switched_on(world)
        for _ in range(3):
            await alive.tick()
        (call,) = world.news.asked(PATH)
        assert call.method == "GET"


async def test_it_is_not_called_while_something_does_not_work(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world:
        alive = await switched_on(world)
        await DeadMansSwitch(world.ctx, lambda: asyncio.get_running_loop().time() - 100).tick()
        world.ctx.claims.store_health = StoreHealth(unavailable_since=world.clock)
        await alive.tick()
        world.ctx.claims.store_health = StoreHealth()
        whole = world.ctx.access.network
        world.ctx.access.network = replace(whole, watched=2, suspects=frozenset({"a", "b"}))
        await alive.tick()
        world.ctx.access.network = whole
        world.publish(Item("harbour", at=world.clock))
        await world.visit()
        world.clock += LATE + timedelta(minutes=10)
        await alive.tick()
        assert world.news.asked(PATH) == []
        await world.send()
        await alive.tick()
        assert len(world.news.asked(PATH)) == 1


async def test_that_it_fails_is_told_once_without_its_secrets(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with World(tmp_path, store, Peer(), Outlet()) as world:
        alive = await switched_on(world)
        world.news.page(PATH, b"", status=500)
        for number in range(2 * FAILURES_TOLD):
            assert len(await world.incidents()) == int(number >= FAILURES_TOLD)
            await alive.tick()
        await world.send()
        world.news.page(PATH, b"OK")
        await alive.tick()
        await world.send()
        assert world.subjects(OPERATOR) == ["Trouble: alive_url", "Recovered: alive_url"]
        said = caplog.text + "".join(map(text_of, world.mails(OPERATOR))) + repr(world.ctx.active.config.settings)
        assert "status 500" in said
        assert "s3cret" not in said
        assert "t0ken" not in said
