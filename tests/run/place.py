"""Where a daemon runs in tests: a folder with files, what its outlet shows, what its mail server took."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.run.daemons import PATIENCE
from tests.steps.world import OPERATOR, RULES, SETTINGS, Item, rss


@dataclass
class Place:
    """A folder, an outlet and a mail server."""

    folder: Path
    news: Outlet
    mail: Peer

    def __post_init__(self) -> None:
        (self.folder / "config").mkdir()
        self.write("monitor.yaml", self.settings())
        self.write("rules.yaml", RULES)
        self.write("outlets.yaml", f"outlets:\n  - {{name: news, feed: {self.news.url('/rss')}, every: 1m}}\n")
        self.publish("harbour")

    def settings(self, more: str = "") -> str:
        """What monitor.yaml says, with more lines after it."""
        return SETTINGS.format(operator=OPERATOR, port=self.mail.port) + more

    def write(self, name: str, text: str) -> None:
        """Save a file of the configuration."""
        (self.folder / "config" / name).write_text(text, encoding="utf-8")

    def publish(self, *names: str) -> None:
        """Let the feed show these pieces, just published."""
        self.news.feed("/rss", rss([Item(name, at=datetime.now(UTC)) for name in names]))

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait until something around the daemon has happened."""
        async with asyncio.timeout(PATIENCE):
            while not done():  # noqa: ASYNC110 - it looks at other processes, which set no event
                await asyncio.sleep(0.02)
