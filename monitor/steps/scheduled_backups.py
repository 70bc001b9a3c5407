"""Make the backups that `backup:` schedules; each is read again and found whole before an older one is deleted."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime, timedelta

from monitor.alerts import next_slot
from monitor.config import Backup
from monitor.errors import StoreError
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.incident_mails import BACKUP
from monitor.steps.incidents import report, settle
from monitor.steps.threads import in_thread
from monitor.store import backup_records, backup_restore
from monitor.store.backup_records import BackupRecord

AGAIN_AFTER = timedelta(hours=1)
"""How long after a failure the next attempt is made."""
_SPACE_FACTOR = 1.2
"""Free space needed, as a multiple of the database's size: a backup that fills the disk would stop everything else."""


class ScheduledBackups:
    """Makes a backup when its slot has come or was missed, or when none was ever made."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._failed_at: datetime | None = None

    async def tick(self) -> bool:
        """Make a backup when it is due; return whether one was made. Raises StoreError where it cannot be recorded."""
        schedule, now = self._ctx.active.config.settings.backup, self._ctx.clock.now()
        # A failure in the future was noted before the clock was set back.
        if schedule is None or (self._failed_at and timedelta() <= now - self._failed_at < AGAIN_AFTER):
            return False
        last = await self._ctx.store.read(backup_records.last)
        if last and not is_due(schedule, last.at, self._ctx.active.config.settings.timezone, now):
            return False
        try:
            made = await self._make(schedule, now)
        except StoreError as error:
            self._failed_at = now
            await report(self._ctx, BACKUP, BACKUP, f"no backup could be made: {error}")
            return False
        self._failed_at = None
        await self._ctx.store.write(backup_records.note, made)
        log_event("backup", f"{made.path} ({made.size:,} bytes), read again and whole")
        await settle(self._ctx, [BACKUP])
        return True

    async def _make(self, schedule: Backup, now: datetime) -> BackupRecord:
        store, path, stopped = self._ctx.store, schedule.to / backup_records.name(now), threading.Event()

        def check_stopped() -> None:
            if stopped.is_set():
                raise StoreError("broken off by a stop")

        def make() -> int:
            try:
                schedule.to.mkdir(parents=True, exist_ok=True, mode=0o700)
                if path.exists():
                    raise StoreError(f"{path} is there already: give each monitor a folder of its own")
                needed = store.place.path.stat().st_size * _SPACE_FACTOR if store.place.path else 0
                if (free := shutil.disk_usage(schedule.to).free) < needed:
                    raise StoreError(f"{schedule.to} has {free:,} bytes left and needs {needed:,.0f}")
                size = backup_restore.backup(store, path, check_stopped)
                backup_records.prune(path, schedule.keep)
            except OSError as error:
                raise StoreError(f"{schedule.to} cannot be used: {error}") from error
            return size

        return BackupRecord(now, str(path), await in_thread(make, stopped.set))


def is_due(schedule: Backup, last: datetime, timezone: str, now: datetime) -> bool:
    """Whether a slot has passed since the last backup, or that is from the future: the clock was ahead then."""
    return last > now or next_slot(schedule.at, timezone, last) <= now
