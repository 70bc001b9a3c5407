"""Read what a digest needs before its texts: how large its stories are, each rule's days, and what was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

from monitor.model import State
from monitor.store.codec import unpack_matches
from monitor.store.column_types import from_micros
from monitor.store.dialects import chunks, pick
from monitor.store.tables import articles, deliveries, delivery_items, feeds, matches


def moments(conn: sa.Connection, ids: Iterable[int]) -> dict[int, datetime]:
    """Return by id when each of these articles was published, or else first seen; deleted ones are missing."""
    columns = (articles.c.id, articles.c.published_at, articles.c.seen_at)
    rows = pick(conn, columns, articles.c.id, sorted(set(ids)))
    return {id_: from_micros(seen if published is None else published) for id_, published, seen in rows}


def outlet_counts(conn: sa.Connection, stories: Iterable[int]) -> dict[int, int]:
    """Return by story how many outlets have it."""
    number = sa.func.count(articles.c.outlet.distinct())
    found: dict[int, int] = {}
    for some in chunks(sorted(set(stories))):
        query = sa.select(articles.c.story_id, number).where(articles.c.story_id.in_(some))
        found.update((id_, count) for id_, count in conn.execute(query.group_by(articles.c.story_id)))
    return found


def found_by_span(
    conn: sa.Connection, rules: Sequence[str], bounds: Sequence[datetime], most: int
) -> dict[str, list[int]]:
    """Return by rule how many articles it found in each span from one bound to the next, at most `most` in each."""
    return {rule: [_count_found(conn, rule, span, most) for span in pairwise(bounds)] for rule in rules}


def _count_found(conn: sa.Connection, rule: str, span: tuple[datetime, datetime], most: int) -> int:
    m = matches.c
    within = sa.select(m.article_id).where(m.rule == rule, m.at >= span[0], m.at < span[1])
    found = within.distinct().limit(most).subquery()
    return conn.execute(sa.select(sa.func.count()).select_from(found)).scalar_one()


def told_by_rule(conn: sa.Connection, recipient: str, since: datetime, most: int) -> dict[str, int]:
    """Return by rule how many stories were told a recipient since a moment, by the latest `most` of all."""
    d, i = deliveries.c, delivery_items.c
    query = sa.select(i.story_id, i.matches).join(deliveries, d.id == i.delivery_id)
    query = query.where(d.recipient == recipient, d.created_at >= since, d.state == State.SENT.value)
    rows = conn.execute(query.order_by(d.created_at.desc(), i.article_id).limit(most))
    told = {(match.rule, story) for story, packed in rows for match in unpack_matches(packed)}
    return dict(Counter(rule for rule, _ in told))


def feed_readings(conn: sa.Connection) -> list[tuple[str, int, timedelta, datetime | None]]:
    """Return of every watched feed its outlet, the failures in a row, the pause between polls, and the last success."""
    f = feeds.c
    query = sa.select(f.outlet, f.failures, f.interval, f.last_ok_at).where(f.active).order_by(f.id)
    return [(outlet, failures, interval, read) for outlet, failures, interval, read in conn.execute(query)]
