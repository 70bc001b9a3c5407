"""Make backups while the daemon runs, and restore them so that no mail is sent twice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import config_files, copying, delivery_admin, fulltext_queue, leases, processes, sqlite, uptime
from monitor.store.engine import Store
from monitor.store.faults import translated
from monitor.store.place import Place
from monitor.store.tables import articles, feeds

# The write-ahead log and its index belong to the file: without them commits would be lost (sqlite.org/wal.html).
_FILE_SUFFIXES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore: deliveries now held, feeds due, and where the `former` database was moved to."""

    held: int
    feeds: int
    former: Path | None


def backup(store: Store, path: Path, check_stopped: sqlite.Heartbeat = lambda: None) -> int:
    """Write a consistent copy of a database in use as one SQLite file; return its size in bytes.

    It gets its name once it was read again and found whole, and only its owner can read it. Raises StoreError.
    """
    if store.place.path and path.exists() and path.samefile(store.place.path):
        raise StoreError(f"{path} is the database itself: give another file for the backup", permanent=True)
    if path.is_dir():
        raise StoreError(f"{path} is a folder: give the name of a file in it", permanent=True)
    with store.reading() as conn:
        # Another installation may back up to the same folder at the same second.
        whose = config_files.get_value(conn, "installation")[:8]
    staged = path.with_name(f"{path.name}.unfinished{'.' if whose else ''}{whose}")
    with translated(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            _write(store, staged, check_stopped)
            staged.chmod(0o600)
            _check(staged)
            check_stopped()
            sqlite.replace_durably(staged, path)
            return path.stat().st_size
        finally:
            _discard(staged)


def _write(store: Store, path: Path, check_stopped: sqlite.Heartbeat) -> None:
    if store.place.path:
        sqlite.copy_file(store.place.path, path, check_stopped)
        return
    part = path.with_name(path.name + ".part")
    _discard(part)
    with Store.open(part) as target:
        copying.copy_tables(store, target, lambda _table, _rows: check_stopped())
    sqlite.remove_wal(part)
    sqlite.replace_durably(part, path)
    _discard(part)


def restore(source: Path, where: str | Path, now: datetime) -> Restored:
    """Restore a backup into a SQLite file or an empty PostgreSQL database while no daemon runs on it.

    Waiting deliveries are held until somebody releases or drops them, since they may have been sent after the backup.
    Every feed is polled as if for the first time, so that later articles make one summary. Raises StoreError.
    """
    _check(source)
    place = Place.of(where)
    if place.path is None:
        return _into_postgres(source, place, str(where), now)
    lock = sqlite.FileLock(place.path)
    lock.take()
    try:
        staged = place.path.with_name(place.path.name + ".restoring")
        try:
            held, polled = _stage(source, staged, now)
            former = _move_aside(place.path, now)
            sqlite.replace_durably(staged, place.path)
        finally:
            _discard(staged)
        return Restored(held, polled, former)
    finally:
        lock.drop()


def _into_postgres(source: Path, place: Place, where: str, now: datetime) -> Restored:
    staged = source.with_name(source.name + ".restoring")
    with Store.open(where, daemon=True) as target:
        with target.reading() as conn:
            if any(conn.execute(sa.select(key).limit(1)).first() for key in (feeds.c.id, articles.c.id)):
                raise StoreError(f"{place} holds data already: restore into an empty database", permanent=True)
        try:
            held, polled = _stage(source, staged, now)
            with Store.open(staged, read_only=True) as copy:
                copying.copy_tables(copy, target)
        finally:
            _discard(staged)
    return Restored(held, polled, None)


def _check(source: Path) -> None:
    """Raise StoreError unless this file is an undamaged database of monitor."""
    if not source.is_file():
        raise StoreError(f"there is no backup {source}", permanent=True)
    with translated(str(source)), closing(sqlite.FileCheck(source)) as check:
        if damage := check.damage():
            raise StoreError(f"the backup {source} is damaged ({damage}): take another one", permanent=True)
        if not check.has("alembic_version"):
            what = "not a database of monitor" if source.stat().st_size else "empty"
            raise StoreError(f"{source} is {what}: give a file that `monitor backup` wrote", permanent=True)


def _stage(source: Path, staged: Path, now: datetime) -> tuple[int, int]:
    """Make the restored database in a file of its own, complete, so that no daemon ever opens an unfinished one."""
    _discard(staged)
    sqlite.copy_file(source, staged)
    # The backup file may be read-only.
    staged.chmod(staged.stat().st_mode | 0o600)
    with Store.open(staged) as store, store.begin() as conn:
        copying.remove_marks(conn)
        leases.release_all(conn)
        uptime.close_latest(conn)
        processes.forget_all(conn)
        batch_id = f"restore {now.isoformat()}"
        fulltext_queue.set_batch(conn, batch_id)
        held = delivery_admin.hold_all(conn, f"restored {now:%Y-%m-%d %H:%M} UTC: perhaps sent since the backup")
        fresh = {"batch_id": batch_id, "due_at": now, "failures": 0}
        polled = conn.execute(sa.update(feeds).where(feeds.c.active).values(**fresh)).rowcount
    return held, polled


def _move_aside(path: Path, now: datetime) -> Path | None:
    """Move the present database and its log files to another name; None where there was none."""
    former = path.with_name(f"{path.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    existed = path.exists()
    for suffix in _FILE_SUFFIXES:
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(former.with_name(former.name + suffix))
    return former if existed else None


def _discard(staged: Path) -> None:
    for leftover in list(staged.parent.iterdir()):
        if leftover.name.startswith(staged.name):
            leftover.unlink()
