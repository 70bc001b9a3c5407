"""Backups made while the daemon runs, and databases brought back from them without sending anything twice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import config_files, copying, delivery_admin, fulltext_queue, leases, sqlite, uptime
from monitor.store.engine import Store
from monitor.store.faults import translated
from monitor.store.place import Place
from monitor.store.tables import articles, feeds

_ASIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: deliveries now held, feeds to be read anew, and where the database before it went."""

    held: int
    feeds: int
    aside: Path | None


def backup(store: Store, path: Path, pulse: sqlite.Pulse = lambda: None) -> int:
    """Write a consistent copy of a database in use as one SQLite file, and return its size in bytes.

    It appears under its name, for its owner only, when it was read again and found whole.
    """
    if store.place.path and path.exists() and path.samefile(store.place.path):
        raise StoreError(f"{path} is the database itself: give another file for the backup", permanent=True)
    if path.is_dir():
        raise StoreError(f"{path} is a folder: give the name of a file in it", permanent=True)
    with store.reading() as conn:
        # Another monitor may write beside this one, to a file of the same name.
        whose = config_files.get_value(conn, "installation")[:8]
    staged = path.with_name(f"{path.name}.unfinished{'.' if whose else ''}{whose}")
    with translated(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            _write(store, staged, pulse)
            staged.chmod(0o600)
            _examine(staged)
            pulse()
            sqlite.settle(staged, path)
            return path.stat().st_size
        finally:
            _discard(staged)


def _write(store: Store, path: Path, pulse: sqlite.Pulse) -> None:
    if store.place.path:
        sqlite.copy_file(store.place.path, path, pulse)
        return
    part = path.with_name(path.name + ".part")
    _discard(part)
    with Store.open(part) as target:
        copying.copy_tables(store, target, lambda _table, _rows: pulse())
    sqlite.seal(part)
    sqlite.settle(part, path)
    _discard(part)


def restore(source: Path, where: str | Path, now: datetime) -> Restored:
    """Bring a backup back into a SQLite file or an empty PostgreSQL database, while no daemon runs on it.

    What waited is held until somebody releases or drops it, since the lost days may have sent it; every feed is polled
    as if for the first time, so that what happened meanwhile makes a summary and not a burst.
    """
    _examine(source)
    place = Place.of(where)
    if place.path is None:
        return _into_postgres(source, place, str(where), now)
    lock = sqlite.FileLock(place.path)
    lock.take()
    try:
        staged = place.path.with_name(place.path.name + ".restoring")
        try:
            held, polled = _stage(source, staged, now)
            aside = _put_aside(place.path, now)
            sqlite.settle(staged, place.path)
        finally:
            _discard(staged)
        return Restored(held, polled, aside)
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


def _examine(source: Path) -> None:
    """Raise StoreError unless this is a sound file with a database of monitor in it."""
    if not source.is_file():
        raise StoreError(f"there is no backup {source}", permanent=True)
    with translated(str(source)), closing(sqlite.Look(source)) as look:
        if damage := look.damage():
            raise StoreError(f"the backup {source} is damaged ({damage}): take another one", permanent=True)
        if not look.has("alembic_version"):
            what = "not a database of monitor" if source.stat().st_size else "empty"
            raise StoreError(f"{source} is {what}: give a file that `monitor backup` wrote", permanent=True)


def _stage(source: Path, staged: Path, now: datetime) -> tuple[int, int]:
    """Make the restored database beside its place, ready to be used, so that no daemon ever meets it half done."""
    _discard(staged)
    sqlite.copy_file(source, staged)
    # A backup may be read-only, by itself or by its disk.
    staged.chmod(staged.stat().st_mode | 0o600)
    with Store.open(staged) as store, store.begin() as conn:
        copying.undo(conn)
        leases.release_all(conn)
        uptime.end(conn)
        batch_id = f"restore {now.isoformat()}"
        fulltext_queue.set_batch(conn, batch_id)
        held = delivery_admin.hold_all(conn, f"restored {now:%Y-%m-%d %H:%M} UTC: perhaps sent since the backup")
        fresh = {"batch_id": batch_id, "due_at": now, "failures": 0}
        polled = conn.execute(sa.update(feeds).where(feeds.c.active).values(**fresh)).rowcount
    return held, polled


def _put_aside(path: Path, now: datetime) -> Path | None:
    """Move the present database, with what belongs to it, out of the way."""
    aside = path.with_name(f"{path.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    existed = path.exists()
    for tail in _ASIDE:
        part = path.with_name(path.name + tail)
        if part.exists():
            part.rename(aside.with_name(aside.name + tail))
    return aside if existed else None


def _discard(staged: Path) -> None:
    for leftover in list(staged.parent.iterdir()):
        if leftover.name.startswith(staged.name):
            leftover.unlink()
