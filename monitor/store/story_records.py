"""Store stories: keys that lead to each, why articles are of them, merges, and their end once nothing needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from monitor.model import Item
from monitor.store import mute_records
from monitor.store.codec import pack_texts, unpack_texts
from monitor.store.dialects import chunks, insert_many, pick, upsert
from monitor.store.event_tables import event_signs
from monitor.store.tables import articles, delivery_items, stories, story_keys, story_links
from monitor.story_values import JoinedStories, Relation, StoryLink

_FOLLOWING = (articles.c.story_id, story_keys.c.story_id, event_signs.c.story_id, delivery_items.c.story_id)


def of_keys(conn: sa.Connection, keys: Iterable[bytes]) -> dict[bytes, int]:
    """Return the story of each of these keys that is stored."""
    columns = (story_keys.c.key, story_keys.c.story_id)
    return {bytes(key): id_ for key, id_ in pick(conn, columns, story_keys.c.key, list(dict.fromkeys(keys)))}


def write(conn: sa.Connection, joined: JoinedStories) -> None:
    """Store the stories that were begun, what leads to stories and why, and merge those that were merged."""
    _leave(conn, joined)
    insert_many(conn, stories, ("id",), [(id_,) for id_ in joined.begun])
    insert_many(conn, story_keys, ("key", "story_id"), list(joined.keys.items()))
    links = [dict(zip(_LINK, _stored(link), strict=True)) for link in joined.links.values()]
    upsert(conn, story_links, links, _LINK[1:])
    mute_records.follow_stories(conn, joined.merged)
    # All that belongs to a merged story follows: articles, keys, what was told, and stories merged into it before.
    for old, into in joined.merged.items():
        for column in (*_FOLLOWING, stories.c.merged_into):
            conn.execute(sa.update(column.table).where(column == old).values({column: into}))
        conn.execute(sa.update(stories).where(stories.c.id == old).values(merged_into=into))


def _leave(conn: sa.Connection, joined: JoinedStories) -> None:
    """Let articles begin stories of their own, with their copies and keys: who was told of them was told of these."""
    for id_ in joined.events.left:
        keys = [key for key, story in joined.keys.items() if story == id_]
        conn.execute(sa.delete(story_keys).where(story_keys.c.key.in_(keys)))
        conn.execute(sa.delete(stories).where(stories.c.id == id_))
        copies = sa.select(story_links.c.article_id).where(
            story_links.c.of_article_id == id_, story_links.c.relation == Relation.COPY.value
        )
        own = sa.or_(articles.c.id == id_, articles.c.id.in_(copies))
        told = sa.select(articles.c.id).where(own)
        conn.execute(sa.update(delivery_items).where(delivery_items.c.article_id.in_(told)).values(story_id=id_))
        conn.execute(sa.update(articles).where(own).values(story_id=id_))
        conn.execute(sa.delete(story_links).where(story_links.c.article_id == id_))


_LINK = ("article_id", "of_article_id", "relation", "score", "why")


def _stored(link: StoryLink) -> tuple[int, int, str, float, str]:
    return link.article_id, link.of_article_id, link.relation.value, link.score, pack_texts(link.why)


def links_of(conn: sa.Connection, ids: Collection[int]) -> dict[int, StoryLink]:
    """Return why each of these articles is of its story, by article; those that began theirs are missing."""
    columns = [story_links.c[name] for name in _LINK]
    links = pick(conn, columns, story_links.c.article_id, sorted(ids))
    current = dict(pick(conn, (articles.c.id, articles.c.story_id), articles.c.id, [link[0] for link in links]))
    return {
        id_: StoryLink(id_, of_id, current[id_], Relation(relation), score, unpack_texts(why))
        for id_, of_id, relation, score, why in links
        if id_ in current
    }


def alike(conn: sa.Connection, ids: Collection[int]) -> dict[int, int]:
    """Return for each of these articles one that says the same, through any number of others: the same for all of them.

    A copy says what the text does that it was made of, and so does what tells it again in other words.
    """
    of: dict[int, int] = {}
    wanted = set(ids)
    while wanted:
        links = links_of(conn, wanted)
        of |= {id_: links[id_].of_article_id if _says_the_same(links.get(id_)) else id_ for id_ in wanted}
        wanted = set(of.values()) - of.keys()
    return {id_: _end(of, id_) for id_ in ids}


def going_on(conn: sa.Connection, items: Sequence[Item]) -> set[int]:
    """Return the articles that tell how stories go on which begin with an earlier one of these items, each once."""
    stories: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: item.article_id):
        if not (item.develops or item.edit_of):
            stories.setdefault(item.story_id, []).append(item)
    new = {item.article_id for story in stories.values() if len(story) > 1 for item in story}
    says = alike(conn, new)
    anew = developments(conn, set(says.values()))
    first = {says[id_]: id_ for id_ in sorted(new, reverse=True)}
    begun = {story[0].article_id for story in stories.values()}
    return {id_ for of, id_ in first.items() if of in anew} - begun


def developments(conn: sa.Connection, ids: Collection[int]) -> set[int]:
    """Return those of these articles that say something new in their stories."""
    return {id_ for id_, link in links_of(conn, ids).items() if link.relation is Relation.UPDATE}


def _says_the_same(link: StoryLink | None) -> bool:
    return link is not None and link.relation in (Relation.COPY, Relation.RETOLD)


def _end(of: Mapping[int, int], id_: int) -> int:
    """Return where a chain ends; of two articles that each are a copy of the other, the older."""
    passed: list[int] = []
    while id_ not in passed:
        passed.append(id_)
        id_ = of[id_]
    return min(passed[passed.index(id_) :])


def surviving(conn: sa.Connection, ids: Collection[int]) -> dict[int, int]:
    """Return for each of these stories the one that it was merged into, or itself."""
    rows = pick(conn, (stories.c.id, stories.c.merged_into), stories.c.id, sorted(ids))
    return {id_: id_ for id_ in ids} | {id_: into for id_, into in rows if into is not None}


def delete_unused(conn: sa.Connection, ids: Collection[int]) -> None:
    """Delete those of these stories that have no article and that nobody was told of, with their keys."""
    for some in chunks(sorted(ids)):
        unused = set(some)
        for column in (articles.c.story_id, delivery_items.c.story_id):
            unused.difference_update(conn.execute(sa.select(column).where(column.in_(some)).distinct()).scalars())
        for column in (story_keys.c.story_id, stories.c.merged_into, stories.c.id):
            conn.execute(sa.delete(column.table).where(column.in_(unused)))
