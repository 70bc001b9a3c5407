"""What a rule finds among the stored articles: candidates from the index, each confirmed by the live matcher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.config import Config
from monitor.model import Article, Match, Outlet
from monitor.query import Compiled, Document, document
from monitor.store import Connection, Store, article_queries, patient, word_index
from monitor.store.article_queries import StoredArticle

PAGE = 200

Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class CountedMatch:
    """A stored article that satisfies a rule, as far as counting goes; `language` is what the rule read it in."""

    id: int
    story_id: int
    when: datetime
    outlet: str
    language: str


@dataclass(frozen=True, slots=True)
class PastMatch:
    """A stored article that satisfies a rule, with its words and what of them the rule found."""

    stored: StoredArticle
    match: Match
    language: str


@dataclass(frozen=True, slots=True)
class ArchiveExtent:
    """How much past there is: since when, and the articles and outlets of the span that was asked for."""

    first: datetime | None
    articles: int
    outlets: int


def candidates(store: Store, rules: Sequence[Compiled], span: Span = (None, None)) -> list[int]:
    """The ids of the articles seen in [since, until) that may satisfy one of the rules, the newest first."""
    found: dict[int, None] = {}
    with store.reading() as conn, patient(conn):
        for rule in rules:
            wanted = replace(rule.candidates, since=span[0], until=span[1])
            found.update(dict.fromkeys(word_index.search_candidates(conn, wanted)))
    return list(found) if len(rules) < 2 else sorted(found, reverse=True)


def judged(
    store: Store, config: Config, rules: Sequence[Compiled], ids: Sequence[int], now: datetime
) -> Iterator[tuple[CountedMatch | None, ...]]:
    """For each candidate in turn, whether it satisfies each of the rules; read page by page, as far as one asks."""
    for one in _read(store, config, ids):
        yield tuple(_hit(*one) if one and rule.is_match(one[1], now) else None for rule in rules)


def found(store: Store, config: Config, rule: Compiled, ids: Sequence[int], now: datetime) -> Iterator[PastMatch]:
    """Those of the candidates that satisfy a rule, in turn, with what it found; read page by page, as far as one asks.

    Where the words stand takes a third of the time, so that `judged` leaves it out.
    """
    for one in _read(store, config, ids):
        if one and (match := rule.match(one[1], now)):
            yield PastMatch(one[0], match, one[1].language)


def _read(store: Store, config: Config, ids: Sequence[int]) -> Iterator[tuple[StoredArticle, Document] | None]:
    """Each article ready to be matched; None for one that was deleted meanwhile, which satisfies nothing."""
    for start in range(0, len(ids), PAGE):
        some = ids[start : start + PAGE]
        with store.reading() as conn:
            page = article_queries.get(conn, some)
        for id_ in some:
            stored = page.get(id_)
            yield (stored, document(stored.article, outlet_of(config, stored.article))) if stored else None


def _hit(stored: StoredArticle, read: Document) -> CountedMatch:
    # It came out when it says, and never later than we saw it.
    when = min(stored.article.published or stored.seen, stored.seen)
    return CountedMatch(stored.id, stored.story_id, when, stored.article.outlet, read.language)


def outlet_of(config: Config, article: Article) -> Outlet:
    """The outlet of an article; one that is watched no longer is known by its name alone."""
    return config.outlets.get(article.outlet) or Outlet(article.outlet, article.outlet, ())


def extent(conn: Connection, span: Span) -> ArchiveExtent:
    """How much past lies in a span."""
    first = article_queries.first_seen(conn)
    outlets = article_queries.of_outlets(conn, span[0] or first) if first else {}
    return ArchiveExtent(first, article_queries.count(conn, span), len(outlets))
