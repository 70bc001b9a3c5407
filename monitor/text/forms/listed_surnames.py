"""Set given names before a surname that `names.yaml` lists, in every script that it has there or is guessed in.

The matcher accepts any given name of a rule before any form of its surname. So each given name and each of its cases
needs one pair only; the likeliest given name of a language has all pairs, to be shown. Confidences are own estimates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from monitor.model import Form
from monitor.text.forms import arabic_words, cyrillic
from monitor.text.forms.affixes import guess_affixed
from monitor.text.forms.agreement import agree
from monitor.text.forms.case_forms import capitalised
from monitor.text.forms.given_names import given_name_spellings, name_spellings
from monitor.text.forms.name_endings import name_endings
from monitor.text.forms.particles import SMALL_WORDS
from monitor.text.forms.person_names import (
    BOTH_NAMES,
    MIN_SURE,
    MOST_GIVEN_SPELLINGS,
    SURNAME,
    given_cases,
    is_searched_alone,
    surname_only,
)
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.forms.spellings import LikelySpelling
from monitor.text.forms.translit import mixes_characters
from monitor.text.tokens import canonical

_DOTTED = ("han", "kana")
_SURE, _UNLIKELY = 0.6, 0.5
_LEAST = 0.7
"""The confidence of an unlikely spelling of the given name, which the surname beside it proves."""
_MIN_DECLINED = 0.75
_MOST_DECLINED, _MOST_WITH_PARTICLES, _MOST_INITIALS = 6, 2, 3
_INITIAL_SHARE = 0.9
# Polish has no v, and Czech hardly a w.
_FOREIGN_LETTER = {"pl": "v", "cs": "w"}


def with_listed_surname(given: list[str], family: Iterable[Form], guessed: Iterable[Form]) -> list[Form]:
    """Return a person's forms by those of the listed surname, and those of the `guessed` ones that find more."""
    lasts = [form for form in family if _is_surname(form)]
    word = given[0].lower().rstrip(".")
    firsts = [LikelySpelling(word), *given_name_spellings(given, frozenset())]
    forms: list[Form] = []
    for script in dict.fromkeys(script_of(form.text) for form in lasts):
        here = [form for form in lasts if script_of(form.text) == script]
        sure = [form for form in here if form.confidence >= MIN_SURE]
        matching = [first for first in firsts if script_of(first.text) == script]
        if script in _DOTTED:
            forms += _dotted(matching, sure)
        elif sure:
            forms += _pairs(script, matching, sure)
            forms += _behind_initials(given, matching, sure)
        forms += [_alone(form) for form in here if is_searched_alone(form.text) and (form.capital or not form.common)]
    return forms + without_needless_pairs(forms, guessed)


def _is_surname(form: Form) -> bool:
    """Tell whether a form of the entry is the surname alone, and no word in small letters (стамбульский)."""
    first, *others = form.text.split()
    is_word = script_of(first) in CAPITALISED and form.text == form.text.lower()
    return form.confidence > 0 and not is_word and "·" not in first and (not others or first.lower() in SMALL_WORDS)


def _alone(form: Form) -> Form:
    """Return the surname alone, of an unlikely spelling, too, since its pairs are left out."""
    alone = surname_only(form)
    return alone._replace(confidence=max(alone.confidence, _UNLIKELY))


def _dotted(firsts: list[LikelySpelling], lasts: list[Form]) -> Iterator[Form]:
    """Yield Chinese and Japanese pairs, which the dot joins and which prove each other: 唐纳德·特朗普."""
    for first, last in product(firsts[:MOST_GIVEN_SPELLINGS], lasts):
        if not mixes_characters(f"{first.text}{last.text}"):
            yield last._replace(text=f"{first.text}·{last.text}", confidence=BOTH_NAMES)


def _pairs(script: str, firsts: list[LikelySpelling], lasts: list[Form]) -> Iterator[Form]:
    """Yield all pairs of the likeliest given name of each language, and one of each other given name and case."""
    likeliest = {first.language: first for first in reversed(firsts)}
    shown: set[str] = set()
    for rank, first in enumerate(firsts):
        for text, language in _cases(script, first, rank):
            agreeing = [last for last in lasts if _agrees(text, language, last)] or lasts
            is_shown = first is likeliest[first.language]
            for last in agreeing if is_shown else agreeing[:1] if text not in shown else ():
                sure = round(min(last.confidence, max(first.confidence, _LEAST)), 2)
                yield last._replace(text=f"{capitalised(text)} {last.text}", confidence=sure, common=False)
            shown.add(text)


def _cases(script: str, first: LikelySpelling, rank: int) -> Iterator[tuple[str, str]]:
    """Yield a given name as it is and with particles, then in its cases, these with their language."""
    own, *others = given_cases(first.text, first.language)
    yield own[0], ""
    yield from ((text, first.language) for text, _ in others)
    if script == "arabic" and rank < _MOST_WITH_PARTICLES:
        yield from ((form, "") for form in arabic_words.name_forms(first.text, guessed=True))
    if script == "hebrew":
        yield from ((form, "") for form in guess_affixed(first.text, script, rank))
    if script == "latin" and rank < _MOST_DECLINED:
        for language, form, share in name_endings(first.text):
            letter = _FOREIGN_LETTER.get(language)
            if letter and letter not in first.text and share >= _MIN_DECLINED:
                yield form, language


def _agrees(given: str, language: str, last: Form) -> bool:
    """Tell whether a surname may be in the case of a given name: as it is beside the given name as it is."""
    if not language:
        return _is_base(last)
    kind = last.source.partition(", ")[2]
    if language in cyrillic.LANGUAGES:
        return kind.startswith(language)
    return last.language == language and agree(given, last.text)


def _is_base(last: Form) -> bool:
    """Tell whether a surname has neither ending nor particle."""
    return "," not in last.source


def _behind_initials(given: list[str], firsts: list[LikelySpelling], lasts: list[Form]) -> Iterator[Form]:
    """Yield the surname behind `D` and, with a second given name, `D S`, in the letters of its script."""
    script = script_of(lasts[0].text)
    shapes = list(dict.fromkeys(first.text[:1].upper() for first in firsts[:_MOST_INITIALS]))
    for name in given[1:2]:
        word = name.lower().rstrip(".")
        seconds = [LikelySpelling(word), *name_spellings(word, frozenset())]
        second = next((one.text[:1].upper() for one in seconds if script_of(one.text) == script), "")
        shapes += [f"{shape} {second}" for shape in shapes] if second else []
    for last, shape in product(filter(_is_base, lasts) if script in CAPITALISED else (), shapes):
        near = last._replace(confidence=round(_INITIAL_SHARE * last.confidence, 2), common=False)
        yield near._replace(text=f"{shape} {last.text}")
        if script == "cyrillic":
            yield near._replace(text=f"{last.text} {shape}")


def without_needless_pairs(forms: Iterable[Form], guessed: Iterable[Form]) -> list[Form]:
    """Return the guessed forms; a pair of given name and surname only where it has one of them that is new.

    Of a new surname only a weak form is returned, since any given name of the forms proves it.
    """
    alone = {(form.text, form.language) for form in forms if form.source == SURNAME}
    surnames = {text for text, _ in alone}
    givens = {text for form in forms if (text := _partner(form, surnames))}
    found = []
    for form in guessed:
        surname = _partner(form, givens) if form.confidence >= _SURE else ""
        if not surname or not _may_stand_alone(surname):
            found.append(form)
            givens |= {_partner(form, surnames)} - {""} if form.confidence >= _SURE else set()
        elif (surname, form.language) not in alone:
            alone.add((surname, form.language))
            surnames.add(surname)
            found.append(Form(surname, form.language, SURNAME, _UNLIKELY, form.capital))
    return found


def _partner(form: Form, known: set[str]) -> str:
    """Return what stands before or after one of the `known` texts in a form, "" if none of them is there."""
    first, _, last = form.text.partition(" ")
    return first if last in known else last if first in known else ""


def _may_stand_alone(surname: str) -> bool:
    """Tell whether a surname may be a weak form, which in scripts without capitals could be any word."""
    return script_of(surname) in CAPITALISED and is_searched_alone(surname)


def without_excluded(excluded: Iterable[str], forms: Iterable[Form]) -> list[Form]:
    """Return the forms that hold none of the words that the entry of a surname takes away: Руді for Rudd."""
    taken = [f" {canonical(text)} " for text in excluded]
    return [form for form in forms if not any(text in f" {canonical(form.text)} " for text in taken)]
