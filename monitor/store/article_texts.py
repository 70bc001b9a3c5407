"""Store what an article's feed and its page say, apart, once its page was read; the current text is composed of both.

An article whose page was not read has no rows of FEED and PAGE here: its current text is what its feed says. One of
FEED_THEN is there where the feed has said something else since the page was read, which follows that edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa

from monitor.model import Article
from monitor.store.article_queries import StoredArticle
from monitor.store.codec import clean, pack_texts, unpack_texts
from monitor.store.dialects import pick, upsert
from monitor.store.tables import article_texts, articles


class TextSource(StrEnum):
    """Who says a text; FEED_THEN is what the feed said when the page was read, a REFUSAL why a page gave none.

    AUTHORS are those that the page names, as JSON.
    """

    FEED = "feed"
    FEED_THEN = "feed then"
    PAGE = "page"
    REFUSAL = "refusal"
    AUTHORS = "authors"


def page_texts(conn: sa.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return by article the text of its page, where that was read."""
    t = article_texts.c
    rows = pick(conn, (t.article_id, t.source, t.text), t.article_id, sorted(set(ids)))
    return {id_: text for id_, source, text in rows if source == TextSource.PAGE}


class ReadPage(NamedTuple):
    """The text of a page, what the feed said when that was read, and the authors that the page names."""

    text: str
    feed_text_then: str
    authors: tuple[str, ...]


def read_pages(conn: sa.Connection, ids: Iterable[int]) -> dict[int, ReadPage]:
    """Return by article its page, where that was read."""
    t = article_texts.c
    rows = pick(conn, (t.article_id, t.source, t.text), t.article_id, sorted(set(ids)))
    said: dict[int, dict[str, str]] = {}
    for id_, source, text in rows:
        said.setdefault(id_, {})[source] = text
    return {id_: _read_page(texts) for id_, texts in said.items() if TextSource.PAGE in texts}


def _read_page(texts: Mapping[str, str]) -> ReadPage:
    then = texts.get(TextSource.FEED_THEN, texts.get(TextSource.FEED, ""))
    return ReadPage(texts[TextSource.PAGE], then, unpack_texts(texts.get(TextSource.AUTHORS, "")))


def page_authors(conn: sa.Connection, article_id: int) -> tuple[str, ...]:
    """Return the authors that the page of an article names."""
    t = article_texts.c
    query = sa.select(t.text).where(t.article_id == article_id, t.source == TextSource.AUTHORS)
    return unpack_texts(conn.execute(query).scalar() or "")


def write_authors(conn: sa.Connection, article_id: int, authors: tuple[str, ...]) -> None:
    """Store the authors that the page of an article names."""
    write(conn, TextSource.AUTHORS, {article_id: pack_texts(authors)})


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


def write_reading(conn: sa.Connection, article_id: int, feed_text: str, page_text: str) -> None:
    """Store what the page of an article says now, beside what its feed says."""
    t = article_texts.c
    write(conn, TextSource.FEED, {article_id: feed_text})
    write(conn, TextSource.PAGE, {article_id: page_text})
    conn.execute(sa.delete(article_texts).where(t.article_id == article_id, t.source == TextSource.FEED_THEN))


def write_edits(conn: sa.Connection, feed_texts: Mapping[int, str], read: Mapping[int, ReadPage]) -> None:
    """Store what feeds say now, by id, of articles whose page was read before."""
    write(conn, TextSource.FEED_THEN, {id_: read[id_].feed_text_then for id_ in feed_texts})
    write(conn, TextSource.FEED, feed_texts)


def write(conn: sa.Connection, source: TextSource, texts: Mapping[int, str]) -> None:
    """Store what a source says of articles, by id, in place of what it said before."""
    rows = [{"article_id": id_, "source": source.value, "text": clean(text)} for id_, text in texts.items()]
    upsert(conn, article_texts, rows, ["text"])
