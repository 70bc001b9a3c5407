"""Convert values of the model to columns and back: lists and matches as JSON, text that both databases take."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from monitor.model import Article, Match, Span
from monitor.store.column_types import Row, to_micros


def clean(text: str) -> str:
    """Return the text without NUL, and with `?` for half a surrogate pair, which the databases do not take."""
    return text if _is_clean(text) else text.encode("utf-8", "replace").decode().replace("\x00", "")


def _is_clean(text: str) -> bool:
    if text.isascii():
        return "\x00" not in text
    try:
        # Searching bytes is faster than searching a text whose characters take two bytes.
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False


# Made once: `json.dumps` makes an encoder for every call with options.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=4096)
def pack_texts(values: tuple[str, ...]) -> str:
    """Return strings as clean JSON; no string is an empty text."""
    # String by string, which takes a third of the time of the encoder for a list.
    return clean(f"[{','.join(map(encode_basestring, values))}]") if values else ""


def unpack_texts(text: str) -> tuple[str, ...]:
    """Return the strings that `pack_texts` packed."""
    return tuple(json.loads(text)) if text else ()


def pack_spans(spans: Sequence[Span]) -> str:
    """Return the spans of one match as JSON."""
    return _to_json([(s.field, s.start, s.end, s.term) for s in spans])


def unpack_spans(text: str) -> tuple[Span, ...]:
    """Return the spans that `pack_spans` packed."""
    return tuple(Span(*span) for span in json.loads(text)) if text else ()


def pack_matches(matches: Sequence[Match]) -> str:
    """Return the matches of one item as JSON."""
    rows = [(m.rule, [(s.field, s.start, s.end, s.term) for s in m.spans]) for m in matches]
    return _to_json(rows)


def sign_of_rule(rule: str) -> str:
    """Return what packed matches contain just where one is of this rule: in texts, quotation marks are escaped."""
    return f"[{_to_json(rule)},["


# Most matches of a digest are alike, a word at one of a few hundred places in a title: kept once each, a hundred
# thousand items take ten megabytes instead of fifty.
@lru_cache(maxsize=1024)
def unpack_matches(text: str) -> tuple[Match, ...]:
    """Return the matches that `pack_matches` packed."""
    return tuple(Match(rule, tuple(Span(*span) for span in spans)) for rule, spans in json.loads(text or "[]"))


VERSION_COLUMNS = (
    *("url", "title", "lead", "body", "language", "authors", "tags"),
    *("published_at", "updated_at", "digest", "published_text", "claimed_at"),
)


def stored_article(article: Article) -> tuple[Any, ...]:
    """Return the values of VERSION_COLUMNS for an article, as the database stores them."""
    texts: Sequence[str] = (article.url, article.title, article.lead, article.body, article.language)
    texts = (*texts, article.published_text)
    # All at once, which takes half the time of each by itself. A body may be its lead, too.
    if not _is_clean("".join(texts)):
        texts = list(map(clean, texts))
    url, title, lead, body, language, published_text = texts
    return (
        url,
        title,
        lead,
        body,
        language,
        pack_texts(article.authors),
        pack_texts(article.tags),
        None if article.published is None else to_micros(article.published),
        None if article.updated is None else to_micros(article.updated),
        article.digest,
        published_text,
        None if article.claimed is None else to_micros(article.claimed),
    )


def article_of(row: Row, outlet: str, seen: datetime) -> Article:
    """Return the article of a row of `articles` or `article_versions`, without its keys."""
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
        published_text=row.published_text,
        claimed=row.claimed_at,
    )
