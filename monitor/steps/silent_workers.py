"""Dismiss processes that fell silent, tell the operator, and give back what they held: exactly their own.

All watch each other, so that nothing rests with a conductor that is gone for good either, nor with a worker where
nobody conducts. The first one that notices does it; whoever was only stopped finds its row gone, and begins anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence, Set
from datetime import timedelta

from monitor.steps.context import Context
from monitor.steps.deliver import report_unanswered
from monitor.steps.event_log import log_event
from monitor.steps.incident_mails import SILENT_PROCESS
from monitor.steps.incidents import report, settle
from monitor.store import Connection, incident_records, leases, processes
from monitor.store.incident_records import Incident
from monitor.store.processes import Process, Role
from monitor.text import counted

SILENCES = 3
"""After so many times as long as a standby waits for it, a process is given up: its thread beats whatever it does."""
_STOOD_STILL = 15.0
"""Seconds between two looks after which this process itself was stopped, or its machine slept: it has heard nobody."""
_KEPT = timedelta(days=1)
"""How long an incident waits to hear of its process again: one in a container comes back by another name."""
_KEY = "process:"
_WAS = {Role.CONDUCTOR: "conducted", Role.WORKER: "worked", Role.STANDBY: "stood by"}


class SilentWorkers:
    """Watches all others, also who stands by, by the clock of this process, since theirs may show another time."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        # By name, the latest beat of each process and when it was seen first; and when this one looked last.
        self._seen: dict[str, tuple[Process, float]] = {}
        self._looked = 0.0

    async def tick(self) -> None:
        """Look once; dismiss those that have been silent for too long, and release their claims."""
        now = asyncio.get_running_loop().time()
        silence = SILENCES * self._ctx.active.config.settings.keys.takeover.total_seconds()
        # A database that is away lets nobody be heard: the silence counts from when it is back.
        before, self._seen = self._seen if now - self._looked < _STOOD_STILL else {}, {}
        self._looked = now
        listed, incidents = await self._ctx.store.read(_read)
        for one in listed:
            known, since = before.get(one.name, (one, now))
            self._seen[one.name] = (one, since if known == one else now)
            if one.worker != self._ctx.claims.worker and known == one and now - since > silence:
                await self._dismiss(one, silence)
        # Who was dismissed and is entered has come back.
        await self._end(incidents, {one.name for one in listed})

    async def _dismiss(self, one: Process, silence: float) -> None:
        freed = await self._ctx.store.write(_release, one)
        if freed is None:
            return
        await report_unanswered(self._ctx, one.worker)
        was = _WAS[one.role]
        given = f": {counted(freed, 'claim')} given back" if one.role is not Role.STANDBY else ""
        log_event("workers", f"{one.name} was silent for {silence:.0f} s{given}", logging.WARNING)
        text = f"{one.name} (process {one.pid}), which {was}, fell silent without a goodbye"
        await report(self._ctx, f"{_KEY}{one.name}", SILENT_PROCESS, text)

    async def _end(self, incidents: Sequence[Incident], heard: Set[str]) -> None:
        """End the incidents of those that were heard again, and in silence those that are too old to hope for it."""
        now = self._ctx.clock.now()
        if again := [one.key for one in incidents if one.key.removeprefix(_KEY) in heard]:
            await settle(self._ctx, again)
        if old := [one.key for one in incidents if one.key not in again and now - one.opened_at > _KEPT]:
            await self._ctx.store.write(incident_records.dismiss, old, now)


def _read(conn: Connection) -> tuple[list[Process], list[Incident]]:
    """Return who is entered, and the incidents of those that fell silent before."""
    return processes.listing(conn), [one for one in incident_records.unclosed(conn) if one.kind == SILENT_PROCESS]


def _release(conn: Connection, silent: Process) -> int | None:
    """Dismiss a process; return how many claims it held, None where it is not to be dismissed."""
    # It was heard since, or has ended: then its claims are its own affair.
    return leases.release_all(conn, silent.worker) if processes.dismiss(conn, silent) else None
