"""Read the whole SQLite file every week, so that the operator hears of damage while there are good backups."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta

from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.incident_mails import DATABASE
from monitor.steps.incidents import report, settle
from monitor.steps.threads import in_thread
from monitor.store import integrity

DAMAGE = "damage"
EVERY = timedelta(days=7)


class DatabaseCheck:
    """Checks a SQLite file soon after a start, since the start checks only small files, and then every week."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._last: datetime | None = None

    async def tick(self) -> bool:
        """Check the file when that is due; return whether it was checked. Raises StoreError where it cannot be read."""
        now, path = self._ctx.clock.now(), self._ctx.store.place.path
        # A check in the future was made before the clock was set back.
        if path is None or (self._last and timedelta() <= now - self._last < EVERY):
            return False
        with closing(integrity.FileCheck(path)) as look:
            damage = await in_thread(look.damage, look.interrupt)
        if damage:
            text = f"the database {path} is damaged ({damage}): stop monitor and bring a backup in"
            await report(self._ctx, DAMAGE, DATABASE, f"{text} (`monitor restore FILE`)")
        else:
            log_event("database", f"{path} was read from end to end: it is whole")
            await settle(self._ctx, [DAMAGE])
        self._last = now
        return True
