"""Find the stored articles that a rule matches: candidates from the index, each confirmed by the matcher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.config import Config
from monitor.model import Article, Match, Outlet
from monitor.query import Compiled, Document, document
from monitor.store import Connection, Store, article_queries, long_statements, word_index
from monitor.store.article_queries import StoredArticle

PAGE = 200
"""Articles that are read from the store at a time."""

Span = tuple[datetime | None, datetime | None]
"""The moments since (included) and until (excluded); None is no bound."""


@dataclass(frozen=True, slots=True)
class CountedMatch:
    """A stored article that a rule matches, without its text; `language` is the one that the matcher took it for."""

    id: int
    story_id: int
    when: datetime
    outlet: str
    language: str


@dataclass(frozen=True, slots=True)
class PastMatch:
    """A stored article that a rule matches, with its text and the spans of the match."""

    stored: StoredArticle
    match: Match
    language: str


@dataclass(frozen=True, slots=True)
class ArchiveExtent:
    """How much is stored: the first moment of all, and the articles and outlets within a span."""

    first: datetime | None
    articles: int
    outlets: int


def candidates(store: Store, rules: Sequence[Compiled], span: Span = (None, None)) -> list[int]:
    """Return the ids of articles first seen in the span that may match one of the rules, the newest first."""
    found: dict[int, None] = {}
    with store.reading() as conn, long_statements(conn):
        for rule in rules:
            wanted = replace(rule.candidates, since=span[0], until=span[1])
            found.update(dict.fromkeys(word_index.search_candidates(conn, wanted)))
    return list(found) if len(rules) < 2 else sorted(found, reverse=True)


def judged(
    store: Store, config: Config, rules: Sequence[Compiled], ids: Sequence[int], now: datetime
) -> Iterator[tuple[CountedMatch | None, ...]]:
    """Yield for each candidate its match by each of the rules (None: no match); articles are read page by page."""
    for one in _read(store, config, ids):
        yield tuple(_hit(*one) if one and rule.is_match(one[1], now) else None for rule in rules)


def found(store: Store, config: Config, rule: Compiled, ids: Sequence[int], now: datetime) -> Iterator[PastMatch]:
    """Yield the candidates that a rule matches, with the spans; articles are read page by page.

    Finding the spans takes a third of the time, so that `judged` leaves it out.
    """
    for one in _read(store, config, ids):
        if one and (match := rule.match(one[1], now)):
            yield PastMatch(one[0], match, one[1].language)


def _read(store: Store, config: Config, ids: Sequence[int]) -> Iterator[tuple[StoredArticle, Document] | None]:
    """Yield each article ready to be matched; None for one that was deleted meanwhile."""
    for start in range(0, len(ids), PAGE):
        some = ids[start : start + PAGE]
        with store.reading() as conn:
            page = article_queries.get(conn, some)
        for id_ in some:
            stored = page.get(id_)
            yield (stored, document(stored.article, outlet_of(config, stored.article))) if stored else None


def _hit(stored: StoredArticle, read: Document) -> CountedMatch:
    # An article counts as published when it says, and at the latest when we first saw it.
    when = min(stored.article.published or stored.seen, stored.seen)
    return CountedMatch(stored.id, stored.story_id, when, stored.article.outlet, read.language)


def outlet_of(config: Config, article: Article) -> Outlet:
    """Return the outlet of an article; of one that is no longer watched only the name is known."""
    return config.outlets.get(article.outlet) or Outlet(article.outlet, article.outlet, ())


def extent(conn: Connection, span: Span) -> ArchiveExtent:
    """Return how much is stored, and how much of it lies in a span."""
    first = article_queries.first_seen(conn)
    outlets = article_queries.of_outlets(conn, span[0] or first) if first else {}
    return ArchiveExtent(first, article_queries.count(conn, span), len(outlets))
