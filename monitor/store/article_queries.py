"""Read stored articles, their sightings and their matches for commands, mails and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.model import Article, Match
from monitor.store.codec import article_of, pack_spans, unpack_spans
from monitor.store.column_types import Row
from monitor.store.dialects import chunks, pick, upsert
from monitor.store.identities import known
from monitor.store.tables import (
    article_texts,
    article_versions,
    articles,
    feeds,
    fulltext_requests,
    matches,
    sightings,
)


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One version of a stored article; `seen` is when the article was first seen."""

    id: int
    story_id: int
    version: int
    seen: datetime
    article: Article


@dataclass(frozen=True, slots=True)
class Sighting:
    """One feed that showed an article; `due_at` says when it is polled next (None: never), and `due_because` why."""

    feed_id: int
    url: str
    outlet: str
    first_seen_at: datetime
    last_changed_at: datetime
    due_at: datetime | None
    due_because: str


@dataclass(frozen=True, slots=True)
class History:
    """The versions of an article: when it was first seen, when it last changed, and the rules that ever matched."""

    title: str
    version: int
    first: datetime
    last: datetime
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """The outlet of an article, and when it was published and first seen."""

    id: int
    outlet: str
    published: datetime | None
    seen: datetime


def _stored(row: Row) -> StoredArticle:
    return StoredArticle(row.id, row.story_id, row.version, row.seen_at, article_of(row, row.outlet, row.seen_at))


def get(conn: sa.Connection, ids: Iterable[int]) -> dict[int, StoredArticle]:
    """Return these articles in their present versions, by id; deleted ones are missing."""
    found: dict[int, StoredArticle] = {}
    for some in chunks(sorted(set(ids))):
        query = sa.select(articles).where(articles.c.id.in_(some)).order_by(articles.c.id)
        found.update((row.id, _stored(row)) for row in conn.execute(query))
    return found


def refused(conn: sa.Connection, feed_id: int, since: datetime, most: int) -> list[StoredArticle]:
    """Return the newest articles of a feed, seen since then, whose pages gave no text and are not to be read now."""
    t, a = article_texts.c, articles.c
    texts = {source: sa.exists().where(t.article_id == a.id, t.source == source) for source in ("refusal", "page")}
    waits = sa.exists().where(fulltext_requests.c.article_id == a.id)
    query = sa.select(articles).where(
        a.feed_id == feed_id, a.seen_at >= since, texts["refusal"], ~texts["page"], ~waits
    )
    return [_stored(row) for row in conn.execute(query.order_by(a.id.desc()).limit(most))]


def outlets_of(conn: sa.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return the outlet of each of these articles by id; deleted ones are missing."""
    return dict(pick(conn, (articles.c.id, articles.c.outlet), articles.c.id, sorted(ids)))


def get_version(conn: sa.Connection, article_id: int, version: int) -> StoredArticle | None:
    """Return one version of an article, present or older."""
    present = get(conn, [article_id]).get(article_id)
    if present is None or present.version == version:
        return present
    where = (article_versions.c.article_id == article_id, article_versions.c.version == version)
    row = conn.execute(sa.select(article_versions).where(*where)).first()
    if row is None:
        return None
    return StoredArticle(
        article_id, present.story_id, version, present.seen, article_of(row, present.article.outlet, present.seen)
    )


def known_id(conn: sa.Connection, keys: Sequence[bytes]) -> int | None:
    """Return the article id of the first of these identity keys that is stored, even where the article was deleted."""
    ids = known(conn, keys)
    return next((ids[key] for key in keys if key in ids), None)


def by_url_key(conn: sa.Connection, keys: Sequence[bytes]) -> StoredArticle | None:
    """Return the article of the first of these identity keys that is stored; None where it was deleted."""
    first = known_id(conn, keys)
    return None if first is None else get(conn, [first]).get(first)


def addresses(conn: sa.Connection, limit: int) -> list[tuple[str, str]]:
    """Return the (outlet, address) of the latest articles, the newest first."""
    query = sa.select(articles.c.outlet, articles.c.url).order_by(articles.c.id.desc()).limit(limit)
    return [(outlet, url) for outlet, url in conn.execute(query)]


def between(
    conn: sa.Connection,
    span: tuple[datetime | None, datetime | None] = (None, None),
    *,
    after: tuple[datetime, int] | None = None,
    limit: int = 500,
) -> list[StoredArticle]:
    """Return articles first seen in [since, until), the oldest first; `after` is (seen, id) of the last one so far."""
    place = sa.tuple_(articles.c.seen_at, articles.c.id)
    query = sa.select(articles).order_by(articles.c.seen_at, articles.c.id).limit(limit)
    query = query.where(*_within(span))
    if after is not None:
        query = query.where(place > sa.tuple_(sa.literal(after[0], articles.c.seen_at.type), sa.literal(after[1])))
    return [_stored(row) for row in conn.execute(query)]


def arrivals(conn: sa.Connection, after: int, limit: int) -> list[Arrival]:
    """Return the articles with ids above `after`, in the order of ids."""
    a = articles.c
    query = sa.select(a.id, a.outlet, a.published_at, a.seen_at).where(a.id > after).order_by(a.id).limit(limit)
    return [Arrival(*row) for row in conn.execute(query)]


def count(conn: sa.Connection, span: tuple[datetime | None, datetime | None] = (None, None)) -> int:
    """Return how many articles were first seen in [since, until)."""
    return conn.execute(sa.select(sa.func.count()).select_from(articles).where(*_within(span))).scalar_one()


def count_news(conn: sa.Connection, since: datetime, within: timedelta) -> int:
    """Return how many articles were first seen since then, `within` some time of their publication."""
    news = came_as_news(since, within)
    return conn.execute(sa.select(sa.func.count()).select_from(articles).where(*news)).scalar_one()


def came_as_news(since: datetime, within: timedelta) -> list[sa.ColumnElement[bool]]:
    """Return what holds of the articles that `count_news` counts: those of the past of a feed are left out."""
    published, seen = (sa.type_coerce(articles.c[name], sa.BigInteger) for name in ("published_at", "seen_at"))
    old = seen - published > within // timedelta(microseconds=1)
    return [articles.c.seen_at >= since, sa.or_(published.is_(None), ~old)]


def first_seen(conn: sa.Connection) -> datetime | None:
    """Return when the oldest stored article was first seen; None where there is none."""
    return conn.execute(sa.select(articles.c.seen_at).order_by(articles.c.seen_at).limit(1)).scalar()


def _within(span: tuple[datetime | None, datetime | None]) -> list[sa.ColumnElement[bool]]:
    since, until = span
    bounds = [articles.c.seen_at >= since] if since else []
    return [*bounds, articles.c.seen_at < until] if until else bounds


def first_of_outlets(conn: sa.Connection, stories: Iterable[int]) -> dict[int, list[Article]]:
    """Return by story the first article of each outlet, the oldest first: a story may have thousands of articles."""
    found: dict[int, list[Article]] = {}
    for some in chunks(sorted(set(stories))):
        query = sa.select(sa.func.min(articles.c.id)).where(articles.c.story_id.in_(some))
        ids = conn.execute(query.group_by(articles.c.story_id, articles.c.outlet)).scalars().all()
        for one in get(conn, ids).values():
            found.setdefault(one.story_id, []).append(one.article)
    return found


def of_outlets(conn: sa.Connection, since: datetime) -> dict[str, int]:
    """Return by outlet how many articles were first seen since a moment."""
    query = sa.select(articles.c.outlet, sa.func.count()).where(articles.c.seen_at >= since)
    return {str(outlet): int(number) for outlet, number in conn.execute(query.group_by(articles.c.outlet))}


def sightings_of(conn: sa.Connection, article_id: int) -> list[Sighting]:
    """Return the sightings of an article, the first one first."""
    query = sa.select(
        sightings.c.feed_id,
        feeds.c.url,
        feeds.c.outlet,
        sightings.c.first_seen_at,
        sightings.c.last_changed_at,
        sa.case((feeds.c.active, feeds.c.due_at)),
        feeds.c.due_because,
    ).join(feeds, feeds.c.id == sightings.c.feed_id)
    query = query.where(sightings.c.article_id == article_id).order_by(sightings.c.first_seen_at)
    return [Sighting(*row) for row in conn.execute(query)]


def sightings_with(conn: sa.Connection, sighting: Sighting) -> tuple[int, int]:
    """Return how many articles the feed of a sighting had shown before it, and how many it showed first with it."""
    first, at = sightings.c.first_seen_at, sighting.first_seen_at
    counts = sa.select(sa.func.count().filter(first < at), sa.func.count().filter(first == at)).where(
        sightings.c.feed_id == sighting.feed_id
    )
    before, at_once = conn.execute(counts).one()
    return before, at_once


def keep_matches(conn: sa.Connection, found: Sequence[tuple[int, int, Sequence[Match]]], now: datetime) -> None:
    """Store (article id, version, matches); storing a match again changes only its spans."""
    rows = [
        {"article_id": id_, "version": version, "rule": match.rule, "spans": pack_spans(match.spans), "at": now}
        for id_, version, of_version in found
        for match in of_version
    ]
    upsert(conn, matches, rows, ["spans"])


def matches_of(conn: sa.Connection, article_id: int) -> dict[int, tuple[Match, ...]]:
    """Return the matches of each version of an article, by version."""
    query = sa.select(matches.c.version, matches.c.rule, matches.c.spans).where(matches.c.article_id == article_id)
    found: dict[int, list[Match]] = {}
    for version, rule, spans in conn.execute(query.order_by(matches.c.version, matches.c.rule)):
        found.setdefault(version, []).append(Match(rule, unpack_spans(spans)))
    return {version: tuple(of_version) for version, of_version in found.items()}


def earlier_rules(conn: sa.Connection, versions: Mapping[int, int]) -> dict[int, frozenset[str]]:
    """Return by article the rules that matched a version of it before this one."""
    columns = (matches.c.article_id, matches.c.version, matches.c.rule)
    found: dict[int, set[str]] = {id_: set() for id_ in versions}
    for id_, version, rule in pick(conn, columns, matches.c.article_id, sorted(versions)):
        if version < versions[id_]:
            found[id_].add(rule)
    return {id_: frozenset(rules) for id_, rules in found.items()}


def histories(conn: sa.Connection, ids: Iterable[int], least: int) -> dict[int, History]:
    """Return the histories of those of these articles that have at least `least` versions, by id."""
    a = articles.c
    query = sa.select(a.id, a.title, a.version, a.seen_at, a.version_at).where(a.version >= least)
    rows = [row for some in chunks(sorted(ids)) for row in conn.execute(query.where(a.id.in_(some)))]
    pairs = pick(conn, (matches.c.article_id, matches.c.rule), matches.c.article_id, [row.id for row in rows])
    rules: dict[int, set[str]] = {row.id: set() for row in rows}
    for id_, rule in pairs:
        rules[id_].add(rule)
    return {
        row.id: History(row.title, row.version, row.seen_at, row.version_at, frozenset(rules[row.id])) for row in rows
    }


def match_counts(conn: sa.Connection, since: datetime) -> dict[str, int]:
    """Return by rule how many articles it matched since a moment, each once for all of its versions."""
    number = sa.func.count(matches.c.article_id.distinct())
    query = sa.select(matches.c.rule, number).where(matches.c.at >= since).group_by(matches.c.rule)
    return {str(rule): int(number) for rule, number in conn.execute(query)}
