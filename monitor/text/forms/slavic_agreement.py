"""Decline an adjective and its noun together, as Russian and Ukrainian places have them: Біла Церква, Білій Церкві.

The paradigms are those of pymorphy3; the endings of possessives (Часів Яр) are an own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from monitor.text.forms import morphology, ukrainian_endings
from monitor.text.forms.morphology import Reading

_CASES = ("gent", "datv", "accs", "ablt", "loct", "voct")
_SECOND_LOCATIVE = "loc2"
"""The Russian locative of place: в Часовом Яру."""
_POSSESSIVE = {
    "ru": {"gent": "а", "datv": "у", "ablt": "ым", "loct": "ом"},
    "uk": {"gent": "ого", "datv": "ому", "ablt": "им", "loct": "ому"},
}
"""The endings of a possessive first word in the names of places (Часов Яр, Часового Яру); own table."""
_is_possessive = re.compile("(?:[оеєёії]в|[иії]н)$").search
_FEMININE = "femn"
_Pair = tuple[str, str]


@lru_cache(maxsize=1024)
def pair_cases(first: str, second: str, language: str) -> tuple[_Pair, ...]:
    """Return both words in each case but the nominative, in small letters; none unless they agree.

    The first is the adjective (Білій Церкві) or a possessive (Часовому Яру).
    """
    first, second = first.lower(), second.lower()
    if has_possessive(first, second, language):
        noun = next(iter(morphology.nominatives(second, language, ("NOUN",))))
        return _without_nominative(_pairs(_possessive_cases(first, language), noun), first, second)
    readings = _agreeing(first, second, language)
    return _without_nominative(_pairs(readings[0].cases, readings[1]), first, second) if readings else ()


def joined_cases(noun: str, adjective: str, language: str) -> tuple[str, ...]:
    """Return a lower-case noun and the adjective that a hyphen joins to it in each case: Купянска-Узлового."""
    pairs = pair_cases(adjective, noun, language) if agree(adjective, noun, language) else ()
    return tuple(f"{second}-{first}" for first, second in pairs)


def is_listed_pair(first: str, second: str, language: str) -> bool:
    """Tell whether two words that agree are an adjective and a noun of the dictionary."""
    readings = _agreeing(first.lower(), second.lower(), language)
    return readings is not None and readings[0].is_known and readings[1].is_known


def agree(first: str, second: str, language: str) -> bool:
    """Tell whether two words are an adjective of the dictionary and a noun, in the same gender and number."""
    readings = _agreeing(first.lower(), second.lower(), language)
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
def _agreeing(adjective: str, noun: str, language: str) -> tuple[Reading, Reading] | None:
    """Return a reading of both words in which they agree; of words that the dictionary has rather than of others."""
    if language not in _POSSESSIVE:
        return None
    firsts = morphology.nominatives(adjective, language, ("ADJF", "PRTF"))
    seconds = morphology.nominatives(noun, language, ("NOUN",)) if firsts else []
    agreeing = [(one, other) for one, other in product(firsts, seconds) if one.agreement == other.agreement]
    return max(agreeing, key=lambda pair: pair[0].is_known + pair[1].is_known, default=None)


def _without_nominative(pairs: Iterable[_Pair], first: str, second: str) -> tuple[_Pair, ...]:
    return tuple(pair for pair in dict.fromkeys(pairs) if pair != (first, second))


def _pairs(adjective: dict[str, tuple[str, ...]], noun: Reading) -> Iterator[_Pair]:
    """Yield the forms of both of each case; the accusative of what is not feminine is the nominative.

    Of the forms of an adjective only the locative has two that newsrooms write: великім, великому.
    """
    for case in _CASES:
        if case != "accs" or noun.agreement == _FEMININE:
            firsts = adjective.get(case, ())
            yield from product(firsts if case == "loct" else firsts[:1], noun.cases.get(case, ()))
    locatives = (*noun.cases.get(_SECOND_LOCATIVE, ()), *_other_locatives(noun))
    yield from product(adjective.get("loct", ()), locatives)


def _other_locatives(noun: Reading) -> list[str]:
    """Return the locatives in -і of a masculine noun whose Ukrainian paradigm lacks them: Розі of Ріг."""
    nominative, locatives = noun.cases["nomn"][0], noun.cases.get("loct", ())
    if noun.agreement != "masc" or not any(form.endswith(("ові", "еві", "єві")) for form in locatives):
        return []
    forms = (form for form, _ in ukrainian_endings.MASCULINE.inflect(nominative))
    return [form for form in forms if form.endswith("і") and not form.endswith("ві") and form not in locatives]


def _possessive_cases(word: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return the cases of a possessive; Ukrainian ones have о or є for і or ї (Часового)."""
    vowel = {"і": "о", "ї": "є"}.get(word[-2], word[-2]) if word.endswith("в") else word[-2]
    stem = f"{word[:-2]}{vowel}{word[-1]}"
    return {case: (stem + ending,) for case, ending in _POSSESSIVE[language].items()}
