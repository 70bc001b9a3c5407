"""The surroundings of a daemon: files, an outlet and a mail server on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.run.place import Place


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """A folder that a daemon can run on: one outlet with a story, one rule, one reader."""
    with Peer() as mail:
        async with Outlet() as news:
            yield Place(tmp_path, news, mail)
