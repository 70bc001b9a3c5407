"""Convert Russian spellings of names to Ukrainian and back; they differ in и, і, е, є, г and some endings."""

from __future__ import annotations

from functools import lru_cache

from monitor.text.forms.translit.spelling_tables import spelling_rules


@lru_cache(maxsize=8192)
def ukrainian_spellings(russian: str, *, slavic: bool, aspirated: bool = False) -> tuple[tuple[str, float], ...]:
    """Return lower-case Ukrainian spellings of a Russian one with costs; Slavic and foreign names differ.

    `aspirated` tells that a foreign name has an h of its own, not that of ch or kh.
    """
    table = "slavic" if slavic else "aspirated" if aspirated else "foreign"
    return tuple(spelling_rules("russian-ukrainian", table).spell(russian, 6))


@lru_cache(maxsize=4096)
def russian_from_ukrainian(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Russian spellings of a Ukrainian name with costs."""
    return tuple(spelling_rules("ukrainian-russian").spell(word, 4))
