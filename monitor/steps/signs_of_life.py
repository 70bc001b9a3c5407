"""Say again and again that the monitor runs, and what this process did in the last hour."""

from __future__ import annotations

import asyncio
from collections import deque

from monitor.steps.context import Context
from monitor.steps.work import Work
from monitor.store import Connection, processes, uptime
from monitor.store.processes import Done

_HOUR = 3600.0


class SignsOfLife:
    """What this process has done by each of its signs of life of the last hour."""

    def __init__(self, ctx: Context, work: Work) -> None:
        self._ctx = ctx
        self._work = work
        self._before = deque([(asyncio.get_running_loop().time(), Done())])

    async def beat(self) -> None:
        """Record a sign of life."""
        await self._ctx.store.write(self._record, self._in_last_hour(asyncio.get_running_loop().time()))

    def _record(self, conn: Connection, done: Done) -> None:
        # While any of its processes runs the monitor does: workers poll on where nobody conducts.
        uptime.beat(conn, self._ctx.clock.now())
        if self._ctx.store.is_postgres:
            processes.count(conn, self._ctx.claims.worker, done)

    def _in_last_hour(self, now: float) -> Done:
        present = self._work.done()
        while len(self._before) > 1 and self._before[1][0] <= now - _HOUR:
            self._before.popleft()
        self._before.append((now, present))
        then = self._before[0][1]
        return Done(present.polls - then.polls, present.pages - then.pages, present.messages - then.messages)
