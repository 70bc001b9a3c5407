"""Spell a name in Latin letters by its sound in Cyrillic; of a double name each half for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from monitor.text.forms.attested import Spellings, doubtful_where_ordinary, russian_and_ukrainian
from monitor.text.forms.translit import (
    bulgarian_from_english,
    looks_slavic,
    russian_spellings,
)

_MOST_BULGARIAN = 6
_MOST_OF_A_HALF = 5
_MOST_OF_BOTH = 8
_MOUTH = "ust"
_AT_MOUTH: dict[str, Spellings] = {"ru": [("усть", 0.0)], "uk": [("усть", 0.0)], "bg": [("уст", 0.0)]}
"""What stands before the river at whose mouth a Russian or Ukrainian place is: Ust-Luga, Усть-Луга."""
_has_own_h = re.compile("(?<![ckgstpz])h(?=[aeiouyäöüåøæéáíóú])").search


def cyrillic_spellings(word: str, *, is_arabic: bool) -> dict[str, Spellings]:
    """Return spellings of a lower-case Latin word with their costs, cheapest first, by language: ru, uk and bg.

    The Bulgarian ones are those by the English sound; `bulgarian_from_russian` makes others of the Russian ones.
    `is_arabic` tells that the word is an Arabic name.
    """
    halves = [half for half in word.split("-") if half]
    if len(halves) > 1:
        spelled = [_AT_MOUTH if half == _MOUTH else _by_sound(half) for half in halves]
        return {language: _joined([half[language] for half in spelled]) for language in ("ru", "uk", "bg")}
    found = _by_sound(word)
    # Slavic surnames often are words (Коваль), and are names all the same; Arabic ones hardly ever are.
    checked = () if looks_slavic(word) else ("bg",) if is_arabic else ("ru", "uk", "bg")
    return found | {language: doubtful_where_ordinary(found[language], language) for language in checked}


def _by_sound(word: str) -> dict[str, Spellings]:
    """Return the spellings of a word without hyphens."""
    slavic = looks_slavic(word)
    aspirated = not slavic and _has_own_h(word) is not None
    russian, ukrainian = russian_and_ukrainian(russian_spellings(word), slavic=slavic, aspirated=aspirated)
    return {"ru": russian, "uk": ukrainian, "bg": list(bulgarian_from_english(word)[:_MOST_BULGARIAN])}


def _joined(halves: Sequence[Spellings]) -> Spellings:
    """Return the likeliest choices of a spelling for each half, cheapest first."""
    found: dict[str, float] = {}
    for pairs in product(*(half[:_MOST_OF_A_HALF] for half in halves)):
        text, cost = "-".join(text for text, _ in pairs), round(sum(cost for _, cost in pairs), 2)
        found[text] = min(cost, found.get(text, cost))
    return sorted(found.items(), key=lambda pair: pair[1])[:_MOST_OF_BOTH]
