"""Transliterate from Cyrillic to Latin letters by the conventions of each language that news is written in."""

from __future__ import annotations

from functools import lru_cache

from monitor.text.forms.translit.spelling_tables import spelling_rules


@lru_cache(maxsize=4096)
def latin_spellings(word: str, convention: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Latin spellings of a Cyrillic `word` by one convention (en uk de fr pl tr cs), with costs."""
    found = spelling_rules("cyrillic-latin", convention).spell(word, 4)
    return tuple((text, cost) for text, cost in found if text.replace("'", "").replace("-", "").isalpha())
