"""Remember for each feed what the pages behind its articles gave lately, so that useless ones are not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import upsert
from monitor.store.tables import page_yields


@dataclass(frozen=True, slots=True)
class PageYield:
    """What the latest pages of a feed gave: so many in a row were `fruitless`, the last one for this `reason`.

    `length` is the median of characters that the feed gave of an article when a page was requested last
    (`requested_at`).
    """

    fruitless: int = 0
    reason: str = ""
    length: int = 0
    requested_at: datetime | None = None


_Y = page_yields.c
_FIELDS = (_Y.fruitless, _Y.reason, _Y.length, _Y.requested_at)


def get(conn: sa.Connection, feed_id: int) -> PageYield:
    """Return what the pages of a feed gave; of one whose pages were never read, that nothing was fruitless."""
    row = conn.execute(sa.select(*_FIELDS).where(_Y.feed_id == feed_id)).one_or_none()
    return PageYield(*row) if row else PageYield()


def note_request(conn: sa.Connection, feed_id: int, length: int, now: datetime, *, afresh: bool) -> None:
    """Store that pages of a feed are requested now; `afresh` forgets what was fruitless before."""
    row = {"feed_id": feed_id, "fruitless": 0, "length": length, "requested_at": now}
    upsert(conn, page_yields, [row], ["length", "requested_at", *(["fruitless"] if afresh else [])])


def note_reading(conn: sa.Connection, feed_id: int, reason: str) -> None:
    """Store that a page of a feed was read, with the reason why it was fruitless; an empty one says that it was not."""
    upsert(conn, page_yields, [{"feed_id": feed_id, "fruitless": 0, "reason": clean(reason)}], ["reason"])
    fruitless = _Y.fruitless + 1 if reason else 0
    conn.execute(sa.update(page_yields).where(_Y.feed_id == feed_id).values(fruitless=fruitless))
