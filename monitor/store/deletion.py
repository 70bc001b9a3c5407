"""Delete old articles, texts and mails in bounded batches; identities and what was told of articles stay."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from monitor.model import State
from monitor.store import config_files, event_records, story_records, text_signatures, word_index
from monitor.store.column_types import EPOCH, from_micros, to_micros
from monitor.store.dialects import chunks
from monitor.store.silence_tables import silences
from monitor.store.tables import (
    article_pages,
    article_texts,
    article_versions,
    articles,
    deliveries,
    matches,
    messages,
    sightings,
    story_links,
)

_BLANKED = "texts blanked up to"
_FINAL = [state.value for state in State if state not in (State.WAITING, State.HELD)]


def delete_articles(conn: sa.Connection, before: datetime, limit: int = 500) -> int:
    """Delete up to `limit` of the articles first seen before a moment; return how many (0: done).

    Their identities and what was told of them stay, so that they are neither stored nor told again; so do the stories
    that were told.
    """
    old = sa.select(articles.c.id).where(articles.c.seen_at < before).order_by(articles.c.seen_at).limit(limit)
    ids = list(conn.execute(old).scalars())
    text_signatures.delete_of(conn, ids)
    event_records.delete_of(conn, ids)
    for some in chunks(ids):
        for table in (article_versions, article_texts, article_pages, sightings, matches, silences, story_links):
            conn.execute(sa.delete(table).where(table.c.article_id.in_(some)))
        left = conn.execute(sa.delete(articles).where(articles.c.id.in_(some)).returning(articles.c.story_id))
        story_records.delete_unused(conn, set(left.scalars()))
    word_index.remove(conn, ids)
    return len(ids)


def blank_texts(conn: sa.Connection, before: datetime, limit: int = 500) -> int:
    """Blank lead and body of up to `limit` articles first seen before a moment; return how many (0: done)."""
    done = config_files.get_value(conn, _BLANKED)
    since = from_micros(int(done)) if done else EPOCH
    a = articles.c
    # What was blanked before is not read again.
    old = (
        sa.select(a.id, a.seen_at)
        .where(a.seen_at >= since, a.seen_at < before)
        .where(sa.or_(a.lead != "", a.body != ""))
    )
    rows = conn.execute(old.order_by(a.seen_at, a.id).limit(limit)).all()
    for some in chunks([row.id for row in rows]):
        for table, column in ((articles, a.id), (article_versions, article_versions.c.article_id)):
            conn.execute(sa.update(table).where(column.in_(some)).values(lead="", body=""))
        conn.execute(sa.delete(article_texts).where(article_texts.c.article_id.in_(some)))
    if rows:
        config_files.set_value(conn, _BLANKED, str(to_micros(rows[-1].seen_at)))
    return len(rows)


def note_new_text(conn: sa.Connection, seen: datetime) -> None:
    """Let texts of articles first seen at this moment or later be blanked again: one of them got a new version."""
    done = config_files.get_value(conn, _BLANKED)
    if done and to_micros(seen) < int(done):
        config_files.set_value(conn, _BLANKED, str(to_micros(seen)))


def delete_messages(conn: sa.Connection, before: datetime, limit: int = 500) -> int:
    """Delete the bytes of up to `limit` finished deliveries rendered before a moment; return how many (0: done)."""
    finished = sa.select(messages.c.delivery_id).join(deliveries, deliveries.c.id == messages.c.delivery_id)
    finished = finished.where(messages.c.kept_at < before, deliveries.c.state.in_(_FINAL))
    ids = list(conn.execute(finished.order_by(messages.c.delivery_id).limit(limit)).scalars())
    for some in chunks(ids):
        conn.execute(sa.delete(messages).where(messages.c.delivery_id.in_(some)))
    return len(ids)
