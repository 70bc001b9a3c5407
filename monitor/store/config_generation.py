"""Number the configurations: adopting one raises the generation, and whoever stores what rules found compares it."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.dialects import upsert
from monitor.store.tables import meta

_KEY = "generation"
_VALUE = sa.select(meta.c.value).where(meta.c.key == _KEY)


def lock(conn: sa.Connection) -> int:
    """Return the generation in force, which stays so until the transaction ends; 0 before the first adoption.

    Call it before any other lock is taken, as `advance` is: an adoption waits for what is being stored, and the other
    way round.
    """
    return int(conn.execute(_VALUE.with_for_update(read=True)).scalar() or 0)


def present(conn: sa.Connection) -> int:
    """Return the generation in force at this moment; 0 before the first adoption."""
    return int(conn.execute(_VALUE).scalar() or 0)


def advance(conn: sa.Connection, known: int = 0) -> int:
    """Begin a new generation and return it; the lock on it is held until the transaction ends.

    It is above `known`, too: an adoption that was rolled back has used a number that is not stored.
    """
    generation = max(int(conn.execute(_VALUE.with_for_update()).scalar() or 0), known) + 1
    upsert(conn, meta, [{"key": _KEY, "value": str(generation)}], ["value"])
    return generation
