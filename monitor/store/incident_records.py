"""What the operator must know: opened once, told once, closed once, its recovery told once."""

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
    """One matter, open until `closed_at`; key and opening moment name it."""

    key: str
    kind: str
    text: str
    opened_at: datetime
    told_at: datetime | None = None
    closed_at: datetime | None = None
    recovery_told_at: datetime | None = None


_COLUMNS = [incidents.c[name] for name in Incident.__dataclass_fields__]


def report(conn: sa.Connection, incident: Incident, rest: timedelta = timedelta()) -> bool:
    """Open a matter; False where it goes on and only its text is renewed.

    It does where it is open, or ended less than `rest` ago and nobody has heard of its end.
    """
    t = incidents.c
    just_over = sa.and_(t.closed_at > incident.opened_at - rest, t.recovery_told_at.is_(None))
    goes_on = sa.update(incidents).where(t.key == incident.key, sa.or_(t.closed_at.is_(None), just_over))
    if conn.execute(goes_on.values(text=clean(incident.text), closed_at=None)).rowcount:
        return False
    row = {"key": incident.key, "kind": incident.kind, "text": clean(incident.text), "opened_at": incident.opened_at}
    conn.execute(sa.insert(incidents), [row])
    return True


def replace(conn: sa.Connection, incident: Incident) -> None:
    """Let the open matter of this key begin now, with this text and unheard of; open one where none is."""
    still = sa.update(incidents).where(incidents.c.key == incident.key, incidents.c.closed_at.is_(None))
    if not conn.execute(still.values(text=clean(incident.text), opened_at=incident.opened_at, told_at=None)).rowcount:
        report(conn, incident)


def dismiss(conn: sa.Connection, keys: Sequence[str], now: datetime) -> None:
    """End these matters without a word: nobody is told of it."""
    for some in chunks(keys):
        still = sa.update(incidents).where(incidents.c.key.in_(some), incidents.c.closed_at.is_(None))
        conn.execute(still.values(closed_at=now, recovery_told_at=now))


def close(conn: sa.Connection, keys: Sequence[str], now: datetime) -> int:
    """Close these matters if they are open; return how many were."""
    still = sa.update(incidents).where(incidents.c.key.in_(list(keys)), incidents.c.closed_at.is_(None))
    return conn.execute(still.values(closed_at=now)).rowcount


def unclosed(conn: sa.Connection) -> list[Incident]:
    """Return the open matters, the oldest first."""
    query = sa.select(*_COLUMNS).where(incidents.c.closed_at.is_(None)).order_by(incidents.c.opened_at)
    return [Incident(*row) for row in conn.execute(query)]


def untold(conn: sa.Connection) -> list[Incident]:
    """Return what the operator does not know yet: new matters still open, and the end of those that were told."""
    new = sa.and_(incidents.c.told_at.is_(None), incidents.c.closed_at.is_(None))
    told = sa.and_(incidents.c.told_at.is_not(None), incidents.c.closed_at.is_not(None))
    over = sa.and_(told, incidents.c.recovery_told_at.is_(None))
    query = sa.select(*_COLUMNS).where(sa.or_(new, over)).order_by(incidents.c.opened_at)
    return [Incident(*row) for row in conn.execute(query)]


def told_since(conn: sa.Connection, kinds: Sequence[str], moment: datetime) -> list[Incident]:
    """Return the matters of these kinds of whose beginning or end the operator was told since a moment."""
    t = incidents.c
    late = sa.or_(t.told_at >= moment, t.recovery_told_at >= moment)
    return [Incident(*row) for row in conn.execute(sa.select(*_COLUMNS).where(t.kind.in_(list(kinds)), late))]


def tell(conn: sa.Connection, matters: Sequence[Incident], now: datetime) -> None:
    """Record that the operator is told of these, as they stood when they were read."""
    for matter in matters:
        this = sa.update(incidents).where(incidents.c.key == matter.key, incidents.c.opened_at == matter.opened_at)
        conn.execute(this.values(told_at=now) if matter.closed_at is None else this.values(recovery_told_at=now))
