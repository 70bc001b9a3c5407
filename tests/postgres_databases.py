"""Migrated, empty PostgreSQL databases for tests: each is emptied and used again, which takes a tenth of making one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count
from typing import Any, LiteralString, NamedTuple

import psycopg
from psycopg import sql

from monitor.store import Store

_NUMBERS = count(1)
_TABLES: LiteralString = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
_SHAPE: LiteralString = """
SELECT c.relname, c.relkind::text, a.attname, a.atttypid, a.attnotnull, c.relchecks, c.relhastriggers
FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'public'::regnamespace ORDER BY c.relname, a.attnum
"""
# Who is still there, as a killed process may be, is gone when this returns.
_END_OTHERS: LiteralString = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_Rows = Sequence[tuple[Any, ...]]


class _Database(NamedTuple):
    """A database, and our own session in it."""

    name: str
    conn: psycopg.Connection


class Databases:
    """The databases of one server: all are copies of a migrated one, and end with it."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._admin = psycopg.connect(f"{server}/postgres", autocommit=True)
        self._template = f"monitor_template_{os.getpid()}"
        self._ask("CREATE DATABASE {}", self._template)
        Store.open(f"{server}/{self._template}").close()
        with self._session(self._template) as conn:
            names = [name for (name,) in conn.execute(_TABLES)]
            every = {name: _rows(conn, name) for name in names}
            self._shape = conn.execute(_SHAPE).fetchall()
        self._first_rows = {name: rows for name, rows in every.items() if rows}
        filled = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name)) for name in names
        ]
        self._filled = sql.SQL(" UNION ALL ").join(filled)
        self._free: list[_Database] = []
        self._taken: dict[str, _Database] = {}

    def take(self) -> str:
        """Return the name of an empty database, which is the caller's until it is given back."""
        if not self._free:
            name = f"monitor_{os.getpid()}_{next(_NUMBERS)}"
            # Its files are copied; else each of their pages would be logged.
            self._ask("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, self._template)
            self._free.append(_Database(name, self._session(name)))
        taken = self._free.pop()
        self._taken[taken.name] = taken
        return taken.name

    def give_back(self, name: str) -> None:
        """Empty a database for the next one who takes it; one whose tables are other ones now ends here."""
        database = self._taken.pop(name)
        try:
            is_as_it_was = self._restore(database.conn)
        except psycopg.Error:
            is_as_it_was = False
        if is_as_it_was:
            self._free.append(database)
        else:
            self._drop(database)

    def close(self) -> None:
        """Drop all databases."""
        for database in (*self._free, *self._taken.values()):
            self._drop(database)
        self._ask("DROP DATABASE {} WITH (FORCE)", self._template)
        self._admin.close()

    def _restore(self, conn: psycopg.Connection) -> bool:
        conn.execute(_END_OTHERS)
        if conn.execute(_SHAPE).fetchall() != self._shape:
            return False
        filled = {name for (name,) in conn.execute(self._filled)}
        changed = {name for name, rows in self._first_rows.items() if _rows(conn, name) != rows}
        if emptied := (filled - self._first_rows.keys()) | (changed & filled):
            conn.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, sorted(emptied)))))
        for name in changed:
            values = sql.SQL(", ").join([sql.Placeholder()] * len(self._first_rows[name][0]))
            insert = sql.SQL("INSERT INTO {} VALUES ({})").format(sql.Identifier(name), values)
            conn.cursor().executemany(insert, self._first_rows[name])
        return True

    def _session(self, name: str) -> psycopg.Connection:
        return psycopg.connect(f"{self._server}/{name}", autocommit=True)

    def _drop(self, database: _Database) -> None:
        database.conn.close()
        self._ask("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.name)

    def _ask(self, command: LiteralString, *names: str) -> None:
        self._admin.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


def _rows(conn: psycopg.Connection, table: str) -> _Rows:
    return conn.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()
