"""A name in all its forms: capitals where the script has them, and a second signal for forms that prove little."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from monitor.model import Form
from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Group, Matcher
from monitor.query.terms.evidence import capital_inside, is_capital, is_name, written
from monitor.query.terms.word_terms import Languages, counts, labelled
from monitor.query.weights import weight
from monitor.text import plain_word, tokenize

SURE = 0.6
"""A form of less confidence counts only with a second signal."""

WEAK = " beside another sign of the name"
_CAPITAL = (True,)
# What Spelling(…) does, without its detour through Python: a name has a hundred forms.
_made = tuple.__new__
_HYPHENS = ("-", "\u2010", "\u2011")


class NameSpelling(NamedTuple):
    """One form as canonical words: where it counts, which words want a capital, and how much it proves."""

    tokens: tuple[str, ...]
    languages: Languages = None
    capitals: tuple[bool, ...] = ()
    confidence: float = 1.0
    partial: bool = False
    common: bool = False

    @property
    def proves(self) -> bool:
        """Whether it counts by itself."""
        return self.confidence >= SURE

    @property
    def forbids(self) -> bool:
        """Whether it is somebody else's, so that nothing inside it counts: 俄罗斯 (Russia) in 白俄罗斯 (Belarus)."""
        return self.confidence <= 0


class _Found(NamedTuple):
    start: int
    end: int
    spelling: NameSpelling


def name_spelling(form: Form, *, several: bool = False) -> NameSpelling | None:
    """A form made ready; `several` says that the name has several words, of which this form may be the last alone."""
    text, language, source, confidence, capital, common = form
    languages = _language(language) if language else None
    partial = several and 0 < confidence < SURE
    if token := plain_word(text):
        # Most forms are one plain word, and a rule has a hundred of them.
        return _made(NameSpelling, ((token,), languages, _CAPITAL if capital else (), confidence, partial, common))
    tokens = tokenize(text)
    if not tokens.words:
        return None
    upper = tuple(capital and text[start].isupper() for start, _ in tokens.spans)
    if capital and not any(upper):
        upper = (True, *upper[1:])
    partial = partial and (len(tokens.words) == 1 or source == "surname")
    return NameSpelling(tuple(tokens.words), languages, upper if any(upper) else (), confidence, partial)


@cache
def _language(code: str) -> frozenset[str]:
    return frozenset((code.lower().partition("-")[0],))


class NameTerm(Matcher):
    """A name or word with forms of several words or with conditions."""

    __slots__ = ("_by_first", "_given", "_keys", "term")

    def __init__(self, spellings: Iterable[NameSpelling], term: str) -> None:
        self.term = term
        ranked = sorted(dict.fromkeys(spellings), key=lambda each: (-len(each.tokens), -each.confidence, each.tokens))
        by_first: dict[str, list[NameSpelling]] = {}
        for each in ranked:
            by_first.setdefault(each.tokens[0], []).append(each)
        self._by_first = {first: tuple(several) for first, several in by_first.items()}
        alone = {token for each in ranked if each.partial for token in each.tokens}
        full = (each.tokens for each in ranked if len(each.tokens) > 1 and each.proves)
        # The first given name is what a person goes by: Luc Mélenchon is not Jean-Luc Mélenchon.
        firsts = (next((token for token in tokens if token not in alone), "") for tokens in full)
        self._given = frozenset(filter(None, firsts)) if alone else frozenset()
        self._keys = _triggers(ranked)

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        candidates = self._candidates(text)
        if not candidates:
            return None
        counted = _longest(list(self._proved(candidates, text)))
        return [(each.start, each.end, self.term, (), ()) for each in counted] or None

    def _candidates(self, text: DocumentText) -> list[_Found]:
        """Every form that stands in the text with its capitals, in order, the longer first."""
        found: list[_Found] = []
        language = text.document.language
        for first in text.positions.keys() & self._by_first.keys():
            for each in self._by_first[first]:
                if each.languages is None or counts(each.languages, language):
                    found += [
                        _Found(p, p + len(each.tokens), each)
                        for p in text.positions.get(first) or ()
                        if _fits(each, p, text)
                    ]
        found.sort(key=lambda each: (each.start, -each.end, -each.spelling.confidence))
        return _allowed(found)

    def _proved(self, candidates: list[_Found], text: DocumentText) -> Iterable[_Found]:
        """The forms that prove enough by themselves or by what else the article says."""
        sure = [each for each in candidates if each.spelling.proves]
        first_full = min((each.start for each in sure if not each.spelling.partial), default=None)
        told = any(not each.spelling.common or is_name(each.start, each.end, text) for each in sure)
        for each in candidates:
            if each.spelling.common and each.spelling.proves:
                if told:
                    yield each
            elif each.spelling.partial:
                if first_full is not None and first_full < each.start:
                    yield each
                elif extended := self._with_given(each, text):
                    yield extended
            elif each.spelling.proves or _has_other(each, candidates) or capital_inside(each.start, text):
                yield each

    def _with_given(self, each: _Found, text: DocumentText) -> _Found | None:
        """A surname with its given name or initial beside it, perhaps with a patronymic or second initial between."""
        start, end = each.start, each.end
        if self._is_given(start - 1, text):
            return each._replace(start=start - 1)
        if self._is_given(start - 2, text) and is_capital(start - 1, text):
            return each._replace(start=start - 2)
        if self._is_given(end, text):
            return each._replace(end=end + 1)
        return None

    def _is_given(self, place: int, text: DocumentText) -> bool:
        return place >= 0 and text.word(place) in self._given and is_capital(place, text)

    def clauses(self) -> tuple[Group, ...]:
        return (self._keys,)

    def patterns(self) -> tuple[Group, ...]:
        return (self._keys,)

    def forms(self) -> Iterable[str]:
        every = (each for several in self._by_first.values() for each in several if not each.forbids)
        return (labelled(" ".join(each.tokens), each.languages) + ("" if each.proves else WEAK) for each in every)

    def why(self, text: DocumentText) -> str:
        for each in self._candidates(text):
            return f"only “{written(each.start, each.end, text)}” is there, which proves too little by itself"
        for first in text.positions.keys() & self._by_first.keys():
            for place in text.positions.get(first) or ():
                if not is_capital(place, text):
                    return f"only “{written(place, place + 1, text)}” is there, without a capital"
        return "no form of it is there"

    def shown(self) -> str:
        return self.term


class NameInPhrase(NameTerm):
    """A word of a phrase with forms of several words: of those that overlap each counts, as any may fit the phrase."""

    __slots__ = ()

    @classmethod
    def of(cls, word: NameTerm) -> NameInPhrase:
        """The same forms, for a place in a phrase."""
        return cls((each for several in word._by_first.values() for each in several), word.term)

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return [(each.start, each.end, self.term, (), ()) for each in self._candidates(text)] or None


def _allowed(found: list[_Found]) -> list[_Found]:
    """What is not inside somebody else's name."""
    others = [each for each in found if each.spelling.forbids]
    if not others:
        return found
    return [each for each in found if not any(o.start <= each.start and each.end <= o.end for o in others)]


def _triggers(spellings: list[NameSpelling]) -> Group:
    """One word of each form, as few different ones as that takes, the rarer first."""
    rows = [each.tokens for each in spellings if not each.forbids]
    chosen = dict.fromkeys([row[0] for row in rows if len(row) == 1])
    for row in rows:
        if chosen.keys().isdisjoint(row):
            chosen[min(row, key=weight)] = None
    return tuple(chosen)


def _fits(each: NameSpelling, place: int, text: DocumentText) -> bool:
    """Whether the rest of a form follows its first word, with capitals where they are due."""
    for offset, token in enumerate(each.tokens[1:], 1):
        if text.word(place + offset) != token:
            return False
    due = (place + offset for offset, capital in enumerate(each.capitals) if capital)
    return all(is_capital(at, text) or (at > place and _is_joined(at, text)) for at in due)


def _is_joined(place: int, text: DocumentText) -> bool:
    """Whether a hyphen joins a word to the one before, so that it may be written small: Kim Jong-un."""
    original, start, _ = text.original(place, place + 1)
    return original[start - 1 : start] in _HYPHENS


def _has_other(each: _Found, candidates: list[_Found]) -> bool:
    """Whether the article has another form of the name elsewhere."""
    return any(
        other.spelling.tokens != each.spelling.tokens and (other.end <= each.start or each.end <= other.start)
        for other in candidates
    )


def _longest(found: list[_Found]) -> list[_Found]:
    """Of hits that overlap, the one that begins first, the longest of those."""
    kept: list[_Found] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
