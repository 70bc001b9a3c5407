"""Read stories for commands: which move now, how large each is, who had it first, and its articles in order.

Only short columns are read, since a story may have thousands of articles.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.store.column_types import Row
from monitor.store.dialects import chunks
from monitor.store.tables import articles, matches, stories

NEWEST = 100_000
"""Articles, the newest of the span, of which stories are read at most."""
_HOUR = timedelta(hours=1)
# When an article appeared: as its outlet says, else when it was first seen.
_AT = sa.func.coalesce(articles.c.published_at, articles.c.seen_at)


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Which stories to list: with articles first seen and published in [since, until), the most carried ones first.

    An empty `rule` or `outlet` is no bound; else a rule found an article of the story in the span, and the outlet is
    one of those that had such an article then. Stories that have one article in all are listed only with `singles`.
    """

    since: datetime
    until: datetime
    rule: str = ""
    outlet: str = ""
    limit: int = 20
    singles: bool = False


@dataclass(frozen=True, slots=True)
class StoryMovement:
    """What a story gained in a span: `articles` at `outlets`, of which `last_hour` in the last hour of it."""

    story_id: int
    articles: int
    outlets: int
    last_hour: int


@dataclass(frozen=True, slots=True)
class StorySize:
    """How many articles a story has, at how many outlets, and its languages, those of most articles first."""

    articles: int
    outlets: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story, without its text; `at` is when it was published, else when it was first `seen`."""

    id: int
    outlet: str
    language: str
    title: str
    url: str
    at: datetime
    seen: datetime


def current(conn: sa.Connection, id_: int) -> int | None:
    """Return the story of this id, or the one that it was merged into; None where there is none."""
    story = sa.func.coalesce(stories.c.merged_into, stories.c.id)
    return conn.execute(sa.select(story).where(stories.c.id == id_)).scalar()


def start_of_newest(conn: sa.Connection, which: StoryFilter, newest: int = NEWEST) -> datetime:
    """Return the start of the span, or the moment since which it has the `newest` articles, where it has more."""
    a = articles.c
    seen = sa.select(a.seen_at).where(a.seen_at >= which.since, a.seen_at < which.until)
    cut = conn.execute(seen.order_by(a.seen_at.desc()).offset(newest - 1).limit(1)).scalar()
    return cut or which.since


def moving(conn: sa.Connection, which: StoryFilter) -> list[StoryMovement]:
    """Return what the stories gained that a filter lets through, those first that most outlets told."""
    gain = _gains(which).subquery()
    query = sa.select(gain.c.story_id, gain.c.articles, gain.c.outlets, gain.c.last_hour)
    query = query if which.singles else query.where(~_is_single(gain))
    query = query.order_by(gain.c.outlets.desc(), gain.c.articles.desc(), gain.c.story_id.desc()).limit(which.limit)
    return [StoryMovement(story, count, at, int(last)) for story, count, at, last in conn.execute(query)]


def singles(conn: sa.Connection, which: StoryFilter) -> int:
    """Return how many stories that a filter lets through have one article in all."""
    gain = _gains(which).subquery()
    return conn.execute(sa.select(sa.func.count()).select_from(gain).where(_is_single(gain))).scalar_one()


def _is_single(gain: sa.Subquery) -> sa.ColumnElement[bool]:
    a = articles.c
    others = sa.exists().where(a.story_id == gain.c.story_id, a.id != gain.c.one_article)
    return sa.and_(gain.c.articles == 1, ~others)


def _gains(which: StoryFilter) -> sa.Select[Any]:
    """Return what each story gained in a span, a row a story."""
    a, number = articles.c, sa.func.count()
    outlets, one_article = sa.func.count(a.outlet.distinct()), sa.func.min(a.id)
    fresh = sa.func.sum(sa.case((which.until - _HOUR <= _AT, 1), else_=0))
    gained = number.label("articles"), outlets.label("outlets"), fresh.label("last_hour")
    query = sa.select(a.story_id, *gained, one_article.label("one_article"))
    query = query.where(which.since <= _AT, *_seen_in(which))
    if which.rule:
        found = sa.select(a.story_id).join(matches, matches.c.article_id == a.id).where(matches.c.rule == which.rule)
        query = query.where(a.story_id.in_(found.where(matches.c.at >= which.since, *_seen_in(which))))
    query = query.group_by(a.story_id)
    if which.outlet:
        query = query.having(sa.func.sum(sa.case((a.outlet == which.outlet, 1), else_=0)) > 0)
    return query


def _seen_in(which: StoryFilter) -> tuple[sa.ColumnElement[bool], ...]:
    return articles.c.seen_at >= which.since, articles.c.seen_at < which.until


def sizes(conn: sa.Connection, ids: Collection[int]) -> dict[int, StorySize]:
    """Return the size of each of these stories that has articles, by story."""
    a, number = articles.c, sa.func.count()
    found: dict[int, StorySize] = {}
    for some in chunks(sorted(ids)):
        of_story = a.story_id.in_(some)
        by_language = sa.select(a.story_id, a.language).where(of_story).group_by(a.story_id, a.language)
        languages: dict[int, list[str]] = {}
        for story, language in conn.execute(by_language.order_by(number.desc(), a.language)):
            languages.setdefault(story, []).extend([language] if language else [])
        by_story = sa.select(a.story_id, number, sa.func.count(a.outlet.distinct())).where(of_story)
        for story, count, outlets in conn.execute(by_story.group_by(a.story_id)):
            found[story] = StorySize(count, outlets, tuple(languages[story]))
    return found


def firsts(conn: sa.Connection, ids: Collection[int]) -> dict[int, StoryArticle]:
    """Return by story the article of it that appeared first."""
    a = articles.c
    found: dict[int, StoryArticle] = {}
    for some in chunks(sorted(ids)):
        place = sa.func.row_number().over(partition_by=a.story_id, order_by=(_AT, a.id)).label("place")
        ranked = sa.select(a.id, place).where(a.story_id.in_(some)).subquery()
        first = sa.select(ranked.c.id).where(ranked.c.place == 1)
        found |= {row.story_id: _article(row) for row in conn.execute(_SHORT.where(a.id.in_(first)))}
    return found


def articles_of(conn: sa.Connection, story: int, limit: int) -> list[StoryArticle]:
    """Return the first `limit` articles of a story, in the order in which they appeared."""
    query = _SHORT.where(articles.c.story_id == story).order_by(_AT, articles.c.id).limit(limit)
    return [_article(row) for row in conn.execute(query)]


def ends_of(
    conn: sa.Connection, story: int, count: int, others: Collection[int] = (), *, before: int = 0
) -> list[StoryArticle]:
    """Return the first and the last `count` articles of a story that were stored, and these others, in that order.

    With `before`, an article, of those alone that were stored earlier than that.
    """
    a, of_story = articles.c, sa.select(articles.c.id).where(articles.c.story_id == story)
    of_story = of_story.where(a.id < before) if before else of_story
    ends = (of_story.order_by(order).limit(count) for order in (a.id, a.id.desc()))
    ids = {*others, *(id_ for end in ends for id_ in conn.execute(end).scalars())}
    return list(by_id(conn, ids).values())


def by_id(conn: sa.Connection, ids: Collection[int]) -> dict[int, StoryArticle]:
    """Return those of these articles that are stored, in the order of ids."""
    query = _SHORT.order_by(articles.c.id)
    rows = (row for some in chunks(sorted(ids)) for row in conn.execute(query.where(articles.c.id.in_(some))))
    return {row.id: _article(row) for row in rows}


def last_appeared(conn: sa.Connection, story: int) -> datetime | None:
    """Return when the latest article of a story appeared; None where it has none."""
    return conn.execute(sa.select(sa.func.max(_AT)).where(articles.c.story_id == story)).scalar()


_NAMES = ("id", "story_id", "outlet", "language", "title", "url", "seen_at")
_SHORT = sa.select(*(articles.c[name] for name in _NAMES), _AT.label("at"))


def _article(row: Row) -> StoryArticle:
    return StoryArticle(row.id, row.outlet, row.language, row.title, row.url, row.at, row.seen_at)
