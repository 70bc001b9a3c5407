"""Store which processes leave what is due through an account to others, since they cannot send by it themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.process_tables import processes
from monitor.store.processes import Role, is_worker

_ALIVE = timedelta(minutes=2)
"""How long ago a process was heard that counts as one that may send."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A process that conducts or works, and why it cannot send by an account; empty where it can, or never tried."""

    name: str
    host: str
    why: str
    is_self: bool = False

    def __str__(self) -> str:
        return f"{self.host}: {self.why}"


def senders(conn: sa.Connection, account: str, now: datetime, worker: str = "") -> list[Sender]:
    """Return the living processes that send, `worker` (the one that asks) first."""
    p = processes.c
    living = sa.select(p.name, p.host, p.left_accounts, is_worker(worker).label("is_self")).where(
        p.role.in_([Role.CONDUCTOR, Role.WORKER]), sa.or_(p.beat_at > now - _ALIVE, is_worker(worker))
    )
    found = [
        Sender(one.name, one.host, _of(one.left_accounts).get(account, ""), one.is_self) for one in conn.execute(living)
    ]
    return sorted(found, key=lambda one: (not one.is_self, one.name))


def note(conn: sa.Connection, worker: str, account: str, why: str) -> None:
    """Store why a process leaves an account to others; an empty reason says that it does so no more."""
    stored = conn.execute(sa.select(processes.c.left_accounts).where(is_worker(worker))).scalar()
    left = {key: value for key, value in _of(stored or "").items() if key != account} | ({account: why} if why else {})
    text = json.dumps(left) if left else ""
    conn.execute(sa.update(processes).where(is_worker(worker)).values(left_accounts=clean(text)))


def forget(conn: sa.Connection, worker: str) -> None:
    """Forget what a former start of a process left to others."""
    conn.execute(sa.update(processes).where(is_worker(worker)).values(left_accounts=""))


def _of(text: str) -> dict[str, str]:
    return dict(json.loads(text)) if text else {}
