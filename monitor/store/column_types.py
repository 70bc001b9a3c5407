"""Define column types that are the same in both databases: moments, durations and ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

Row = sa.Row[*tuple[Any, ...]]
"""A row of any columns."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND

# A 64-bit key; on SQLite the spelling INTEGER makes it the row's own id, which costs no second index.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def to_micros(moment: datetime) -> int:
    """Return whole microseconds since 1970; raise ValueError for a moment that is not in UTC."""
    if moment.tzinfo is not UTC and moment.utcoffset() != timedelta(0):
        raise ValueError(f"a stored moment must be in UTC: {moment!r}")
    since = moment - EPOCH
    return since.days * _DAY + since.seconds * _SECOND + since.microseconds


def from_micros(micros: int) -> datetime:
    """Return the moment in UTC that is so many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=micros)


class Instant(sa.types.UserDefinedType[datetime]):
    """A moment in UTC, stored as an integer of microseconds: SQLite has no zones, and integers sort, index and copy."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the SQL type."""
        return "BIGINT"

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], Any]:
        """Return the function from a moment to its integer."""
        return lambda moment: None if moment is None else to_micros(moment)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return the function from an integer to its moment."""
        return lambda micros: None if micros is None else from_micros(micros)


class Duration(sa.types.UserDefinedType[timedelta]):
    """A span of time, stored as an integer of microseconds."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the SQL type."""
        return "BIGINT"

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], Any]:
        """Return the function from a duration to its integer."""
        return lambda span: None if span is None else span // timedelta(microseconds=1)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return the function from an integer to its duration."""
        return lambda micros: None if micros is None else timedelta(microseconds=micros)
