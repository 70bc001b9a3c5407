"""Match a name in all its forms, with capitals where the script has them, and a second signal for weak forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Matcher, TriggerGroup
from monitor.query.terms.capitals import as_it_stands
from monitor.query.terms.evidence import is_capital, is_joined, original_words
from monitor.query.terms.evidence_in_arabic import is_ordinary_place
from monitor.query.terms.evidence_in_cyrillic import begins_compound
from monitor.query.terms.evidence_in_turkish import LANGUAGE as TURKISH
from monitor.query.terms.evidence_in_turkish import is_no_name
from monitor.query.terms.evidence_without_capitals import is_whole_name
from monitor.query.terms.function_words import is_only_function_word
from monitor.query.terms.gaps import is_enumerated, is_interrupted, is_turned_round
from monitor.query.terms.longer_names import longer_name
from monitor.query.terms.name_spellings import NameSpelling, name_counts_in, stands_at
from monitor.query.terms.namesakes import (
    PersonDetails,
    are_middle_names,
    has_other_middle_names,
    namesake_end,
    other_initials_end,
    person_of,
)
from monitor.query.terms.nominatives import is_nominative_of_another
from monitor.query.terms.second_signs import Found, is_ordinary, is_shown_as_name, second_sign
from monitor.query.terms.servant_names import begins_with_servant, is_behind_servant, without_servant
from monitor.query.terms.word_terms import with_languages
from monitor.text.forms.script import script_of

SECOND_SIGNAL = " beside another sign of the name"
_SMALL = frozenset({"al", "el", "bin", "ibn", "аль", "эль", "ель", "бин", "бін", "بن"})
_LONG_PARTICLE = 4
_MOST_BETWEEN = 3
"""How many words, initials but for one, may stand between the given name and the surname: Karim A. A. Khan."""


class _Spellings(NamedTuple):
    """The spellings of a name by their first words, the given names that prove a surname, and what tells namesakes."""

    by_first: dict[str, tuple[NameSpelling, ...]]
    given: frozenset[str]
    person: PersonDetails


class NameTerm(Matcher):
    """Matches a name or word that has forms of several tokens or with conditions.

    `triggers` are the `trigger_words` of its spellings. These are asked for by the first article that holds a trigger,
    because a name has hundreds of them, and most of many names rarely meet an article.
    """

    __slots__ = ("_spell", "_spellings", "_triggers", "term")

    def __init__(self, triggers: TriggerGroup, spell: Callable[[], Iterable[NameSpelling]], term: str) -> None:
        self.term = term
        self._triggers = triggers
        self._spell = spell
        self._spellings: _Spellings | None = None

    def _prepared(self) -> _Spellings:
        """Return the spellings, prepared at the first use."""
        if self._spellings is None:
            self._spellings = _prepare(self._spell())
        return self._spellings

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        candidates = [
            each
            for each in _without_ordinary_words(self._candidates(text), text)
            if not self._longer_name(each, text) and not self._is_function_word(each, text)
        ]
        if not candidates:
            return None
        counted = _without_overlaps(list(self._sufficient(candidates, text)))
        return [(each.start, each.end, self.term, (), ()) for each in counted] or None

    def _candidates(self, text: DocumentText) -> list[Found]:
        """Return every form in the text as it counts there, in the order of the text, the longer first."""
        found: list[Found] = []
        language = text.document.language
        by_first = self._prepared().by_first
        for first in text.positions.keys() & by_first.keys():
            for each in by_first[first]:
                if each.languages is None or name_counts_in(each, language):
                    found += [
                        Found(p, p + len(each.tokens), counted)
                        for p in text.positions.get(first) or ()
                        if stands_at(each, p, text)
                        and (counted := as_it_stands(each, p, text))
                        and _is_in_one_piece(each, p, self._prepared(), text)
                        and not is_nominative_of_another(each, p, text)
                    ]
        found.sort(key=lambda each: (each.start, -each.end, -each.spelling.confidence))
        return _outside_exclusions(found)

    def _longer_name(self, each: Found, text: DocumentText) -> str:
        """Return the longer name of somebody or something else that a form is a part of, or an empty string."""
        if each.end - each.start == 1:
            return longer_name(each.start, each.end, text, is_case=each.spelling.languages is not None)
        _, given, person = self._prepared()
        if each.spelling.partial:
            return ""
        end = other_initials_end(each.start, each.end, text, given, person)
        if not end and (each.spelling.is_reading or each.spelling.tokens[-1] not in given):
            end = namesake_end(each.end, text, person)
        return original_words(each.start, end, text) if end else ""

    def _is_function_word(self, each: Found, text: DocumentText) -> bool:
        """Tell whether a guess or a surname alone is a function word here, without the given name before it."""
        if not each.spelling.may_be_function_word or not is_only_function_word(each.start, each.end, text):
            return False
        extended = self._with_given(each, text)
        return extended is None or extended.start == each.start

    def _sufficient(self, candidates: list[Found], text: DocumentText) -> Iterable[Found]:
        """Return the forms that count by themselves or by what else the article says."""
        sure = [each for each in candidates if each.spelling.is_sufficient]
        first_full = min((each.start for each in sure if not each.spelling.partial), default=None)
        is_name_here = any(not is_ordinary(each, text) or is_shown_as_name(each, text) for each in sure)
        for each in candidates:
            if each.spelling.is_sufficient and is_ordinary(each, text):
                if is_name_here:
                    yield each
            elif each.spelling.partial:
                if first_full is not None and first_full < each.start:
                    yield each
                elif extended := self._with_given(each, text):
                    first_full = extended.start
                    yield extended
            elif each.spelling.is_sufficient or second_sign(each, candidates, text):
                yield each

    def _with_given(self, each: Found, text: DocumentText) -> Found | None:
        """Return a surname extended by its given name or initial, perhaps with a patronymic and initials between."""
        if (start := self._given_before(each, text)) is not None:
            return None if self._is_namesake(start, each, text) else each._replace(start=start)
        following, person = each.end + 1, self._prepared().person
        if (
            self._is_given(each.end, text)
            and not other_initials_end(each.start, following, text, self._prepared().given, person)
            and not is_interrupted(each.end, following, text)
            and (
                not is_enumerated(each.end, text)
                or is_turned_round(each.start, following, text, person.middle_initials)
            )
        ):
            return each._replace(end=following)
        return None

    def _given_before(self, surname: Found, text: DocumentText) -> int | None:
        """Return where the given name before a surname stands, or its initial if the name itself stands nowhere."""
        found = None
        names: list[int] = []
        for start in range(surname.start - 1, surname.start - 2 - _MOST_BETWEEN, -1):
            word = text.word_at(start) if start >= 0 else ""
            if not word or is_interrupted(start + 1, surname.end, text) or is_enumerated(start + 1, text):
                break
            if self._is_given(start, text):
                found = start
                if len(word) > 1:
                    break
            if word in _SMALL or (len(word) < _LONG_PARTICLE and is_joined(start + 1, text)):
                continue
            names += [start] if len(word) > 1 else []
            if word.isdigit() or not is_capital(start, text) or not are_middle_names(names, text):
                break
        return found

    def _is_namesake(self, start: int, surname: Found, text: DocumentText) -> bool:
        """Tell whether a surname and the given name at `start` are somebody else's, by what is between or behind."""
        person = self._prepared().person
        between = [text.word_at(position) for position in range(start + 1, surname.start)]
        return has_other_middle_names(between, person) or namesake_end(surname.end, text, person) > 0

    def _is_given(self, position: int, text: DocumentText) -> bool:
        word = text.word_at(position) if position >= 0 else ""
        if not word or word not in self._prepared().given or not is_capital(position, text):
            return False
        is_whole = not self._prepared().person.is_servant or begins_with_servant(word)
        return is_whole or is_behind_servant(position, text)

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return (self._triggers,)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return (self._triggers,)

    def forms(self) -> Iterable[str]:
        spellings = (each for several in self._prepared().by_first.values() for each in several if not each.excludes)
        return (
            with_languages(" ".join(each.tokens), each.languages) + ("" if each.is_sufficient else SECOND_SIGNAL)
            for each in spellings
        )

    def failure_reason(self, text: DocumentText, _now: datetime) -> str:
        for each in self._candidates(text):
            if longer := self._longer_name(each, text):
                return f"only “{longer}” is there, which is another name"
            return f"only “{original_words(each.start, each.end, text)}” is there, which proves too little by itself"
        if in_small_letters := next(self._in_small_letters(text), ""):
            return f"only “{in_small_letters}” is there, without a capital"
        return "no form of it is there"

    def _in_small_letters(self, text: DocumentText) -> Iterator[str]:
        """Yield the words of whole forms that stand without their first capital."""
        by_first = self._prepared().by_first
        for first in text.positions.keys() & by_first.keys():
            for position in text.positions.get(first) or ():
                if not is_capital(position, text):
                    standing = (each for each in by_first[first] if stands_at(each, position, text))
                    yield from (original_words(position, position + len(each.tokens), text) for each in standing)

    def to_text(self) -> str:
        return self.term


class NameInPhrase(NameTerm):
    """Matches a word of a phrase; overlapping forms all count, because any of them may fit the phrase."""

    __slots__ = ()

    @classmethod
    def of(cls, word: NameTerm) -> NameInPhrase:
        """Return a matcher of the same forms, for one slot of a phrase."""
        return cls(word._triggers, word._spell, word.term)

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        candidates = _without_ordinary_words(self._candidates(text), text)
        return [(each.start, each.end, self.term, (), ()) for each in candidates] or None


def _without_ordinary_words(candidates: list[Found], text: DocumentText) -> list[Found]:
    """Return the forms that are not, in a Turkish article, ordinary words spelled unlike the name: Kırk for Kirk.

    Nor are they in an Arabic one adjectives and nouns that are places, too.
    """
    if text.document.language == TURKISH:
        return [each for each in candidates if each.spelling.common or not is_no_name(each.start, each.end, text)]
    return [each for each in candidates if not _is_ordinary_in_arabic(each, text)]


def _is_ordinary_in_arabic(each: Found, text: DocumentText) -> bool:
    return is_ordinary_place(each.start, each.end, text, is_guess=each.spelling.is_guess)


def _outside_exclusions(found: list[Found]) -> list[Found]:
    """Return the forms that do not lie inside another name."""
    others = [each for each in found if each.spelling.excludes]
    if not others:
        return found
    return [each for each in found if not any(o.start <= each.start and each.end <= o.end for o in others)]


def _prepare(spellings: Iterable[NameSpelling]) -> _Spellings:
    ranked = sorted(dict.fromkeys(spellings), key=lambda each: (-len(each.tokens), -each.confidence, each.tokens))
    by_first: dict[str, list[NameSpelling]] = {}
    for each in ranked:
        by_first.setdefault(each.tokens[0], []).append(each)
    alone = {token for each in ranked if each.partial for token in each.tokens}
    full = (each.tokens for each in ranked if len(each.tokens) > 1 and each.is_sufficient)
    # Only the first given name identifies a person: Luc Mélenchon is not Jean-Luc Mélenchon.
    # A Hebrew letter is what stands before a geresh, and begins many names: ג'ון, ג'ורג'.
    firsts = (
        next((one for one in without_servant(tokens) if one not in alone and not _is_hebrew_letter(one)), "")
        for tokens in full
    )
    given = frozenset(filter(None, firsts)) if alone else frozenset()
    shelves = {first: tuple(several) for first, several in by_first.items()}
    return _Spellings(shelves, given, person_of(ranked, given))


def _is_hebrew_letter(token: str) -> bool:
    return len(token) == 1 and script_of(token) == "hebrew"


def _is_in_one_piece(each: NameSpelling, start: int, prepared: _Spellings, text: DocumentText) -> bool:
    """Tell whether no boundary of sense divides a form; a comma does unless a given name follows.

    A guess must not be a part of a longer word, either: of a name in a script without spaces, or before a hyphen.
    """
    end = start + len(each.tokens)
    if _is_without_servant(each, start, prepared, text):
        return False
    if each.is_guess and begins_compound(end, text):
        return False
    if each.must_be_whole and not is_whole_name(start, end, text):
        return False
    for position in range(start + 1, end):
        if is_interrupted(position, end, text, each.signs):
            return False
        if prepared.given and is_enumerated(position, text):
            word, initials = text.word_at(position), prepared.person.middle_initials
            if not (word in prepared.given or len(word) == 1) or not is_turned_round(start, end, text, initials):
                return False
    return True


def _is_without_servant(each: NameSpelling, start: int, prepared: _Spellings, text: DocumentText) -> bool:
    """Tell whether a guessed full name begins with what is behind “servant of” in the name, and that is not there."""
    is_guess = each.is_transliterated or each.is_reading
    is_rest = prepared.person.is_servant and is_guess and each.tokens[0] in prepared.given
    return is_rest and not (begins_with_servant(each.tokens[0]) or is_behind_servant(start, text))


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Return, of hits that overlap, the first one, and the longest of those."""
    chosen: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not chosen or each.start >= chosen[-1].end:
            chosen.append(each)
    return chosen
