"""Search stored articles by a query, and show of each what it matched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from monitor.alert_view import Quote
from monitor.alerts.quotes import heading, quotations
from monitor.config import Config
from monitor.model import Article, Match
from monitor.model import Span as MatchSpan
from monitor.query import Compiled
from monitor.steps.past_matches import PastMatch, Span, candidates, found
from monitor.store import Store

_QUOTES = 1
_QUOTE_CHARS = 240


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A stored article that a query matches.

    `language` is the one that it was matched as; `matches` count characters of the field that they name.
    """

    id: int
    story: int
    version: int
    seen: datetime
    published: datetime | None
    outlet: str
    language: str
    title: str
    lead: str
    url: str
    matches: tuple[MatchSpan, ...]
    _article: Article = field(repr=False)

    @property
    def heading(self) -> Quote:
        """The title with the matches marked."""
        return heading(self._article, (Match("", self.matches),))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Sentences with the matches marked; finding them may take longer than the search did."""
        return quotations(self._article, (Match("", self.matches),), _QUOTES, _QUOTE_CHARS)

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of the query that matched, each once."""
        return tuple(dict.fromkeys(span.term for span in self.matches))


def search(store: Store, config: Config, rule: Compiled, span: Span, now: datetime) -> Iterator[SearchHit]:
    """Yield the articles that a query matches, the newest first, each as soon as it is confirmed."""
    ids = candidates(store, [rule], span)
    return (search_hit(hit) for hit in found(store, config, rule, ids, now))


def search_hit(hit: PastMatch) -> SearchHit:
    """Return the record of a confirmed match."""
    stored, article = hit.stored, hit.stored.article
    return SearchHit(
        stored.id,
        stored.story_id,
        stored.version,
        stored.seen,
        article.published,
        article.outlet,
        hit.language,
        article.title,
        article.lead,
        article.url,
        tuple(hit.match.spans),
        article,
    )
