"""Watch that no host is asked twice at once, whatever for: feeds, pages, robots.txt, and where redirects lead."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.peers.http import Outlet, Request

LONGEST = 0.03
"""Seconds that an answer takes at most: as long as others could come meanwhile."""


@dataclass
class HostWatch:
    """Notes in `overlaps` each request to a host where another one is being answered whose client is still there."""

    chance: random.Random
    overlaps: list[str] = field(default_factory=list)
    requests: int = 0
    _inside: dict[str, list[tuple[Request, asyncio.StreamReader]]] = field(default_factory=dict)

    @asynccontextmanager
    async def answering(self, request: Request, reader: asyncio.StreamReader) -> AsyncIterator[None]:
        """Take a moment to answer a request; `reader` ends with its client."""
        host = request.headers.get("host", "")
        inside = self._inside.setdefault(host, [])
        # A process that was killed asks nobody any more, although what it asked for is still being answered.
        others = [other.path for other, client in inside if not (client.at_eof() or client.exception())]
        self.overlaps += [f"{host} was asked for {request.path} while it was asked for {path}" for path in others]
        self.requests += 1
        inside.append((request, reader))
        try:
            await asyncio.sleep(self.chance.uniform(0, LONGEST))
            yield
        finally:
            inside.remove((request, reader))


@dataclass
class WatchedOutlet(Outlet):
    """An outlet whose every request is watched."""

    watch: HostWatch = field(default_factory=lambda: HostWatch(random.Random(0)))

    async def respond(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request after a moment."""
        async with self.watch.answering(request, reader):
            return await super().respond(request, reader, writer)
