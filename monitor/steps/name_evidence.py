"""Read stored articles that may hold unknown spellings of a name: with it, of the same events, with its given name.

The word index narrows each search, and the number of articles that are read is bounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.articles.known_names import KnownNames, WatchedName, watched_name
from monitor.articles.name_mentions import KnownSpan, ReadArticle, read_for_names
from monitor.articles.spelling_proposals import NameContext, Proposal, propose
from monitor.config import Config
from monitor.errors import QueryError
from monitor.model import NameEntry
from monitor.query import Compiled, RuleIndex, compile_query, document
from monitor.search_values import Candidates
from monitor.steps.past_matches import PAGE, Span, outlet_of
from monitor.store import Store, article_queries, long_statements, word_index
from monitor.store.article_queries import StoredArticle
from monitor.text import canonical
from monitor.text.forms.name_forms import entry_for
from monitor.text.forms.person_names import split_person
from monitor.text.forms.spellings import guessed_spellings

WITH_NAME, OF_EVENTS, WITH_GIVEN, WITH_SPELLING = 400, 600, 300, 50
"""The most articles that are read for one name, of each kind; the last is for each spelling that may be proposed."""
MOST_READ = 20_000
"""About so many articles are read for all names together: of more than ten names, fewer for each."""
_FEWEST = 20
_MOST_FOUND = 20_000
_MOST_SPELLINGS = 20
_MOST_COMPANIONS = 8
_LONG_TEXT = 20_000
_SHORTEST_GIVEN = 4


class NameReader:
    """Reads stored articles with all known names of a configuration in mind; `read` counts the articles so far."""

    def __init__(self, store: Store, config: Config, watched: Sequence[str], now: datetime) -> None:
        self._store = store
        self._config = config
        self._now = now
        names = dict.fromkeys((*watched, *(entry.name for entry in config.names.values())))
        self._compiled = {name: one for name in names if (one := _compiled(name, config)) is not None}
        self._index = RuleIndex.build(self._compiled.values())
        forms = {name: config.scope.names(name) for name in self._compiled}
        self._known = KnownNames(forms)
        self._watched = {
            name: watched_name(name, forms[name], _entry(name, config)) for name in watched if name in self._compiled
        }
        each = WITH_NAME + OF_EVENTS + WITH_GIVEN + _MOST_SPELLINGS * WITH_SPELLING
        self._share = min(1.0, MOST_READ / (each * max(len(watched), 1)))
        self.read = 0

    def proposals(self, name: str, span: Span) -> tuple[list[Proposal], int]:
        """Return the spellings that stored articles speak for, and how many articles have the name."""
        watched = self._watched.get(name)
        if watched is None:
            return [], 0
        pool = self._articles(self._search(self._compiled[name].candidates, span, self._limit(WITH_NAME)))
        anchors = [article for article in pool.values() if not watched.same.isdisjoint(article.known)]
        if not anchors:
            return [], 0
        context = NameContext(watched, anchors)
        wanted = [
            *self._of_events(watched, anchors, span),
            *self._search(Candidates((_patterns(context.given),)), span, self._limit(WITH_GIVEN)),
        ]
        pool |= self._articles([id_ for id_ in wanted if id_ not in pool])
        first = propose(watched, list(pool.values()), self._known)
        # Where else those words stand tells whether they mean somebody else.
        for proposal in first[:_MOST_SPELLINGS]:
            found = self._search(Candidates(((canonical(proposal.spelling),),)), span, self._limit(WITH_SPELLING))
            pool |= self._articles([id_ for id_ in found if id_ not in pool])
        return propose(watched, list(pool.values()), self._known) if first else [], len(anchors)

    def _limit(self, most: int) -> int:
        """Return how many of at most so many articles are read for one of the names."""
        return max(_FEWEST, int(most * self._share)) if self._share < 1 else most

    def _of_events(self, watched: WatchedName, anchors: Sequence[ReadArticle], span: Span) -> list[int]:
        """Return articles with names that stand beside this one, those stored closest to the articles with it."""
        counts = Counter(other for article in anchors for other in article.known if other not in watched.same)
        # Those that stand beside it seldom tell more of the event than those that stand beside everybody.
        companions = [other for other, _ in counts.most_common(3 * _MOST_COMPANIONS)][-_MOST_COMPANIONS:]
        patterns = tuple(dict.fromkeys(p for other in companions for p in self._compiled[other].triggers))
        if not patterns:
            return []
        found = self._search(Candidates((patterns,)), span, _MOST_FOUND)
        places = sorted(article.id for article in anchors)
        return sorted(sorted(found, key=lambda id_: _distance(id_, places))[: self._limit(OF_EVENTS)], reverse=True)

    def _search(self, wanted: Candidates, span: Span, limit: int) -> list[int]:
        if not all(wanted.all_of):
            return []
        with self._store.reading() as conn, long_statements(conn):
            bounded = replace(wanted, since=span[0], until=span[1])
            return word_index.search_candidates(conn, bounded, limit=limit)

    def _articles(self, ids: Sequence[int]) -> dict[int, ReadArticle]:
        found: dict[int, ReadArticle] = {}
        for start in range(0, len(ids), PAGE):
            with self._store.reading() as conn:
                page = article_queries.get(conn, ids[start : start + PAGE])
            found.update((id_, self._read(stored)) for id_, stored in page.items())
        self.read += len(found)
        return found

    def _read(self, stored: StoredArticle) -> ReadArticle:
        article = stored.article
        article = article._replace(body=article.body[:_LONG_TEXT], lead=article.lead[:_LONG_TEXT])
        read = document(article, outlet_of(self._config, article))
        texts = (article.title, article.body if article.body.strip() else article.lead)
        spans = [
            KnownSpan(match.rule, int(span.field != "title"), span.start, span.end)
            for match in self._index.match(read, self._now)
            for span in match.spans
        ]
        when = min(article.published or stored.seen, stored.seen)
        return ReadArticle(
            stored.id, stored.story_id, article.outlet, read.language, when, texts, *read_for_names(texts, spans)
        )


def _compiled(name: str, config: Config) -> Compiled | None:
    """Return the search for a name; None where it has no form, or a quotation mark that a query cannot have."""
    try:
        return compile_query(name, f'name("{name}")', config.scope)
    except QueryError:
        return None


def _entry(name: str, config: Config) -> NameEntry | None:
    """Return the entry of a name in `names.yaml`, or of its surname."""
    return entry_for(name, config.names) or entry_for(split_person(name.split())[1], config.names)


def _patterns(given: Iterable[str]) -> tuple[str, ...]:
    """Return the searches for given names and their guessed spellings, in any case ending."""
    spelled = {word for one in given for word in (one, *(spelling.text for spelling in guessed_spellings(one)[:8]))}
    stems = {canonical(word).rstrip("aeiouyаеиоуыяюйьї") for word in spelled}
    return tuple(sorted(f"{stem}*" for stem in stems if len(stem) >= _SHORTEST_GIVEN and " " not in stem))


def _distance(id_: int, places: Sequence[int]) -> int:
    """Return how far an id is from the nearest of the sorted `places`; ids grow with time."""
    at = bisect_left(places, id_)
    return min(abs(id_ - place) for place in places[max(at - 1, 0) : at + 1])
