"""Open a database and run transactions on it: one writer in its own thread and several readers.

Every failure is raised as StoreError, and the connections recover by themselves.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import migrate, postgres, sqlite
from monitor.store.faults import as_store_error, needs_new_connection, translated
from monitor.store.place import Place

P = ParamSpec("P")
R = TypeVar("R")

_READERS = 4
"""Connections that read, and threads to use them."""
_FAIL_FAST = 5.0
"""Seconds after a timeout in which transactions fail at once: each that waits its turn would hang as long again."""


class Store:
    """An open database. Functions of this package take a connection from `begin` or `reading`.

    Only one Store at a time can write to a SQLite file (a second is refused), while others read it. On PostgreSQL
    several can write, one transaction after the other, but only one can be opened as the daemon.
    """

    def __init__(
        self, place: Place, engines: tuple[sa.Engine, sa.Engine], timeout: postgres.Timeout, *, read_only: bool
    ) -> None:
        self.place = place
        self._timeout = timeout
        self.read_only = read_only
        self.is_new = False
        self._writer, self._reader = engines
        self._lock: sqlite.FileLock | None = None
        self._opened_file: sqlite.OpenedFile | None = None
        self._last_timeout: tuple[float, str] | None = None
        self._write_lock = threading.RLock()
        self._write_thread = ThreadPoolExecutor(1, thread_name_prefix="monitor-write")
        self._read_threads = ThreadPoolExecutor(_READERS, thread_name_prefix="monitor-read")

    @classmethod
    def open(
        cls,
        where: str | Path | Place,
        *,
        read_only: bool = False,
        daemon: bool = False,
        worker: bool = False,
        timeout: float = postgres.DEFAULT_TIMEOUT,
    ) -> Store:
        """Open a file or `postgresql://…`, created and migrated unless read-only; raise StoreError with advice.

        A `worker` writes beside the daemon, which alone migrates. `timeout` is how many seconds a statement may take on
        PostgreSQL before its connection is closed.
        """
        place, shared = Place.of(where), postgres.Timeout(timeout)
        if place.path:
            engines = sqlite.engines(place.path, _READERS)
        else:
            assert place.url is not None  # noqa: S101 - a place without a path has an address
            engines = postgres.engines(place.url, _READERS, shared, daemon=daemon)
        store = cls(place, engines, shared, read_only=read_only)
        try:
            store._prepare(daemon=daemon, worker=worker)
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self, *, daemon: bool, worker: bool) -> None:
        if self.read_only or worker:
            self._check(worker=worker)
            return
        with translated(str(self.place)):
            if self.place.path:
                self._lock = sqlite.FileLock(self.place.path)
                self._lock.take()
                self.is_new = sqlite.create(self.place.path)
                self._lock.take_file()
                if daemon:
                    sqlite.refuse_damaged(self.place.path)
                self._opened_file = sqlite.OpenedFile.at(self.place.path)
            self.is_new = migrate.upgrade(self._writer, self.place) or self.is_new
        if daemon:
            with self.begin() as conn:
                migrate.refuse_moved(conn, self.place)

    def _check(self, *, worker: bool) -> None:
        if self.place.path:
            if not self.place.path.exists():
                raise StoreError(f"there is no database at {self.place} yet: `monitor run` makes it", permanent=True)
            self._opened_file = sqlite.OpenedFile.at(self.place.path)
        with self.reading() as conn:
            migrate.check(conn, self.place, worker=worker)

    @property
    def is_postgres(self) -> bool:
        """Whether this is PostgreSQL (else SQLite)."""
        return self.place.path is None

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """Yield the writing connection in a transaction, which any exception rolls back; raise StoreError."""
        if self.read_only:
            raise StoreError(f"the database {self.place} was opened for reading only", permanent=True)
        with self._write_lock, self._transaction(self._writer) as conn:
            postgres.hold_writing(conn)
            yield conn

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a read-only connection that sees one consistent state of the database."""
        with self._transaction(self._reader) as conn:
            yield conn

    @contextmanager
    def _transaction(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        if self._last_timeout and monotonic() - self._last_timeout[0] < _FAIL_FAST:
            raise StoreError(self._last_timeout[1])
        with translated(str(self.place)):
            try:
                self._check_file()
                # Checked before the work and before the commit: the file may be replaced in between.
                with engine.begin() as conn:
                    yield conn
                    self._check_file()
            except sa.exc.DBAPIError as error:
                self._note_failure(error)
                raise

    def _note_failure(self, error: sa.exc.DBAPIError) -> None:
        if needs_new_connection(error):
            # All of them: what closed one has closed the others, and SQLite keeps the file permissions that it found
            # for the whole process while one is open.
            self._writer.dispose()
            self._reader.dispose()
        if self.is_postgres and postgres.is_timeout(error):
            self._last_timeout = monotonic(), str(as_store_error(error, str(self.place)))

    def _check_file(self) -> None:
        """Raise StoreError where the file was removed or replaced: writes to a removed file succeed and are lost."""
        if self._opened_file:
            self._opened_file.check()

    async def write(self, work: Callable[Concatenate[sa.Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(conn, *args)` as one transaction in the writer thread; cancelling the caller does not stop it."""
        return await asyncio.get_running_loop().run_in_executor(
            self._write_thread, lambda: _run(self.begin, work, *args, **kwargs)
        )

    async def read(self, work: Callable[Concatenate[sa.Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(conn, *args)` on one consistent state of the database in a reader thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._read_threads, lambda: _run(self.reading, work, *args, **kwargs)
        )

    def shorten_timeout(self, seconds: float) -> None:
        """Lower the timeout of PostgreSQL statements, also of those under way, to so many seconds."""
        self._timeout.seconds = min(self._timeout.seconds, seconds)

    def close(self) -> None:
        """Finish the writes under way, close every connection and release the lock."""
        self._write_thread.shutdown()
        self._read_threads.shutdown()
        self._reader.dispose()
        self._writer.dispose()
        if self._lock is not None:
            self._lock.drop()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _run(
    transaction: Callable[[], AbstractContextManager[sa.Connection]],
    work: Callable[Concatenate[sa.Connection, P], R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    with transaction() as conn:
        return work(conn, *args, **kwargs)
