"""Tell short guesses that are ordinary words of some Cyrillic language: a guessed spelling counts in all of them."""

from __future__ import annotations

from functools import cache

from monitor.text.forms import morphology
from monitor.text.forms.data_files import data_lines

LONGEST = 5
"""How many letters guesses have that are looked up; longer ones rarely are words."""


def is_cyrillic_word(text: str) -> bool:
    """Tell whether a short lower-case text is a word in Russian, Ukrainian or Bulgarian."""
    if len(text) > LONGEST:
        return False
    return text in _bulgarian() or any(morphology.is_common_word(text, one) for one in ("ru", "uk"))


def is_ordinary_noun(text: str) -> bool:
    """Tell whether a short lower-case text is the nominative of a Russian or Ukrainian noun."""
    return len(text) <= LONGEST and any(morphology.is_common_noun(text, one) for one in ("ru", "uk"))


def is_frequent_bulgarian(text: str) -> bool:
    """Tell whether a lower-case text is a frequent Bulgarian word of at most five letters, and no listed name."""
    return text in _bulgarian()


@cache
def _bulgarian() -> frozenset[str]:
    return frozenset(word for line in data_lines("frequent-bulgarian-words.txt") for word in line.split())
