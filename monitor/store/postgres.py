"""What only PostgreSQL does: sessions that notice a dead line, and the advisory locks that stand for roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from monitor.errors import StoreError

# Numbers of our advisory locks; they count within one database.
DAEMON = 0x6D6F6E01
MIGRATION = 0x6D6F6E02
GROUPING = 0x6D6F6E03
CLAIMING = 0x6D6F6E04

_READERS = 4
# Both ends notice within about a minute that the other is gone, and the dead session's locks fall.
_CONNECT = {
    "connect_timeout": 10,
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


def engines(url: sa.URL, *, daemon: bool) -> tuple[sa.Engine, sa.Engine]:
    """Return the engine of the one writing session and that of the read-only ones."""
    writer = sa.create_engine(url, **_options(url, 1))
    if daemon:
        sa.event.listen(writer, "connect", _take_role)
    reader = sa.create_engine(url, isolation_level="REPEATABLE READ", **_options(url, _READERS))
    return writer, reader.execution_options(postgresql_readonly=True)


def _options(url: sa.URL, size: int) -> dict[str, Any]:
    given = str(url.query.get("options", ""))
    connect = {key: value for key, value in _CONNECT.items() if key not in url.query}
    connect["options"] = f"{_SESSION} {given}".strip()
    return {"connect_args": connect, "pool_size": size, "max_overflow": 0, "hide_parameters": True}


def copy_rows(conn: sa.Connection, command: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Send rows with COPY inside the connection's transaction: a third of the cost of many inserts."""
    import psycopg

    session: Any = conn.connection.driver_connection
    try:
        with session.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise sa.exc.DBAPIError.instance(command, None, error, psycopg.Error, dialect=conn.dialect) from error


def _take_role(session: Any, _record: object) -> None:
    """Take the daemon's lock with every new session: it is lost with the old one."""
    with session.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", (DAEMON,))
        taken = cursor.fetchone()[0]
    session.commit()
    if not taken:
        session.close()
        raise StoreError(
            "another monitor already works on this database: stop it first, or give this one another database"
        )
