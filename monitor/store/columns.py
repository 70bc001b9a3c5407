"""Make the columns and tables of our schema in few words."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from monitor.store.column_types import Id, Instant

metadata = sa.MetaData()
"""All tables that a copy of the database copies."""

Column = sa.Column[Any]
"""A column of any type."""


def plain_table(name: str, *columns: sa.schema.SchemaItem, by_key: bool = False) -> sa.Table:
    """Return a table; `by_key` stores its rows in the index of the key on SQLite (WITHOUT ROWID), for short rows."""
    return sa.Table(name, metadata, *columns, sqlite_with_rowid=not by_key)


def key_column(name: str, kind: Any) -> Column:
    """Return a column of the primary key, whose values are ours."""
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def text_column(name: str, **options: Any) -> Column:
    """Return a text that is empty where nothing is said."""
    return sa.Column(name, sa.Text, nullable=False, server_default="", **options)


def number_column(name: str, default: int = 0) -> Column:
    """Return a small number."""
    return sa.Column(name, sa.Integer, nullable=False, server_default=str(default))


def moment_column(name: str, *, needed: bool = False) -> Column:
    """Return a moment, which may be unknown unless it is needed."""
    return sa.Column(name, Instant(), nullable=not needed)


def id_column(name: str) -> Column:
    """Return the id of a row of another table."""
    return sa.Column(name, Id, nullable=False)
