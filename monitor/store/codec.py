"""How values of the model lie in columns: lists and matches as JSON, text made storable, rows as articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from monitor.model import Article, Match, Span
from monitor.store.column_types import Row, to_micros


def clean(text: str) -> str:
    """Return text that both databases can hold: no NUL, no half of a surrogate pair."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    try:
        stored = text.encode()
    except UnicodeEncodeError:
        stored = text.encode("utf-8", "replace")
        text = stored.decode()
    # A byte is found faster than a character of a text whose characters have two.
    return text.replace("\x00", "") if b"\x00" in stored else text


# `json.dumps` makes such an encoder for every call that has options.
_spelled = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=4096)
def pack_texts(values: tuple[str, ...]) -> str:
    """Spell a list of strings; none is an empty column."""
    return _spelled(values) if values else ""


def unpack_texts(text: str) -> tuple[str, ...]:
    """Read what `pack_texts` spelled."""
    return tuple(json.loads(text)) if text else ()


def pack_spans(spans: Sequence[Span]) -> str:
    """Spell the spans of one match."""
    return _spelled([(s.field, s.start, s.end, s.term) for s in spans])


def unpack_spans(text: str) -> tuple[Span, ...]:
    """Read what `pack_spans` spelled."""
    return tuple(Span(*span) for span in json.loads(text)) if text else ()


def pack_matches(matches: Sequence[Match]) -> str:
    """Spell the matches of one item."""
    rows = [(m.rule, [(s.field, s.start, s.end, s.term) for s in m.spans]) for m in matches]
    return _spelled(rows)


def unpack_matches(text: str) -> tuple[Match, ...]:
    """Read what `pack_matches` spelled."""
    return tuple(Match(rule, tuple(Span(*span) for span in spans)) for rule, spans in json.loads(text or "[]"))


VERSION_COLUMNS = (
    *("url", "title", "lead", "body", "language", "authors", "tags"),
    *("published_at", "updated_at", "digest"),
)


def stored_article(article: Article) -> tuple[Any, ...]:
    """Return what an article's words are in VERSION_COLUMNS, as the database stores them."""
    lead = clean(article.lead)
    return (
        clean(article.url),
        clean(article.title),
        lead,
        # Where a feed has no more than a summary, both are one string.
        lead if article.body is article.lead else clean(article.body),
        clean(article.language),
        clean(pack_texts(article.authors)),
        clean(pack_texts(article.tags)),
        None if article.published is None else to_micros(article.published),
        None if article.updated is None else to_micros(article.updated),
        article.digest,
    )


def article_of(row: Row, outlet: str, seen: datetime) -> Article:
    """Return the article that a row of either table of versions holds; its keys stay in the database."""
    return Article(
        outlet=outlet,
        url=row.url,
        title=row.title,
        lead=row.lead,
        body=row.body,
        language=row.language,
        authors=unpack_texts(row.authors),
        tags=unpack_texts(row.tags),
        published=row.published_at,
        updated=row.updated_at,
        seen=seen,
        digest=bytes(row.digest),
    )
