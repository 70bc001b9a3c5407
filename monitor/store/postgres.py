"""Connect to PostgreSQL with time limits, and hold the daemon's advisory lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from monitor.errors import ConductedError

# Keys of the advisory locks ("mon" and a number); they are local to one database.
DAEMON = 0x6D6F6E01
WRITING = 0x6D6F6E02
CONDUCTING = 0x6D6F6E05

_CONNECT = {
    "connect_timeout": 10,
    # Both ends notice within about a minute that the other is gone; the server then releases the session's locks.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "monitor",
}
_SESSION = (
    # A cached plan from when a table was empty scans all of it: the 30,000th article cost 60 times the first.
    "-c plan_cache_mode=force_custom_plan -c timezone=UTC "
    # Bytes must be stored before they are sent, also where the server is set up to lose its last commits in a crash.
    "-c synchronous_commit=on "
    "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)
DEFAULT_TIMEOUT = 30.0
"""Seconds that a statement of the daemon or of most commands may take."""
LONG_TIMEOUT = 1800.0
"""Seconds that a statement may take which reads or writes much: in migrations, copies and searches of the past."""
# Shares of the timeout: the server ends a statement before we close the connection, and waiting for a lock ends before
# that, so that the error names the lock.
_STATEMENT_SHARE, _LOCK_SHARE = 0.9, 0.8
# So much of it may pass between two statements that read. Of a transaction that writes less than others wait for it:
# one whose machine is gone, or that was stopped, must not keep them from writing.
_IDLE_READING, _IDLE_WRITING = 4.0, 0.7
# Seconds: the daemon writes several times a minute, so that a session that does not is a lost one.
_UNUSED = 180


@dataclass(slots=True)
class Timeout:
    """How many seconds the sessions that share this object wait for an answer; it can change meanwhile."""

    seconds: float


def engines(url: sa.URL, readers: int, timeout: Timeout, *, daemon: bool) -> tuple[sa.Engine, sa.Engine]:
    """Return the engine of the single writing session and that of so many read-only ones."""
    writer = _engine(url, 1, timeout, _IDLE_WRITING)
    if daemon:
        sa.event.listen(writer, "connect", _end_when_unused)
        sa.event.listen(writer, "begin", DaemonLock().hold)
    # One state for the whole transaction: under READ COMMITTED each statement would see its own.
    reader = _engine(url, readers, timeout, _IDLE_READING, isolation_level="REPEATABLE READ")
    return writer, reader.execution_options(postgresql_readonly=True)


def _engine(url: sa.URL, size: int, timeout: Timeout, idle: float, **more: Any) -> sa.Engine:
    given = str(url.query.get("options", ""))
    connect: dict[str, Any] = {key: value for key, value in _CONNECT.items() if key not in url.query}
    limits = " ".join(f"-c {name}={value}" for name, value in _limits(timeout.seconds, idle).items())
    connect["options"] = f"{_SESSION} {limits} {given}".strip()
    engine = sa.create_engine(url, connect_args=connect, pool_size=size, max_overflow=0, hide_parameters=True, **more)
    sa.event.listen(engine, "do_connect", _connecting(timeout))
    return engine


def _limits(seconds: float, idle: float) -> dict[str, int]:
    """Return the limits that the server enforces, in milliseconds."""
    return {
        "statement_timeout": int(seconds * 1000 * _STATEMENT_SHARE),
        "lock_timeout": int(seconds * 1000 * _LOCK_SHARE),
        "idle_in_transaction_session_timeout": int(seconds * 1000 * idle),
    }


def _connecting(timeout: Timeout) -> Callable[..., Any]:
    def connect(_dialect: object, _record: object, args: Sequence[Any], options: dict[str, Any]) -> Any:
        # Imported here, since a monitor with a SQLite file does not need the driver.
        from monitor.store.deadline_session import DeadlineSession

        session = DeadlineSession.connect(*args, **options)
        session.timeout = timeout
        return session

    return connect


@contextmanager
def long_statements(conn: sa.Connection) -> Iterator[None]:
    """Let the statements of this transaction take up to LONG_TIMEOUT seconds (SQLite has no limit)."""
    if conn.dialect.name != "postgresql":
        yield
        return
    session: Any = conn.connection.driver_connection
    before, session.timeout = session.timeout, Timeout(LONG_TIMEOUT)
    for name, value in _limits(LONG_TIMEOUT, 1.0).items():
        conn.exec_driver_sql(f"SET LOCAL {name} = {value}")
    try:
        yield
    finally:
        session.timeout = before


def hold_writing(conn: sa.Connection) -> None:
    """Let one transaction at a time write to the database, of all processes: lock until it ends (SQLite: always)."""
    if conn.dialect.name == "postgresql":
        conn.execute(_HOLD_WRITING)


def is_timeout(error: Exception) -> bool:
    """Whether a failure was a timeout, so that the next attempt would take as long."""
    import psycopg

    from monitor.store.deadline_session import NoAnswerError

    return isinstance(getattr(error, "orig", None), NoAnswerError | psycopg.errors.ConnectionTimeout)


def copy_rows(conn: sa.Connection, command: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows with COPY in the connection's transaction, at a third of the cost of INSERT; raise DBAPIError."""
    import psycopg

    session: Any = conn.connection.driver_connection
    try:
        with session.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        if session.closed:
            # As SQLAlchemy does for its own statements: a closed connection cannot be rolled back.
            conn.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            command, None, error, psycopg.Error, connection_invalidated=session.closed, dialect=conn.dialect
        ) from error


class DaemonLock:
    """The advisory lock of the daemon's session: lost with the session, and taken again by the next one.

    A session that we closed may live on behind a pooler, or in a server that hangs, and still hold the lock. It keeps
    other daemons out, so that we go on, ask the server to end it, and take the lock as soon as it is free.
    """

    def __init__(self) -> None:
        self._holder: Sequence[object] = ()  # process id and start of our session that took the lock last

    def hold(self, conn: sa.Connection) -> None:
        """Take the lock at the start of a transaction; raise StoreError where another daemon holds it."""
        if conn.info.get(_HELD):
            return
        # A session that the server can end is gone within a second; waiting lets no other daemon take the lock.
        for _ in range(1 if conn.info.get(_ASKED) else _ATTEMPTS):
            if self._take(conn):
                return
            conn.info[_ASKED] = True

    def _take(self, conn: sa.Connection) -> bool:
        session: Any = conn.connection.driver_connection
        with session.cursor() as cursor:
            taken, *holder = cursor.execute(_TAKE, (DAEMON,)).fetchone()
            if taken:
                conn.info[_HELD], self._holder = True, holder
            elif not (self._holder and cursor.execute(_END_HOLDER, (DAEMON, *self._holder)).fetchone()):
                raise ConductedError()
        return bool(taken)


def end_daemon_sessions(conn: sa.Connection) -> int:
    """Have the server end the sessions that hold the daemon's lock, with what they have not committed; return how many.

    Call it for a daemon that is known to be silent: its machine may be gone without a word, and the server would wait
    for it as long as the network allows.
    """
    return len(conn.execute(sa.text(_END_HOLDERS), {"lock": DAEMON}).all())


_HOLD_WRITING = sa.select(sa.func.pg_advisory_xact_lock(WRITING))
# Marks on a connection: that it holds the lock, or has asked the server to end the session that does.
_HELD, _ASKED = "role held", "role asked for"
# About a second with the 0.05 s of `pg_sleep`.
_ATTEMPTS = 20
_TAKE = "SELECT pg_try_advisory_lock(%s), pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"
_END_HOLDERS = """
SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND objid = :lock AND granted AND datname = current_database() AND pid != pg_backend_pid()
"""
_END_HOLDER = """
SELECT pg_terminate_backend(pid), pg_sleep(0.05) FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND objid = %s AND granted AND datname = current_database()
AND pid = %s AND backend_start = %s
"""


def _end_when_unused(session: Any, _record: object) -> None:
    """Let the server end the daemon's session when it is unused, where it can (`idle_session_timeout`, version 14)."""
    session.execute(
        "SELECT set_config(name, %s, false) FROM pg_settings WHERE name = 'idle_session_timeout'", (f"{_UNUSED}s",)
    )
    session.commit()
