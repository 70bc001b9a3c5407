"""The world that the tests of this room share, once on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.store import Store
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import READERS, World


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """A daemon's world right after its start: one outlet at `/rss`, one rule, one reader, nothing polled yet."""
    async with World(tmp_path, store, Peer(), Outlet()) as made:
        yield made


@pytest.fixture
async def news(world: World) -> World:
    """A world in which one story waits to be told to two readers."""
    return await world.wait_for(*READERS[:2])
