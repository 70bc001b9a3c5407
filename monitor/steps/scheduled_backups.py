"""Backups by themselves, as `backup:` says: each read again and found whole before an older one goes."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime, timedelta

from monitor.alerts import next_slot
from monitor.config import Backup
from monitor.errors import StoreError
from monitor.steps.context import Context, log_event
from monitor.steps.incident_mails import BACKUP
from monitor.steps.incidents import report, settle
from monitor.steps.threads import in_thread
from monitor.store import backup_records, backup_restore
from monitor.store.backup_records import BackupRecord

AGAIN_AFTER = timedelta(hours=1)
"""How long after a failure another attempt is made."""
_SPARE = 1.2
"""Times the size of the database that must be free: a disk that a backup fills stops everything else, too."""


class ScheduledBackups:
    """Makes a backup when its slot has come, or was missed, or none was ever made."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._failed: datetime | None = None

    async def tick(self) -> bool:
        """Make a backup if it is time to; return whether one was made. Raises StoreError where nothing can be noted."""
        wanted, now = self._ctx.config.settings.backup, self._ctx.now()
        if wanted is None or (self._failed and timedelta() <= now - self._failed < AGAIN_AFTER):
            return False
        last = await self._ctx.store.read(backup_records.last)
        if last and not is_due(wanted, last.at, self._ctx.config.settings.timezone, now):
            return False
        try:
            made = await self._made(wanted, now)
        except StoreError as error:
            self._failed = now
            await report(self._ctx, BACKUP, BACKUP, f"no backup could be made: {error}")
            return False
        self._failed = None
        await self._ctx.store.write(backup_records.note, made)
        log_event("backup", f"{made.path} ({made.size:,} bytes), read again and whole")
        await settle(self._ctx, [BACKUP])
        return True

    async def _made(self, wanted: Backup, now: datetime) -> BackupRecord:
        store, path, stopped = self._ctx.store, wanted.to / backup_records.name(now), threading.Event()

        def pulse() -> None:
            if stopped.is_set():
                raise StoreError("broken off by a stop")

        def make() -> int:
            try:
                wanted.to.mkdir(parents=True, exist_ok=True, mode=0o700)
                if path.exists():
                    raise StoreError(f"{path} is there already: give each monitor a folder of its own")
                needed = store.place.path.stat().st_size * _SPARE if store.place.path else 0
                if (free := shutil.disk_usage(wanted.to).free) < needed:
                    raise StoreError(f"{wanted.to} has {free:,} bytes left and needs {needed:,.0f}")
                size = backup_restore.backup(store, path, pulse)
                backup_records.prune(path, wanted.keep)
            except OSError as error:
                raise StoreError(f"{wanted.to} cannot be used: {error}") from error
            return size

        return BackupRecord(now, str(path), await in_thread(make, stopped.set))


def is_due(wanted: Backup, last: datetime, timezone: str, now: datetime) -> bool:
    """Whether a slot has passed since the last backup; one from the future was made while the clock was ahead."""
    return last > now or next_slot(wanted.at, timezone, last) <= now
