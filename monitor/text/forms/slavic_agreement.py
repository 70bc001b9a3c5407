"""Decline an adjective and its noun together, as Russian and Ukrainian places have them: Біла Церква, Білій Церкві.

The paradigms are those of pymorphy3; the endings of possessives (Часів Яр) are an own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from monitor.text.forms import morphology, ukrainian_endings
from monitor.text.forms.morphology import CASES, Reading

_MOST_ADJECTIVES = 3
_SECOND_LOCATIVE = "loc2"
"""The Russian locative of place: в Часовом Яру."""
_POSSESSIVE = {
    "ru": {"gent": "а", "datv": "у", "ablt": "ым", "loct": "ом"},
    "uk": {"gent": "ого", "datv": "ому", "ablt": "им", "loct": "ому"},
}
"""The endings of a possessive first word in the names of places (Часов Яр, Часового Яру); own table."""
_is_possessive = re.compile("(?:[оеєёії]в|[иії]н)$").search
_is_of_place = re.compile("[сц]ь?к(?:ий|ая|а)$").search
"""An adjective of a town or river, most of which the dictionary lacks: Корсунь-Шевченковский."""
_FEMININE = "femn"
_Words = tuple[str, ...]


def head_cases(words: list[str], language: str) -> tuple[_Words, ...]:
    """Return the adjectives that a phrase begins with, and their noun, in each case but the nominative.

    They are in small letters. The last word that may be the noun is it: Русская православная церковь.
    """
    lower = tuple(map(str.lower, words))
    for count in range(min(len(lower) - 1, _MOST_ADJECTIVES), 1, -1):
        readings = _agreeing(lower[:count], lower[count], language)
        if readings and readings[-1].is_known:
            return _without_nominative(_declined(readings), lower[: count + 1])
    return pair_cases(words[0], words[1], language)


@lru_cache(maxsize=1024)
def pair_cases(first: str, second: str, language: str) -> tuple[_Words, ...]:
    """Return both words in each case but the nominative, in small letters; none unless they agree.

    The first is the adjective (Білій Церкві) or a possessive (Часовому Яру).
    """
    first, second = first.lower(), second.lower()
    if has_possessive(first, second, language):
        noun = next(iter(morphology.nominatives(second, language, ("NOUN",))))
        return _without_nominative(_declined((_possessive(first, language), noun)), (first, second))
    readings = _agreeing((first,), second, language)
    return _without_nominative(_declined(readings), (first, second)) if readings else ()


def joined_cases(noun: str, adjective: str, language: str) -> tuple[str, ...]:
    """Return a lower-case noun and the adjective that a hyphen joins to it in each case: Купянска-Узлового."""
    is_adjective = agree(adjective, noun, language) or _is_of_place(adjective) is not None
    pairs = pair_cases(adjective, noun, language) if is_adjective else ()
    return tuple(f"{second}-{first}" for first, second in pairs)


def is_listed_pair(first: str, second: str, language: str) -> bool:
    """Tell whether two words that agree are an adjective and a noun of the dictionary."""
    readings = _agreeing((first.lower(),), second.lower(), language)
    return readings is not None and readings[0].is_known and readings[1].is_known


def agree(first: str, second: str, language: str) -> bool:
    """Tell whether two words are an adjective of the dictionary and a noun, in the same gender and number."""
    readings = _agreeing((first.lower(),), second.lower(), language)
    return readings is not None and readings[0].is_known


def is_adjective_pair(first: str, second: str, language: str) -> bool:
    """Tell whether two words are an adjective and a noun that is nobody's name: Нова Каховка, not Біла Марія."""
    return agree(first, second, language) and not morphology.is_listed_name(second.lower(), language)


def has_possessive(first: str, second: str, language: str) -> bool:
    """Tell whether two words are a possessive and a common noun: Часов Яр; not Иванов Лев, as Лев is a name as well."""
    return (
        language in _POSSESSIVE
        and _is_possessive(first.lower()) is not None
        and morphology.is_common_noun(second.lower(), language)
        and not morphology.is_listed_name(second.lower(), language)
    )


@lru_cache(maxsize=4096)
def _agreeing(adjectives: _Words, noun: str, language: str) -> tuple[Reading, ...] | None:
    """Return a reading of each word in which they agree; of words that the dictionary has rather than of others."""
    if language not in _POSSESSIVE:
        return None
    readings: list[list[Reading]] = []
    for word in adjectives:
        readings.append(morphology.nominatives(word, language, ("ADJF", "PRTF")))
        if not readings[-1]:
            return None
    readings.append(morphology.nominatives(noun, language, ("NOUN",)))
    agreeing = [words for words in product(*readings) if len({one.agreement for one in words}) == 1]
    return max(agreeing, key=lambda words: sum(one.is_known for one in words), default=None)


def _without_nominative(declined: Iterable[_Words], words: _Words) -> tuple[_Words, ...]:
    return tuple(forms for forms in dict.fromkeys(declined) if forms != words)


def _declined(readings: tuple[Reading, ...]) -> Iterator[_Words]:
    """Yield adjectives and noun in each case; the accusative of what is not feminine is the nominative.

    Of the forms of an adjective only the locative has two that newsrooms write: великім, великому.
    """
    *adjectives, noun = readings
    before = {case: list(zip(*(one.cases.get(case, ()) for one in adjectives), strict=False)) for case in CASES}
    for case in CASES:
        if case != "accs" or noun.agreement == _FEMININE:
            firsts = before[case] if case == "loct" else before[case][:1]
            yield from ((*first, last) for first, last in product(firsts, noun.cases.get(case, ())))
    locatives = (*noun.cases.get(_SECOND_LOCATIVE, ()), *_other_locatives(noun))
    yield from ((*first, last) for first, last in product(before["loct"], locatives))


def _other_locatives(noun: Reading) -> list[str]:
    """Return the locatives in -і of a masculine noun whose Ukrainian paradigm lacks them: Розі of Ріг."""
    nominative, locatives = noun.cases["nomn"][0], noun.cases.get("loct", ())
    if noun.agreement != "masc" or not any(form.endswith(("ові", "еві", "єві")) for form in locatives):
        return []
    forms = (form for form, _ in ukrainian_endings.MASCULINE.inflect(nominative))
    return [form for form in forms if form.endswith("і") and not form.endswith("ві") and form not in locatives]


def _possessive(word: str, language: str) -> Reading:
    """Return a possessive with its cases; Ukrainian ones have о or є for і or ї (Часового)."""
    vowel = {"і": "о", "ї": "є"}.get(word[-2], word[-2]) if word.endswith("в") else word[-2]
    stem = f"{word[:-2]}{vowel}{word[-1]}"
    return Reading("masc", {case: (stem + ending,) for case, ending in _POSSESSIVE[language].items()}, is_known=False)
