"""What only SQLite does: connections in WAL, the lock beside the file, copies of a file in use."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store.faults import translated

_PATIENCE = 10.0  # seconds that a statement waits for another connection's lock
_READERS = 4
_STEP = 256  # pages copied before others get a turn
_OLDEST = (3, 35, 0)  # RETURNING
_FIXED = {(3, 44): 6, (3, 50): 7, (3, 51): 3}  # where the repair was carried back


# Without these the driver asks every key and every NULL for a way to adapt itself, which ends in an error that it
# forgets: a tenth of what a new article costs.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(memoryview, memoryview)
sqlite3.register_adapter(type(None), lambda none: none)


def sqlite_risk(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str | None:
    """Say what is wrong with the SQLite library at hand if it can lose commits, else None."""
    repaired = _FIXED.get(version[:2])
    safe = version < (3, 7, 0) or version >= (3, 51, 3) or (repaired is not None and version[2] >= repaired)
    if safe:
        return None
    spelled = ".".join(str(part) for part in version)
    return (
        f"SQLite {spelled} can lose committed data when two connections write and checkpoint at the same moment "
        "(3.7.0 to 3.51.2). monitor writes with one connection only; let no other program write to its database, "
        "or use a Python with SQLite 3.51.3 or later"
    )


def engines(path: Path) -> tuple[sa.Engine, sa.Engine]:
    """Return the engine of the one writing connection and that of the read-only ones."""
    writer = sa.create_engine("sqlite://", creator=lambda: _connect(path, "rw"), **_pool(1))
    sa.event.listen(writer, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))
    reader = sa.create_engine("sqlite://", creator=lambda: _connect(path, "ro"), **_pool(_READERS))
    sa.event.listen(reader, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return writer, reader


def _pool(size: int) -> dict[str, Any]:
    return {"poolclass": sa.QueuePool, "pool_size": size, "max_overflow": 0, "hide_parameters": True}


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    conn = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    if mode != "ro":
        # Of a new file only. Articles have 2 to 4 KB each: pages of SQLite's usual 4 KB hold one, and the random keys
        # of a transaction touch nearly all of theirs. With these a first poll makes a quarter as many writes.
        conn.execute("PRAGMA page_size=16384")
        # WAL lets readers read while the writer writes; FULL makes a commit outlive a power cut.
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute("PRAGMA cache_size=-16000")
        conn.execute("PRAGMA journal_size_limit=67108864")
    return conn


def create(path: Path) -> bool:
    """Make the file and its folder where there are none; return whether it is new. Refuse too old a SQLite."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: monitor needs 3.35 or later", permanent=True)
    if path.exists() and path.stat().st_size:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    _connect(path, "rwc").close()
    return True


@dataclass(frozen=True, slots=True)
class Opened:
    """The file that was opened, known again by device and inode whatever stands under its name later."""

    path: Path
    identity: tuple[int, int]

    @classmethod
    def at(cls, path: Path) -> Opened:
        """Look at the file that is there now."""
        status = path.stat()
        return cls(path, (status.st_dev, status.st_ino))

    def check(self) -> None:
        """Raise StoreError where the file is gone or is another one: what is written would be lost with it."""
        try:
            same = Opened.at(self.path) == self
        except OSError as error:
            raise StoreError(f"the database {self.path} is gone ({error.strerror}): {_PUT_BACK}") from error
        if not same:
            raise StoreError(f"another file stands in the place of the database {self.path}: {_PUT_BACK}")


_PUT_BACK = "put that same file back, or stop monitor, bring a copy in (`monitor restore FILE`) and start again"


class FileLock:
    """The right to write to one SQLite file: a lock on `<file>.lock` that the system drops when the process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock or raise StoreError that names who holds it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read(20).strip()
            file.close()
            raise StoreError(_taken(self._path, holder), permanent=True) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def drop(self) -> None:
        """Give the lock back; the file stays, since removing it would let two processes lock different files."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _taken(path: Path, holder: str) -> str:
    who = f"process {holder}" if holder.isdigit() else "another process"
    return (
        f"{who} already writes to this database (lock {path}): stop it first (`kill {holder or 'PID'}`), "
        "or give this one another folder with --data"
    )


def copy_file(source: Path, target: Path) -> None:
    """Copy a database file that may be in use, consistently; the target appears only when it is whole."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    part.touch()
    shutil.copymode(source, part)
    with translated(str(source)):
        reading, writing = _connect(source, "ro"), sqlite3.connect(part, isolation_level=None)
        try:
            # A read transaction pins one state; otherwise every commit meanwhile would start the copy again.
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            reading.backup(writing, pages=_STEP, sleep=0)
            writing.execute("PRAGMA journal_mode=DELETE")
        finally:
            writing.close()
            reading.close()
    settle(part, target)


def settle(part: Path, target: Path) -> None:
    """Put a finished file in its place so that a power cut leaves the old one or the new one."""
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    part.replace(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
