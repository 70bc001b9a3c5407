"""The few statements that the two databases spell differently, each under one name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from monitor.store.postgres import CLAIMING, GROUPING
from monitor.store.tables import counters

CHUNK = 900  # values in one IN list


def is_postgres(conn: sa.Connection) -> bool:
    """Say which of the two databases this is."""
    return conn.dialect.name == "postgresql"


def upsert(conn: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], changes: Sequence[str]) -> None:
    """Insert rows; where the primary key is taken, change the named columns (none named: leave the row as it is)."""
    if not rows:
        return
    insert = postgresql.insert(table) if is_postgres(conn) else sqlite.insert(table)
    key = list(table.primary_key.columns)
    if changes:
        statement = insert.on_conflict_do_update(
            index_elements=key, set_={name: insert.excluded[name] for name in changes}
        )
    else:
        statement = insert.on_conflict_do_nothing(index_elements=key)
    conn.execute(statement, list(rows))


def take_ids(conn: sa.Connection, name: str, count: int) -> range:
    """Return fresh ids of a kind, never given before, in a row."""
    step = sa.update(counters).where(counters.c.name == name).values(value=counters.c.value + count)
    last = conn.execute(step.returning(counters.c.value)).scalar_one()
    return range(last - count + 1, last + 1)


def hold_grouping(conn: sa.Connection) -> None:
    """Let one transaction at a time decide what is new, which story it is and whom to tell (SQLite: always so)."""
    _advisory(conn, GROUPING)


def hold_claiming(conn: sa.Connection) -> None:
    """Let one transaction at a time choose deliveries, so that no recipient has two in flight."""
    _advisory(conn, CLAIMING)


def _advisory(conn: sa.Connection, number: int) -> None:
    if is_postgres(conn):
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def chunks(values: Sequence[Any], size: int = CHUNK) -> list[Sequence[Any]]:
    """Cut a list into pieces that fit in one statement."""
    return [values[start : start + size] for start in range(0, len(values), size)]
