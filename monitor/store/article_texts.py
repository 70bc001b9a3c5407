"""Store what an article's feed and its page say, apart, once its page was read; the current text is composed of both.

An article whose page was not read has no rows of FEED and PAGE here: its current text is what its feed says. One of
FEED_THEN is there where the feed has said something else since the page was read, which follows that edit, also where
it was read again and lags behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa

from monitor.model import Article
from monitor.page_values import ArticlePage, PageFacts
from monitor.store import article_queries
from monitor.store.article_queries import StoredArticle
from monitor.store.codec import clean, pack_texts, unpack_texts
from monitor.store.dialects import chunks, pick, upsert
from monitor.store.tables import article_texts, articles


class TextSource(StrEnum):
    """Who says a text; FEED_THEN is what the feed said when the page was read, a REFUSAL why a page gave none.

    FEED_TITLE is the title that the feed gives where the article has that of its page. AUTHORS (as JSON), TITLE,
    LANGUAGE and PICTURE (an address) are what the page states, SELECTED and MISSED (as JSON) the parts of it that the
    selectors of its outlet found or not.
    """

    FEED = "feed"
    FEED_THEN = "feed then"
    FEED_TITLE = "feed title"
    PAGE = "page"
    REFUSAL = "refusal"
    AUTHORS = "authors"
    TITLE = "title"
    LANGUAGE = "language"
    PICTURE = "picture"
    SELECTED = "selected"
    MISSED = "missed"


_BY_SELECTORS = (TextSource.SELECTED, TextSource.MISSED)


def page_texts(conn: sa.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return by article the text of its page, where that was read."""
    t = article_texts.c
    rows = pick(conn, (t.article_id, t.source, t.text), t.article_id, sorted(set(ids)))
    return {id_: text for id_, source, text in rows if source == TextSource.PAGE}


class ReadPage(NamedTuple):
    """The page of an article as it was read, and what the feed said then."""

    page: ArticlePage
    feed_text_then: str


def read_pages(conn: sa.Connection, ids: Iterable[int]) -> dict[int, ReadPage]:
    """Return by article its page, where that was read."""
    said = _texts(conn, ids)
    return {id_: _read_page(texts) for id_, texts in said.items() if TextSource.PAGE in texts}


def _texts(conn: sa.Connection, ids: Iterable[int]) -> dict[int, dict[str, str]]:
    t = article_texts.c
    said: dict[int, dict[str, str]] = {}
    for id_, source, text in pick(conn, (t.article_id, t.source, t.text), t.article_id, sorted(set(ids))):
        said.setdefault(id_, {})[source] = text
    return said


def _read_page(texts: Mapping[str, str]) -> ReadPage:
    then = texts.get(TextSource.FEED_THEN, texts.get(TextSource.FEED, ""))
    facts = PageFacts(
        title=texts.get(TextSource.TITLE, ""),
        authors=unpack_texts(texts.get(TextSource.AUTHORS, "")),
        language=texts.get(TextSource.LANGUAGE, ""),
        picture=texts.get(TextSource.PICTURE, ""),
    )
    selected, missed = (unpack_texts(texts.get(source, "")) for source in _BY_SELECTORS)
    return ReadPage(ArticlePage(texts[TextSource.PAGE], facts, selected, missed), then)


def pictures(conn: sa.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return by article the address of its picture, where its page states one."""
    t = article_texts.c
    found: dict[int, str] = {}
    for some in chunks(sorted(set(ids))):
        query = sa.select(t.article_id, t.text).where(t.article_id.in_(some), t.source == TextSource.PICTURE)
        found.update((id_, text) for id_, text in conn.execute(query))
    return found


def refusal(conn: sa.Connection, article_id: int) -> str:
    """Return why the page of an article gave no text when it was asked for last in vain; empty where it never was.

    It may have given one since.
    """
    t = article_texts.c
    query = sa.select(t.text).where(t.article_id == article_id, t.source == TextSource.REFUSAL)
    return conn.execute(query).scalar() or ""


def count_pages(conn: sa.Connection, since: datetime, within: timedelta) -> int:
    """Return how many of the articles that `count_news` counts have the text of their page."""
    t = article_texts.c
    query = sa.select(sa.func.count()).select_from(articles).join(article_texts, t.article_id == articles.c.id)
    return conn.execute(
        query.where(*article_queries.came_as_news(since, within), t.source == TextSource.PAGE)
    ).scalar_one()


def in_feed_words(conn: sa.Connection, stored: StoredArticle) -> Article:
    """Return a stored article with the title and body that its feed states; all else, also the digest, stays."""
    return all_in_feed_words(conn, {stored.id: stored})[stored.id]


def all_in_feed_words(conn: sa.Connection, stored: Mapping[int, StoredArticle]) -> dict[int, Article]:
    """Return stored articles, by id, as `in_feed_words` does one."""
    said = _texts(conn, stored)
    return {
        id_: one.article._replace(
            title=texts.get(TextSource.FEED_TITLE, one.article.title), body=texts.get(TextSource.FEED, one.article.body)
        )
        for id_, one in stored.items()
        for texts in [said.get(id_, {})]
    }


def write_reading(conn: sa.Connection, article_id: int, feed_text: str, page: ArticlePage) -> ReadPage:
    """Store what the page of an article says now, beside what its feed says; return all that is known of the page.

    What it states no more is known from when it was read before.
    """
    t, facts = article_texts.c, page.facts
    stated = {
        TextSource.FEED: feed_text,
        TextSource.AUTHORS: pack_texts(facts.authors),
        TextSource.TITLE: facts.title,
        TextSource.LANGUAGE: facts.language,
        TextSource.PICTURE: facts.picture,
        TextSource.SELECTED: pack_texts(page.selected),
        TextSource.MISSED: pack_texts(page.missed),
    }
    conn.execute(sa.delete(article_texts).where(t.article_id == article_id, t.source.in_(_BY_SELECTORS)))
    for source, text in stated.items():
        if text or source is TextSource.FEED:
            write(conn, source, {article_id: text})
    write(conn, TextSource.PAGE, {article_id: page.text})
    return read_pages(conn, [article_id])[article_id]


def forget_feed_then(conn: sa.Connection, article_id: int) -> None:
    """Forget what the feed of an article said before: its page has followed it."""
    t = article_texts.c
    conn.execute(sa.delete(article_texts).where(t.article_id == article_id, t.source == TextSource.FEED_THEN))


def with_other_words(
    conn: sa.Connection, edits: Mapping[int, Article], read: Mapping[int, ReadPage]
) -> dict[int, Article]:
    """Return the edits, by id, without those of articles whose page was read that change the lead alone.

    Their body has all that the lead says, wherever that breaks off.
    """
    present = article_queries.get(conn, sorted(edits.keys() & read.keys()))
    said = {id_: (one.article.title, one.article.body) for id_, one in present.items()}
    return {id_: one for id_, one in edits.items() if said.get(id_) != (one.title, one.body)}


def write_edits(conn: sa.Connection, edits: Mapping[int, Article], read: Mapping[int, ReadPage]) -> None:
    """Store what feeds say now, by id, of articles whose page was read before."""
    write(conn, TextSource.FEED_THEN, {id_: read[id_].feed_text_then for id_ in edits})
    write(conn, TextSource.FEED, {id_: edit.body for id_, edit in edits.items()})


def write_feed_titles(conn: sa.Connection, said: Mapping[int, Article], composed: Mapping[int, Article]) -> None:
    """Store the titles that feeds give, by id, of articles that have those of their pages; forget those of others."""
    t = article_texts.c
    replaced = {id_: one.title for id_, one in said.items() if one.title != composed[id_].title}
    write(conn, TextSource.FEED_TITLE, replaced)
    for some in chunks(sorted(said.keys() - replaced.keys())):
        conn.execute(sa.delete(article_texts).where(t.article_id.in_(some), t.source == TextSource.FEED_TITLE))


def write(conn: sa.Connection, source: TextSource, texts: Mapping[int, str]) -> None:
    """Store what a source says of articles, by id, in place of what it said before."""
    rows = [{"article_id": id_, "source": source.value, "text": clean(text)} for id_, text in texts.items()]
    upsert(conn, article_texts, rows, ["text"])
