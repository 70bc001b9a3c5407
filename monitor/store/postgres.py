"""What only PostgreSQL does: sessions that notice a dead line, and the advisory locks that stand for roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from monitor.errors import StoreError

# Numbers of our advisory locks; they count within one database.
DAEMON = 0x6D6F6E01
MIGRATION = 0x6D6F6E02
GROUPING = 0x6D6F6E03
CLAIMING = 0x6D6F6E04

_READERS = 4
_CONNECT = {
    "connect_timeout": 10,
    # Both ends notice within about a minute that the other is gone, and the dead session's locks fall.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "monitor",
}
_SESSION = (
    # A plan made while a table was empty reads all of it: kept, the 30,000th article cost 60 times the first.
    "-c plan_cache_mode=force_custom_plan -c timezone=UTC "
    "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)
BRIEF = 30.0
"""Seconds that a daemon's statements, and those of most commands, may take."""
PATIENT = 1800.0
"""Seconds that a statement may take which reads or writes much: of migrations, copies, trials on the past."""
# Of the seconds a statement may take: a server that lives ends it before we hang up, and a lock that is waited for ends
# before that, so that the error names it.
_STATEMENT, _LOCK = 0.9, 0.5
_IDLE = 4.0  # times as long may a transaction rest between statements, so that a session we lost gives up its locks
_UNUSED = 180  # seconds; a daemon writes several times a minute, so a session that does not is one that it lost


@dataclass(slots=True)
class Patience:
    """How many seconds of silence the sessions that share this put up with, from now on."""

    seconds: float


def engines(url: sa.URL, *, daemon: bool, patience: Patience) -> tuple[sa.Engine, sa.Engine]:
    """Return the engine of the one writing session and that of the read-only ones."""
    writer = _engine(url, 1, patience)
    if daemon:
        sa.event.listen(writer, "connect", _end_when_unused)
        sa.event.listen(writer, "begin", Role().hold)
    reader = _engine(url, _READERS, patience, isolation_level="REPEATABLE READ")
    return writer, reader.execution_options(postgresql_readonly=True)


def _engine(url: sa.URL, size: int, patience: Patience, **more: Any) -> sa.Engine:
    given = str(url.query.get("options", ""))
    connect: dict[str, Any] = {key: value for key, value in _CONNECT.items() if key not in url.query}
    limits = " ".join(f"-c {name}={value}" for name, value in _limits(patience.seconds).items())
    connect["options"] = f"{_SESSION} {limits} {given}".strip()
    engine = sa.create_engine(url, connect_args=connect, pool_size=size, max_overflow=0, hide_parameters=True, **more)
    sa.event.listen(engine, "do_connect", _connecting(patience))
    return engine


def _limits(seconds: float) -> dict[str, int]:
    """The server's own limits, in milliseconds."""
    return {
        "statement_timeout": int(seconds * 1000 * _STATEMENT),
        "lock_timeout": int(seconds * 1000 * _LOCK),
        "idle_in_transaction_session_timeout": int(seconds * 1000 * _IDLE),
    }


def _connecting(patience: Patience) -> Callable[..., Any]:
    def connect(_dialect: object, _record: object, args: Sequence[Any], options: dict[str, Any]) -> Any:
        # Imported late: a monitor with a SQLite file does without the driver.
        from monitor.store.deadline_session import DeadlineSession

        session = DeadlineSession.connect(*args, **options)
        session.patience = patience
        return session

    return connect


@contextmanager
def patient(conn: sa.Connection) -> Iterator[None]:
    """Let the statements of this transaction take their time (SQLite: they always may)."""
    if conn.dialect.name != "postgresql":
        yield
        return
    session: Any = conn.connection.driver_connection
    before, session.patience = session.patience, Patience(PATIENT)
    for name, value in _limits(PATIENT).items():
        conn.exec_driver_sql(f"SET LOCAL {name} = {value}")
    try:
        yield
    finally:
        session.patience = before


def is_silence(error: Exception) -> bool:
    """Say whether a failure took as long as we wait: the next attempt would, too."""
    import psycopg

    from monitor.store.deadline_session import SilentError

    return isinstance(getattr(error, "orig", None), SilentError | psycopg.errors.ConnectionTimeout)


def copy_rows(conn: sa.Connection, command: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Send rows with COPY inside the connection's transaction: a third of the cost of many inserts."""
    import psycopg

    session: Any = conn.connection.driver_connection
    try:
        with session.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        if session.closed:
            # As SQLAlchemy does with what it runs itself: nothing can be rolled back any more.
            conn.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            command, None, error, psycopg.Error, connection_invalidated=session.closed, dialect=conn.dialect
        ) from error


class Role:
    """The daemon's lock, which its session holds: lost with the session, and taken again by the next one.

    A session that we hung up on may live on behind a pooler, or hang with its server. It still keeps others
    out, so we work on beside it, ask the server to end it, and take the lock as soon as it falls.
    """

    def __init__(self) -> None:
        self._ours: Sequence[object] = ()  # process and beginning of the session that took the lock last

    def hold(self, conn: sa.Connection) -> None:
        """See at the start of a transaction that the lock is ours; raise StoreError where another daemon has it."""
        if conn.info.get(_HELD):
            return
        # A session that can be ended is gone within a moment: nobody else shall get in between.
        for _ in range(1 if conn.info.get(_ASKED) else _MOMENTS):
            if self._take(conn):
                return
            conn.info[_ASKED] = True

    def _take(self, conn: sa.Connection) -> bool:
        session: Any = conn.connection.driver_connection
        with session.cursor() as cursor:
            taken, *ours = cursor.execute(_TAKE, (DAEMON,)).fetchone()
            if taken:
                conn.info[_HELD], self._ours = True, ours
            elif not (self._ours and cursor.execute(_END_FORMER, (DAEMON, *self._ours)).fetchone()):
                raise StoreError(
                    "another monitor already works on this database: stop it first, or give this one another database"
                )
        return bool(taken)


# What is noted of a session: that it holds the lock, or has asked for the end of the one that does.
_HELD, _ASKED = "role held", "role asked for"
_MOMENTS = 20
_TAKE = "SELECT pg_try_advisory_lock(%s), pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"
_END_FORMER = """
SELECT pg_terminate_backend(pid), pg_sleep(0.05) FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND objid = %s AND granted AND datname = current_database()
AND pid = %s AND backend_start = %s
"""


def _end_when_unused(session: Any, _record: object) -> None:
    """Let the server end the daemon's session when it is not used, where the server can (version 14)."""
    session.execute(
        "SELECT set_config(name, %s, false) FROM pg_settings WHERE name = 'idle_session_timeout'", (f"{_UNUSED}s",)
    )
    session.commit()
