"""Store every attempt to send a delivery: when and through which server, the answer, and what was decided by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from monitor.model import State
from monitor.store.codec import clean
from monitor.store.column_types import Id
from monitor.store.columns import key_column, moment_column, plain_table, text_column
from monitor.store.dialects import chunks
from monitor.store.tables import deliveries

FIRST_KEPT = 3
LAST_KEPT = 20
"""Of a delivery that is tried more often than these together, the attempts between are deleted."""
ANSWER_CAP = 500
"""Characters of an answer that are kept."""

# Many are written and few read: an attempt is found by its delivery alone.
delivery_attempts = plain_table(
    "delivery_attempts",
    key_column("delivery_id", Id),
    key_column("number", sa.Integer),
    moment_column("at", needed=True),
    text_column("channel"),
    text_column("server"),
    text_column("answer"),
    text_column("decision"),
    moment_column("again_at"),
    by_key=True,
)


class Decision(StrEnum):
    """What was decided after an attempt.

    BEGUN: its answer is awaited. AGAIN: it is tried again, since this delivery was refused for now or may not have
    arrived. PAUSED: it waits, since the sending account or our database failed. FAILED and UNCONFIRMED: it is given up,
    and did not arrive or may have. DIVIDED: others tell what it was to tell. UNANSWERED: our process ended before the
    answer.
    """

    BEGUN = "begun"
    ACCEPTED = "accepted"
    AGAIN = "again"
    PAUSED = "paused"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    DIVIDED = "divided"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Way:
    """The channel of an attempt, and the server or folder that it leads to."""

    channel: str = ""
    server: str = ""


UNKNOWN = Way()


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """An attempt that is made: its delivery, its number among the attempts of that, and the way it takes."""

    delivery_id: int
    number: int
    way: Way


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: when, what was decided, the answer, and when it is tried again at the earliest."""

    at: datetime
    decision: Decision
    answer: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """An attempt of a delivery: the first has the number 1; `at` is when its answer came, or it began if none did."""

    number: int
    at: datetime
    channel: str
    server: str
    answer: str
    decision: Decision
    again_at: datetime | None


Answers = Mapping[int, tuple[DeliveryAttempt, ...]]
"""The attempts that are kept of deliveries, by id, the first one first."""


_INSERT = sa.insert(delivery_attempts)
# Built once, since two are run for every delivery that is sent.
_END = sa.update(delivery_attempts).where(
    delivery_attempts.c.delivery_id == sa.bindparam("of_delivery"), delivery_attempts.c.number == sa.bindparam("which")
)


def begin(conn: sa.Connection, attempt: NewAttempt, now: datetime) -> None:
    """Store that an attempt begins whose message may arrive from now on."""
    _insert(conn, attempt, Outcome(now, Decision.BEGUN))


def end(conn: sa.Connection, attempt: NewAttempt, outcome: Outcome) -> None:
    """Store how an attempt ended, whether it had begun to send the message or not."""
    of_attempt = {"of_delivery": attempt.delivery_id, "which": attempt.number}
    if not conn.execute(_END, of_attempt | _values(outcome)).rowcount:
        _insert(conn, attempt, outcome)


def _insert(conn: sa.Connection, attempt: NewAttempt, outcome: Outcome) -> None:
    """Insert an attempt, and delete the one of its delivery that is one too many."""
    id_, number, way = attempt.delivery_id, attempt.number, attempt.way
    key = {"delivery_id": id_, "number": number, "channel": way.channel, "server": clean(way.server)}
    conn.execute(_INSERT, key | _values(outcome))
    if number > FIRST_KEPT + LAST_KEPT:
        between = delivery_attempts.c.number.between(FIRST_KEPT + 1, number - LAST_KEPT)
        conn.execute(sa.delete(delivery_attempts).where(delivery_attempts.c.delivery_id == id_, between))


def _values(outcome: Outcome) -> dict[str, object]:
    return {
        "at": outcome.at,
        "answer": clean(outcome.answer[:ANSWER_CAP]),
        "decision": outcome.decision.value,
        "again_at": outcome.again_at,
    }


def next_numbers(conn: sa.Connection, ids: Sequence[int]) -> dict[int, int]:
    """Return the number of the next attempt of those of these deliveries that had one, by delivery.

    Whoever began an attempt that has not ended makes it no more: its answer stays unknown.
    """
    t, found, unanswered = delivery_attempts.c, {}, []
    begun = sa.func.sum(sa.case((t.decision == Decision.BEGUN, 1), else_=0))
    query = sa.select(t.delivery_id, sa.func.max(t.number), begun).group_by(t.delivery_id)
    for some in chunks(ids):
        for id_, number, is_begun in conn.execute(query.where(t.delivery_id.in_(some))):
            found[id_] = number + 1
            unanswered += [id_] if is_begun else []
    if unanswered:
        end_unanswered(conn, unanswered)
    return found


def end_unanswered(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Store of attempts that these deliveries began, and that nobody makes any more, that their answer is unknown."""
    t = delivery_attempts
    change = sa.update(t).where(t.c.decision == Decision.BEGUN).values(decision=Decision.UNANSWERED.value)
    for some in chunks(ids):
        conn.execute(change.where(t.c.delivery_id.in_(some)))


def of_deliveries(conn: sa.Connection, ids: Collection[int]) -> Answers:
    """Return the attempts that are kept of each of these deliveries, the first one first."""
    t = delivery_attempts.c
    found: dict[int, list[DeliveryAttempt]] = {id_: [] for id_ in ids}
    for some in chunks(sorted(found)):
        query = sa.select(delivery_attempts).where(t.delivery_id.in_(some)).order_by(t.delivery_id, t.number)
        for id_, number, at, channel, server, answer, decision, again_at in conn.execute(query):
            made = DeliveryAttempt(number, at, channel, server, answer, Decision(decision), again_at)
            found[id_].append(made)
    return {id_: tuple(attempts) for id_, attempts in found.items()}


def delete_old(conn: sa.Connection, before: datetime, limit: int = 500) -> int:
    """Delete the attempts of up to `limit` finished deliveries made before a moment; return of how many (0: done)."""
    t, final = delivery_attempts.c, [one.value for one in State if one not in (State.WAITING, State.HELD)]
    old = sa.select(t.delivery_id).join(deliveries, deliveries.c.id == t.delivery_id).distinct()
    old = old.where(t.at < before, deliveries.c.state.in_(final))
    ids = list(conn.execute(old.order_by(t.delivery_id).limit(limit)).scalars())
    for some in chunks(ids):
        conn.execute(sa.delete(delivery_attempts).where(t.delivery_id.in_(some)))
    return len(ids)
