"""Read what happened in a span of time, for reports: articles, silences, matches and mails, over all outlets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from monitor.model import Kind, State
from monitor.store.article_texts import TextSource
from monitor.store.codec import unpack_matches
from monitor.store.column_types import from_micros
from monitor.store.incident_records import Incident
from monitor.store.tables import (
    article_texts,
    articles,
    deliveries,
    delivery_items,
    feeds,
    incidents,
    matches,
    sightings,
)

_DAY = 86_400_000_000
_ENDING = 320
"""So many of the last characters of a text are read, to see whether it breaks off."""

BoundedSpan = tuple[datetime, datetime]
"""Moments of [since, until)."""


class SeenArticle(NamedTuple):
    """An article as it came: whether its page was read, else the length of its text in characters and how that ends."""

    outlet: str
    published: datetime | None
    seen: datetime
    has_page: bool
    length: int
    ending: str


class FoundMatch(NamedTuple):
    """An article that a rule matched, and when it did first."""

    rule: str
    article_id: int
    at: datetime


class PlannedMail(NamedTuple):
    """A delivery: how it stands, when it was planned and when it ended, and the rules that it names."""

    kind: Kind
    state: State
    created_at: datetime
    finished_at: datetime | None
    rules: frozenset[str]


def seen_articles(conn: sa.Connection, span: BoundedSpan) -> Iterator[SeenArticle]:
    """Yield the articles that were first seen in a span, in no order."""
    a, t = articles.c, article_texts.c
    has_page, length = t.article_id.is_not(None), sa.func.length(a.body)
    query = sa.select(
        a.outlet,
        # Integers, since the conversion of each moment by SQLAlchemy takes longer than all else.
        sa.type_coerce(a.published_at, sa.BigInteger),
        sa.type_coerce(a.seen_at, sa.BigInteger),
        has_page,
        # Long texts of pages would take most of the time.
        sa.case((has_page, 0), else_=length),
        sa.case((has_page, ""), else_=sa.func.substr(a.body, length - (_ENDING - 1))),
    ).outerjoin(article_texts, sa.and_(t.article_id == a.id, t.source == TextSource.PAGE.value))
    for outlet, published, seen, *text in conn.execute(query.where(*_within(a.seen_at, span))):
        yield SeenArticle(outlet, None if published is None else from_micros(published), from_micros(seen), *text)


def daily_counts(conn: sa.Connection, span: BoundedSpan) -> dict[str, dict[int, int]]:
    """Return by outlet, for each day since 1970 (UTC) of a span, how many articles of that day were first seen then.

    What was a day old by then is left out.
    """
    published, seen = (sa.type_coerce(articles.c[name], sa.BigInteger) for name in ("published_at", "seen_at"))
    day = seen // sa.literal_column(str(_DAY), sa.BigInteger)
    is_new = sa.or_(published.is_(None), published >= seen - _DAY)
    query = sa.select(articles.c.outlet, day, sa.func.count()).where(*_within(articles.c.seen_at, span), is_new)
    found: dict[str, dict[int, int]] = {}
    for outlet, of_day, count in conn.execute(query.group_by(articles.c.outlet, day)):
        found.setdefault(outlet, {})[int(of_day)] = int(count)
    return found


def watched_since(conn: sa.Connection) -> dict[str, datetime]:
    """Return by outlet when an article of one of its feeds was first seen, of those that are still stored."""
    first = sa.select(sightings.c.feed_id, sa.func.min(sightings.c.first_seen_at).label("first"))
    of_feed = first.group_by(sightings.c.feed_id).subquery()
    query = sa.select(feeds.c.outlet, sa.func.min(of_feed.c.first)).join(of_feed, of_feed.c.feed_id == feeds.c.id)
    return {str(outlet): moment for outlet, moment in conn.execute(query.group_by(feeds.c.outlet))}


def first_seen(conn: sa.Connection, outlets: Sequence[str]) -> dict[str, datetime]:
    """Return by outlet when an article of it was first seen, for outlets that have no feed any more."""
    a = articles.c
    query = sa.select(a.outlet, sa.func.min(a.seen_at)).where(a.outlet.in_(list(outlets))).group_by(a.outlet)
    return {str(outlet): moment for outlet, moment in conn.execute(query)} if outlets else {}


def never_read(conn: sa.Connection) -> set[str]:
    """Return the watched outlets of which polls have failed and no feed was ever read."""
    f = feeds.c
    query = sa.select(f.outlet).where(f.active).group_by(f.outlet)
    return set(conn.execute(query.having(sa.func.max(f.last_ok_at).is_(None), sa.func.max(f.failures) > 0)).scalars())


def incidents_within(conn: sa.Connection, kinds: Sequence[str], span: BoundedSpan) -> list[Incident]:
    """Return the incidents of these kinds that were open at some time of a span, the oldest first."""
    t, (since, until) = incidents.c, span
    columns = [t[name] for name in Incident.__dataclass_fields__]
    was_open = sa.and_(t.opened_at < until, sa.or_(t.closed_at.is_(None), t.closed_at > since))
    query = sa.select(*columns).where(t.kind.in_(list(kinds)), was_open).order_by(t.opened_at)
    return [Incident(*row) for row in conn.execute(query)]


def found_matches(conn: sa.Connection, span: BoundedSpan) -> list[FoundMatch]:
    """Return each article that a rule matched in a span, once for each rule, the earliest first."""
    m, at = matches.c, sa.func.min(matches.c.at)
    query = sa.select(m.rule, m.article_id, at).where(*_within(m.at, span)).group_by(m.rule, m.article_id)
    return [FoundMatch(*row) for row in conn.execute(query.order_by(at))]


def planned_mails(conn: sa.Connection, span: BoundedSpan) -> list[PlannedMail]:
    """Return the deliveries that were planned in a span, the earliest first."""
    d, within = deliveries.c, _within(deliveries.c.created_at, span)
    of_items = sa.select(delivery_items.c.delivery_id, delivery_items.c.matches)
    rules: dict[int, set[str]] = {}
    for id_, packed in conn.execute(of_items.join(deliveries, d.id == delivery_items.c.delivery_id).where(*within)):
        rules.setdefault(id_, set()).update(match.rule for match in unpack_matches(packed))
    query = sa.select(d.id, d.kind, d.state, d.created_at, d.finished_at).where(*within).order_by(d.created_at)
    return [
        PlannedMail(Kind(kind), State(state), created, finished, frozenset(rules.get(id_, ())))
        for id_, kind, state, created, finished in conn.execute(query)
    ]


def _within(moment: sa.Column[datetime], span: BoundedSpan) -> tuple[sa.ColumnElement[bool], ...]:
    return moment >= span[0], moment < span[1]
