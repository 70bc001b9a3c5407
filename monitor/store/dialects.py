"""The few statements that the two databases spell differently, each under one name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from monitor.store.postgres import CLAIMING, GROUPING, copy_rows
from monitor.store.tables import counters

CHUNK = 1024  # values in one IN list: a power of two, since shorter lists are filled up to one


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


def insert_many(conn: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows whose values are what the database stores (moments as integers), past SQLAlchemy's care for each.

    That care costs twice what the insert does: 28 of 99 µs for a new article.
    """
    if not rows:
        return
    names = ", ".join(columns)
    if is_postgres(conn):
        copy_rows(conn, f"COPY {table.name} ({names}) FROM STDIN", rows)
    else:
        marks = ", ".join("?" * len(columns))
        conn.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(rows))  # noqa: S608


def pick(
    conn: sa.Connection, columns: Sequence[sa.Column[Any]], key: sa.Column[Any], values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Return these columns of the rows whose key is among the values, as stored, past SQLAlchemy's care for each."""
    names = ", ".join(column.name for column in columns)
    query = f"SELECT {names} FROM {key.table.name} WHERE {key.name}"  # noqa: S608 - names of ours only
    found: list[tuple[Any, ...]] = []
    for some in chunks(values):
        if is_postgres(conn):
            result = conn.exec_driver_sql(f"{query} = ANY(%s)", (list(some),))
        else:
            # Few lengths, so that few statements are prepared.
            size = 1 << (len(some) - 1).bit_length()
            padded = (*some, *[some[-1]] * (size - len(some)))
            result = conn.exec_driver_sql(f"{query} IN ({', '.join('?' * size)})", padded)
        found += [tuple(row) for row in result]
    return found


def take_ids(conn: sa.Connection, name: str, count: int) -> range:
    """Return fresh ids of a kind, never given before, in a row."""
    last = conn.execute(_STEP, {"name_": name, "count": count}).scalar_one()
    return range(last - count + 1, last + 1)


# Built once: building a statement costs more than running it.
_STEP = (
    sa.update(counters)
    .where(counters.c.name == sa.bindparam("name_"))
    .values(value=counters.c.value + sa.bindparam("count"))
    .returning(counters.c.value)
)


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
