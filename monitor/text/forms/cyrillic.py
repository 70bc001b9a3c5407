"""Case forms of one Russian or Ukrainian name: the dictionary's paradigm, and the ending tables where it has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from monitor.text.forms import morphology, russian_endings, ukrainian_endings

_TABLES: Mapping[str, Any] = {"ru": russian_endings, "uk": ukrainian_endings}
_ONLY_UK = frozenset("іїєґ'’ʼ")
_ONLY_RU = frozenset("ыэёъ")
_RU_ENDING = re.compile(r"(?:[сц]к(?:ий|ая|ое|ие)|ый|ая|ое|ые|чий)\b")
_UK_ENDING = re.compile(r"[сц]ьк(?:ий|а|е|і)\b")
_SHORTEST_PLURAL = 5
_MOST_PARTS = 60


def languages_of(word: str) -> tuple[str, ...]:
    """`ru`, `uk` or both: the languages that the letters and adjective endings of Cyrillic words allow."""
    word = word.lower()
    letters = frozenset(word)
    if letters & _ONLY_UK or _UK_ENDING.search(word):
        return ("uk",)
    return ("ru",) if letters & _ONLY_RU or _RU_ENDING.search(word) else ("ru", "uk")


@lru_cache(maxsize=4096)
def name_cases(word: str, language: str) -> tuple[tuple[str, float], ...]:
    """The cases of a lower-case name, itself first, each with its confidence; hyphenated parts decline each."""
    if "-" in word.strip("-"):
        return _hyphenated(word, language)
    found = {word: 1.0}
    for form, sure in _cases(word, language):
        found.setdefault(form, sure)
    return tuple(found.items())


def plural_cases(word: str, language: str) -> tuple[tuple[str, float], ...]:
    """The family (Песковы, Песковых): low confidence, since a rule for one person rarely means them all."""
    return tuple((form, 0.65) for form, _ in _TABLES[language].PLURAL.inflect(word))


def _cases(word: str, language: str) -> list[tuple[str, float]]:
    tables = _TABLES[language]
    if tables.FEMININE.inflect(word):
        return [*tables.FEMININE.inflect(word), *(morphology.name_paradigms(word, language) or [])]
    known = morphology.name_paradigms(word, language)
    if known is not None and language == "uk" and ukrainian_endings.FLEETING.search(word):
        return [*known, *tables.MASCULINE.inflect(word)]
    if known is not None:
        return known if len({form for form, _ in known}) > 1 else [*known, *_rare(tables.MASCULINE.inflect(word))]
    plural = tables.PLURAL_ITSELF.inflect(word) if len(word) >= _SHORTEST_PLURAL else []
    found: list[tuple[str, float]] = plural or tables.MASCULINE.inflect(word)
    return found


def _rare(forms: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(form, min(sure, 0.7)) for form, sure in forms]


def _hyphenated(word: str, language: str) -> tuple[tuple[str, float], ...]:
    parts = [name_cases(part, language) for part in word.split("-") if part]
    found: dict[str, float] = {word: 1.0}
    for combination in product(*parts):
        if len(found) >= _MOST_PARTS:
            break
        found.setdefault("-".join(form for form, _ in combination), min(sure for _, sure in combination))
    return tuple(found.items())
