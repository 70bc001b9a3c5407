"""Let two deliveries tell what one was to tell whose message is refused, so that one story does not stop the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from monitor.model import Item, State
from monitor.store import outbox
from monitor.store.deliveries import add
from monitor.store.dialects import chunks
from monitor.store.outbox import DueDelivery
from monitor.store.tables import articles, deliveries, delivery_items

PART = "part:"
"""The threads of parts begin so; the id of the delivery that was divided follows."""
INSTEAD = "told by another article of its story"
"""The note of a delivery whose story is told by an article that was silent."""

_IS_REFUSED = sa.or_(
    deliveries.c.state == State.FAILED, sa.and_(deliveries.c.state == State.MERGED, deliveries.c.note == INSTEAD)
)
"""What was refused for good, or was replaced; what was merged with others, or divided, was not refused itself."""


class Refused(NamedTuple):
    """The answer that refuses a delivery; `counts`: whether it is known to concern the delivery itself."""

    answer: str
    counts: bool


def divide(
    conn: sa.Connection, due: DueDelivery, parts: Sequence[tuple[Item, ...]], refused: Refused, now: datetime
) -> list[int]:
    """End a claimed delivery as merged, since deliveries with these items tell the same; return their ids.

    The parts go on where the delivery was: as often refused, for as long. None, where the claim is lost and nothing
    changes.
    """
    if not outbox.finish_divided(conn, due, now, refused.answer):
        return []
    thread = f"{PART}{due.id}"
    alerts = [replace(due.alert, thread=thread, sequence=at, items=items) for at, items in enumerate(parts)]
    ids = [written.delivery_id for written in add(conn, alerts, now)]
    if refused.counts:
        # As a delivery that was tried itself, a part is merged with no other.
        tried = {"attempts": due.attempts + 1, "first_attempt_at": due.first_attempt_at or now}
        conn.execute(sa.update(deliveries).where(deliveries.c.id.in_(ids)).values(**tried))
    *others, last = map(str, ids)
    note(conn, due.id, f"told in deliveries {', '.join(others)} and {last}" if others else f"told in delivery {last}")
    return ids


def is_untried_part(due: DueDelivery) -> bool:
    """Tell whether a delivery is part of one that was refused, and nothing says yet that its own words are."""
    return due.alert.thread.startswith(PART) and not due.attempts


def note(conn: sa.Connection, id_: int, text: str) -> None:
    """Note of a delivery by what its news are told instead."""
    conn.execute(sa.update(deliveries).where(deliveries.c.id == id_).values(note=text))


def refused_about(conn: sa.Connection, recipient: str, story: int) -> int:
    """Return how many messages about a story a recipient has refused for good, or had replaced."""
    d, i = deliveries.c, delivery_items.c
    query = sa.select(sa.func.count(d.id.distinct())).join(delivery_items, i.delivery_id == d.id)
    return conn.execute(query.where(i.recipient == recipient, i.story_id == story, _IS_REFUSED)).scalar_one()


def refused_outlets(conn: sa.Connection, recipient: str, stories: Collection[int]) -> set[tuple[int, str]]:
    """Return the outlets of articles that a recipient's address refuses so far: (story, outlet) of these stories."""
    d, i, a = deliveries.c, delivery_items.c, articles.c
    query = sa.select(i.story_id, a.outlet).join(deliveries, i.delivery_id == d.id).join(articles, a.id == i.article_id)
    is_waiting = sa.and_(d.state.in_([State.WAITING, State.HELD]), d.last_error != "")
    query = query.where(i.recipient == recipient, sa.or_(_IS_REFUSED, is_waiting)).distinct()
    return {
        (int(story), str(outlet))
        for some in chunks(sorted(stories))
        for story, outlet in conn.execute(query.where(i.story_id.in_(some)))
    }


def refused_in_vain(conn: sa.Connection, recipient: str) -> int:
    """Return how many parts of deliveries were refused to a recipient since he was last sent anything."""
    d, ended = deliveries.c, [State.FAILED, State.MERGED]
    last = sa.select(sa.func.max(d.finished_at)).where(d.recipient == recipient, d.state == State.SENT)
    is_part = sa.func.substr(d.thread, 1, len(PART)) == PART
    count = sa.select(sa.func.count()).where(d.recipient == recipient, is_part, d.state.in_(ended))
    sent_at = conn.execute(last).scalar()
    return conn.execute(count if sent_at is None else count.where(d.finished_at > sent_at)).scalar_one()


def is_sent_since(conn: sa.Connection, recipient: str, moment: datetime) -> bool:
    """Tell whether anything that was sent to a recipient was accepted since a moment."""
    sent = (deliveries.c.recipient == recipient, deliveries.c.state == State.SENT, deliveries.c.finished_at >= moment)
    return conn.execute(sa.select(deliveries.c.id).where(*sent).limit(1)).first() is not None
