"""Run the few statements that differ between SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeGuard, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import visitors

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


def change_each(conn: sa.Connection, change: sa.Update, rows: Sequence[Mapping[str, Any]]) -> int:
    """Make a change once for each row of values; return how many rows of the table were changed.

    `change` is built once and takes the values by bound parameters, each of which has its type; no two rows of values
    change the same row. On PostgreSQL all are one statement, so that little is done while nobody else may write.
    """
    if not rows:
        return 0
    if is_postgres(conn):
        arrays = {name: [row[name] for row in rows] for name in rows[0]}
        return conn.execute(_over_arrays(change), arrays).rowcount
    return conn.execute(change, list(rows)).rowcount


@lru_cache(maxsize=64)
def _over_arrays(change: sa.Update) -> sa.Update:
    """Return a change that is made for each row of values, which come as an array for each of its parameters."""
    given = {one.key: one for one in visitors.iterate(change) if _is_given(one)}
    arrays = (sa.bindparam(name, type_=postgresql.ARRAY(one.type)) for name, one in given.items())
    columns = (sa.column(name, one.type) for name, one in given.items())
    each = sa.func.unnest(*arrays).table_valued(*columns).render_derived()

    def column_of(element: Any, **_: Any) -> Any:
        return each.c[element.key] if _is_given(element) else None

    return cast("sa.Update", visitors.replacement_traverse(change, {}, column_of))


def _is_given(one: Any) -> TypeGuard[sa.BindParameter[Any]]:
    """Whether a part of a statement is a parameter that callers give, and no constant that was written there."""
    return isinstance(one, sa.BindParameter) and not one.unique


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
