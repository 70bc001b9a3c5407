"""Inflect one Russian or Ukrainian name by the dictionary's paradigm, or by the ending tables if it has none.

Bulgarian names have no cases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from monitor.text.forms import morphology, russian_endings, ukrainian_endings
from monitor.text.forms.name_endings import with_ends
from monitor.text.forms.slavic_agreement import joined_cases
from monitor.text.forms.translit.belarusian import is_belarusian

LANGUAGES = frozenset({"ru", "uk", "bg"})
"""The languages that Cyrillic names are guessed in."""
_TABLES: Mapping[str, Any] = {"ru": russian_endings, "uk": ukrainian_endings}
# Ukrainian separates with an apostrophe (п'ять), where Russian has ъ.
_ONLY_UK = frozenset("іїєґ'’ʼ")
_ONLY_RU = frozenset("ыэёъ")
# Russian writes ъ only between a consonant and one of these vowels.
_ONLY_BG = re.compile("ъ(?![еёюя])")
_BG_ENDING = re.compile(r"[сц]ки\b")
_RU_ENDING = re.compile(r"(?:[сц]к(?:ий|ая|ое|ие)|ый|ая|ое|ые|чий)\b")
_UK_ENDING = re.compile(r"[сц]ьк(?:ий|а|е|і)\b")
_FOREIGN_OR_RUSSIAN = re.compile("[иы]н$")
_SHORTEST_PLURAL = 5
_AT_MOUTH = "усть"
"""What is not declined before a river, at whose mouth a place is: в Усть-Луге."""
_MOST_HYPHENATED = 60
_JOINED = 0.95
"""The confidence of a noun and an adjective joined by a hyphen, in one case: Каменца-Подольского."""


def languages_of(word: str) -> tuple[str, ...]:
    """Return which of `ru`, `uk` and `bg` the letters and adjective endings of Cyrillic words allow.

    Bulgarian only where its own spelling shows, since its names have no case forms.
    """
    word = word.lower()
    letters = frozenset(word)
    if _ONLY_BG.search(word):
        return ("bg",)
    if letters & _ONLY_UK or _UK_ENDING.search(word):
        return ("uk",)
    if letters & _ONLY_RU or _RU_ENDING.search(word):
        return ("ru",)
    return ("ru", "uk", "bg") if _BG_ENDING.search(word) else ("ru", "uk")


def written_languages(text: str) -> tuple[str, ...]:
    """Return the languages that a name as its user writes it may decline in: of Belarusian letters `be`."""
    return ("be",) if is_belarusian(text) else languages_of(text)


@lru_cache(maxsize=4096)
def name_cases(word: str, language: str) -> tuple[tuple[str, float], ...]:
    """Return the cases of a lower-case name with their confidence, itself first; hyphenated parts each decline."""
    if language == "be":
        return ((word, 1.0), *with_ends(word, "names.be.txt"))
    found = {word: 1.0}
    if "-" not in word.strip("-"):
        for form, confidence in _cases(word, language):
            found.setdefault(form, confidence)
        return tuple(found.items())
    parts = [part for part in word.split("-") if part]
    if len(parts) == 2 and (joined := joined_cases(parts[0], parts[1], language)):
        return ((word, 1.0), *((form, _JOINED) for form in joined))
    for cases in product(*([(part, 1.0)] if part == _AT_MOUTH else name_cases(part, language) for part in parts)):
        if len(found) >= _MOST_HYPHENATED:
            break
        found.setdefault("-".join(form for form, _ in cases), min(confidence for _, confidence in cases))
    return tuple(found.items())


def plural_cases(word: str, language: str) -> tuple[tuple[str, float], ...]:
    """Return the plural (Песковы, Песковых), with low confidence, since a rule for one person rarely means a family."""
    return tuple((form, 0.65) for form, _ in _TABLES[language].PLURAL.inflect(word))


def _cases(word: str, language: str) -> list[tuple[str, float]]:
    """Return the cases of one name without hyphen, a feminine, masculine or plural one; none in Bulgarian."""
    if language not in _TABLES:
        return []
    tables = _TABLES[language]
    paradigms = morphology.name_paradigms(word, language)
    # Пескова is a woman's name, or to the dictionary perhaps another word: both count.
    if feminine := tables.FEMININE.inflect(word):
        return [*(paradigms or []), *feminine]
    if paradigms is not None and language == "uk" and ukrainian_endings.FLEETING.search(word):
        return [*paradigms, *tables.MASCULINE.inflect(word)]
    if paradigms is not None and len({form for form, _ in paradigms}) > 1:
        # Foreign surnames take -ом, which the dictionary does not tell from Russian ones: Чаплином, Пушкиным.
        return [*paradigms, (word + "ом", 0.7)] if language == "ru" and _FOREIGN_OR_RUSSIAN.search(word) else paradigms
    # One form for all cases: the dictionary calls the name indeclinable, which newsrooms often do not.
    if paradigms is not None:
        return [*paradigms, *((form, min(confidence, 0.7)) for form, confidence in tables.MASCULINE.inflect(word))]
    plural = tables.PLURAL_ITSELF.inflect(word) if len(word) >= _SHORTEST_PLURAL else []
    found: list[tuple[str, float]] = plural or tables.MASCULINE.inflect(word)
    return found
