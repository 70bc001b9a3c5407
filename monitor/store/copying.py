"""Copy one database into another: table by table in batches, resumable, with the rows compared at the end."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import config_files, leases
from monitor.store.dialects import insert_many, is_postgres, upsert
from monitor.store.engine import Store
from monitor.store.migrate import COPYING, HALF_COPY, MOVED_TO
from monitor.store.postgres import long_statements
from monitor.store.tables import counters, meta, metadata

Progress = Callable[[str, int], None]
"""Called with a table's name and how many of its rows are copied."""

_BATCH = 1000
_POSITION = "copied up to: "
_NOT_BY_ROW = {counters.name, meta.name}


def copy(source: Store, target: Store, progress: Progress = lambda _table, _rows: None) -> dict[str, int]:
    """Copy a SQLite database into an empty PostgreSQL one, for a move; return the number of rows by table.

    After an interruption the same call continues where it stopped, or starts anew if a daemon has used the source
    since. Mails go out from one of them only: this process holds the lock of the source during the copy, a daemon
    refuses an unfinished copy, and afterwards it refuses the source. Raises StoreError.
    """
    if source.is_postgres or not target.is_postgres:
        raise StoreError(
            "a copy goes from a SQLite file to PostgreSQL; the other way go `monitor backup` and `monitor restore`",
            permanent=True,
        )
    token = _mark_source(source, target)
    _mark_target(target, token)
    counts = _copy_all(source, target, progress)
    with target.begin() as conn:
        leases.release_all(conn)
    with source.begin() as conn:
        config_files.set_value(conn, MOVED_TO, str(target.place))
    with target.begin() as conn:
        remove_marks(conn)
    return counts


def remove_marks(conn: sa.Connection) -> None:
    """Remove all marks of a copy from a database, so that a daemon can run on it."""
    for key in (MOVED_TO, COPYING, HALF_COPY):
        config_files.drop_value(conn, key)
    conn.execute(sa.delete(meta).where(meta.c.key.startswith(_POSITION)))


def _mark_source(source: Store, target: Store) -> str:
    with source.begin() as conn:
        moved = config_files.get_value(conn, MOVED_TO)
        if moved and moved != str(target.place):
            raise StoreError(f"{source.place} was copied to {moved} before: copy that database", permanent=True)
        token = config_files.get_value(conn, COPYING) or secrets.token_hex(8)
        config_files.set_value(conn, COPYING, token)
        return token


def _mark_target(target: Store, token: str) -> None:
    with target.begin() as conn:
        present = config_files.get_value(conn, HALF_COPY)
        if present == token:
            return
        if present:
            for table in (*_plain_tables(), meta):
                conn.execute(sa.delete(table))
        elif any(_count(conn, table) for table in _plain_tables()):
            copied = "if it was copied there before, set `database:` to it"
            raise StoreError(f"{target.place} holds data already: give an empty database; {copied}", permanent=True)
        config_files.set_value(conn, HALF_COPY, token)


def _plain_tables() -> list[sa.Table]:
    return [table for table in metadata.tables.values() if table.name not in _NOT_BY_ROW]


def _count(conn: sa.Connection, table: sa.Table) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def copy_tables(source: Store, target: Store, progress: Progress = lambda _table, _rows: None) -> dict[str, int]:
    """Copy all tables into an empty database; return the number of rows by table. Raises StoreError if they differ."""
    counts = _copy_all(source, target, progress)
    with target.begin() as conn:
        remove_marks(conn)
    return counts


def _copy_all(source: Store, target: Store, progress: Progress) -> dict[str, int]:
    """Copy every row of one consistent state of the source."""
    with source.reading() as reading, long_statements(reading):
        for table in _plain_tables():
            _copy_table(reading, target, table, progress)
        with target.begin() as writing:
            _copy_special(reading, writing)
        return _compare(reading, target)


def _copy_table(reading: sa.Connection, target: Store, table: sa.Table, progress: Progress) -> None:
    columns = [column.name for column in table.columns]
    key = [column.name for column in table.primary_key.columns]
    with target.reading() as conn:
        after = _unpack_key(config_files.get_value(conn, _POSITION + table.name))
        done = _count(conn, table)
    convert = _converter(reading, table)
    while rows := _batch(reading, table, columns, after):
        with target.begin() as writing:
            insert_many(writing, table, columns, [convert(row) for row in rows])
            after = tuple(rows[-1][columns.index(name)] for name in key)
            config_files.set_value(writing, _POSITION + table.name, _pack_key(after))
        done += len(rows)
        progress(table.name, done)


def _batch(conn: sa.Connection, table: sa.Table, columns: Sequence[str], after: tuple[Any, ...]) -> list[Any]:
    """Return the next rows in the order of the primary key, as stored."""
    key = [column.name for column in table.primary_key.columns]
    names = [f"a{number}" for number in range(len(after))]
    after_key = f"WHERE ({', '.join(key)}) > ({', '.join(':' + name for name in names)})" if after else ""
    query = f"SELECT {', '.join(columns)} FROM {table.name} {after_key} ORDER BY {', '.join(key)} LIMIT {_BATCH}"  # noqa: S608
    return list(conn.execute(sa.text(query), dict(zip(names, after, strict=True))))


def _converter(reading: sa.Connection, table: sa.Table) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that converts a row: SQLite stores booleans as 0 and 1, which PostgreSQL does not take."""
    booleans = [number for number, column in enumerate(table.columns) if isinstance(column.type, sa.Boolean)]
    if is_postgres(reading) or not booleans:
        return tuple

    def convert(row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for number in booleans:
            values[number] = bool(values[number])
        return tuple(values)

    return convert


def _pack_key(key: tuple[Any, ...]) -> str:
    return json.dumps([{"hex": part.hex()} if isinstance(part, bytes) else part for part in key])


def _unpack_key(text: str) -> tuple[Any, ...]:
    parts = json.loads(text or "[]")
    return tuple(bytes.fromhex(part["hex"]) if isinstance(part, dict) else part for part in parts)


def _copy_special(reading: sa.Connection, writing: sa.Connection) -> None:
    """Copy counters over the new ones, and the values of `meta` but for the marks of the copy."""
    for table in (counters, meta):
        rows = [dict(row._mapping) for row in reading.execute(sa.select(table))]
        kept = [row for row in rows if not (table is meta and row["key"].startswith((COPYING, MOVED_TO, _POSITION)))]
        upsert(writing, table, kept, ["value"])


def _compare(reading: sa.Connection, target: Store) -> dict[str, int]:
    with target.reading() as conn, long_statements(conn):
        counts = {table.name: (_count(reading, table), _count(conn, table)) for table in _plain_tables()}
    differing = [f"{name}: {there} of {here}" for name, (here, there) in counts.items() if here != there]
    if differing:
        raise StoreError(f"the copy in {target.place} is not complete: {'; '.join(differing)}", permanent=True)
    return {name: here for name, (here, _) in counts.items()}
