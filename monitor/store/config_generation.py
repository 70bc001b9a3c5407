"""Number the configurations: adopting one raises the generation, and whoever stores what rules found compares it."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.dialects import upsert
from monitor.store.tables import meta

_KEY = "generation"
_VALUE = sa.select(meta.c.value).where(meta.c.key == _KEY)


def present(conn: sa.Connection) -> int:
    """Return the generation in force, which stays so until a transaction that writes ends; 0 before the first adoption.

    Whoever stores waits for an adoption, and the other way round, since one transaction at a time writes.
    """
    return int(conn.execute(_VALUE).scalar() or 0)


def advance(conn: sa.Connection, known: int = 0) -> int:
    """Begin a new generation and return it.

    It is above `known`, too: an adoption that was rolled back has used a number that is not stored.
    """
    generation = max(present(conn), known) + 1
    upsert(conn, meta, [{"key": _KEY, "value": str(generation)}], ["value"])
    return generation
