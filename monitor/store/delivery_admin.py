"""List, show, count, hold, release, drop and retry deliveries for the operator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.model import Alert, Item, Message, State
from monitor.store.codec import clean, sign_of_rule
from monitor.store.column_types import Row
from monitor.store.deliveries import items_of
from monitor.store.delivery_threads import WITHOUT_BYTES
from monitor.store.dialects import chunks
from monitor.store.outbox import alert_of, kept_messages
from monitor.store.retried_stories import ends_as_told
from monitor.store.tables import deliveries, delivery_items

_LAST_ID = 2**63 - 1
"""The largest id: both databases refuse a larger number as a parameter."""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery as it stands; `in_flight` while a claim holds it."""

    id: int
    alert: Alert
    state: State
    attempts: int
    maybe_delivered: bool
    in_flight: bool
    first_attempt_at: datetime | None
    last_error: str
    created_at: datetime
    finished_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries to list: an empty field is no bound; `before` is the id of the last one so far.

    `since` and `until` bound when they were made; `rule` names one of their items, `story` is that of one.
    """

    states: tuple[State, ...] = ()
    recipients: tuple[str, ...] = ()
    rule: str = ""
    story: int | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Backlog:
    """The number of deliveries by state, how many are due, and the due time of the oldest of them."""

    counts: dict[State, int]
    due: int
    oldest_due_at: datetime | None

    @property
    def waiting(self) -> int:
        """The number of deliveries that will be sent without anybody's help."""
        return self.counts.get(State.WAITING, 0)

    @property
    def held(self) -> int:
        """The number of deliveries that somebody must release or drop."""
        return self.counts.get(State.HELD, 0)


def listing(conn: sa.Connection, which: DeliveryFilter = DeliveryFilter()) -> list[DeliveryRow]:
    """Return the deliveries that a filter lets through, the newest first."""
    query = sa.select(deliveries).where(*_bounds(which)).order_by(deliveries.c.id.desc()).limit(which.limit)
    return with_items(conn, query)


def _bounds(which: DeliveryFilter) -> Iterator[sa.ColumnElement[bool]]:
    d = deliveries.c
    if which.states:
        yield d.state.in_([state.value for state in which.states])
    if which.recipients:
        yield sa.func.lower(d.recipient).in_([one.lower() for one in which.recipients])
    if which.rule:
        yield sa.exists().where(delivery_items.c.delivery_id == d.id, _names(which.rule))
    if which.story is not None:
        yield d.id.in_(sa.select(delivery_items.c.delivery_id).where(delivery_items.c.story_id == which.story))
    if which.kind:
        yield d.kind == which.kind
    if which.since:
        yield d.created_at >= which.since
    if which.until:
        yield d.created_at < which.until
    if which.before is not None:
        yield d.id < which.before


def _names(rule: str) -> sa.ColumnElement[bool]:
    """Whether an item is of a rule; unlike LIKE, a replacement minds the case of letters in both databases."""
    packed = delivery_items.c.matches
    return sa.func.replace(packed, sign_of_rule(rule), "") != packed


def _delivery(row: Row, alert: Alert) -> DeliveryRow:
    # While the answer to the last attempt is awaited, a delivery counts as waiting.
    is_awaited = row.token is not None and row.state == State.UNCONFIRMED
    return DeliveryRow(
        id=row.id,
        alert=alert,
        state=State.WAITING if is_awaited else State(row.state),
        attempts=row.attempts,
        maybe_delivered=row.maybe_delivered,
        in_flight=row.token is not None,
        first_attempt_at=row.first_attempt_at,
        last_error=row.last_error,
        created_at=row.created_at,
        finished_at=row.finished_at,
        note=row.note,
    )


def show(conn: sa.Connection, id_: int) -> tuple[DeliveryRow, Message | None] | None:
    """Return one delivery with its items and, once rendered, its message; None where there is none of that id."""
    if id_ > _LAST_ID:
        return None
    row = conn.execute(sa.select(deliveries).where(deliveries.c.id == id_)).first()
    if row is None:
        return None
    delivery = _delivery(row, alert_of(row, items_of(conn, [id_])[id_]))
    return delivery, kept_messages(conn, [id_]).get(id_)


def with_items(conn: sa.Connection, query: sa.Select[Any]) -> list[DeliveryRow]:
    """Return the deliveries that a query of the table `deliveries` finds, each with its items."""
    return rows(conn, query, lambda ids: items_of(conn, ids))


def rows(
    conn: sa.Connection, query: sa.Select[Any], items_by: Callable[[list[int]], Mapping[int, tuple[Item, ...]]]
) -> list[DeliveryRow]:
    """Return the deliveries that a query of the table `deliveries` finds, with the items that `items_by` finds."""
    found = conn.execute(query).all()
    items = items_by([row.id for row in found])
    return [_delivery(row, alert_of(row, items[row.id])) for row in found]


def backlog(conn: sa.Connection, now: datetime, unreachable: Collection[str] = ()) -> Backlog:
    """Return the counts of the outbox; what waits for recipients who are `unreachable` is not its oldest."""
    d = deliveries.c
    in_flight = sa.and_(d.state == State.UNCONFIRMED, d.token.is_not(None))
    state = sa.case((in_flight, State.WAITING.value), else_=d.state)
    counts = conn.execute(sa.select(state, sa.func.count()).group_by(state))
    oldest_due_at = sa.func.min(sa.case((d.recipient.not_in(unreachable), d.due_at)))
    due = sa.select(sa.func.count(), oldest_due_at).where(d.state == State.WAITING, d.due_at <= now)
    number, oldest = conn.execute(due).one()
    return Backlog({State(state): int(count) for state, count in counts}, int(number), oldest)


def sent_since(conn: sa.Connection, moment: datetime) -> int:
    """Return how many mails were accepted since a moment."""
    sent = (deliveries.c.state == State.SENT, deliveries.c.finished_at >= moment)
    return conn.execute(sa.select(sa.func.count()).where(*sent)).scalar_one()


def waiting_since(conn: sa.Connection, moment: datetime) -> list[DeliveryRow]:
    """Return waiting deliveries, without items, that were due before a moment and never tried, the oldest first."""
    d = deliveries.c
    untried = (d.attempts == 0, d.maybe_delivered.is_(sa.false()), d.token.is_(None))
    query = sa.select(deliveries).where(d.state == State.WAITING, d.due_at < moment, *untried)
    return [_delivery(row, alert_of(row, ())) for row in conn.execute(query.order_by(d.due_at, d.id))]


def waiting_in(conn: sa.Connection, prefix: str, moment: datetime) -> list[DeliveryRow]:
    """Return the waiting deliveries, with items, in threads with this prefix that are due after a moment."""
    begins = sa.func.substr(deliveries.c.thread, 1, len(prefix)) == prefix
    return with_items(conn, _waiting(deliveries.c.due_at > moment, begins))


def due_to(conn: sa.Connection, recipients: Collection[str], now: datetime) -> list[DeliveryRow]:
    """Return the deliveries, with items, that are due to these recipients, the oldest first."""
    found: list[DeliveryRow] = []
    for some in chunks(sorted(recipients)):
        found += with_items(conn, _waiting(deliveries.c.due_at <= now, deliveries.c.recipient.in_(some)))
    return found


def due_without_bytes(
    conn: sa.Connection, now: datetime, recipients: Collection[str] | None = None
) -> list[DeliveryRow]:
    """Return the due deliveries, with items, of which no message was made yet, the oldest first; None: to anybody."""
    whose = [] if recipients is None else [deliveries.c.recipient.in_(recipients)]
    return with_items(conn, _waiting(deliveries.c.due_at <= now, WITHOUT_BYTES, *whose))


def _waiting(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    waits = (deliveries.c.state == State.WAITING, deliveries.c.token.is_(None))
    return sa.select(deliveries).where(*waits, *where).order_by(deliveries.c.due_at, deliveries.c.id)


def hold_all(conn: sa.Connection, note: str) -> int:
    """Hold all waiting deliveries until somebody releases them; return how many."""
    change = sa.update(deliveries).where(deliveries.c.state == State.WAITING)
    return conn.execute(change.values(state=State.HELD.value, note=clean(note), token=None, lease_until=None)).rowcount


def release(conn: sa.Connection, ids: Sequence[int] | None, now: datetime) -> list[int]:
    """Let held deliveries (all, or these) be sent, none before its own due time; return their ids."""
    due = deliveries.c.due_at
    not_before_now = sa.case((due > now, due), else_=sa.literal(now, due.type))
    return _change(conn, ids, (State.HELD,), {"state": State.WAITING.value, "due_at": not_before_now, "note": ""})


def drop(conn: sa.Connection, ids: Sequence[int] | None, now: datetime, note: str = "") -> list[int]:
    """Drop deliveries unsent: all held ones, or those of these that are held or waiting; return their ids."""
    states = (State.HELD,) if ids is None else (State.HELD, State.WAITING)
    return _change(conn, ids, states, {"state": State.DROPPED.value, "finished_at": now, "note": clean(note)})


def retry(conn: sa.Connection, ids: Sequence[int] | None, now: datetime) -> list[int]:
    """Let failed or unconfirmed deliveries (all, or these) be sent now with the same bytes; return their ids.

    Of given ones, those that wait after a failed attempt are due now, too; one that was never tried keeps its due time.
    An alert of which others tell by now, as the first one that is tried again may, ends as merged instead; one that
    says more of a story that others tell, and did not arrive, gets new bytes, as a reply.
    """
    anew = _never_arrived(conn, ids)
    states = [State.FAILED, State.UNCONFIRMED, *([] if ids is None else [State.WAITING])]
    untried = sa.and_(deliveries.c.state == State.WAITING, deliveries.c.last_error == "")
    due = sa.case((untried, deliveries.c.due_at), else_=sa.literal(now, deliveries.c.due_at.type))
    fresh: dict[str, Any] = {"state": State.WAITING.value, "due_at": due, "finished_at": None}
    fresh |= {"attempts": 0, "first_attempt_at": None, "maybe_delivered": False}
    tried = _change(conn, ids, states, fresh)
    return [id_ for id_ in tried if not ends_as_told(conn, id_, now, is_anew=id_ in anew)]


def _never_arrived(conn: sa.Connection, ids: Sequence[int] | None) -> set[int]:
    """Return the deliveries (of all, or these) of which no failed attempt can have arrived."""
    d = deliveries.c
    query = sa.select(d.id).where(d.state == State.FAILED, ~d.maybe_delivered)
    if ids is None:
        return set(conn.execute(query).scalars())
    known = [id_ for id_ in ids if id_ <= _LAST_ID]
    return {id_ for some in chunks(known) for id_ in conn.execute(query.where(d.id.in_(some))).scalars()}


def _change(
    conn: sa.Connection, ids: Sequence[int] | None, states: Sequence[State], values: dict[str, Any]
) -> list[int]:
    """Change deliveries in these states and return their ids; one in flight stays, as a server may be accepting it."""
    where = (deliveries.c.state.in_([state.value for state in states]), deliveries.c.token.is_(None))
    change = sa.update(deliveries).where(*where).values(**values).returning(deliveries.c.id)
    if ids is None:
        return sorted(conn.execute(change).scalars())
    changed = [
        id_
        for some in chunks([id_ for id_ in ids if id_ <= _LAST_ID])
        for id_ in conn.execute(change.where(deliveries.c.id.in_(some))).scalars()
    ]
    return sorted(changed)
