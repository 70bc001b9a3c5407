"""What a driver's failure means: whether waiting helps, whether the data are damaged, whether to connect anew."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import exc

from monitor.errors import StoreError
from monitor.store.faults import as_store_error, needs_new_connection, translated

SECRET = "SELECT 'a mail'"


class PostgresError(Exception):
    """What psycopg raises, with the SQLSTATE of the server."""

    def __init__(self, text: str, sqlstate: str | None) -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


def sqlite_error(code: int | None, text: str = "no luck") -> sqlite3.Error:
    error = sqlite3.OperationalError(text)
    if code is not None:
        error.sqlite_errorcode = code
    return error


def wrapped(cause: BaseException, kind: type[exc.DBAPIError] = exc.OperationalError) -> exc.DBAPIError:
    """The failure as SQLAlchemy raises it."""
    return kind(SECRET, {"mail": "secret"}, cause)


@pytest.mark.parametrize(
    ("code", "permanent"),
    [
        (sqlite3.SQLITE_BUSY, False),
        (sqlite3.SQLITE_BUSY | 2 << 8, False),  # an extended code
        (sqlite3.SQLITE_FULL, False),
        (sqlite3.SQLITE_READONLY, False),
        (sqlite3.SQLITE_IOERR, False),
        (sqlite3.SQLITE_CONSTRAINT, True),
        (sqlite3.SQLITE_ERROR, True),
        (None, True),
    ],
)
def test_sqlite_says_whether_waiting_helps(code: int | None, permanent: bool) -> None:
    for error in (sqlite_error(code), wrapped(sqlite_error(code))):
        found = as_store_error(error, "monitor.db")
        assert found.permanent is permanent
        assert str(found) == "the database monitor.db cannot be used: no luck"


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])
def test_damage_names_the_way_back(code: int) -> None:
    found = as_store_error(sqlite_error(code), "monitor.db")
    assert found.permanent
    assert str(found).startswith(
        "the database monitor.db is damaged (no luck): bring back a copy with `monitor restore"
    )


@pytest.mark.parametrize(
    ("sqlstate", "permanent"),
    [("08006", False), ("40001", False), ("53300", False), ("57P01", False), ("25006", False), ("42P01", True)],
)
def test_postgresql_says_whether_waiting_helps(sqlstate: str, permanent: bool) -> None:
    found = as_store_error(wrapped(PostgresError("no luck\nDETAIL: a mail", sqlstate)), "db")
    assert (found.permanent, str(found)) == (permanent, "the database db cannot be used: no luck")


@pytest.mark.parametrize(
    ("kind", "permanent"),
    [(exc.OperationalError, False), (exc.InterfaceError, False), (exc.ProgrammingError, True)],
)
def test_a_server_that_does_not_answer_may_later(kind: type[exc.DBAPIError], permanent: bool) -> None:
    found = as_store_error(wrapped(PostgresError("", None), kind), "db")
    assert (found.permanent, str(found)) == (permanent, "the database db cannot be used: PostgresError")


def test_a_pool_without_a_connection_may_have_one_later() -> None:
    assert not as_store_error(exc.TimeoutError("no connection"), "db").permanent


def test_damage_of_postgresql_asks_for_the_backup() -> None:
    found = as_store_error(wrapped(PostgresError("invalid page", "XX001")), "db")
    assert found.permanent
    assert str(found) == "the database db is damaged (invalid page): restore it from a backup"


def test_every_failure_inside_is_a_store_error_and_tells_no_mail() -> None:
    own = StoreError("stopped")
    failures = [
        (wrapped(sqlite_error(sqlite3.SQLITE_BUSY)), "the database db cannot be used: no luck", False),
        (OSError("disk"), "db cannot be used: disk", False),
        (OverflowError("int too large"), "db cannot hold this value: int too large", True),
        (wrapped(own), "stopped", False),
    ]
    for failure, text, permanent in failures:
        with pytest.raises(StoreError) as raised, translated("db"):
            raise failure
        assert (str(raised.value), raised.value.permanent) == (text, permanent)
    with pytest.raises(KeyError), translated("db"):
        raise KeyError("ours")


def test_which_failures_need_new_connections() -> None:
    gone = wrapped(PostgresError("gone", "57P01"))
    assert not needs_new_connection(gone)
    gone.connection_invalidated = True
    assert needs_new_connection(gone)
    assert needs_new_connection(wrapped(sqlite_error(sqlite3.SQLITE_IOERR | 10 << 8)))
    assert needs_new_connection(sqlite_error(sqlite3.SQLITE_CORRUPT))
    for code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CONSTRAINT, None):
        assert not needs_new_connection(sqlite_error(code))


def test_who_gave_no_password_is_told_where_to_give_it() -> None:
    found = as_store_error(wrapped(PostgresError("fe_sendauth: no password supplied", None)), "db")
    assert str(found).endswith("(give it in MONITOR_DATABASE_PASSWORD, or in a file: database_password_file)")
