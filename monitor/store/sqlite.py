"""Connect to SQLite files, lock them for one writer, check them for damage and copy them while in use."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import sqlalchemy as sa

from monitor.errors import InUseError, StoreError
from monitor.store.faults import RESTORE_HINT, translated

_LOCK_TIMEOUT = 10.0  # seconds that a statement waits for another connection's lock
_STEP = 256  # pages that are copied before other connections get a turn
CHECKED_AT_START = 256 << 20
"""The largest file, in bytes, that a start checks before it begins; a larger one is checked while monitor runs."""
_MIN_VERSION = (3, 35, 0)  # RETURNING
_FIXED = {(3, 44): 6, (3, 50): 7, (3, 51): 3}  # patch releases that have the fix, too


# Without these the driver looks for an adapter of every key, truth value and NULL and swallows an error: a tenth of
# the cost of a new article.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(bool, int)
sqlite3.register_adapter(memoryview, memoryview)
sqlite3.register_adapter(type(None), lambda none: none)


def sqlite_risk(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str | None:
    """Return a warning if this SQLite library can lose commits, else None."""
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


def engines(path: Path, readers: int) -> tuple[sa.Engine, sa.Engine]:
    """Return the engine of the single writing connection and that of so many read-only ones."""
    writer = sa.create_engine("sqlite://", creator=lambda: _connect(path, "rw"), **_pool(1))
    # IMMEDIATE takes the write lock at once; a transaction that has read first may be refused it (SQLITE_BUSY).
    sa.event.listen(writer, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))
    reader = sa.create_engine("sqlite://", creator=lambda: _connect(path, "ro"), **_pool(readers))
    sa.event.listen(reader, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return writer, reader


def _pool(size: int) -> dict[str, Any]:
    return {"poolclass": sa.QueuePool, "pool_size": size, "max_overflow": 0, "hide_parameters": True}


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    conn = sqlite3.connect(
        # `isolation_level=None`: the driver begins no transaction by itself, the listeners do.
        f"{_uri(path)}?mode={mode}",
        uri=True,
        timeout=_LOCK_TIMEOUT,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    if mode != "ro":
        # For new files. An article has 2 to 4 KB, so that SQLite's usual page of 4 KB holds one, and the random keys of
        # a transaction touch nearly every page. With 16 KB a first poll makes a quarter as many writes.
        conn.execute("PRAGMA page_size=16384")
        # WAL lets readers read while the writer writes; FULL makes a commit survive a power cut.
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
        # Negative: KiB and not pages. The limit cuts a WAL that a long reader let grow back to 64 MiB.
        conn.execute("PRAGMA cache_size=-16000")
        conn.execute("PRAGMA journal_size_limit=67108864")
    return conn


def create(path: Path) -> bool:
    """Create the file and its folder where missing; return whether it is new. Raise StoreError if SQLite is too old."""
    if sqlite3.sqlite_version_info < _MIN_VERSION:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: monitor needs 3.35 or later", permanent=True)
    if path.exists() and path.stat().st_size:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    _connect(path, "rwc").close()
    return True


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was opened, identified by device and inode, since another may get its name later."""

    path: Path
    identity: tuple[int, int]

    @classmethod
    def at(cls, path: Path) -> OpenedFile:
        """Return the file that has this name now."""
        status = path.stat()
        return cls(path, (status.st_dev, status.st_ino))

    def check(self) -> None:
        """Raise StoreError where the file was removed or replaced: what is written would be lost with it."""
        try:
            same = OpenedFile.at(self.path) == self
        except OSError as error:
            raise StoreError(f"the database {self.path} is gone ({error.strerror}): {_PUT_BACK}") from error
        if not same:
            raise StoreError(f"another file stands in the place of the database {self.path}: {_PUT_BACK}")


_PUT_BACK = "put that same file back, or stop monitor, bring a copy in (`monitor restore FILE`) and start again"


class FileCheck:
    """A check of a SQLite file for damage, which can be interrupted."""

    def __init__(self, path: Path) -> None:
        self._shown = str(path)
        self._conn = _connect(path, "ro")

    def read_roots(self) -> None:
        """Read the header, the schema and the root of every table; raise sqlite3.Error where one is damaged."""
        tables = self._conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        for (name,) in tables.fetchall():
            self._conn.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - of our own schema

    def damage(self) -> str:
        """Return the first fault, or an empty text: checks every page, but not indexes against their tables."""
        return next(iter(self._lines("PRAGMA quick_check(1)")), "")

    def faults(self, most: int) -> list[str]:
        """Return up to `most` faults: checks every page, and every index against its table."""
        return self._lines(f"PRAGMA integrity_check({most})")

    def _lines(self, pragma: str) -> list[str]:
        try:
            found = [str(line) for (text,) in self._conn.execute(pragma) for line in str(text).splitlines()]
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                return [str(error)]
            with translated(self._shown):
                raise
        # "*** in database main ***" is a heading of `integrity_check`, no fault.
        return [line for line in found if line != "ok" and not line.startswith("***")]

    def has(self, table: str) -> bool:
        """Whether there is a table of that name."""
        return self._conn.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None

    def interrupt(self) -> None:
        """Interrupt a check in another thread, where it raises StoreError."""
        self._conn.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._conn.close()


def refuse_damaged(path: Path) -> None:
    """Raise StoreError for a damaged file; of one larger than CHECKED_AT_START only the tables' roots are read."""
    with closing(FileCheck(path)) as check, translated(str(path)):
        if path.stat().st_size > CHECKED_AT_START:
            check.read_roots()
            return
        if damage := check.damage():
            raise StoreError(f"the database {path} is damaged ({damage}): {RESTORE_HINT}", permanent=True)


class FileLock:
    """The right to write to one SQLite file: locks on it and on `<file>.lock`, which end with the process.

    The lock file exists before the database and names the holder, but somebody may delete it; a deleted database is
    noticed by every transaction.
    """

    def __init__(self, path: Path) -> None:
        self._database = path
        self._path = path.with_name(path.name + ".lock")
        self._file: IO[str] | None = None
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take the locks; raise StoreError that names the holder where another process has them."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        self._file = file
        if not _try_lock(file.fileno()):
            file.seek(0)
            holder = file.read(20).strip()
            self.drop()
            raise InUseError(f"lock {self._path}", holder)
        if self._database.exists():
            self.take_file()
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()

    def take_file(self) -> None:
        """Take the lock on the database file, once it exists; drop it only after the last connection is closed.

        SQLite locks ranges of the file (fcntl), which this lock (flock) does not touch; but closing any descriptor of
        the file releases all ranges of the process. Raises StoreError where another process has the lock.
        """
        if self._descriptor is None:
            self._descriptor = os.open(self._database, os.O_RDONLY)
        if not _try_lock(self._descriptor):
            self.drop()
            raise InUseError(f"{self._path} was deleted under it", "")

    def drop(self) -> None:
        """Release the locks; the files stay, since removing one would let two processes lock different files."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._file is not None:
            self._file.close()
            self._file = None


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


Heartbeat = Callable[[], None]
"""Called several times a second by a long operation; what it raises ends the operation."""


def copy_file(source: Path, target: Path, heartbeat: Heartbeat = lambda: None) -> None:
    """Copy a database file that may be in use, consistently; the target gets its name when it is complete."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    part.touch()
    shutil.copymode(source, part)
    with translated(str(source)):
        reading, writing = _connect(source, "ro"), sqlite3.connect(part, isolation_level=None)
        try:
            # A read transaction holds one state; without it every commit meanwhile would restart the copy.
            reading.execute("BEGIN")
            # BEGIN alone takes no snapshot; the first read does (sqlite.org/lang_transaction.html).
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            reading.backup(writing, pages=_STEP, progress=lambda *_: heartbeat(), sleep=0)
            writing.execute("PRAGMA journal_mode=DELETE")
        finally:
            writing.close()
            reading.close()
    replace_durably(part, target)


def remove_wal(path: Path) -> None:
    """Turn a database that nobody uses into a single file without WAL, which can be read from a read-only disk."""
    with translated(str(path)), closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode=DELETE")


def read_meta_value(path: Path, key: str) -> str:
    """Return a value of `meta` in such a file, or an empty text; reads that file only and creates none beside it."""
    try:
        with closing(sqlite3.connect(f"{_uri(path)}?mode=ro&immutable=1", uri=True)) as conn:
            row = conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def _uri(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}"


def replace_durably(part: Path, target: Path) -> None:
    """Rename a finished file to its name so that a power cut leaves either the old or the new one."""
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
