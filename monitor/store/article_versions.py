"""Read all versions of an article: when each was seen, and which feed showed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model import Article
from monitor.store.codec import article_of
from monitor.store.dialects import pick
from monitor.store.tables import article_versions, articles, feeds

PAGE = 0
"""What stands for the id of a feed where the page of an article made a version."""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of an article, seen `at` a moment in a feed, by its address, or in its page.

    `feed_id` is None, and the address empty, where it was not recorded; the address is empty for the page, too.
    """

    number: int
    at: datetime
    article: Article
    feed_id: int | None
    feed: str


def of_article(conn: sa.Connection, article_id: int) -> list[StoredVersion]:
    """Return the versions of an article, the oldest first; none where it was deleted."""
    present = conn.execute(_select(articles, articles.c.id == article_id)).first()
    if present is None:
        return []
    v = article_versions.c
    rows = [*conn.execute(_select(article_versions, v.article_id == article_id).order_by(v.version)), present]
    return [
        StoredVersion(
            row.version,
            row.version_at,
            article_of(row, present.outlet, present.seen_at),
            row.feed_id,
            row.feed or "",
        )
        for row in rows
    ]


def first_of_page(conn: sa.Connection, article_id: int) -> int | None:
    """Return the number of the first version of an article that its page made; None where it made none."""
    numbers = [
        conn.scalar(sa.select(sa.func.min(table.c.version)).where(id_column == article_id, table.c.feed_id == PAGE))
        for table, id_column in ((article_versions, article_versions.c.article_id), (articles, articles.c.id))
    ]
    return min(filter(None, numbers), default=None)


def former_digests(conn: sa.Connection, ids: Iterable[int]) -> set[tuple[int, bytes]]:
    """Return article id and digest of every version of these articles but the present ones."""
    columns = (article_versions.c.article_id, article_versions.c.digest)
    return {(id_, bytes(digest)) for id_, digest in pick(conn, columns, article_versions.c.article_id, sorted(ids))}


def _select(table: sa.Table, which: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
    shown = sa.outerjoin(table, feeds, feeds.c.id == table.c.feed_id)
    return sa.select(table, feeds.c.url.label("feed")).select_from(shown).where(which)
