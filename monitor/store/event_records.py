"""Store what articles of recent days say of events: the signs of each, and the rarest keys, by which it is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from json import dumps
from struct import pack, unpack

import sqlalchemy as sa

from monitor.event_values import EventSigns, EventText, PackedSigns
from monitor.store.column_types import from_micros, to_micros
from monitor.store.dialects import chunks, insert_many, is_postgres, pick
from monitor.store.event_tables import event_keys, event_signs
from monitor.store.tables import articles

NEWEST = 24
"""The most articles that are looked at for one key: the newest."""
_LOOKED_AT = 500
"""The most articles of a backlog of which it is looked up at once whether their signs are stored."""
_COLUMNS = ("article_id", "story_id", "at", "language", "outlet", "signs", "found_by", "meaning")


def newest(conn: sa.Connection, keys: Collection[int]) -> dict[int, list[int]]:
    """Return the newest articles that each of these keys leads to, the oldest of them first."""
    found: dict[int, list[int]] = {}
    for some in chunks(sorted(keys)):
        if is_postgres(conn):
            rows = conn.exec_driver_sql(_NEWEST_ON_POSTGRES, (NEWEST, list(some)))
        else:
            rows = conn.exec_driver_sql(_NEWEST_ON_SQLITE, (NEWEST, dumps(some)))
        found |= {key: sorted(map(int, ids.split(","))) for key, ids in rows if ids}
    return found


def of_stories_of(conn: sa.Connection, ids: Collection[int]) -> dict[int, EventText]:
    """Return what is stored of these articles and of the others of their stories, by article."""
    e = event_signs.c
    stories = {story for (story,) in pick(conn, (e.story_id,), e.article_id, sorted(ids))} if ids else set()
    columns = (e.article_id, e.story_id, e.at, e.outlet, e.language, e.signs, e.meaning)
    rows = pick(conn, columns, e.story_id, sorted(stories)) if stories else []
    texts = [
        EventText(id_, story_id, from_micros(at), EventSigns(language, outlet, signs, meaning=bytes(meaning or b"")))
        for id_, story_id, at, outlet, language, packed, meaning in rows
        if (signs := PackedSigns(bytes(packed)))
    ]
    return {text.article_id: text for text in texts}


# A row a key and not an article, of which there are hundreds.
_NEWEST_ON_SQLITE = """
SELECT wanted.value, (SELECT group_concat(article_id) FROM
(SELECT article_id FROM event_keys WHERE event_keys.key = wanted.value ORDER BY article_id DESC LIMIT ?))
FROM json_each(?) AS wanted
"""
_NEWEST_ON_POSTGRES = """
SELECT wanted.key, (SELECT string_agg(article_id::text, ',') FROM
(SELECT article_id FROM event_keys WHERE event_keys.key = wanted.key ORDER BY article_id DESC LIMIT %s) AS newest)
FROM unnest(%s::bigint[]) AS wanted(key)
"""


def write(conn: sa.Connection, kept: Collection[tuple[EventText, Sequence[int]]], dropped: Collection[int]) -> None:
    """Store these texts, each with the keys by which it is found, in place of what was stored of their articles.

    `dropped` are articles by which their stories are known no longer.
    """
    delete_of(conn, sorted({*dropped, *(text.article_id for text, _ in kept)}))
    insert_many(conn, event_signs, _COLUMNS, [_row(one, keys) for one, keys in kept])
    insert_many(conn, event_keys, ("key", "article_id"), [(key, one.article_id) for one, keys in kept for key in keys])


def _row(text: EventText, keys: Sequence[int]) -> tuple[object, ...]:
    said, found_by = text.signs, pack(f"<{len(keys)}I", *keys)
    of_text = text.article_id, text.story_id, to_micros(text.at)
    return (*of_text, said.language, said.outlet, said.signs.packed, found_by, said.meaning or None)


def keep_meanings(conn: sa.Connection, meanings: Mapping[int, bytes]) -> None:
    """Store the vectors of what these articles mean, as far as their signs are stored still."""
    if meanings:
        conn.execute(_KEEP_MEANING, [{"id_": id_, "meaning_": vector} for id_, vector in sorted(meanings.items())])


_KEEP_MEANING = (
    sa.update(event_signs)
    .where(event_signs.c.article_id == sa.bindparam("id_"))
    .values(meaning=sa.bindparam("meaning_"))
)


def latest_stories(conn: sa.Connection, count: int) -> Iterator[set[int]]:
    """Yield the keys of the stories of so many latest articles, by which is known how rare each is."""
    e = event_signs.c
    latest = sa.select(e.story_id, e.signs).order_by(e.article_id.desc()).limit(count)
    stories: dict[int, set[int]] = defaultdict(set)
    for story, packed in conn.execute(latest):
        stories[story] |= PackedSigns(bytes(packed)).any_keys
    yield from stories.values()


def unsigned_after(conn: sa.Connection, after: int, limit: int) -> tuple[list[int], int]:
    """Return the next ids above one of articles whose signs are not stored, as of the backlog of a first poll.

    With them comes the last id that was looked at: `after` where there is no further article. Few are looked at, since
    all of hundreds of thousands may be stored with their signs.
    """
    a, is_signed = articles.c, sa.exists().where(event_signs.c.article_id == articles.c.id)
    window = list(conn.execute(sa.select(a.id).where(a.id > after).order_by(a.id).limit(_LOOKED_AT)).scalars())
    if not window:
        return [], after
    unsigned = sa.select(a.id).where(a.id > after, a.id <= window[-1], ~is_signed).order_by(a.id).limit(limit)
    ids = list(conn.execute(unsigned).scalars())
    return ids, ids[-1] if len(ids) == limit else window[-1]


def delete_of(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Delete what is stored of these articles."""
    e = event_signs.c
    stored = pick(conn, (e.article_id, e.found_by), e.article_id, ids)
    leading = [{"key_": key, "id_": id_} for id_, keys in stored for key in _keys(keys)]
    if leading:
        conn.execute(_DELETE_KEY, leading)
    for some in chunks([id_ for id_, _ in stored]):
        conn.execute(sa.delete(event_signs).where(e.article_id.in_(some)))


_DELETE_KEY = sa.delete(event_keys).where(
    event_keys.c.key == sa.bindparam("key_"), event_keys.c.article_id == sa.bindparam("id_")
)


def delete_older(conn: sa.Connection, before: datetime, limit: int = 500) -> int:
    """Delete up to `limit` texts published before a moment; return how many (0: done)."""
    e = event_signs.c
    ids = list(conn.execute(sa.select(e.article_id).where(e.at < before).order_by(e.at).limit(limit)).scalars())
    delete_of(conn, ids)
    return len(ids)


def _keys(packed: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(packed) // 4}I", bytes(packed))
