"""Faults: mails that did not leave, or left wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import getaddresses
from pathlib import Path

import yaml

from monitor.steps.troubles import report
from monitor.store import Store
from tests.faults.check import Check
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import Item, World


@asynccontextmanager
async def _world(folder: Path, **mail: object) -> AsyncIterator[World]:
    """A daemon's world on SQLite, with a mail server that is given to it."""
    with Store.open(folder / "monitor.db") as store:
        async with World(folder, store, Peer(**mail), Outlet()) as world:  # type: ignore[arg-type]
            yield world


async def two_operators(folder: Path, tmp_path: Path) -> None:
    """The mail leaves, an answer reaches both, and both get the notices."""
    operators = yaml.safe_load((folder / "monitor.yaml").read_text())["operator"]["to"]
    async with _world(tmp_path) as world:
        world.write({"monitor.yaml": world.settings().replace("it@desk.test", f"[{', '.join(operators)}]")})
        await world.reload()
        await world.settle()
        world.publish(Item("harbour"), Item("weather"))
        await world.visit()
        await report(world.ctx, "disk", "storage", "the disk is full")
        await world.send()
        (mail,) = world.mails()
        assert [address for _, address in getaddresses([mail["Reply-To"]])] == operators
        assert [world.subjects(one) for one in operators] == [["Trouble: storage"]] * len(operators)
        assert {one.state.value for one in await world.deliveries()} == {"sent"}


CHECKS: dict[str, Check] = {"two-operators": two_operators}
