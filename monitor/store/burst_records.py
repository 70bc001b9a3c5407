"""Count what rules found day by day and at how many outlets stories are hour by hour; keep which bursts were said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.store.burst_tables import bursts_said, rule_news
from monitor.store.column_types import to_micros
from monitor.store.dialects import chunks, upsert
from monitor.store.tables import Column, articles

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MICRO = timedelta(microseconds=1)
_LATEST = 400
"""Stories by which the size of a usual one is known."""


def keep_news(conn: sa.Connection, found: Iterable[tuple[str, int]], now: datetime) -> None:
    """Store that stories were news for rules: (rule, story); each counts when it was so first."""
    # In one order, since two that insert the same rows in different orders would wait for each other.
    rows = [{"rule": rule, "story_id": story, "at": now} for rule, story in sorted(set(found))]
    upsert(conn, rule_news, rows, [])


def busy_rules(conn: sa.Connection, least: int, now: datetime) -> list[str]:
    """Return the rules for which at least so many stories were news in the last 24 hours."""
    latest = sa.select(rule_news.c.rule).where(rule_news.c.at > now - _DAY).group_by(rule_news.c.rule)
    return list(conn.execute(latest.having(sa.func.count() >= least).order_by(rule_news.c.rule)).scalars())


def stories_by_day(conn: sa.Connection, rule: str, days: int, now: datetime) -> list[int | None]:
    """Return how many stories were news for a rule in the last 24 hours, and on each of so many days before.

    None stands for days before the first news of the rule, and for those on which no article was seen.
    """
    n = rule_news.c
    first = conn.execute(sa.select(sa.func.min(n.at)).where(n.rule == rule)).scalar()
    where = (n.rule == rule, n.at > now - (days + 1) * _DAY, n.at <= now)
    ago = _spans_ago(n.at, _DAY, now)
    counts = {int(day): int(count) for day, count in conn.execute(_by_span(ago, sa.func.count(), where))}
    return [
        None if first is None or first > now - day * _DAY else counts.get(day) or _none_of_a_day(conn, day, now)
        for day in range(days + 1)
    ]


def _none_of_a_day(conn: sa.Connection, ago: int, now: datetime) -> int | None:
    """Return 0 for a day on which articles were seen, and None for another."""
    seen = articles.c.seen_at
    within = sa.select(articles.c.id).where(seen > now - (ago + 1) * _DAY, seen <= now - ago * _DAY)
    return None if conn.execute(within.limit(1)).first() is None else 0


def outlets_by_hour(conn: sa.Connection, stories: Collection[int], hours: int, now: datetime) -> dict[int, list[int]]:
    """Return by story at how many outlets articles of it appeared in each of the last hours, the last one first."""
    a, found = articles.c, {story: [0] * hours for story in stories}
    at = sa.func.coalesce(a.published_at, a.seen_at, type_=a.seen_at.type)
    ago = _spans_ago(at, _HOUR, now)
    for some in chunks(sorted(found)):
        where = (a.story_id.in_(some), at > now - hours * _HOUR, at <= now)
        query = _by_span(ago, sa.func.count(a.outlet.distinct()), where).add_columns(a.story_id).group_by(a.story_id)
        for hour, count, story in conn.execute(query):
            found[story][hour] = count
    return found


def latest_sizes(conn: sa.Connection, now: datetime) -> Sequence[int]:
    """Return at how many outlets each of the latest stories is that were news for a rule, a day ago or earlier."""
    n, a = rule_news.c, articles.c
    stories = sa.select(n.story_id).where(n.at <= now - _DAY).group_by(n.story_id)
    latest = stories.order_by(sa.func.max(n.at).desc(), n.story_id.desc()).limit(_LATEST)
    sizes = sa.select(sa.func.count(a.outlet.distinct())).where(a.story_id.in_(latest)).group_by(a.story_id)
    return list(conn.execute(sizes).scalars())


def _spans_ago(at: sa.ColumnElement[datetime], span: timedelta, now: datetime) -> sa.ColumnElement[int]:
    """Return how many whole spans before now a moment is."""
    since = sa.literal(to_micros(now), sa.BigInteger) - sa.type_coerce(at, sa.BigInteger)
    return (since // sa.literal_column(str(span // _MICRO), sa.BigInteger)).label("ago")


def _by_span(
    ago: sa.ColumnElement[int], number: sa.ColumnElement[int], where: Iterable[sa.ColumnElement[bool]]
) -> sa.Select[*tuple[Any, ...]]:
    # Grouped by the name: PostgreSQL takes an expression with a parameter for another one each time.
    return sa.select(ago, number).where(*where).group_by(sa.literal_column("ago"))


def said(conn: sa.Connection, recipient: str) -> dict[tuple[str, str], datetime]:
    """Return when each burst was said last to a recipient, by kind and target."""
    b = bursts_said.c
    rows = conn.execute(sa.select(b.kind, b.target, b.at).where(b.recipient == recipient))
    return {(kind, target): at for kind, target, at in rows}


def note_said(conn: sa.Connection, recipient: str, bursts: Iterable[tuple[str, str]], now: datetime) -> None:
    """Record that bursts, by kind and target, were said to a recipient."""
    rows = [{"recipient": recipient, "kind": kind, "target": target, "at": now} for kind, target in bursts]
    upsert(conn, bursts_said, rows, ["at"])


def forget(conn: sa.Connection, rules: Collection[str]) -> None:
    """Forget what was news for rules, since they look for something else from now on."""
    for some in chunks(sorted(rules)):
        conn.execute(sa.delete(rule_news).where(rule_news.c.rule.in_(some)))


def delete_older(conn: sa.Connection, before: datetime) -> int:
    """Delete what was news, and said, before a moment; return how many rows."""
    columns: tuple[Column, ...] = (rule_news.c.at, bursts_said.c.at)
    return sum(conn.execute(sa.delete(column.table).where(column < before)).rowcount for column in columns)
