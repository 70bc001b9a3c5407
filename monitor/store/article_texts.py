"""Store what an article's feed and its page say, apart, once its page was read; the current text is composed of both.

An article whose page was not read has no rows of FEED and PAGE here: its current text is what its feed says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from monitor.model import Article
from monitor.store.article_queries import StoredArticle
from monitor.store.codec import clean
from monitor.store.dialects import pick, upsert
from monitor.store.tables import article_texts, articles


class TextSource(StrEnum):
    """Who says a text; a REFUSAL is the reason why a page gave none."""

    FEED = "feed"
    PAGE = "page"
    REFUSAL = "refusal"


def page_texts(conn: sa.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return by article the text of its page, where that was read."""
    t = article_texts.c
    rows = pick(conn, (t.article_id, t.source, t.text), t.article_id, sorted(set(ids)))
    return {id_: text for id_, source, text in rows if source == TextSource.PAGE}


def refusal(conn: sa.Connection, article_id: int) -> str:
    """Return why the page of an article gave no text when it was asked for last in vain; empty where it never was.

    It may have given one since.
    """
    t = article_texts.c
    query = sa.select(t.text).where(t.article_id == article_id, t.source == TextSource.REFUSAL)
    return conn.execute(query).scalar() or ""


def count_pages(conn: sa.Connection, since: datetime) -> int:
    """Return how many of the articles first seen since then have the text of their page."""
    t = article_texts.c
    query = sa.select(sa.func.count()).select_from(articles).join(article_texts, t.article_id == articles.c.id)
    return conn.execute(query.where(articles.c.seen_at >= since, t.source == TextSource.PAGE)).scalar_one()


def in_feed_words(conn: sa.Connection, stored: StoredArticle) -> Article:
    """Return a stored article with the body that its feed states; all else, also the digest, is the version's."""
    t = article_texts.c
    query = sa.select(t.text).where(t.article_id == stored.id, t.source == TextSource.FEED)
    body = conn.execute(query).scalar()
    return stored.article if body is None else stored.article._replace(body=body)


def write(conn: sa.Connection, source: TextSource, texts: Mapping[int, str]) -> None:
    """Store what a source says of articles, by id, in place of what it said before."""
    rows = [{"article_id": id_, "source": source.value, "text": clean(text)} for id_, text in texts.items()]
    upsert(conn, article_texts, rows, ["text"])
