"""What only SQLite does: connections in WAL, the lock beside the file, copies of a file in use."""

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

from monitor.errors import StoreError
from monitor.store.faults import RESTORE_HINT, translated

_PATIENCE = 10.0  # seconds that a statement waits for another connection's lock
_READERS = 4
_STEP = 256  # pages copied before others get a turn
EXAMINED_AT_ONCE = 256 << 20
"""Bytes of a file that a start reads from end to end before it begins; of a larger one, beside its work."""
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
        f"{_address(path)}?mode={mode}",
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
class OpenedFile:
    """The file that was opened, known again by device and inode whatever stands under its name later."""

    path: Path
    identity: tuple[int, int]

    @classmethod
    def at(cls, path: Path) -> OpenedFile:
        """Look at the file that is there now."""
        status = path.stat()
        return cls(path, (status.st_dev, status.st_ino))

    def check(self) -> None:
        """Raise StoreError where the file is gone or is another one: what is written would be lost with it."""
        try:
            same = OpenedFile.at(self.path) == self
        except OSError as error:
            raise StoreError(f"the database {self.path} is gone ({error.strerror}): {_PUT_BACK}") from error
        if not same:
            raise StoreError(f"another file stands in the place of the database {self.path}: {_PUT_BACK}")


_PUT_BACK = "put that same file back, or stop monitor, bring a copy in (`monitor restore FILE`) and start again"


class Look:
    """An examination of a file, which reads it from end to end and can be broken off."""

    def __init__(self, path: Path) -> None:
        self._shown = str(path)
        self._conn = _connect(path, "ro")

    def touch(self) -> None:
        """Read the header, the schema and the root of every table; raise where one is damaged."""
        tables = self._conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        for (name,) in tables.fetchall():
            self._conn.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - of our own schema

    def damage(self) -> str:
        """Return the first thing found wrong, or nothing: every page, but not what indexes say of their tables."""
        return next(iter(self._lines("PRAGMA quick_check(1)")), "")

    def faults(self, most: int) -> list[str]:
        """Return up to so many things found wrong, comparing every index with its table."""
        return self._lines(f"PRAGMA integrity_check({most})")

    def _lines(self, pragma: str) -> list[str]:
        try:
            found = [str(line) for (text,) in self._conn.execute(pragma) for line in str(text).splitlines()]
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                return [str(error)]
            with translated(self._shown):
                raise
        return [line for line in found if line != "ok" and not line.startswith("***")]

    def has(self, table: str) -> bool:
        """Say whether there is a table of that name."""
        return self._conn.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None

    def interrupt(self) -> None:
        """Break off what another thread examines; it raises StoreError there."""
        self._conn.interrupt()

    def close(self) -> None:
        """Give the file back."""
        self._conn.close()


def refuse_damaged(path: Path) -> None:
    """Raise StoreError for a file that is damaged, as far as can be seen at once: of a large one its tables' roots."""
    with closing(Look(path)) as look, translated(str(path)):
        if path.stat().st_size > EXAMINED_AT_ONCE:
            look.touch()
            return
        if damage := look.damage():
            raise StoreError(f"the database {path} is damaged ({damage}): {RESTORE_HINT}", permanent=True)


class FileLock:
    """The right to write to one SQLite file: locks on it and on `<file>.lock`, which fall when the process ends.

    The one beside it exists before the file and names its holder, but somebody may delete it; that the file itself is
    gone is noticed by every transaction.
    """

    def __init__(self, path: Path) -> None:
        self._database = path
        self._path = path.with_name(path.name + ".lock")
        self._file: IO[str] | None = None
        self._held: int | None = None

    def take(self) -> None:
        """Take the lock or raise StoreError that names who holds it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        self._file = file
        if not _locked(file.fileno()):
            file.seek(0)
            holder = file.read(20).strip()
            self.drop()
            raise StoreError(_taken(f"lock {self._path}", holder), permanent=True)
        if self._database.exists():
            self.take_file()
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()

    def take_file(self) -> None:
        """Take the lock on the database itself, once there is one; it must be dropped after its last connection.

        SQLite locks ranges of the file (fcntl), which this one (flock) leaves alone; but closing any descriptor of the
        file gives up this process's ranges.
        """
        if self._held is None:
            self._held = os.open(self._database, os.O_RDONLY)
        if not _locked(self._held):
            self.drop()
            raise StoreError(_taken(f"{self._path} was deleted under it", ""), permanent=True)

    def drop(self) -> None:
        """Give the locks back; the files stay, since removing one would let two processes lock different files."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
        if self._file is not None:
            self._file.close()
            self._file = None


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken(how: str, holder: str) -> str:
    who = f"process {holder}" if holder.isdigit() else "another process"
    return (
        f"{who} already writes to this database ({how}): stop it first (`kill {holder or 'PID'}`), "
        "or give this one another folder with --data"
    )


Pulse = Callable[[], None]
"""Called several times a second by what takes long; what it raises breaks that off."""


def copy_file(source: Path, target: Path, pulse: Pulse = lambda: None) -> None:
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
            reading.backup(writing, pages=_STEP, progress=lambda *_: pulse(), sleep=0)
            writing.execute("PRAGMA journal_mode=DELETE")
        finally:
            writing.close()
            reading.close()
    settle(part, target)


def seal(path: Path) -> None:
    """Make a database that nobody uses one file without a log beside it, which can be read from a read-only disk."""
    with translated(str(path)), closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode=DELETE")


def sealed_value(path: Path, key: str) -> str:
    """Return a value that the program keeps in such a file, or nothing; the file is read as it is, and nothing else."""
    try:
        with closing(sqlite3.connect(f"{_address(path)}?mode=ro&immutable=1", uri=True)) as conn:
            row = conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def _address(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}"


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
