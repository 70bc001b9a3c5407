"""Keep one session beside those of a Store, for what must neither wait for its writer nor need the daemon's lock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from monitor.store import postgres
from monitor.store.faults import translated
from monitor.store.place import Place

P = ParamSpec("P")
R = TypeVar("R")

_TIMEOUT = 5.0
"""Seconds that a statement may take: what is said here is small and urgent."""


class SideSession:
    """A session on PostgreSQL for short transactions of any thread, one at a time; it migrates and checks nothing."""

    def __init__(self, place: Place) -> None:
        assert place.url is not None  # noqa: S101 - SQLite has one process that writes, and needs no such session
        self._place = place
        self._engine, _ = postgres.engines(place.url, 1, postgres.Timeout(_TIMEOUT), daemon=False)
        self._lock = threading.Lock()

    def run(self, work: Callable[Concatenate[sa.Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(conn, *args)` as one transaction; raise StoreError."""
        with self._lock, translated(str(self._place)), self._engine.begin() as conn:
            return work(conn, *args, **kwargs)

    def close(self) -> None:
        """Close the session."""
        self._engine.dispose()
