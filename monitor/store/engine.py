"""The open database: one writer in its own thread, several readers, every failure a StoreError, recovery by itself."""

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
_REST = 5.0
"""Seconds after a silence in which nobody asks again: all who wait their turn would hang as long as the first."""


class Store:
    """A database ready for use. Functions of this package take the connection that `begin` or `reading` hands out.

    A Store that can write holds SQLite's file alone (a second one is refused); read-only ones come and go beside it.
    On PostgreSQL several may write, but only one may be opened as the daemon.
    """

    def __init__(
        self, place: Place, engines: tuple[sa.Engine, sa.Engine], patience: postgres.Patience, *, read_only: bool
    ) -> None:
        self.place = place
        self._patience = patience
        self.read_only = read_only
        self.is_new = False
        self._writer, self._reader = engines
        self._lock: sqlite.FileLock | None = None
        self._opened: sqlite.OpenedFile | None = None
        self._silence: tuple[float, str] | None = None
        self._turn = threading.RLock()
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="monitor-write")
        self._readings = ThreadPoolExecutor(_READERS, thread_name_prefix="monitor-read")

    @classmethod
    def open(
        cls,
        where: str | Path | Place,
        *,
        read_only: bool = False,
        daemon: bool = False,
        patience: float = postgres.BRIEF,
    ) -> Store:
        """Open a file or `postgresql://…`, made and migrated unless read-only; raise StoreError saying what to do.

        `patience` is how many seconds a statement may take on PostgreSQL before its connection is given up.
        """
        place, shared = Place.of(where), postgres.Patience(patience)
        if place.path:
            engines = sqlite.engines(place.path)
        else:
            engines = postgres.engines(_url(place), daemon=daemon, patience=shared)
        store = cls(place, engines, shared, read_only=read_only)
        try:
            store._prepare(daemon=daemon)
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self, *, daemon: bool) -> None:
        if self.read_only:
            self._check()
            return
        with translated(str(self.place)):
            if self.place.path:
                self._lock = sqlite.FileLock(self.place.path)
                self._lock.take()
                self.is_new = sqlite.create(self.place.path)
                self._lock.take_file()
                if daemon:
                    sqlite.refuse_damaged(self.place.path)
                self._opened = sqlite.OpenedFile.at(self.place.path)
            self.is_new = migrate.upgrade(self._writer, self.place) or self.is_new
        if daemon:
            with self.begin() as conn:
                migrate.refuse_moved(conn, self.place)

    def _check(self) -> None:
        if self.place.path:
            if not self.place.path.exists():
                raise StoreError(f"there is no database at {self.place} yet: `monitor run` makes it", permanent=True)
            self._opened = sqlite.OpenedFile.at(self.place.path)
        with self.reading() as conn:
            migrate.check(conn, self.place)

    @property
    def is_postgres(self) -> bool:
        """Say which of the two databases this is."""
        return self.place.path is None

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """Hand out the writing connection in a transaction: committed at the end, undone by any exception."""
        if self.read_only:
            raise StoreError(f"the database {self.place} was opened for reading only", permanent=True)
        with self._turn, self._transaction(self._writer) as conn:
            yield conn

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Hand out a read-only connection that sees one state of the database throughout."""
        with self._transaction(self._reader) as conn:
            yield conn

    @contextmanager
    def _transaction(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        if self._silence and monotonic() - self._silence[0] < _REST:
            raise StoreError(self._silence[1])
        with translated(str(self.place)):
            try:
                self._check_file()
                with engine.begin() as conn:
                    yield conn
                    self._check_file()
            except sa.exc.DBAPIError as error:
                self._note(error)
                raise

    def _note(self, error: sa.exc.DBAPIError) -> None:
        if needs_new_connection(error):
            # All of them: what cut one off did so to the others, and while one is open, SQLite keeps the rights it
            # found for the whole process.
            self._writer.dispose()
            self._reader.dispose()
        if self.is_postgres and postgres.is_silence(error):
            self._silence = monotonic(), str(as_store_error(error, str(self.place)))

    def _check_file(self) -> None:
        """Before a transaction and before its commit: an open file can be written to long after it was removed."""
        if self._opened:
            self._opened.check()

    async def write(self, work: Callable[Concatenate[sa.Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(conn, *args)` as one transaction in the writer thread; a cancelled caller does not undo it."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writing, lambda: _run(self.begin, work, *args, **kwargs)
        )

    async def read(self, work: Callable[Concatenate[sa.Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(conn, *args)` over one state of the database in a reader thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._readings, lambda: _run(self.reading, work, *args, **kwargs)
        )

    def hasten(self, seconds: float) -> None:
        """From now on give a PostgreSQL that is silent up after so many seconds."""
        self._patience.seconds = min(self._patience.seconds, seconds)

    def close(self) -> None:
        """Finish what is being written, close every connection and give back the lock."""
        self._writing.shutdown()
        self._readings.shutdown()
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


def _url(place: Place) -> sa.URL:
    assert place.url is not None  # noqa: S101 - a place without a path has an address
    return place.url
