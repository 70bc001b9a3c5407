"""Store the incidents that the operator is told of: opened once, told once, closed once, the recovery told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import chunks
from monitor.store.tables import incidents


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, open until `closed_at`; `key` and `opened_at` identify it."""

    key: str
    kind: str
    text: str
    opened_at: datetime
    told_at: datetime | None = None
    closed_at: datetime | None = None
    recovery_told_at: datetime | None = None


_COLUMNS = [incidents.c[name] for name in Incident.__dataclass_fields__]


def report(conn: sa.Connection, incident: Incident, rest: timedelta = timedelta()) -> bool:
    """Open an incident; False where one of this key continues, whose text is renewed.

    An incident continues where it is open, or was closed less than `rest` ago and its end was not told, or where this
    very one is stored: whoever did not hear of a commit reports it again.
    """
    t = incidents.c
    just_closed = sa.and_(t.closed_at > incident.opened_at - rest, t.recovery_told_at.is_(None))
    continues = sa.or_(t.closed_at.is_(None), just_closed, t.opened_at == incident.opened_at)
    continued = sa.update(incidents).where(t.key == incident.key, continues)
    if conn.execute(continued.values(text=clean(incident.text), closed_at=None)).rowcount:
        return False
    row = {"key": incident.key, "kind": incident.kind, "text": clean(incident.text), "opened_at": incident.opened_at}
    conn.execute(sa.insert(incidents), [row])
    return True


def replace(conn: sa.Connection, incident: Incident) -> None:
    """Restart the open incident of this key, with this text and not told yet; open one where none is open."""
    change = sa.update(incidents).where(incidents.c.key == incident.key, incidents.c.closed_at.is_(None))
    if not conn.execute(change.values(text=clean(incident.text), opened_at=incident.opened_at, told_at=None)).rowcount:
        report(conn, incident)


def dismiss(conn: sa.Connection, keys: Sequence[str], now: datetime) -> None:
    """Close these incidents without telling anybody."""
    for some in chunks(keys):
        change = sa.update(incidents).where(incidents.c.key.in_(some), incidents.c.closed_at.is_(None))
        conn.execute(change.values(closed_at=now, recovery_told_at=now))


def close(conn: sa.Connection, keys: Sequence[str], now: datetime) -> int:
    """Close those of these incidents that are open; return how many were."""
    change = sa.update(incidents).where(incidents.c.key.in_(list(keys)), incidents.c.closed_at.is_(None))
    return conn.execute(change.values(closed_at=now)).rowcount


def is_closed_since(conn: sa.Connection, key: str, moment: datetime) -> bool:
    """Whether an incident of this key ended since a moment."""
    t = incidents.c
    return conn.execute(sa.select(t.key).where(t.key == key, t.closed_at >= moment).limit(1)).first() is not None


def unclosed(conn: sa.Connection) -> list[Incident]:
    """Return the open incidents, the oldest first."""
    query = sa.select(*_COLUMNS).where(incidents.c.closed_at.is_(None)).order_by(incidents.c.opened_at)
    return [Incident(*row) for row in conn.execute(query)]


def untold(conn: sa.Connection) -> list[Incident]:
    """Return what the operator was not told: open incidents, and closed ones whose beginning he was told of."""
    new = sa.and_(incidents.c.told_at.is_(None), incidents.c.closed_at.is_(None))
    told = sa.and_(incidents.c.told_at.is_not(None), incidents.c.closed_at.is_not(None))
    closed = sa.and_(told, incidents.c.recovery_told_at.is_(None))
    query = sa.select(*_COLUMNS).where(sa.or_(new, closed)).order_by(incidents.c.opened_at)
    return [Incident(*row) for row in conn.execute(query)]


def told_since(conn: sa.Connection, kinds: Sequence[str], moment: datetime) -> list[Incident]:
    """Return the incidents of these kinds of whose beginning or end the operator was told since a moment."""
    t = incidents.c
    is_recent = sa.or_(t.told_at >= moment, t.recovery_told_at >= moment)
    return [Incident(*row) for row in conn.execute(sa.select(*_COLUMNS).where(t.kind.in_(list(kinds)), is_recent))]


def mark_told(conn: sa.Connection, told: Sequence[Incident], now: datetime) -> None:
    """Record that the operator was told of these incidents as they were read: of the beginning, or of the end."""
    for incident in told:
        change = sa.update(incidents).where(
            incidents.c.key == incident.key, incidents.c.opened_at == incident.opened_at
        )
        conn.execute(change.values(told_at=now) if incident.closed_at is None else change.values(recovery_told_at=now))
