"""Store articles, each once however many feeds show it, with their versions and the story that each belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from monitor.model import Article, FeedSnapshot
from monitor.page_values import ArticlePage
from monitor.store import article_queries, article_texts, deletion, identities, story_joining, story_records
from monitor.store.article_versions import PAGE, former_digests
from monitor.store.codec import VERSION_COLUMNS, clean, stored_article
from monitor.store.column_types import Instant, Row, to_micros
from monitor.store.dialects import chunks, insert_many, upsert
from monitor.store.snapshot_decisions import ResolveIdentities, SnapshotDecisions, decide_snapshots
from monitor.store.story_joining import StoryJoining
from monitor.store.tables import article_versions, articles, search_pending, sightings
from monitor.story_values import NO_MARKS, Relation, StoryLink, StoryMember


class Added(NamedTuple):
    """An article version that was stored: a new article (version 1) or the next version of a known one.

    `article.seen` is when the article was first seen. `is_edit` says that its outlet changed it: the same feed, or its
    page, said something else before. `relation` is what the article is to its story.
    """

    article: Article
    article_id: int
    story_id: int
    version: int
    is_new: bool
    is_edit: bool = False
    relation: Relation = Relation.FIRST


Compose = Callable[[Article, ArticlePage, str], Article]
"""Adds its page to an article in its feed's words, with what that said when the page was read."""


class AddedArticles(NamedTuple):
    """What was added: a list for each snapshot, and the stories that became part of others, each with that story.

    `left_stories` are those that a known article has left for one of its own.
    """

    by_snapshot: list[list[Added]]
    merged_stories: dict[int, int]
    left_stories: frozenset[int] = frozenset()


def add_all(
    conn: sa.Connection,
    snapshots: Sequence[FeedSnapshot],
    resolve: ResolveIdentities,
    compose: Compose,
    joining: StoryJoining,
) -> AddedArticles:
    """Store what feeds show, in order: new articles, new versions, and the stories that both join.

    An article that is recognised becomes a sighting of the known one and adds its other keys to it. A new version is
    stored when the same feed shows other words than the last time, so that two feeds that always differ make none, or
    when another one says what was not known, such as the text of an article whose title alone a sitemap gave; it
    is composed with what the article's page said when it was read last.
    Each query and each insert serves all snapshots, since a statement costs more than its rows do.
    """
    if not any(snapshot.articles for snapshot in snapshots):
        return AddedArticles([[] for _ in snapshots], {})
    memory = identities.load_memory(conn, [article for snapshot in snapshots for article in snapshot.articles])
    before = set(memory.targets)
    decisions, targets = decide_snapshots(conn, snapshots, memory, resolve)
    found = [_new_versions(conn, decided, memory.shown, compose) for decided in decisions]
    before_joining = [one for of_snapshot in found for one in of_snapshot]
    flat, merged = _join_stories(conn, before_joining, joining)
    in_order = iter(flat)
    added = [[next(in_order) for _ in of_snapshot] for of_snapshot in found]
    _write_new(conn, decisions, added)
    _write_sightings(conn, decisions, memory.shown)
    identities.write(conn, targets, before)
    left = (left_story(one, now) for one, now in zip(before_joining, flat, strict=True))
    return AddedArticles(added, merged, frozenset(story for story in left if story))


def join_again(conn: sa.Connection, added: Added, joining: StoryJoining) -> tuple[Added, dict[int, int]]:
    """Let a new version of a known article join a story by its text; return it so, and the stories merged by that."""
    (joined,), merged = _join_stories(conn, [added], joining)
    return joined, merged


def left_story(before: Added, now: Added) -> int | None:
    """Return the story that a known article has left, now that it joined by its text; stories merge into older ones."""
    return before.story_id if not before.is_new and now.story_id > before.story_id else None


def _join_stories(
    conn: sa.Connection, added: Sequence[Added], joining: StoryJoining
) -> tuple[list[Added], dict[int, int]]:
    joined = story_joining.join(conn, [_member(one, joining) for one in added], joining)
    known = story_records.links_of(conn, [one.article_id for one in added if not one.is_new])
    links, stories = known | joined.links, joined.by_article
    return [_in_story(one, stories[one.article_id], links.get(one.article_id)) for one in added], joined.merged


def _member(added: Added, joining: StoryJoining) -> StoryMember:
    article, digest = added.article, added.article.digest
    signature, event = joining.marks.get(digest, NO_MARKS)
    story_id, at = None if added.is_new else added.story_id, article.published or article.seen
    return StoryMember(added.article_id, article.story_keys, story_id, signature, at, article.outlet, event)


def _in_story(added: Added, story_id: int, link: StoryLink | None) -> Added:
    relation = link.relation if link else Relation.FIRST
    is_so = (added.story_id, added.relation) == (story_id, relation)
    return added if is_so else added._replace(story_id=story_id, relation=relation)


def _new_versions(
    conn: sa.Connection, decided: SnapshotDecisions, shown_digests: Mapping[tuple[int, int], bytes], compose: Compose
) -> list[Added]:
    """Return what is new of a snapshot: new articles, and next versions where this feed changed or added words."""
    added = [Added(article, id_, id_, 1, True) for id_, article in decided.fresh.items()]
    edited = {
        id_: one
        for id_, one in decided.shown.items()
        if shown_digests.get((decided.feed_id, id_), one.digest) != one.digest
    }
    if edited:
        moments = {"first_seen_at": decided.now, "last_changed_at": decided.now}
        changed = [
            {"feed_id": decided.feed_id, "article_id": id_, "digest": one.digest, **moments}
            for id_, one in edited.items()
        ]
        upsert(conn, sightings, changed, ["digest", "last_changed_at"])
        added += _write_changed(conn, _Occasion(decided.feed_id, decided.now), edited, compose)
    if decided.richer:
        richer = {id_: decided.shown[id_] for id_ in decided.richer}
        added += _write_changed(conn, _Occasion(decided.feed_id, decided.now, is_edit=False), richer, compose)
    return sorted(added, key=lambda one: decided.position[one.article_id])


def _write_new(conn: sa.Connection, decisions: Sequence[SnapshotDecisions], added: Sequence[Sequence[Added]]) -> None:
    """Insert those of the added articles that are new, each in its first version."""
    rows: list[tuple[Any, ...]] = []
    for decided, of_snapshot in zip(decisions, added, strict=True):
        for one in of_snapshot:
            if one.is_new:
                article, seen = one.article, to_micros(one.article.seen or decided.now)
                words = (clean(article.outlet), *stored_article(article))
                rows.append((one.article_id, *words, decided.feed_id, seen, seen, 1, one.story_id, article.stated))
    columns = ("id", "outlet", *VERSION_COLUMNS, "feed_id", "version_at", "seen_at", "version", "story_id", "stated")
    insert_many(conn, articles, columns, rows)


def _write_sightings(
    conn: sa.Connection, decisions: Sequence[SnapshotDecisions], shown_digests: Mapping[tuple[int, int], bytes]
) -> None:
    """Write a sighting for each article that a feed shows for the first time."""
    rows = [
        (id_, decided.feed_id, one.digest, now, now)
        for decided in decisions
        for now in [to_micros(decided.now)]
        for id_, one in (decided.shown | decided.fresh).items()
        if (decided.feed_id, id_) not in shown_digests
    ]
    insert_many(conn, sightings, ("article_id", "feed_id", "digest", "first_seen_at", "last_changed_at"), rows)


def _write_changed(
    conn: sa.Connection, occasion: _Occasion, edited: Mapping[int, Article], compose: Compose
) -> list[Added]:
    """Store other words of known articles that a feed shows now: the versions that follow from them."""
    # A deleted article gets no version.
    stored = _stored(conn, edited)
    read = article_texts.read_pages(conn, stored)
    titles = [id_ for id_ in stored if not (edited[id_].lead or edited[id_].body)]
    told_elsewhere = _shown_by_others(conn, titles, occasion.feed_id)
    current = {
        id_: compose(edited[id_], *read[id_])
        if id_ in read
        else (_with_text(edited[id_], row, compose) if id_ in told_elsewhere else edited[id_])
        for id_, row in stored.items()
    }
    # Another feed may have shown the same words before, or the lead alone breaks off elsewhere in the same text.
    changed = {id_: one for id_, one in current.items() if bytes(stored[id_].digest) != one.digest}
    changed = article_texts.with_other_words(conn, changed, read)
    # A feed that lags behind brings words that the article had once: they make no version where the present ones are of
    # another feed.
    of_others = [id_ for id_ in changed if stored[id_].feed_id not in {occasion.feed_id, PAGE, None}]
    former = former_digests(conn, of_others)
    late = {id_ for id_ in of_others if former & {(id_, changed[id_].digest), (id_, edited[id_].digest)}}
    said = {id_: edited[id_] for id_ in read.keys() - late}
    article_texts.write_edits(conn, said, read)
    article_texts.write_feed_titles(conn, said, current)
    changed = {id_: _with_date(one, stored[id_]) for id_, one in changed.items() if id_ not in late}
    return _replace_present(conn, changed, stored, occasion)


def _shown_by_others(conn: sa.Connection, ids: Sequence[int], feed_id: int) -> set[int]:
    """Return those of these articles that other feeds have shown as well."""
    s = sightings.c
    query = sa.select(s.article_id).where(s.feed_id != feed_id)
    return {id_ for some in chunks(ids) for id_ in conn.execute(query.where(s.article_id.in_(some))).scalars()}


def _with_text(article: Article, stored: Row, compose: Compose) -> Article:
    """Return an article of which a feed gives a title alone with the text that is stored, of another feed."""
    if not (stored.lead or stored.body):
        return article
    return compose(article._replace(lead=stored.lead), ArticlePage(stored.body), "")


def _with_date(article: Article, stored: Row) -> Article:
    """Return an article with the date that is known of it, of its page perhaps, where its feed gives none now."""
    if article.published is not None or stored.published_at is None:
        return article
    return article._replace(
        published=stored.published_at, published_text=stored.published_text, claimed=stored.claimed_at
    )


def _stored(conn: sa.Connection, ids: Iterable[int]) -> dict[int, Row]:
    """Return what a new version needs of stored articles, by id; deleted ones are missing."""
    rows: dict[int, Row] = {}
    for some in chunks(sorted(ids)):
        rows.update((row.id, row) for row in conn.execute(_STORED.where(articles.c.id.in_(some))))
    return rows


_A = articles.c
_STORED = sa.select(
    *(_A.id, _A.outlet, _A.digest, _A.version, _A.story_id, _A.seen_at, _A.published_at, _A.published_text),
    *(_A.claimed_at, _A.feed_id, _A.lead, _A.body),
)


class _Occasion(NamedTuple):
    """Which feed showed new versions, and when; PAGE where it was the article's page.

    The first text of a page is no edit, nor is that of a further feed where there was none.
    """

    feed_id: int
    at: datetime
    is_edit: bool = True


def _replace_present(
    conn: sa.Connection, changed: Mapping[int, Article], stored: Mapping[int, Row], occasion: _Occasion
) -> list[Added]:
    """Move the present version of each article to the older ones and write the new one in its place."""
    if not changed:
        return []
    _archive(conn, list(changed))
    versions = {id_: stored[id_].version + 1 for id_ in changed}
    rows = [
        dict(zip(VERSION_COLUMNS, stored_article(article), strict=True))
        | {"id_": id_, "version": versions[id_], "feed_id": occasion.feed_id}
        | {"version_at": to_micros(article.seen or occasion.at)}
        for id_, article in changed.items()
    ]
    conn.execute(_NEXT_VERSION, rows)
    deletion.note_new_text(conn, min(stored[id_].seen_at for id_ in changed))
    upsert(
        conn, search_pending, [{"article_id": id_, "version": number} for id_, number in versions.items()], ["version"]
    )
    return [
        Added(
            article._replace(outlet=row.outlet, seen=row.seen_at),
            id_,
            row.story_id,
            versions[id_],
            is_new=False,
            is_edit=occasion.is_edit,
        )
        for id_, article in changed.items()
        for row in [stored[id_]]
    ]


_VERSION_COLUMNS = (*VERSION_COLUMNS, "feed_id", "version_at")


def _archive(conn: sa.Connection, ids: Sequence[int]) -> None:
    for some in chunks(ids):
        present = sa.select(articles.c.id, articles.c.version, *[articles.c[name] for name in _VERSION_COLUMNS])
        present = present.where(articles.c.id.in_(some))
        conn.execute(sa.insert(article_versions).from_select(["article_id", "version", *_VERSION_COLUMNS], present))


def _as_stored(name: str) -> sa.BindParameter[Any]:
    """Return a parameter whose value is given as the database stores it."""
    kind = articles.c[name].type
    return sa.bindparam(name, type_=sa.BigInteger() if isinstance(kind, Instant) else kind)


_NEXT_VERSION = (
    sa.update(articles)
    .where(articles.c.id == sa.bindparam("id_"))
    .values({name: _as_stored(name) for name in (*_VERSION_COLUMNS, "version")})
)


def fill_date(conn: sa.Connection, article_id: int, published: datetime, given: str) -> None:
    """Store when an article was published as its page gives it, unless its feed gave a date."""
    undated = sa.update(articles).where(_A.id == article_id, _A.published_at.is_(None))
    conn.execute(undated.values(published_at=published, published_text=given))


def add_page(conn: sa.Connection, article_id: int, page: ArticlePage, compose: Compose, now: datetime) -> Added | None:
    """Store what an article's page says and compose it with what the feed says now, whatever it said before.

    Return the next version of the article, which is an edit if its page was read before; None where it was deleted or
    says the same as before.
    """
    present = article_queries.get(conn, [article_id]).get(article_id)
    if present is None:
        return None
    said = article_texts.in_feed_words(conn, present)
    was_read = article_id in article_texts.page_texts(conn, [article_id])
    known = article_texts.write_reading(conn, article_id, said.body, page)
    composed = compose(said._replace(seen=now), *known)
    if composed.digest == compose(said, known.page, "").digest:
        # The page does not lag behind its feed (any more).
        article_texts.forget_feed_then(conn, article_id)
    article_texts.write_feed_titles(conn, {article_id: said}, {article_id: composed})
    if present.article.digest == composed.digest:
        return None
    occasion = _Occasion(PAGE, now, is_edit=was_read)
    return _replace_present(conn, {article_id: composed}, _stored(conn, [article_id]), occasion)[0]
