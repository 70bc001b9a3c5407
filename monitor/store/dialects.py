"""Run the few statements that differ between SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from monitor.store.postgres import copy_rows
from monitor.store.tables import counters

CHUNK = 1024  # values in one IN list; `pick` fills shorter lists up to a power of two


def is_postgres(conn: sa.Connection) -> bool:
    """Whether this is a connection to PostgreSQL (else SQLite)."""
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
    """Insert rows of values as the database stores them (moments as integers), without SQLAlchemy's conversions.

    Those took 28 of the 99 µs that a new article costs, twice as long as the insert itself.
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
    """Return these columns, as stored, of the rows whose key is among the values, without SQLAlchemy's conversions."""
    names = ", ".join(column.name for column in columns)
    query = f"SELECT {names} FROM {key.table.name} WHERE {key.name}"  # noqa: S608 - names of ours only
    found: list[tuple[Any, ...]] = []
    for some in chunks(values):
        if is_postgres(conn):
            # One parameter for a list of any length, so that the statement is always the same.
            result = conn.exec_driver_sql(f"{query} = ANY(%s)", (list(some),))
        else:
            # Lists are padded to a few lengths, so that few statements are prepared.
            size = 1 << (len(some) - 1).bit_length()
            padded = (*some, *[some[-1]] * (size - len(some)))
            result = conn.exec_driver_sql(f"{query} IN ({', '.join('?' * size)})", padded)
        found += [tuple(row) for row in result]
    return found


def take_ids(conn: sa.Connection, name: str, count: int) -> range:
    """Return `count` consecutive new ids from the counter `name`; no id is ever given twice."""
    last = conn.execute(_TAKE_IDS, {"name_": name, "count": count}).scalar_one()
    return range(last - count + 1, last + 1)


# Built once: building a statement costs more than running it.
_TAKE_IDS = (
    sa.update(counters)
    .where(counters.c.name == sa.bindparam("name_"))
    .values(value=counters.c.value + sa.bindparam("count"))
    .returning(counters.c.value)
)


def chunks(values: Sequence[Any], size: int = CHUNK) -> list[Sequence[Any]]:
    """Split a list into parts of at most `size` values."""
    return [values[start : start + size] for start in range(0, len(values), size)]
