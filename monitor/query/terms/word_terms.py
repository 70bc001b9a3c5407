"""Single words: one spelling, several spellings of one or many terms, and wildcards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Group, Matcher, ordered

Languages = frozenset[str] | None
"""The languages whose articles a spelling counts in; None for all."""
Meanings = tuple[tuple[str, Languages], ...]
"""What a canonical word stands for: terms, each in some languages."""


def counts(languages: Languages, language: str) -> bool:
    """Whether a spelling counts in an article of this language, empty where it is unknown."""
    return languages is None or not language or language in languages


def labelled(text: str, languages: Languages) -> str:
    """A form as people read it: with the languages that it counts in, where not in all."""
    return f"{text} ({', '.join(sorted(languages))})" if languages else text


class OneWord(Matcher):
    """One canonical word."""

    __slots__ = ("term", "token")

    def __init__(self, token: str, term: str) -> None:
        self.token = token
        self.term = term

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        places = text.positions.get(self.token)
        if places is None:
            return None
        term = self.term
        return [(place, place + 1, term, (), ()) for place in places]

    def clauses(self) -> tuple[Group, ...]:
        return ((self.token,),)

    def keys(self) -> Group:
        return (self.token,)

    def patterns(self) -> tuple[Group, ...]:
        return ((self.token,),)

    def forms(self) -> Iterable[str]:
        return (self.token,)

    def shown(self) -> str:
        return self.term


class Choice(Matcher):
    """Any of many canonical words, each standing for one term or several, in all languages or in some."""

    __slots__ = ("terms", "tokens")

    def __init__(self, tokens: dict[str, Meanings], terms: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.terms = terms

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        positions, language = text.positions, text.document.language
        hits: list[Hit] = []
        met = positions.keys() & self.tokens.keys()
        for token in met:
            for term, languages in self.tokens[token]:
                if languages is None or counts(languages, language):
                    hits += [(place, place + 1, term, (), ()) for place in positions.get(token) or ()]
        if len(met) > 1:
            ordered(hits)
        return hits or None

    def clauses(self) -> tuple[Group, ...]:
        return (tuple(self.tokens),)

    def patterns(self) -> tuple[Group, ...]:
        return (tuple(self.tokens),)

    def forms(self) -> Iterable[str]:
        return (labelled(token, languages) for token, meanings in self.tokens.items() for _, languages in meanings)

    def why(self, text: DocumentText) -> str:
        for token in text.positions.keys() & self.tokens.keys():
            languages = sorted({name for _, names in self.tokens[token] for name in names or ()})
            return f"{token} is there, but counts in articles in {', '.join(languages)} only"
        return "none of these is there" if len(self.terms) > 1 else "it is not there"

    def shown(self) -> str:
        return " OR ".join(self.terms)


def choice_of(parts: Iterable[OneWord | Choice]) -> Matcher:
    """One choice of all the words of several; a single word stays itself."""
    several = list(parts)
    if len(several) == 1:
        return several[0]
    tokens: dict[str, Meanings] = {}
    terms: list[str] = []
    for part in several:
        if isinstance(part, OneWord):
            terms.append(part.term)
            _add(tokens, part.token, ((part.term, None),))
            continue
        terms += part.terms
        for token, meanings in part.tokens.items():
            _add(tokens, token, meanings)
    return Choice(tokens, tuple(terms))


def _add(tokens: dict[str, Meanings], token: str, meanings: Meanings) -> None:
    """Add what a word stands for to what it stands for already."""
    if (known := tokens.setdefault(token, meanings)) is not meanings:
        tokens[token] = tuple(dict.fromkeys((*known, *meanings)))


class Pattern(Matcher):
    """A canonical word with wildcards: `*` is anything, `?` exactly one letter."""

    __slots__ = ("_glob", "_prefix", "_simple", "term")

    def __init__(self, glob: str, term: str) -> None:
        self.term = term
        self._glob = glob
        self._prefix = glob[: min(place for sign in "*?" if (place := glob.find(sign)) >= 0)]
        self._simple = glob == f"{self._prefix}*"

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        vocabulary, beginning = text.vocabulary, f" {self._prefix}"
        hits: list[Hit] = []
        start = vocabulary.find(beginning)
        while start >= 0:
            end = vocabulary.find(" ", start + 1)
            word = vocabulary[start + 1 : end] if end >= 0 else vocabulary[start + 1 :]
            if self._simple or globbed(self._glob, word):
                hits += [(place, place + 1, self.term, (), ()) for place in text.positions.get(word) or ()]
            start = vocabulary.find(beginning, end) if end >= 0 else -1
        return ordered(hits) or None

    def clauses(self) -> tuple[Group, ...]:
        return ((f"{self._prefix}*",),)

    def patterns(self) -> tuple[Group, ...]:
        return ((f"{self._prefix}*",),) if len(self._prefix) > 1 else ()

    def shown(self) -> str:
        return self.term


def globbed(glob: str, word: str) -> bool:
    """Whether a word fits a glob, in time bounded by the product of their lengths."""
    at = star = -1
    place = seen = 0
    at = 0
    while place < len(word):
        if at < len(glob) and glob[at] == "*":
            star, seen, at = at, place, at + 1
        elif at < len(glob) and glob[at] in ("?", word[place]):
            at, place = at + 1, place + 1
        elif star >= 0:
            at, seen = star + 1, seen + 1
            place = seen
        else:
            return False
    return not glob[at:].strip("*")
