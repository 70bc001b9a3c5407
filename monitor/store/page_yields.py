"""Remember for each feed what the pages behind its articles gave lately, so that useless ones are not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import upsert
from monitor.store.tables import feeds, fulltext_requests, page_yields

LATEST = 100
"""So many pages of a feed are remembered."""
NOTHING_MORE = "no more than the feed says"
"""Why a page was fruitless that gave a text."""
_TEXT, _NO_MORE, _NO_TEXT = "+", ".", "-"


@dataclass(frozen=True, slots=True)
class PageYield:
    """What the latest pages of a feed gave: so many in a row were `fruitless`, the last one for this `reason`.

    `length` is the median of characters that the feed gave of an article when a page was requested last
    (`requested_at`). `lengths` is a UsualAmount of characters of the pages as text. `blocked_since` is when the outlet
    began to refuse pages, of which one is tried again at `probe_at`. `latest` has a mark for each of the latest pages,
    the oldest first: `+` gave more than the feed, `.` a text that says no more, `-` none.
    """

    fruitless: int = 0
    reason: str = ""
    length: int = 0
    requested_at: datetime | None = None
    lengths: str = ""
    blocked_since: datetime | None = None
    probe_at: datetime | None = None
    latest: str = ""

    @property
    def given(self) -> int:
        """How many of the latest pages gave more than the feed."""
        return self.latest.count(_TEXT)

    @property
    def without_text(self) -> int:
        """How many of the latest pages gave no text at all."""
        return self.latest.count(_NO_TEXT)


_Y = page_yields.c
_FIELDS = (
    _Y.fruitless,
    _Y.reason,
    _Y.length,
    _Y.requested_at,
    _Y.lengths,
    _Y.blocked_since,
    _Y.probe_at,
    _Y.latest,
)


def get(conn: sa.Connection, feed_id: int) -> PageYield:
    """Return what the pages of a feed gave; of one whose pages were never read, that nothing was fruitless."""
    row = conn.execute(sa.select(*_FIELDS).where(_Y.feed_id == feed_id)).one_or_none()
    return PageYield(*row) if row else PageYield()


def note_request(conn: sa.Connection, feed_id: int, length: int, now: datetime, *, afresh: bool) -> None:
    """Store that pages of a feed are requested now; `afresh` forgets what was fruitless before."""
    row = {"feed_id": feed_id, "fruitless": 0, "latest": "", "length": length, "requested_at": now}
    upsert(conn, page_yields, [row], ["length", "requested_at", *(["fruitless", "latest"] if afresh else [])])


def note_reading(conn: sa.Connection, feed_id: int, reason: str) -> None:
    """Store that a page of a feed was read, with the reason why it was fruitless; an empty one says that it was not."""
    upsert(conn, page_yields, [{"feed_id": feed_id, "fruitless": 0, "reason": clean(reason)}], ["reason"])
    past = get(conn, feed_id)
    mark = _TEXT if not reason else _NO_MORE if reason == NOTHING_MORE else _NO_TEXT
    row = {"fruitless": past.fruitless + 1 if reason else 0, "latest": (past.latest + mark)[-LATEST:]}
    conn.execute(sa.update(page_yields).where(_Y.feed_id == feed_id).values(row))


def note_block(conn: sa.Connection, feed_id: int, since: datetime | None, probe_at: datetime | None) -> None:
    """Store since when the pages of a feed are refused, and when one is tried again; None where they are not."""
    row = {"feed_id": feed_id, "fruitless": 0, "blocked_since": since, "probe_at": probe_at}
    upsert(conn, page_yields, [row], ["blocked_since", "probe_at"])


class PagesInPart(NamedTuple):
    """What the pages of a feed gave of which most give no text, and where the feed stands."""

    outlet: str
    url: str
    past: PageYield


def mostly_without_text(conn: sa.Connection, since: datetime, least: int) -> list[PagesInPart]:
    """Return the watched feeds most of whose latest pages gave no text, where `least` are known and one was requested.

    Only pages count here that were requested for what earlier ones gave, since that moment.
    """
    query = sa.select(feeds.c.outlet, feeds.c.url, *_FIELDS).join(page_yields, _Y.feed_id == feeds.c.id)
    query = query.where(feeds.c.active, _Y.requested_at > since, sa.func.length(_Y.latest) >= least)
    rows = conn.execute(query.order_by(feeds.c.outlet, feeds.c.url))
    found = [PagesInPart(outlet, url, PageYield(*past)) for outlet, url, *past in rows]
    return [one for one in found if 2 * one.past.without_text > len(one.past.latest)]


class BlockedPages(NamedTuple):
    """The pages of a feed that its outlet refuses: since when, why, and when one is tried again."""

    outlet: str
    url: str
    since: datetime
    reason: str
    probe_at: datetime
    waiting: int


def blocked(conn: sa.Connection) -> list[BlockedPages]:
    """Return the watched feeds whose pages are refused, with how many wait to be read."""
    p = fulltext_requests.c
    waiting = sa.select(sa.func.count()).where(p.feed_id == feeds.c.id, ~p.awaited).scalar_subquery()
    query = sa.select(feeds.c.outlet, feeds.c.url, _Y.blocked_since, _Y.reason, _Y.probe_at, waiting)
    query = query.join_from(feeds, page_yields, _Y.feed_id == feeds.c.id)
    query = query.where(feeds.c.active, _Y.blocked_since.is_not(None), _Y.probe_at.is_not(None))
    return [BlockedPages(*row) for row in conn.execute(query.order_by(feeds.c.outlet, feeds.c.url))]


def note_length(conn: sa.Connection, feed_id: int, lengths: str, shrunken: str | None) -> None:
    """Store what is usual of the length of a feed's pages, and what is wrong with them now; None leaves that."""
    row = {"feed_id": feed_id, "fruitless": 0, "lengths": lengths}
    changed = ["lengths"]
    if shrunken is not None:
        row["shrunken"] = clean(shrunken)
        changed.append("shrunken")
    upsert(conn, page_yields, [row], changed)


def shrunken(conn: sa.Connection) -> dict[str, str]:
    """Return by outlet how its pages have shrunk, of watched feeds."""
    query = sa.select(feeds.c.outlet, _Y.shrunken).join(page_yields, _Y.feed_id == feeds.c.id)
    rows = conn.execute(query.where(feeds.c.active, _Y.shrunken != "").order_by(feeds.c.id))
    return {row.outlet: row.shrunken for row in rows}
