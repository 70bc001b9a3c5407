"""Translate the exceptions of database drivers to StoreError, which says whether waiting can help."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from monitor.errors import StoreError

_TEMPORARY_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_INTERRUPT,
    }
)
_BROKEN_SQLITE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

# SQLSTATE classes (PostgreSQL manual, appendix A): connection, rollback, resources, object state, operator, system.
_TEMPORARY_POSTGRES = frozenset({"08", "40", "53", "55", "57", "58"})
# read_only_sql_transaction: the server is a standby, or its owner made it read-only for a while.
_READ_ONLY_POSTGRES = "25006"
_BROKEN_POSTGRES = "XX"
# What libpq says where the server asks for a password (fe-auth.c).
_NO_PASSWORD = "no password supplied"  # noqa: S105
_PASSWORD_HINT = "give it in MONITOR_DATABASE_PASSWORD, or in a file: database_password_file"  # noqa: S105

RESTORE_HINT = (
    "bring back a copy with `monitor restore FILE`; copies are made by `monitor backup` and before migrations"
)


@contextmanager
def translated(shown: str) -> Iterator[None]:
    """Raise StoreError for the failures of a driver; other exceptions pass. `shown` names the database in the text."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        raise as_store_error(error, shown) from error
    except OSError as error:
        raise StoreError(f"{shown} cannot be used: {error}") from error
    except (UnicodeError, OverflowError) as error:
        raise StoreError(f"{shown} cannot hold this value: {error}", permanent=True) from error


def as_store_error(error: Exception, shown: str) -> StoreError:
    """Return the StoreError for a driver's failure; its text has no statement or parameters, which may hold mail."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, StoreError):
        return cause
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause, shown)
    return _from_postgres(cause, error, shown)


def _from_sqlite(cause: sqlite3.Error, shown: str) -> StoreError:
    code = getattr(cause, "sqlite_errorcode", None)
    # The low byte of an extended result code is its primary code (sqlite.org/rescode.html).
    primary = None if code is None else code & 0xFF
    if primary in _BROKEN_SQLITE:
        return StoreError(f"the database {shown} is damaged ({cause}): {RESTORE_HINT}", permanent=True)
    return StoreError(f"the database {shown} cannot be used: {cause}", permanent=primary not in _TEMPORARY_SQLITE)


def _from_postgres(cause: Exception, error: Exception, shown: str) -> StoreError:
    sqlstate = getattr(cause, "sqlstate", None) or ""
    text = str(cause).strip().splitlines()
    detail = text[0] if text else type(cause).__name__
    if sqlstate.startswith(_BROKEN_POSTGRES):
        return StoreError(f"the database {shown} is damaged ({detail}): restore it from a backup", permanent=True)
    if sqlstate:
        is_temporary = sqlstate[:2] in _TEMPORARY_POSTGRES or sqlstate == _READ_ONLY_POSTGRES
    else:
        # Without a SQLSTATE the server did not answer: the connection failed, or the pool had none in time.
        is_temporary = isinstance(error, exc.OperationalError | exc.InterfaceError | exc.TimeoutError)
    hint = f" ({_PASSWORD_HINT})" if _NO_PASSWORD in detail else ""
    return StoreError(f"the database {shown} cannot be used: {detail}{hint}", permanent=not is_temporary)


def needs_new_connection(error: Exception) -> bool:
    """Whether connections must be opened anew.

    PostgreSQL's after one was closed; SQLite's since they keep the permissions and the file they were opened with.
    """
    if getattr(error, "connection_invalidated", False):
        return True
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    # A busy connection is sound: another one had the lock.
    return code is not None and code & 0xFF in (_TEMPORARY_SQLITE | _BROKEN_SQLITE) - {sqlite3.SQLITE_BUSY}
