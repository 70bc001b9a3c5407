"""Articles: each kept once however many feeds show it, its versions, and the story it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.model import Article, Lead, Memory, Recognised, Showing, Verdict
from monitor.store import identities
from monitor.store.codec import VERSION_COLUMNS, clean, stored_article
from monitor.store.column_types import Instant, Row, to_micros
from monitor.store.dialects import chunks, hold_grouping, insert_many, pick, take_ids, upsert
from monitor.store.tables import article_versions, articles, search_pending, sightings, story_keys


@dataclass(frozen=True, slots=True)
class Added:
    """An article version that `add` stored: a new article (version 1) or the next version of a known one.

    `article.seen` is when the article was first met.
    """

    article: Article
    article_id: int
    story_id: int
    version: int
    is_new: bool


Recognise = Callable[[Showing, Memory, Iterator[int]], Recognised]
"""Says which pieces a showing's articles are; new ones take the numbers that it is given."""


@dataclass(slots=True)
class _Work:
    """The decisions about one showing, before they are written: articles by id, new ones apart from those merely shown.

    What is known of stories is shared with the other showings of the transaction.
    """

    feed_id: int
    now: datetime
    stories: dict[bytes, int]
    new_stories: dict[bytes, int]
    fresh: dict[int, Article] = field(default_factory=dict)
    shown: dict[int, Article] = field(default_factory=dict)
    place: dict[int, int] = field(default_factory=dict)


def story_of(conn: sa.Connection, keys: Iterable[bytes]) -> dict[bytes, int]:
    """Return, for those of the story keys that were ever met, the story that each leads to."""
    columns = (story_keys.c.key, story_keys.c.story_id)
    return {bytes(met): id_ for met, id_ in pick(conn, columns, story_keys.c.key, list(dict.fromkeys(keys)))}


def add_all(conn: sa.Connection, showings: Sequence[Showing], recognise: Recognise) -> list[list[Added]]:
    """Keep what feeds show, one after the other; return each one's new articles and new versions, in the order given.

    An article that is recognised is only a sighting of the known one, and lends it its other keys. A new version
    arises when this feed itself shows other words than the last time: two feeds that differ for ever make none.
    Every question and every insert is one for all showings, since a statement costs more than its rows do.
    """
    if not any(showing.articles for showing in showings):
        return [[] for _ in showings]
    hold_grouping(conn)
    memory = identities.remember(conn, [article for showing in showings for article in showing.articles])
    before = set(memory.leads)
    works, leads = _decided(conn, showings, memory, recognise)
    added = [_told(conn, work, memory.shown) for work in works]
    _write_new(conn, [(one, work.now) for work, some in zip(works, added, strict=True) for one in some if one.is_new])
    _write_sightings(conn, works, memory.shown)
    identities.write(conn, leads, before)
    insert_many(conn, story_keys, ("key", "story_id"), list(works[0].new_stories.items()))
    return added


def _decided(
    conn: sa.Connection, showings: Sequence[Showing], memory: Memory, recognise: Recognise
) -> tuple[list[_Work], dict[bytes, Lead]]:
    """Tell new from known, for each showing after those before it; and where keys lead afterwards."""
    batch = [article for showing in showings for article in showing.articles]
    identities.recall(conn, memory, batch)
    stories = story_of(conn, [key for article in batch for key in article.story_keys])
    free = _free_ids(conn, sum(memory.leads.keys().isdisjoint(article.keys) for article in batch))
    new_stories: dict[bytes, int] = {}
    works, leads = [], dict[bytes, Lead]()
    for showing in showings:
        found = recognise(showing, memory, free)
        works.append(_Work(showing.feed_id, showing.at, stories, new_stories))
        _decide(works[-1], showing.articles, found.verdicts)
        leads |= found.leads
        memory.leads.update(found.leads)
        for article, verdict in zip(showing.articles, found.verdicts, strict=True):
            memory.pieces.setdefault(verdict.article_id, article)
    return works, leads


def _free_ids(conn: sa.Connection, count: int) -> Iterator[int]:
    """Take ids for that many new articles at once, and one by one for those that were thought to be known."""
    if count:
        yield from take_ids(conn, "articles", count)
    while True:
        yield from take_ids(conn, "articles", 1)


def _decide(work: _Work, batch: Sequence[Article], verdicts: Sequence[Verdict]) -> None:
    """Take each article once however often the batch holds it: the first words given for it count."""
    for number, (article, verdict) in enumerate(zip(batch, verdicts, strict=True)):
        id_ = verdict.article_id
        if verdict.story_keys != article.story_keys:
            article = article._replace(story_keys=verdict.story_keys)
        if verdict.is_new:
            work.fresh[id_] = article
        elif id_ not in work.fresh:
            work.shown.setdefault(id_, article)
        work.place.setdefault(id_, number)


def _told(conn: sa.Connection, work: _Work, seen: Mapping[tuple[int, int], bytes]) -> list[Added]:
    """What is new of a showing: articles, and words of the feed's own that changed, which are the next version."""
    added = [Added(article, id_, _story(work, article, id_), 1, True) for id_, article in work.fresh.items()]
    edited = {id_: one for id_, one in work.shown.items() if seen.get((work.feed_id, id_), one.digest) != one.digest}
    if edited:
        added += _write_edited(conn, work, edited)
    return sorted(added, key=lambda one: work.place[one.article_id])


def _story(work: _Work, article: Article, own: int) -> int:
    """Return the story that a key of the article leads to, else its own; its other keys lead there from now on."""
    story = next((work.stories[key] for key in article.story_keys if key in work.stories), own)
    for key in article.story_keys:
        if key not in work.stories:
            work.stories[key] = work.new_stories[key] = story
    return story


def _write_new(conn: sa.Connection, new: Iterable[tuple[Added, datetime]]) -> None:
    insert_many(conn, articles, _NEW, [_row(added, now) for added, now in new])


_NEW = ("id", "outlet", *VERSION_COLUMNS, "version_at", "seen_at", "version", "story_id", "stated")


def _row(added: Added, now: datetime) -> tuple[Any, ...]:
    seen = to_micros(added.article.seen or now)
    words = stored_article(added.article)
    return (added.article_id, clean(added.article.outlet), *words, seen, seen, 1, added.story_id, added.article.stated)


def _write_sightings(conn: sa.Connection, works: Sequence[_Work], seen: Mapping[tuple[int, int], bytes]) -> None:
    """Record what each feed shows for the first time."""
    rows = [
        (id_, work.feed_id, one.digest, now, now)
        for work in works
        for now in [to_micros(work.now)]
        for id_, one in (work.shown | work.fresh).items()
        if (work.feed_id, id_) not in seen
    ]
    insert_many(conn, sightings, _SEEN, rows)


_SEEN = ("article_id", "feed_id", "digest", "first_seen_at", "last_changed_at")


def _sighting(work: _Work, id_: int, article: Article) -> dict[str, Any]:
    moments = {"first_seen_at": work.now, "last_changed_at": work.now}
    return {"feed_id": work.feed_id, "article_id": id_, "digest": article.digest, **moments}


def _write_edited(conn: sa.Connection, work: _Work, edited: Mapping[int, Article]) -> list[Added]:
    upsert(conn, sightings, [_sighting(work, id_, one) for id_, one in edited.items()], ["digest", "last_changed_at"])
    stored = _stored(conn, edited)
    # Another feed may have brought the same words before; a deleted article takes no version.
    changed = {id_: one for id_, one in edited.items() if id_ in stored and bytes(stored[id_].digest) != one.digest}
    # Nor do words that it had once: an outlet whose caches take turns shows the old and the new for hours.
    older = _older(conn, changed) if changed else set()
    changed = {id_: one for id_, one in changed.items() if (id_, one.digest) not in older}
    for id_, article in changed.items():
        _story(work, article, stored[id_].story_id)
    return _put_on_top(conn, changed, stored, work.now)


def _stored(conn: sa.Connection, ids: Iterable[int]) -> dict[int, Row]:
    """What is needed of stored articles to put a version on top; deleted ones are missing."""
    a = articles.c
    columns = (a.id, a.outlet, a.digest, a.version, a.story_id, a.seen_at)
    rows: dict[int, Row] = {}
    for some in chunks(sorted(ids)):
        rows.update((row.id, row) for row in conn.execute(sa.select(*columns).where(articles.c.id.in_(some))))
    return rows


def _older(conn: sa.Connection, ids: Iterable[int]) -> set[tuple[int, bytes]]:
    """Return each article's id with the digest of every version that another has replaced."""
    columns = (article_versions.c.article_id, article_versions.c.digest)
    return {(id_, bytes(digest)) for id_, digest in pick(conn, columns, article_versions.c.article_id, sorted(ids))}


def _put_on_top(
    conn: sa.Connection, changed: Mapping[int, Article], stored: Mapping[int, Row], now: datetime
) -> list[Added]:
    """Keep the present version of each article among its older ones and put the new one in its place."""
    if not changed:
        return []
    _archive(conn, list(changed))
    versions = {id_: stored[id_].version + 1 for id_ in changed}
    rows = [_next_row(id_, article, versions[id_], now) for id_, article in changed.items()]
    conn.execute(_NEXT_VERSION, rows)
    upsert(
        conn, search_pending, [{"article_id": id_, "version": number} for id_, number in versions.items()], ["version"]
    )
    return [
        Added(article._replace(outlet=row.outlet, seen=row.seen_at), id_, row.story_id, versions[id_], False)
        for id_, article in changed.items()
        for row in [stored[id_]]
    ]


_VERSIONED = (*VERSION_COLUMNS, "version_at")


def _next_row(id_: int, article: Article, version: int, now: datetime) -> dict[str, Any]:
    words = dict(zip(VERSION_COLUMNS, stored_article(article), strict=True))
    return words | {"id_": id_, "version": version, "version_at": to_micros(article.seen or now)}


def _archive(conn: sa.Connection, ids: Sequence[int]) -> None:
    for some in chunks(ids):
        present = sa.select(articles.c.id, articles.c.version, *[articles.c[name] for name in _VERSIONED])
        present = present.where(articles.c.id.in_(some))
        conn.execute(sa.insert(article_versions).from_select(["article_id", "version", *_VERSIONED], present))


def _as_stored(name: str) -> sa.BindParameter[Any]:
    """A parameter that is what the database stores already."""
    kind = articles.c[name].type
    return sa.bindparam(name, type_=sa.BigInteger() if isinstance(kind, Instant) else kind)


_NEXT_VERSION = (
    sa.update(articles)
    .where(articles.c.id == sa.bindparam("id_"))
    .values({name: _as_stored(name) for name in (*_VERSIONED, "version")})
)


def add_version(conn: sa.Connection, article_id: int, article: Article, now: datetime) -> Added | None:
    """Put a better text of a known article in place (its page, read in full); None if it is gone or says the same."""
    hold_grouping(conn)
    stored = _stored(conn, [article_id])
    if article_id not in stored or bytes(stored[article_id].digest) == article.digest:
        return None
    return _put_on_top(conn, {article_id: article}, stored, now)[0]
