"""Store stories: the keys that lead to each, what each was merged into, and their end once nothing needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from monitor.store import mute_records
from monitor.store.dialects import chunks, hold_grouping, insert_many, pick
from monitor.store.tables import articles, delivery_items, stories, story_keys
from monitor.story_values import JoinedStories


def of_keys(conn: sa.Connection, keys: Iterable[bytes]) -> dict[bytes, int]:
    """Return the story of each of these keys that is stored."""
    columns = (story_keys.c.key, story_keys.c.story_id)
    return {bytes(key): id_ for key, id_ in pick(conn, columns, story_keys.c.key, list(dict.fromkeys(keys)))}


def write(conn: sa.Connection, joined: JoinedStories) -> None:
    """Store the stories that were begun and the keys that lead to stories, and merge those that were merged."""
    insert_many(conn, stories, ("id",), [(id_,) for id_ in joined.begun])
    insert_many(conn, story_keys, ("key", "story_id"), list(joined.keys.items()))
    mute_records.follow_stories(conn, joined.merged)
    # All that belongs to a merged story follows: articles, keys, what was told, and stories merged into it before.
    for old, into in joined.merged.items():
        for column in (articles.c.story_id, story_keys.c.story_id, delivery_items.c.story_id, stories.c.merged_into):
            conn.execute(sa.update(column.table).where(column == old).values({column: into}))
        conn.execute(sa.update(stories).where(stories.c.id == old).values(merged_into=into))


def hold_current(conn: sa.Connection, ids: Collection[int]) -> dict[int, int]:
    """Return for each of these stories the one that it was merged into, or itself.

    No story merges until the transaction ends, which holds the lock for it.
    """
    hold_grouping(conn)
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
