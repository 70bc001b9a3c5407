"""The outbox as sending sees it: claims of one delivery per recipient, bytes kept before any connection, ends."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.model import Alert, Item, Kind, Message, State
from monitor.store.codec import clean
from monitor.store.deliveries import items_of
from monitor.store.dialects import chunks, hold_claiming, upsert
from monitor.store.tables import deliveries, messages
from monitor.store.types import Row


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A claimed delivery: what to tell, the bytes if an earlier claim made them, and how earlier attempts went."""

    id: int
    token: str
    alert: Alert
    message: Message | None
    attempts: int
    perhaps: bool
    first_attempt_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Postponed:
    """Why and until when a delivery waits again; trouble of the account (`counts` false) is no attempt of its own."""

    due: datetime
    at: datetime
    error: str = ""
    perhaps: bool = False
    counts: bool = True


def claim(
    conn: sa.Connection, now: datetime, limit: int, lease: timedelta, resting: Sequence[str] = ()
) -> list[DueDelivery]:
    """Lease deliveries that are due, the oldest first; no recipient ever has two in flight, `resting` channels none."""
    hold_claiming(conn)
    ids = list(conn.execute(_due(now, limit, resting)).scalars())
    if not ids:
        return []
    token = secrets.token_hex(8)
    for some in chunks(ids):
        change = sa.update(deliveries).where(deliveries.c.id.in_(some))
        conn.execute(change.values(token=token, lease_until=now + lease))
    return _claimed(conn, ids, token)


def _due(now: datetime, limit: int, resting: Sequence[str]) -> sa.Select[Any]:
    d = deliveries.c
    flying = sa.select(d.recipient).where(d.token.is_not(None), d.lease_until > now)
    place = sa.func.row_number().over(partition_by=d.recipient, order_by=(d.due_at, d.id))
    due = (
        sa.select(d.id, d.due_at, place.label("place"))
        .where(d.state == State.WAITING, d.due_at <= now, d.recipient.not_in(flying), d.channel.not_in(list(resting)))
        .subquery()
    )
    return sa.select(due.c.id).where(due.c.place == 1).order_by(due.c.due_at, due.c.id).limit(limit)


def _claimed(conn: sa.Connection, ids: Sequence[int], token: str) -> list[DueDelivery]:
    items = items_of(conn, ids)
    kept = kept_messages(conn, ids)
    found: dict[int, DueDelivery] = {}
    for some in chunks(ids):
        for row in conn.execute(sa.select(deliveries).where(deliveries.c.id.in_(some))):
            found[row.id] = DueDelivery(
                id=row.id,
                token=token,
                alert=alert_of(row, items[row.id]),
                message=kept.get(row.id),
                attempts=row.attempts,
                perhaps=row.perhaps,
                first_attempt_at=row.first_attempt_at,
                created_at=row.created_at,
            )
    return [found[id_] for id_ in ids]


def alert_of(row: Row, items: tuple[Item, ...]) -> Alert:
    """Return the alert that a row of deliveries and its items are."""
    return Alert(
        recipient=row.recipient,
        thread=row.thread,
        sequence=row.sequence,
        kind=Kind(row.kind),
        due=row.due_at,
        items=items,
        channel=row.channel,
        timezone=row.timezone,
        subject=row.subject,
        text=row.text,
    )


def kept_messages(conn: sa.Connection, ids: Sequence[int]) -> dict[int, Message]:
    """Return the finished bytes of those deliveries that have them."""
    found: dict[int, Message] = {}
    query = sa.select(messages, deliveries.c.recipient).join(deliveries, deliveries.c.id == messages.c.delivery_id)
    for some in chunks(ids):
        for row in conn.execute(query.where(messages.c.delivery_id.in_(some))):
            found[row.delivery_id] = Message(row.recipient, row.sender, row.message_id, row.subject, bytes(row.raw))
    return found


def keep_message(conn: sa.Connection, id_: int, token: str, message: Message, now: datetime) -> bool:
    """Keep the bytes that every attempt sends, before any connection; False: the claim is lost, do not send.

    Bytes that are there already stay: they may have been sent.
    """
    if not _holds(conn, id_, token):
        return False
    texts = {name: clean(getattr(message, name)) for name in ("message_id", "sender", "subject")}
    upsert(conn, messages, [{"delivery_id": id_, "raw": message.raw, "kept_at": now, **texts}], [])
    return True


def _holds(conn: sa.Connection, id_: int, token: str) -> bool:
    held = sa.select(deliveries.c.id).where(deliveries.c.id == id_, deliveries.c.token == token).with_for_update()
    return conn.execute(held).first() is not None


def finish_sent(conn: sa.Connection, id_: int, token: str, now: datetime, note: str = "") -> bool:
    """Record that a server took the message; False: the claim is lost and nothing changes."""
    return _end(
        conn, id_, token, {"state": State.SENT.value, "finished_at": now, "note": clean(note), "last_error": ""}
    )


def finish_failed(conn: sa.Connection, id_: int, token: str, now: datetime, error: str) -> bool:
    """Record that this delivery will not be tried again by itself; False: the claim is lost and nothing changes."""
    return _end(conn, id_, token, {"state": State.FAILED.value, "finished_at": now, "last_error": clean(error)})


def postpone(conn: sa.Connection, id_: int, token: str, until: Postponed) -> bool:
    """Let a delivery wait for another attempt; False: the claim is lost and nothing changes."""
    values: dict[str, Any] = {"due_at": until.due, "last_error": clean(until.error)}
    if until.counts:
        first = sa.func.coalesce(deliveries.c.first_attempt_at, sa.literal(until.at, deliveries.c.due_at.type))
        values |= {"attempts": deliveries.c.attempts + 1, "first_attempt_at": first}
    if until.perhaps:
        values["perhaps"] = True
    return _end(conn, id_, token, values)


def _end(conn: sa.Connection, id_: int, token: str, values: dict[str, Any]) -> bool:
    """End a claim; a delivery held, dropped or released meanwhile has no token any more."""
    where = (deliveries.c.id == id_, deliveries.c.token == token)
    change = sa.update(deliveries).where(*where).values(token=None, lease_until=None, **values)
    return conn.execute(change).rowcount == 1


def release(conn: sa.Connection, token: str) -> int:
    """Give the rest of a claim back untouched, so that another one need not wait for the lease to run out."""
    freed = sa.update(deliveries).where(deliveries.c.token == token)
    return conn.execute(freed.values(token=None, lease_until=None)).rowcount


def release_all(conn: sa.Connection) -> int:
    """Give every claim back: at the start of the only process, whoever held one is dead. Bytes that were kept stay."""
    freed = sa.update(deliveries).where(deliveries.c.token.is_not(None))
    return conn.execute(freed.values(token=None, lease_until=None)).rowcount
