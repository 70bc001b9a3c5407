"""Note which gaps of a feed were filled: by another feed of its outlet that shows all that it shows, or a sitemap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from monitor.store.tables import articles, feeds, gaps, sightings

FILLED_WITHIN = timedelta(days=1)
"""How long after its end a gap may still be filled."""
# An article that a feed showed may have been seen before the gap, in another feed; and one that a feed is known for may
# be old.
_SEEN_BEFORE = timedelta(days=7)


class CompletePoll(NamedTuple):
    """A poll that was read and left no gap: its feed, the feed's outlet, and its moment."""

    feed_id: int
    outlet: str
    at: datetime


def fill_gaps(conn: sa.Connection, polls: Sequence[CompletePoll]) -> None:
    """Mark the gaps as filled which another feed of the outlet covers by these polls.

    It covers a gap if it was read before and has no gap in that time itself, and if it showed every article that the
    feed with the gap showed right after it: so it shows the same kind of articles, and missed none.
    """
    if not polls:
        return
    is_open = sa.and_(gaps.c.filled_at.is_(None), gaps.c.to_at > min(poll.at for poll in polls) - FILLED_WITHIN)
    query = sa.select(gaps, feeds.c.outlet).join(feeds, feeds.c.id == gaps.c.feed_id)
    for gap in conn.execute(query.where(is_open, feeds.c.outlet.in_({poll.outlet for poll in polls}))).all():
        others = [poll for poll in polls if poll.outlet == gap.outlet and poll.feed_id != gap.feed_id]
        for poll in others:
            if gap.to_at <= poll.at and _is_unbroken(conn, poll.feed_id, gap) and _shows_all(conn, poll.feed_id, gap):
                _mark_filled(conn, gap, poll.at, "")
                break


def fill_since(conn: sa.Connection, feed_id: int, since: datetime, now: datetime, by: str) -> None:
    """Mark the gaps of a feed as filled that began since then, and may still be filled, by what is named."""
    g = gaps.c
    is_open = sa.and_(g.filled_at.is_(None), g.to_at > now - FILLED_WITHIN)
    query = sa.select(gaps).where(g.feed_id == feed_id, g.from_at >= since, is_open).order_by(g.from_at)
    for gap in conn.execute(query).all():
        _mark_filled(conn, gap, now, by)


def last_new(conn: sa.Connection, feed_id: int, until: datetime) -> datetime | None:
    """Return when a feed last showed an article for the first time, up to a moment; None if not for a week."""
    s = sightings.c
    newest = sa.select(sa.func.max(s.first_seen_at)).join(articles, s.article_id == articles.c.id)
    newest = newest.where(articles.c.seen_at > until - _SEEN_BEFORE, articles.c.seen_at <= until)
    last: datetime | None = conn.execute(newest.where(s.feed_id == feed_id, s.first_seen_at <= until)).scalar_one()
    return last


def shown_since(conn: sa.Connection, feed_id: int, span: tuple[datetime, datetime], length: int) -> datetime | None:
    """Return the date of the oldest of the last `length` articles that a feed brought first in a span; None of none."""
    latest = (
        sa.select(articles.c.published_at)
        .join(sightings, sightings.c.article_id == articles.c.id)
        .where(articles.c.seen_at > span[0] - _SEEN_BEFORE, articles.c.seen_at <= span[1])
        .where(sightings.c.feed_id == feed_id, sightings.c.first_seen_at <= span[1])
        .where(sightings.c.first_seen_at > span[0], articles.c.published_at.is_not(None))
        .order_by(sightings.c.first_seen_at.desc(), articles.c.id.desc())
        .limit(length)
    )
    oldest: datetime | None = conn.execute(sa.select(sa.func.min(latest.subquery().c.published_at))).scalar_one()
    return oldest


def _mark_filled(conn: sa.Connection, gap: sa.Row[tuple[object, ...]], now: datetime, by: str) -> None:
    """Mark a gap as filled by what is named, or by another feed where that is empty.

    Where it begins at the end of another one that was filled, extend that one in its place: so a feed with a gap at
    each poll does not add a row each time.
    """
    before = sa.and_(gaps.c.feed_id == gap.feed_id, gaps.c.to_at == gap.from_at, gaps.c.filled_at.is_not(None))
    this = sa.and_(gaps.c.feed_id == gap.feed_id, gaps.c.from_at == gap.from_at)
    if conn.execute(sa.update(gaps).where(before).values(to_at=gap.to_at, filled_at=now, note=by)).rowcount:
        conn.execute(sa.delete(gaps).where(this))
    else:
        conn.execute(sa.update(gaps).where(this).values(filled_at=now, note=by))


def _is_unbroken(conn: sa.Connection, feed_id: int, gap: sa.Row[tuple[object, ...]]) -> bool:
    """Whether a feed was read before a gap of another one and had none of its own in that time."""
    own = sa.select(gaps.c.feed_id).where(gaps.c.feed_id == feed_id, gaps.c.from_at < gap.to_at)
    before = (
        sa.select(articles.c.id)
        .join(sightings, sightings.c.article_id == articles.c.id)
        .where(articles.c.seen_at > gap.from_at - _SEEN_BEFORE, articles.c.seen_at <= gap.from_at)
        .where(sightings.c.feed_id == feed_id, sightings.c.first_seen_at <= gap.from_at)
    )
    has_gap = conn.execute(own.where(gaps.c.to_at > gap.from_at).limit(1)).first()
    return not has_gap and conn.execute(before.limit(1)).first() is not None


def _shows_all(conn: sa.Connection, feed_id: int, gap: sa.Row[tuple[object, ...]]) -> bool:
    """Whether a feed showed every article that the one with the gap showed first when it was noticed."""
    shown, elsewhere = sightings.alias("shown"), sightings.alias("elsewhere")
    is_elsewhere = sa.and_(elsewhere.c.article_id == articles.c.id, elsewhere.c.feed_id == feed_id)
    is_shown = sa.and_(shown.c.article_id == articles.c.id, shown.c.feed_id == gap.feed_id)
    # Most of a week's articles are left out so: what was shown by then was seen by then.
    noticed = max(gap.to_at, gap.noticed_at)
    counts = (
        sa.select(sa.func.count(), sa.func.count(elsewhere.c.article_id))
        .select_from(articles.join(shown, is_shown).outerjoin(elsewhere, is_elsewhere))
        .where(articles.c.seen_at > gap.from_at - _SEEN_BEFORE, articles.c.seen_at <= noticed)
        .where(shown.c.first_seen_at > gap.from_at, shown.c.first_seen_at <= noticed)
    )
    all_of_them, found = conn.execute(counts).one()
    return bool(all_of_them == found > 0)
