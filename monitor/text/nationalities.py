"""Tell of which country a word says something, by `nationalities.txt`: `Bulgarian` and `болгарская` are of Bulgaria."""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.word_beginnings import WordTable, name_of, word_tables


@lru_cache(maxsize=16384)
def nation_of(word: str, language: str) -> str:
    """Return the code in CLDR of the country that a canonical word of a language says; empty where it says none."""
    return name_of(word, language, _tables())


@cache
def _tables() -> dict[str, WordTable]:
    return word_tables("nationalities.txt", named=True)
