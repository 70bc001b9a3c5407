"""Match single words: one spelling, the spellings of several terms, and wildcards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Matcher, TriggerGroup, in_text_order

Languages = frozenset[str] | None
"""The languages whose articles a spelling counts in; None for all."""
Meanings = tuple[tuple[str, Languages], ...]
"""What a canonical word stands for: terms, each in some languages."""


def counts_in(languages: Languages, language: str) -> bool:
    """Tell whether a spelling counts in an article of this language, which is empty where unknown."""
    return languages is None or not language or language in languages


def with_languages(text: str, languages: Languages) -> str:
    """Return a form as people read it, with its languages where it does not count in all."""
    return f"{text} ({', '.join(sorted(languages))})" if languages else text


class OneWord(Matcher):
    """Matches one canonical word."""

    __slots__ = ("term", "token")

    def __init__(self, token: str, term: str) -> None:
        self.token = token
        self.term = term

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        places = text.positions.get(self.token)
        if places is None:
            return None
        term = self.term
        return [(position, position + 1, term, (), ()) for position in places]

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ((self.token,),)

    def triggers(self) -> TriggerGroup:
        return (self.token,)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return ((self.token,),)

    def forms(self) -> Iterable[str]:
        return (self.token,)

    def to_text(self) -> str:
        return self.term


class AnyWord(Matcher):
    """Matches any of many canonical words; each stands for one or several terms, in all or some languages."""

    __slots__ = ("terms", "tokens")

    def __init__(self, tokens: dict[str, Meanings], terms: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.terms = terms

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        positions, language = text.positions, text.document.language
        hits: list[Hit] = []
        present = positions.keys() & self.tokens.keys()
        for token in present:
            for term, languages in self.tokens[token]:
                if languages is None or counts_in(languages, language):
                    hits += [(position, position + 1, term, (), ()) for position in positions.get(token) or ()]
        if len(present) > 1:
            in_text_order(hits)
        return hits or None

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return (tuple(self.tokens),)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return (tuple(self.tokens),)

    def forms(self) -> Iterable[str]:
        return (
            with_languages(token, languages) for token, meanings in self.tokens.items() for _, languages in meanings
        )

    def failure_reason(self, text: DocumentText, _now: datetime) -> str:
        for token in text.positions.keys() & self.tokens.keys():
            languages = sorted({name for _, names in self.tokens[token] for name in names or ()})
            return f"{token} is there, but counts in articles in {', '.join(languages)} only"
        return "none of these is there" if len(self.terms) > 1 else "it is not there"

    def to_text(self) -> str:
        return " OR ".join(self.terms)


def any_word_of(parts: Iterable[OneWord | AnyWord]) -> Matcher:
    """Return one matcher for the words of several; a single one is returned as it is."""
    several = list(parts)
    if len(several) == 1:
        return several[0]
    tokens: dict[str, Meanings] = {}
    terms: list[str] = []
    for part in several:
        if isinstance(part, OneWord):
            terms.append(part.term)
            _add_meanings(tokens, part.token, ((part.term, None),))
            continue
        terms += part.terms
        for token, meanings in part.tokens.items():
            _add_meanings(tokens, token, meanings)
    return AnyWord(tokens, tuple(terms))


def _add_meanings(tokens: dict[str, Meanings], token: str, meanings: Meanings) -> None:
    """Add the meanings of a word to those it has already."""
    if (known := tokens.setdefault(token, meanings)) is not meanings:
        tokens[token] = tuple(dict.fromkeys((*known, *meanings)))


class Wildcard(Matcher):
    """Matches a canonical word with wildcards: `*` is any ending, `?` exactly one letter."""

    __slots__ = ("_glob", "_prefix", "_simple", "term")

    def __init__(self, glob: str, term: str) -> None:
        self.term = term
        self._glob = glob
        self._prefix = glob[: min(position for sign in "*?" if (position := glob.find(sign)) >= 0)]
        self._simple = glob == f"{self._prefix}*"

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        vocabulary, beginning = text.vocabulary, f" {self._prefix}"
        hits: list[Hit] = []
        start = vocabulary.find(beginning)
        while start >= 0:
            end = vocabulary.find(" ", start + 1)
            word = vocabulary[start + 1 : end] if end >= 0 else vocabulary[start + 1 :]
            if self._simple or matches_glob(self._glob, word):
                hits += [(position, position + 1, self.term, (), ()) for position in text.positions.get(word) or ()]
            start = vocabulary.find(beginning, end) if end >= 0 else -1
        return in_text_order(hits) or None

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ((f"{self._prefix}*",),)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return ((f"{self._prefix}*",),) if len(self._prefix) > 1 else ()

    def to_text(self) -> str:
        return self.term


def matches_glob(glob: str, word: str) -> bool:
    """Tell whether a word fits a glob, in time proportional to the product of their lengths.

    The usual greedy algorithm, as in Krauss's "Matching Wildcards" (2008): on a mismatch it returns to the last `*`
    only (`star`), which then covers one letter more (up to `seen`).
    """
    star, at, position, seen = -1, 0, 0, 0
    while position < len(word):
        if at < len(glob) and glob[at] == "*":
            star, seen, at = at, position, at + 1
        elif at < len(glob) and glob[at] in ("?", word[position]):
            at, position = at + 1, position + 1
        elif star >= 0:
            at, seen = star + 1, seen + 1
            position = seen
        else:
            return False
    return not glob[at:].strip("*")
