"""Count how often each host of an outlet is asked at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from tests.peers.http import Outlet, Request, Route, reply


@dataclass
class BusyHosts:
    """Serves slowly, at first only so many together, and notes how often each host was asked at once."""

    outlet: Outlet
    together: int = 1
    met: asyncio.Event = field(default_factory=asyncio.Event)
    now: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    @property
    def overlapped(self) -> set[str]:
        """The hosts that were asked twice at once."""
        return {host for host, count in self.most.items() if count > 1}

    def watch(self) -> None:
        """Watch all routes that the outlet has now, and its missing robots.txt."""
        self.outlet.routes.setdefault("/robots.txt", reply(404))
        self.outlet.routes = {path: self._watched(route) for path, route in self.outlet.routes.items()}

    def _watched(self, route: Route) -> Route:
        async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
            host = request.headers["host"].partition(":")[0]
            self.now[host] += 1
            self.most[host] = max(self.most[host], self.now[host])
            if self.now[host] >= self.together:
                self.met.set()
            async with asyncio.timeout(20):
                await self.met.wait()
            for _ in range(30):
                await asyncio.sleep(0)
            self.now[host] -= 1
            return await route(request, writer)

        return serve
