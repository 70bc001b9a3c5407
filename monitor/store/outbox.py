"""Claim due deliveries for sending, one for each recipient, store their bytes, and record how each attempt ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

import sqlalchemy as sa

from monitor.model import Alert, Item, Kind, Message, Receipt, State
from monitor.store import delivery_attempts
from monitor.store.codec import clean
from monitor.store.column_types import Row
from monitor.store.deliveries import items_of
from monitor.store.delivery_attempts import UNKNOWN, Decision, NewAttempt, Outcome, Way
from monitor.store.dialects import chunks, upsert
from monitor.store.lease_tokens import EMBEDDED, is_held_by, new_token
from monitor.store.tables import deliveries, delivery_items, messages

NO_RECEIPT = Receipt()
NOT_SENT = "our database failed before it was sent"
"""What is said of an attempt that ended without an answer and without an error of the other side."""
ANSWER_CAP = 200
"""Characters of a server's answer that are kept."""
ITEMS_AT_ONCE = 5_000
"""Articles of the deliveries that a claim takes together at most; one delivery alone may tell any number."""


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A claimed delivery: its alert, the message if it was rendered before, and how earlier attempts went.

    `way` is how it leaves now, in the attempt of this `number`.
    """

    id: int
    token: str
    alert: Alert
    message: Message | None
    attempts: int
    maybe_delivered: bool
    first_attempt_at: datetime | None
    created_at: datetime
    way: Way = UNKNOWN
    number: int = 1

    @property
    def attempt(self) -> NewAttempt:
        """The attempt that is made of it now."""
        return NewAttempt(self.id, self.number, self.way)


@dataclass(frozen=True, slots=True)
class Postponed:
    """Why and until when (`due`) a delivery waits again; `counts`: whether this was an attempt of the delivery itself.

    A failure of the account does not count. `maybe_delivered` says whether an attempt may have arrived; None leaves
    that as it is recorded. `paused_until` is when the account is tried again, where it is in trouble: the delivery
    stays due as it was, so that it keeps its turn.
    """

    due: datetime
    at: datetime
    error: str = ""
    maybe_delivered: bool | None = None
    counts: bool = True
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which deliveries a claim may take: of `channels`, or of all but `others` to one `recipient`; `last` come last.

    Of one recipient's deliveries those in `after` come last, those in `late` just before them, and those in `without`
    are left alone. `worker` claims them, to send them this `way`.
    """

    channels: Sequence[str] = ()
    others: Sequence[str] = ()
    recipient: str = ""
    last: Collection[str] = ()
    late: Collection[int] = ()
    after: Collection[int] = ()
    without: Collection[int] = ()
    worker: str = EMBEDDED
    way: Way = UNKNOWN


def claim(
    conn: sa.Connection, now: datetime, limit: int, lease: timedelta, which: ClaimFilter = ClaimFilter()
) -> list[DueDelivery]:
    """Lease up to `limit` due deliveries, the oldest first; no recipient ever has two in flight."""
    ids = _bounded(conn, list(conn.execute(_due(now, limit, which)).scalars()))
    if not ids:
        return []
    token = new_token(which.worker)
    for some in chunks(ids):
        change = sa.update(deliveries).where(deliveries.c.id.in_(some))
        conn.execute(change.values(token=token, lease_until=now + lease))
    return _claimed(conn, ids, token, which.way)


def _bounded(conn: sa.Connection, ids: Sequence[int]) -> list[int]:
    """Return the first of these deliveries, so many as tell ITEMS_AT_ONCE articles: large digests come one by one."""
    if len(ids) < 2:
        return list(ids)
    i, counts = delivery_items.c, dict[int, int]()
    for some in chunks(ids):
        count = sa.select(i.delivery_id, sa.func.count()).where(i.delivery_id.in_(some)).group_by(i.delivery_id)
        counts.update((id_, number) for id_, number in conn.execute(count))
    totals = accumulate(counts.get(id_, 0) for id_ in ids)
    return [id_ for at, (id_, total) in enumerate(zip(ids, totals, strict=True)) if not at or total <= ITEMS_AT_ONCE]


def due_recipients(conn: sa.Connection, now: datetime, others: Sequence[str]) -> list[str]:
    """Return the recipients of deliveries that are due by another channel than `others` and not claimed."""
    d = deliveries.c
    free = sa.or_(d.token.is_(None), d.lease_until <= now)
    due = (d.state == State.WAITING, d.due_at <= now, d.channel.not_in(others), free)
    return list(conn.execute(sa.select(d.recipient).where(*due).distinct().order_by(d.recipient)).scalars())


def is_another_due(conn: sa.Connection, now: datetime, which: ClaimFilter) -> bool:
    """Tell whether a claim by this filter would take anything."""
    return conn.execute(_due(now, 1, which)).first() is not None


def _due(now: datetime, limit: int, which: ClaimFilter) -> sa.Select[Any]:
    d = deliveries.c
    in_flight = sa.select(d.recipient).where(d.token.is_not(None), d.lease_until > now)
    # Ranked before the limit, so that a recipient with many deliveries does not fill the claim.
    turn = sa.case((d.id.in_(list(which.after)), 2), (d.id.in_(list(which.late)), 1), else_=0)
    rank = sa.func.row_number().over(partition_by=d.recipient, order_by=(turn, d.due_at, d.id))
    due = sa.select(d.id, d.recipient, d.due_at, rank.label("rank"))
    due = due.where(d.state == State.WAITING, d.due_at <= now, d.recipient.not_in(in_flight))
    due = due.where(d.channel.in_(which.channels) if which.channels else d.channel.not_in(which.others))
    due = due.where(d.recipient == which.recipient) if which.recipient else due
    due = due.where(d.id.not_in(list(which.without))) if which.without else due
    found = due.subquery()
    late = sa.case((found.c.recipient.in_(list(which.last)), 1), else_=0)
    return sa.select(found.c.id).where(found.c.rank == 1).order_by(late, found.c.due_at, found.c.id).limit(limit)


def _claimed(conn: sa.Connection, ids: Sequence[int], token: str, way: Way) -> list[DueDelivery]:
    items = items_of(conn, ids)
    stored, numbers = kept_messages(conn, ids), delivery_attempts.next_numbers(conn, ids)
    found: dict[int, DueDelivery] = {}
    for some in chunks(ids):
        for row in conn.execute(sa.select(deliveries).where(deliveries.c.id.in_(some))):
            found[row.id] = DueDelivery(
                id=row.id,
                token=token,
                alert=alert_of(row, items[row.id]),
                message=stored.get(row.id),
                attempts=row.attempts,
                maybe_delivered=row.maybe_delivered,
                first_attempt_at=row.first_attempt_at,
                created_at=row.created_at,
                way=way,
                number=numbers.get(row.id, 1),
            )
    return [found[id_] for id_ in ids]


def alert_of(row: Row, items: tuple[Item, ...]) -> Alert:
    """Return the alert of a row of `deliveries` and its items."""
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
    """Return the stored messages of those of these deliveries that have one, by id."""
    found: dict[int, Message] = {}
    query = sa.select(messages, deliveries.c.recipient).join(deliveries, deliveries.c.id == messages.c.delivery_id)
    for some in chunks(ids):
        for row in conn.execute(query.where(messages.c.delivery_id.in_(some))):
            found[row.delivery_id] = Message(row.recipient, row.sender, row.message_id, row.subject, bytes(row.raw))
    return found


def keep_message(conn: sa.Connection, id_: int, token: str, message: Message, now: datetime) -> bool:
    """Store the message that every attempt sends, before any connection; False: the claim is lost, do not send.

    A message that is stored already stays, since it may have been sent.
    """
    held = sa.select(deliveries.c.id).where(deliveries.c.id == id_, deliveries.c.token == token).with_for_update()
    if conn.execute(held).first() is None:
        return False
    texts = {name: clean(getattr(message, name)) for name in ("message_id", "sender", "subject")}
    upsert(conn, messages, [{"delivery_id": id_, "raw": message.raw, "kept_at": now, **texts}], [])
    return True


def first_receipt(conn: sa.Connection, alert: Alert) -> str:
    """Return what the service calls the first message of an alert's thread before this one, empty if unknown."""
    query = sa.select(deliveries.c.receipt).where(*_before(alert), deliveries.c.receipt != "")
    return conn.execute(query.order_by(deliveries.c.sequence).limit(1)).scalar() or ""


def first_mail(conn: sa.Connection, alert: Alert) -> tuple[str, str]:
    """Return Message-ID and subject of the first mail of an alert's thread before this one that arrived, or may have.

    Both are empty where there is none.
    """
    d = deliveries.c
    arrived = sa.or_(d.state.in_([State.SENT, State.UNCONFIRMED]), d.maybe_delivered)
    query = sa.select(messages.c.message_id, messages.c.subject).join(messages, messages.c.delivery_id == d.id)
    row = conn.execute(query.where(*_before(alert), arrived).order_by(d.sequence).limit(1)).first()
    return (row.message_id, row.subject) if row else ("", "")


def _before(alert: Alert) -> tuple[sa.ColumnElement[bool], ...]:
    d = deliveries.c
    return d.recipient == alert.recipient, d.thread == alert.thread, d.sequence < alert.sequence


def begin(conn: sa.Connection, due: DueDelivery, now: datetime, until: datetime) -> bool:
    """Record before sending that the message may arrive; False: the claim is lost, do not send.

    If the process ends before the answer, a first attempt counts as one that may have arrived, and a second ends the
    delivery as unconfirmed. The lease is extended `until` then, since an answer may take long.
    """
    values: dict[str, Any] = {"maybe_delivered": True, "lease_until": until}
    if due.maybe_delivered:
        values |= {"state": State.UNCONFIRMED.value, "last_error": "we ended before the second attempt was answered"}
    change = sa.update(deliveries).where(deliveries.c.id == due.id, deliveries.c.token == due.token)
    if conn.execute(change.values(**values)).rowcount != 1:
        return False
    delivery_attempts.begin(conn, due.attempt, now)
    return True


def finish_sent(conn: sa.Connection, due: DueDelivery, now: datetime, receipt: Receipt = NO_RECEIPT) -> bool:
    """Record that a server accepted the message; False: the claim is lost and nothing changes."""
    values = {
        "state": State.SENT.value,
        "finished_at": now,
        "note": clean(receipt.answer[:ANSWER_CAP]),
        "receipt": clean(receipt.id),
        "last_error": "",
        "maybe_delivered": False,
    }
    return _end(conn, due, values, Outcome(now, Decision.ACCEPTED, receipt.answer))


def finish_unconfirmed(conn: sa.Connection, due: DueDelivery, now: datetime, error: str) -> bool:
    """Record that the delivery may have arrived and is not sent again without the operator; False: claim lost."""
    values = {"state": State.UNCONFIRMED.value, "finished_at": now, "last_error": clean(error), "maybe_delivered": True}
    return _end(conn, due, values, Outcome(now, Decision.UNCONFIRMED, error))


def finish_failed(conn: sa.Connection, due: DueDelivery, now: datetime, error: str) -> bool:
    """Record that the delivery failed and is not sent again without the operator; False: the claim is lost."""
    values = {
        "state": State.FAILED.value,
        "finished_at": now,
        "last_error": clean(error),
        "maybe_delivered": due.maybe_delivered,
    }
    return _end(conn, due, values, Outcome(now, Decision.FAILED, error))


def finish_divided(conn: sa.Connection, due: DueDelivery, now: datetime, error: str) -> bool:
    """Record that others tell what this delivery was to tell; False: the claim is lost and nothing changes."""
    values = {
        "state": State.MERGED.value,
        "finished_at": now,
        "last_error": clean(error),
        "maybe_delivered": due.maybe_delivered,
    }
    return _end(conn, due, values, Outcome(now, Decision.DIVIDED, error))


def postpone(conn: sa.Connection, due: DueDelivery, until: Postponed) -> bool:
    """Let a delivery wait for another attempt; False: the claim is lost and nothing changes."""
    values: dict[str, Any] = {"state": State.WAITING.value, "due_at": until.due, "last_error": clean(until.error)}
    if until.counts:
        first = sa.func.coalesce(deliveries.c.first_attempt_at, sa.literal(until.at, deliveries.c.due_at.type))
        values |= {"attempts": deliveries.c.attempts + 1, "first_attempt_at": first}
    if until.maybe_delivered is not None:
        values["maybe_delivered"] = until.maybe_delivered
    decision = Decision.AGAIN if until.counts else Decision.PAUSED
    again_at = until.paused_until or until.due
    return _end(conn, due, values, Outcome(until.at, decision, until.error or NOT_SENT, again_at))


def _end(conn: sa.Connection, due: DueDelivery, values: dict[str, Any], outcome: Outcome) -> bool:
    """End a claim; False where the delivery was held, dropped or released meanwhile, which changed its token."""
    where = (deliveries.c.id == due.id, deliveries.c.token == due.token)
    change = sa.update(deliveries).where(*where).values(token=None, lease_until=None, **values)
    if conn.execute(change).rowcount != 1:
        return False
    delivery_attempts.end(conn, due.attempt, outcome)
    return True


def requeue(conn: sa.Connection, ids: Sequence[int], now: datetime) -> int:
    """Let failed deliveries wait again, since the cause was not the recipient; return how many."""
    change = sa.update(deliveries).where(deliveries.c.state == State.FAILED, deliveries.c.token.is_(None))
    fresh = {"state": State.WAITING.value, "due_at": now, "finished_at": None, "attempts": 0, "first_attempt_at": None}
    return conn.execute(change.where(deliveries.c.id.in_(ids)).values(**fresh)).rowcount


# A claim whose last attempt has begun is not released: only the answer, or `end_unanswered`, ends it.
NOT_BEGUN = deliveries.c.state != State.UNCONFIRMED


def release(conn: sa.Connection, token: str) -> int:
    """Release the rest of a claim, so that the next need not wait for the lease to run out; return how many."""
    freed = sa.update(deliveries).where(deliveries.c.token == token, NOT_BEGUN)
    return conn.execute(freed.values(token=None, lease_until=None)).rowcount


def end_unanswered(conn: sa.Connection, now: datetime, worker: str | None = None) -> list[tuple[int, Alert]]:
    """End as unconfirmed the deliveries whose last attempt a former process of this worker (None: anybody) began.

    Return their ids and alerts.
    """
    is_begun = sa.and_(deliveries.c.state == State.UNCONFIRMED, is_held_by(deliveries.c.token, worker))
    begun = sa.update(deliveries).where(is_begun)
    ended = begun.values(token=None, lease_until=None, finished_at=now).returning(deliveries)
    found = [(row.id, alert_of(row, ())) for row in conn.execute(ended)]
    delivery_attempts.end_unanswered(conn, [id_ for id_, _ in found])
    return found
