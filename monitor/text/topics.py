"""Tell what news words are about, by `news-topics.txt`: `fire`, `Brand` and `пожар` are one topic."""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.word_beginnings import WordTable, name_of, word_tables


@lru_cache(maxsize=16384)
def topic(word: str, language: str) -> str:
    """Return the topic of a canonical word of a language, by the English word for it; empty where there is none."""
    return name_of(word, language, _tables())


@cache
def _tables() -> dict[str, WordTable]:
    return word_tables("news-topics.txt")
