"""Match a name in all its forms, with capitals where the script has them, and a second signal for weak forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from monitor.model import Form
from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Matcher, TriggerGroup
from monitor.query.terms.evidence import is_capital, is_introduced, is_name, is_unexplained_capital, original_words
from monitor.query.terms.evidence_without_capitals import WITHOUT_CAPITALS, is_marked_as_name, is_whole_name
from monitor.query.terms.gaps import is_enumerated, is_interrupted
from monitor.query.terms.word_terms import Languages, counts_in, with_languages
from monitor.query.weights import trigger_share
from monitor.text import plain_word, tokenize
from monitor.text.forms.particles import UNCAPITALISED
from monitor.text.forms.script import script_of

SUFFICIENT = 0.6
"""A form with less confidence counts only with a second signal; own threshold."""

SECOND_SIGNAL = " beside another sign of the name"
_CAPITAL = (True,)
_EAST_SLAVIC = frozenset({"ru", "uk"})
_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt"})
_SMALL = frozenset({"al", "el", "bin", "ibn", "аль", "эль", "ель", "бин", "бін", "بن"})
_LONG_PARTICLE = 4
_MOST_BETWEEN = 3
"""How many words, initials but for one, may stand between the given name and the surname: Karim A. A. Khan."""
# Makes a NameSpelling without the Python-level constructor, for speed: a name has a hundred forms.
_new_tuple = tuple.__new__
# Chinese characters and katakana, each a word; as they are canonical, tokenising them would only cost time.
_unspaced = re.compile("[ァ-ヺー一-鿿]+").fullmatch
_HYPHENS = ("-", "\u2010", "\u2011")


class NameSpelling(NamedTuple):
    """One form as tokens: its languages, which tokens need a capital, and its confidence."""

    tokens: tuple[str, ...]
    languages: Languages = None
    capitals: tuple[bool, ...] = ()
    confidence: float = 1.0
    partial: bool = False
    common: bool = False

    @property
    def is_sufficient(self) -> bool:
        """Whether it counts without a second signal."""
        return self.confidence >= SUFFICIENT

    @property
    def is_uncapitalised_guess(self) -> bool:
        """Whether it is a spelling by sound in a script without capitals, which needs marks that others do not have."""
        return not self.is_sufficient and script_of(self.tokens[0]) in WITHOUT_CAPITALS

    @property
    def excludes(self) -> bool:
        """Whether it is another name, inside which nothing counts: 俄罗斯 (Russia) in 白俄罗斯 (Belarus)."""
        return self.confidence <= 0


class _Found(NamedTuple):
    start: int
    end: int
    spelling: NameSpelling


def name_spelling(form: Form, *, several: bool = False) -> NameSpelling | None:
    """Return a form prepared for matching, or None where it has no words.

    `several` tells that the name has several words, so that a weak form may be its surname alone.
    """
    text, language, source, confidence, capital, common = form
    languages = _language(language) if language else None
    partial = several and 0 < confidence < SUFFICIENT
    if token := plain_word(text):
        # The fast path: most forms are one plain word, and a rule has a hundred of them.
        return _new_tuple(NameSpelling, ((token,), languages, _CAPITAL if capital else (), confidence, partial, common))
    if _unspaced(text):
        return NameSpelling(tuple(text), languages, (), confidence, partial and source == "surname")
    tokens = tokenize(text)
    if not tokens.words:
        return None
    upper = tuple(capital and text[start].isupper() for start, _ in tokens.spans)
    if sum(upper) > 1:
        upper = tuple(due and word not in UNCAPITALISED for due, word in zip(upper, tokens.words, strict=True))
    if capital and not any(upper):
        upper = (True, *upper[1:])
    partial = partial and (len(tokens.words) == 1 or source == "surname")
    return NameSpelling(tuple(tokens.words), languages, upper if any(upper) else (), confidence, partial)


def name_counts_in(spelling: NameSpelling, language: str) -> bool:
    """Tell whether a spelling counts in an article of this language, which is empty where unknown.

    Russian and Ukrainian cases of a name, which need a capital, count where the language has no Cyrillic words of its
    own, since outlets label their articles with languages of all kinds; in Bulgarian, Борисова is no case of Борисов,
    but a woman.
    """
    languages = spelling.languages
    if counts_in(languages, language):
        return True
    is_case = bool(spelling.capitals) and languages is not None and not languages.isdisjoint(_EAST_SLAVIC)
    return is_case and language not in _CYRILLIC


@cache
def _language(code: str) -> frozenset[str]:
    return frozenset((code.lower().partition("-")[0],))


class NameTerm(Matcher):
    """Matches a name or word that has forms of several tokens or with conditions."""

    __slots__ = ("_by_first", "_given", "_triggers", "term")

    def __init__(self, spellings: Iterable[NameSpelling], term: str) -> None:
        self.term = term
        ranked = sorted(dict.fromkeys(spellings), key=lambda each: (-len(each.tokens), -each.confidence, each.tokens))
        by_first: dict[str, list[NameSpelling]] = {}
        for each in ranked:
            by_first.setdefault(each.tokens[0], []).append(each)
        self._by_first = {first: tuple(several) for first, several in by_first.items()}
        alone = {token for each in ranked if each.partial for token in each.tokens}
        full = (each.tokens for each in ranked if len(each.tokens) > 1 and each.is_sufficient)
        # Only the first given name identifies a person: Luc Mélenchon is not Jean-Luc Mélenchon.
        firsts = (next((token for token in tokens if token not in alone), "") for tokens in full)
        self._given = frozenset(filter(None, firsts)) if alone else frozenset()
        self._triggers = _trigger_words(ranked)

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        candidates = self._candidates(text)
        if not candidates:
            return None
        counted = _without_overlaps(list(self._sufficient(candidates, text)))
        return [(each.start, each.end, self.term, (), ()) for each in counted] or None

    def _candidates(self, text: DocumentText) -> list[_Found]:
        """Return every form in the text with its capitals, in the order of the text, the longer first."""
        found: list[_Found] = []
        language = text.document.language
        for first in text.positions.keys() & self._by_first.keys():
            for each in self._by_first[first]:
                if each.languages is None or name_counts_in(each, language):
                    found += [
                        _Found(p, p + len(each.tokens), each)
                        for p in text.positions.get(first) or ()
                        if stands_at(each, p, text)
                        and has_capitals(each, p, text)
                        and self._is_in_one_piece(each, p, text)
                    ]
        found.sort(key=lambda each: (each.start, -each.end, -each.spelling.confidence))
        return _outside_exclusions(found)

    def _is_in_one_piece(self, each: NameSpelling, start: int, text: DocumentText) -> bool:
        """Tell whether no boundary of sense divides a form; a comma does unless a given name follows.

        A guess in a script without spaces must not be a part of a longer name, either.
        """
        end = start + len(each.tokens)
        if each.is_uncapitalised_guess and not is_whole_name(start, end, text):
            return False
        for position in range(start + 1, end):
            if is_interrupted(position, end, text):
                return False
            word = text.word_at(position)
            if self._given and word not in self._given and len(word) > 1 and is_enumerated(position, text):
                return False
        return True

    def _sufficient(self, candidates: list[_Found], text: DocumentText) -> Iterable[_Found]:
        """Return the forms that count by themselves or by what else the article says."""
        sure = [each for each in candidates if each.spelling.is_sufficient]
        first_full = min((each.start for each in sure if not each.spelling.partial), default=None)
        is_name_here = any(not each.spelling.common or is_name(each.start, each.end, text) for each in sure)
        for each in candidates:
            if each.spelling.common and each.spelling.is_sufficient:
                if is_name_here:
                    yield each
            elif each.spelling.partial:
                if first_full is not None and first_full < each.start:
                    yield each
                elif extended := self._with_given(each, text):
                    first_full = extended.start
                    yield extended
            elif (
                each.spelling.is_sufficient
                or _has_other_form(each, candidates)
                or is_unexplained_capital(each.start, text)
                or (any(each.spelling.capitals) and is_introduced(each.start, each.end, text))
                or (each.spelling.is_uncapitalised_guess and is_marked_as_name(each.start, each.end, text))
            ):
                yield each

    def _with_given(self, each: _Found, text: DocumentText) -> _Found | None:
        """Return a surname extended by its given name or initial, perhaps with a patronymic and initials between."""
        names = 0
        for start in range(each.start - 1, each.start - 2 - _MOST_BETWEEN, -1):
            word = text.word_at(start) if start >= 0 else ""
            if not word or is_interrupted(start + 1, each.end, text) or is_enumerated(start + 1, text):
                break
            if self._is_given(start, text):
                return each._replace(start=start)
            if word in _SMALL or (len(word) < _LONG_PARTICLE and _is_joined(start + 1, text)):
                continue
            names += len(word) > 1
            if names > 1 or not is_capital(start, text):
                break
        if self._is_given(each.end, text) and not is_interrupted(each.end, each.end + 1, text):
            return each._replace(end=each.end + 1)
        return None

    def _is_given(self, position: int, text: DocumentText) -> bool:
        return position >= 0 and text.word_at(position) in self._given and is_capital(position, text)

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return (self._triggers,)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return (self._triggers,)

    def forms(self) -> Iterable[str]:
        spellings = (each for several in self._by_first.values() for each in several if not each.excludes)
        return (
            with_languages(" ".join(each.tokens), each.languages) + ("" if each.is_sufficient else SECOND_SIGNAL)
            for each in spellings
        )

    def failure_reason(self, text: DocumentText, _now: datetime) -> str:
        for each in self._candidates(text):
            return f"only “{original_words(each.start, each.end, text)}” is there, which proves too little by itself"
        for first in text.positions.keys() & self._by_first.keys():
            for position in text.positions.get(first) or ():
                if not is_capital(position, text):
                    return f"only “{original_words(position, position + 1, text)}” is there, without a capital"
        return "no form of it is there"

    def to_text(self) -> str:
        return self.term


class NameInPhrase(NameTerm):
    """Matches a word of a phrase; overlapping forms all count, because any of them may fit the phrase."""

    __slots__ = ()

    @classmethod
    def of(cls, word: NameTerm) -> NameInPhrase:
        """Return a matcher of the same forms, for one slot of a phrase."""
        return cls((each for several in word._by_first.values() for each in several), word.term)

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return [(each.start, each.end, self.term, (), ()) for each in self._candidates(text)] or None


def _outside_exclusions(found: list[_Found]) -> list[_Found]:
    """Return the forms that do not lie inside another name."""
    others = [each for each in found if each.spelling.excludes]
    if not others:
        return found
    return [each for each in found if not any(o.start <= each.start and each.end <= o.end for o in others)]


def _trigger_words(spellings: list[NameSpelling]) -> TriggerGroup:
    """Return one word of each form: as few distinct words as possible, the rarer where there is a choice."""
    rows = [each.tokens for each in spellings if not each.excludes]
    chosen = dict.fromkeys([row[0] for row in rows if len(row) == 1])
    for row in rows:
        if chosen.keys().isdisjoint(row):
            chosen[min(row, key=trigger_share)] = None
    return tuple(chosen)


def stands_at(each: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether the other tokens of a form follow its first one, which stands at a position."""
    following = enumerate(each.tokens[1:], 1)
    return len(each.tokens) == 1 or all(text.word_at(position + offset) == token for offset, token in following)


def has_capitals(each: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether the tokens of a form that stands at a position have the capitals they need."""
    due = (position + offset for offset, capital in enumerate(each.capitals) if capital)
    return all(is_capital(at, text) or (at > position and _is_joined(at, text)) for at in due)


def _is_joined(position: int, text: DocumentText) -> bool:
    """Tell whether a hyphen joins a word to the one before, so that it may be in lower case: Kim Jong-un."""
    original, start, _ = text.original_text(position, position + 1)
    return original[start - 1 : start] in _HYPHENS


def _has_other_form(each: _Found, candidates: list[_Found]) -> bool:
    """Tell whether the article has another form of the name elsewhere."""
    return any(
        other.spelling.tokens != each.spelling.tokens and (other.end <= each.start or each.end <= other.start)
        for other in candidates
    )


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    """Return, of hits that overlap, the first one, and the longest of those."""
    chosen: list[_Found] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not chosen or each.start >= chosen[-1].end:
            chosen.append(each)
    return chosen
