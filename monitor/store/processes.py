"""Store which processes work on one database, and which of them conducts: its row is a lease that its beats renew.

Nobody compares clocks of two machines: a process is silent when whoever watches it has seen the same beat for too long.
"""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from monitor.store.column_types import from_micros
from monitor.store.dialects import is_postgres, upsert
from monitor.store.lease_tokens import EMBEDDED
from monitor.store.postgres import CONDUCTING
from monitor.store.process_tables import processes


class Role(StrEnum):
    """What a process does: one conducts, those that stand by wait for it to fall silent, workers share its work."""

    CONDUCTOR = "conductor"
    STANDBY = "standby"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Done:
    """How many feeds were polled, pages read and messages sent."""

    polls: int = 0
    pages: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Process:
    """One start of a process: its next one has the same name and another token.

    Both moments are by its clock; the counts are of the hour before its last sign of life.
    """

    name: str
    token: str
    role: Role
    host: str
    pid: int
    started_at: datetime
    beat_at: datetime
    polls: int = 0
    pages: int = 0
    messages: int = 0

    @property
    def worker(self) -> str:
        """The worker that its claims name."""
        return EMBEDDED if self.role is Role.CONDUCTOR else self.name


_FORGOTTEN = timedelta(days=1)
"""A standby without a beat for so long is not listed any more."""
_MOMENT = sa.text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
_COLUMNS = [processes.c[name] for name in Process.__dataclass_fields__]


def enter(conn: sa.Connection, process: Process) -> None:
    """Add a process, in the place of an earlier start of it."""
    row = dict(zip(Process.__dataclass_fields__, astuple(process), strict=True))
    upsert(conn, processes, [row], [name for name in row if name != "name"])


def beat(conn: sa.Connection, process: Process, now: datetime) -> bool:
    """Note that a process lives; False where it has lost its row or its role to another."""
    return bool(conn.execute(sa.update(processes).where(_is(process)).values(beat_at=now)).rowcount)


def count(conn: sa.Connection, worker: str, done: Done) -> None:
    """Store what a worker did in the last hour."""
    conn.execute(sa.update(processes).where(is_worker(worker)).values(**asdict(done)))


def is_worker(worker: str) -> sa.ColumnElement[bool]:
    """Return the condition that a row is that of a worker; the embedded one is the conductor's."""
    return processes.c.role == Role.CONDUCTOR if worker == EMBEDDED else processes.c.name == worker


def moment(conn: sa.Connection) -> datetime:
    """Return the present moment by the clock of a PostgreSQL server."""
    return from_micros(int(conn.execute(_MOMENT).scalar_one()))


def dismiss(conn: sa.Connection, silent: Process) -> bool:
    """Remove a process as it was seen silent; False where it was heard since, or is gone."""
    is_same = sa.and_(_is(silent), processes.c.beat_at == silent.beat_at)
    return bool(conn.execute(sa.delete(processes).where(is_same)).rowcount)


def leave(conn: sa.Connection, process: Process) -> bool:
    """Remove a process that ends; False where another has its name by now."""
    return bool(conn.execute(sa.delete(processes).where(_is(process))).rowcount)


def _is(process: Process) -> sa.ColumnElement[bool]:
    p = processes.c
    return sa.and_(p.name == process.name, p.token == process.token, p.role == process.role)


def is_known(conn: sa.Connection) -> bool:
    """Whether the database has this table yet: an empty one, or that of an older monitor, has not."""
    return sa.inspect(conn).has_table(processes.name)


def conductor(conn: sa.Connection) -> Process | None:
    """Return who conducts, by the table."""
    return next((one for one in listing(conn) if one.role is Role.CONDUCTOR), None)


def take_over(conn: sa.Connection, process: Process, silent: Process | None) -> bool:
    """Make a process the conductor in the place of the one that was seen silent (None: of nobody); say if it is now.

    It is not where another one conducts, or where the silent one was heard since. An earlier start of the same
    process is replaced whether or not it was silent.
    """
    if is_postgres(conn):
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(CONDUCTING)))
    present = conductor(conn)
    if present and present != silent and present.name != process.name:
        return False
    gone = sa.and_(processes.c.role == Role.STANDBY, processes.c.beat_at < process.beat_at - _FORGOTTEN)
    conn.execute(sa.delete(processes).where(sa.or_(processes.c.role == Role.CONDUCTOR, gone)))
    enter(conn, process)
    return True


def listing(conn: sa.Connection) -> list[Process]:
    """Return all processes that are entered, the conductor first; but such as do what only newer programs know."""
    known = sa.select(*_COLUMNS).where(processes.c.role.in_([*Role]))
    rows = conn.execute(known.order_by(processes.c.role, processes.c.started_at))
    return [Process(row.name, row.token, Role(row.role), *row[3:]) for row in rows]


def forget_all(conn: sa.Connection) -> None:
    """Delete all: in a database that was restored nobody works yet."""
    conn.execute(sa.delete(processes))
