"""Give back what workers held that have fallen silent: by name, exactly their own."""

from __future__ import annotations

import asyncio
import logging

from monitor.steps.context import Context
from monitor.steps.deliver import report_unanswered
from monitor.steps.event_log import log_event
from monitor.store import Connection, leases, processes
from monitor.store.processes import Process, Role
from monitor.text import counted

SILENCES = 3
"""So many times as long as a conductor may be silent may a worker: its thread beats while it waits for the database."""


class SilentWorkers:
    """Watches the beats of workers by the clock of this process, since theirs may show another time."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        # By name, the latest beat of each worker and when it was seen first.
        self._seen: dict[str, tuple[Process, float]] = {}

    async def tick(self) -> None:
        """Look once; release the claims of those that have been silent for too long."""
        now = asyncio.get_running_loop().time()
        silence = SILENCES * self._ctx.active.config.settings.keys.takeover.total_seconds()
        # A database that is away lets nobody be heard: the silence counts from when it is back.
        before, self._seen = self._seen, {}
        present = [one for one in await self._ctx.store.read(processes.listing) if one.role is Role.WORKER]
        for one in present:
            known, since = before.get(one.name, (one, now))
            self._seen[one.name] = (one, since if known == one else now)
            if known == one and now - since > silence:
                freed = await self._ctx.store.write(_release, one)
                given = f"{counted(freed, 'claim')} given back"
                await report_unanswered(self._ctx, one.name)
                log_event("workers", f"{one.name} was silent for {silence:.0f} s: {given}", logging.WARNING)


def _release(conn: Connection, worker: Process) -> int:
    # Unless it was heard since, or has ended: then its claims are its own affair.
    return leases.release_all(conn, worker.name) if processes.dismiss(conn, worker) else 0
