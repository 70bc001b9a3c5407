"""Spell Belarusian names in Russian and other languages, and Russian ones in Belarusian, in both alphabets of each.

Confidences are own estimates, as in `spellings.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.text.forms import cyrillic, morphology
from monitor.text.forms.known_spellings import given_spellings
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import GUESS, GUESS_CONFIDENCE, LikelySpelling, guessed_spellings
from monitor.text.forms.translit import looks_slavic, russian_from_ukrainian, ukrainian_spellings
from monitor.text.forms.translit.belarusian import (
    belarusian_from_latin,
    belarusian_from_russian,
    is_belarusian,
    latin_of_belarusian,
    may_be_belarusian,
    russian_from_belarusian,
    shows_belarusian,
)

BELARUSIAN = "be"
_COST = 0.05
_MOST = 2
_FAR = 0.21
"""How far a listed Russian surname may be from the Belarusian one: Соболенко, Сабаленка."""
_is_typical = re.compile("(?:енко|ский|ская|ников|никова|[еоа]вич|ало|[ия]ко)$").search
"""Ends of Russian surnames of which many are Belarusian, so that the Latin spelling of these is looked for as well."""


def all_spellings(word: str, known: frozenset[str], *, is_arabic: bool = False) -> list[LikelySpelling]:
    """Return the guessed spellings of a lower-case word of a name, those from and to Belarusian among them."""
    found = guessed_spellings(word, known, is_arabic=is_arabic)
    script = script_of(word)
    if script not in ("latin", "cyrillic") or "-" in word:
        return found
    others = _from_belarusian(word, script)
    if others:
        return [*found, *others[:1], *_of_russian(others[0].text, known), *others[1:]]
    russian = _russian(word, found) if script == "cyrillic" or looks_slavic(word) else ""
    return [*found, *_in_belarusian(russian, "latin" not in known)] if russian else found


def russian_name(name: str) -> str:
    """Return a name in Belarusian Cyrillic as Russian spells it, likeliest: Марыя Калеснікава, Мария Колесникова."""
    return " ".join(_russian_word(word) for word in name.lower().split())


def latin_names(name: str) -> list[str]:
    """Return a name in Belarusian Cyrillic in Latin letters, by the national romanisation and in Polish."""
    words = name.lower().split()
    return [
        " ".join(latin_of_belarusian(word, convention)[0][0] for word in words)
        for convention in ("en", "pl")
        if all(latin_of_belarusian(word, convention) for word in words)
    ]


def _russian_word(word: str) -> str:
    given = (one.text for one in given_spellings(word) if one.language == "ru")
    return next(given, _likely_russian([(word, 0.0)], is_sure=True)[0][0])


def _from_belarusian(word: str, script: str) -> list[LikelySpelling]:
    """Return the Russian and then the Belarusian spellings of a word that is, or may be, a Belarusian name."""
    is_sure = script == "latin" and shows_belarusian(word)
    if not (is_sure or may_be_belarusian(word)) or (script == "cyrillic" and _is_known(word)):
        return []
    own = [pair for pair in belarusian_from_latin(word) if script == "latin"][:_MOST] or [(word, 0.0)]
    russian = _likely_russian(own, is_sure=is_sure)
    if not russian:
        return []
    found = [LikelySpelling(text, "ru", GUESS, round(GUESS_CONFIDENCE - cost, 2)) for text, cost in russian]
    belarusian = own[:1] if script == "latin" else []
    belarusian += [] if is_sure else belarusian_from_russian(russian[0][0])[:_MOST]
    return found + [_spelling(text, cost) for text, cost in dict(belarusian).items()]


def _likely_russian(own: Iterable[tuple[str, float]], *, is_sure: bool) -> list[tuple[str, float]]:
    """Return the Russian spellings of Belarusian ones that a dictionary lists; if none and `is_sure`, the likeliest."""
    spelled = [(text, round(cost + more, 2)) for word, cost in own for text, more in russian_from_belarusian(word)]
    listed = [(text, cost) for text, cost in spelled if cost <= _FAR and _is_listed(text)]
    return sorted(listed or (spelled if is_sure else []), key=lambda pair: pair[1])[:_MOST]


def _is_known(word: str) -> bool:
    """Tell whether a dictionary has a Cyrillic word: Каменка is a place, and no Каменко."""
    return any(morphology.ordinary_lemmas(word, language) is not None for language in ("ru", "uk"))


def _is_listed(russian: str) -> bool:
    if morphology.is_listed_name(russian, "ru"):
        return True
    return any(morphology.is_listed_name(text, "uk") for text, _ in ukrainian_spellings(russian, slavic=True)[:_MOST])


def _of_russian(russian: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the Ukrainian and Latin spellings of the Russian name that stands for a Belarusian one."""
    return [
        one._replace(confidence=round(one.confidence - _COST, 2))
        for one in guessed_spellings(russian, known)
        if one.language == "uk" or script_of(one.text) == "latin"
    ]


def _russian(word: str, found: Iterable[LikelySpelling]) -> str:
    """Return the Russian spelling of a Cyrillic or Latin name, if there is one."""
    if script_of(word) == "latin":
        return next((one.text for one in found if one.language == "ru"), "")
    languages = cyrillic.languages_of(word)
    return word if "ru" in languages else russian_from_ukrainian(word)[0][0] if "uk" in languages else ""


def _in_belarusian(russian: str, is_latin_wanted: bool) -> list[LikelySpelling]:
    spelled = [(text, cost) for text, cost in belarusian_from_russian(russian)[:_MOST] if text != russian]
    found = [_spelling(text, cost) for text, cost in spelled]
    if not (is_latin_wanted and _is_typical(russian)):
        return found
    return found + [
        LikelySpelling(latin, language, GUESS, round(GUESS_CONFIDENCE - 2 * _COST - cost, 2))
        for text, cost in spelled[:1]
        for language in ("", "pl")
        for latin, _ in latin_of_belarusian(text, language or "en")[:1]
    ]


def _spelling(text: str, cost: float) -> LikelySpelling:
    """Return a Belarusian spelling, which counts everywhere if its letters show what it is."""
    confidence = round(GUESS_CONFIDENCE - cost, 2)
    return LikelySpelling(text, BELARUSIAN, GUESS, confidence, only_at_home=not is_belarusian(text))
