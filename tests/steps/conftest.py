"""The world that the tests of this room share, once on each database, and once for a worker beside the conductor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from monitor.store import Store
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import READERS, World

WORKERS_ROAD = (
    *("deliver", "feed_moves", "held_edits", "host_rounds", "ingest", "network_outage", "page_requests", "poll"),
    *("poller", "read_page", "rule_verdicts", "sitemap_filling", "told_edits"),
)
"""The steps that workers take, too: their tests run a second time on PostgreSQL, where a worker takes them."""
OF_WORKERS = ("config_in_force", "step_aside")
"""What workers alone do: a file has none."""
WORKER = "postgresql, a worker"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Name the databases of a test; on a worker's road a worker takes it, too, unless one process alone does."""
    if "store" not in metafunc.fixturenames:
        return
    room = metafunc.module.__name__.rpartition(".test_")[2]
    is_shared = room in WORKERS_ROAD and not metafunc.definition.get_closest_marker("of_conductor")
    kinds = ["postgresql"] if room in OF_WORKERS else ["sqlite", "postgresql"]
    kinds += [WORKER] if is_shared and "world" in metafunc.fixturenames else []
    metafunc.parametrize("store", kinds, indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest, make_store: Callable[[str], Store]) -> Store:
    """An empty database, once of each kind."""
    return make_store(request.param.partition(",")[0])


@pytest.fixture
async def world(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """A daemon's world right after its start: one outlet at `/rss`, one rule, one reader, nothing polled yet."""
    is_worker = getattr(request.node, "callspec", None) and request.node.callspec.params.get("store") == WORKER
    async with World(tmp_path, store, Peer(), Outlet(), as_worker=bool(is_worker)) as made:
        yield made


@pytest.fixture
async def news(world: World) -> World:
    """A world in which one story waits to be told to two readers."""
    return await world.wait_for(*READERS[:2])
