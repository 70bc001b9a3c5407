"""What a rule finds among the stored articles: candidates from the index, each confirmed by the live matcher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.config import Config
from monitor.model import Article, Match, Outlet
from monitor.query import Compiled, document
from monitor.store import Connection, Store, library, search
from monitor.store.library import Stored

PAGE = 200

Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stored article that satisfies a rule, in the language that the rule read it in."""

    stored: Stored
    match: Match
    language: str

    @property
    def when(self) -> datetime:
        """When the article came out, as far as it says; never later than we saw it."""
        seen = self.stored.seen
        return min(self.stored.article.published or seen, seen)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much past there is: since when, and the articles and outlets of the span that was asked for."""

    first: datetime | None
    articles: int
    outlets: int


def candidates(store: Store, rules: Sequence[Compiled], span: Span = (None, None)) -> list[int]:
    """The ids of the articles seen in [since, until) that may satisfy one of the rules, the newest first."""
    found: dict[int, None] = {}
    with store.reading() as conn:
        for rule in rules:
            wanted = replace(rule.candidates, since=span[0], until=span[1])
            found.update(dict.fromkeys(search.search_candidates(conn, wanted)))
    return list(found) if len(rules) < 2 else sorted(found, reverse=True)


def confirmed(
    store: Store, config: Config, rules: Sequence[Compiled], ids: Sequence[int], now: datetime
) -> Iterator[tuple[Hit | None, ...]]:
    """For each candidate in turn, what each of the rules says of it; read page by page, as far as one asks."""
    for start in range(0, len(ids), PAGE):
        some = ids[start : start + PAGE]
        with store.reading() as conn:
            page = library.get(conn, some)
        for id_ in some:
            # One that was deleted meanwhile satisfies nothing.
            yield _judged(config, rules, page[id_], now) if id_ in page else (None,) * len(rules)


def _judged(config: Config, rules: Sequence[Compiled], stored: Stored, now: datetime) -> tuple[Hit | None, ...]:
    read = document(stored.article, outlet_of(config, stored.article))
    matches = [rule.match(read, now) for rule in rules]
    return tuple(Hit(stored, match, read.language) if match else None for match in matches)


def outlet_of(config: Config, article: Article) -> Outlet:
    """The outlet of an article; one that is watched no longer is known by its name alone."""
    return config.outlets.get(article.outlet) or Outlet(article.outlet, article.outlet, ())


def extent(conn: Connection, span: Span) -> Extent:
    """How much past lies in a span."""
    first = library.first_seen(conn)
    outlets = library.of_outlets(conn, span[0] or first) if first else {}
    return Extent(first, library.count(conn, span), len(outlets))
