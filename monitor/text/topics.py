"""Tell what news words are about, by `news-topics.txt`: `fire`, `Brand` and `пожар` are one topic."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from monitor.text.stems import without_arabic_article
from monitor.text.tokens import canonical

_LONGEST = 14


@lru_cache(maxsize=16384)
def topic(word: str, language: str) -> str:
    """Return the topic of a canonical word of a language, by the English word for it; empty where there is none."""
    table = _tables().get(language)
    if table is None:
        return ""
    bare = without_arabic_article(word) if language == "ar" else word
    return _found(word, table) or (_found(bare, table) if bare != word else "")


def _found(word: str, table: dict[str, str]) -> str:
    if whole := table.get(f"{word}="):
        return whole
    return next((table[word[:end]] for end in range(min(len(word), _LONGEST), 1, -1) if word[:end] in table), "")


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Return by language the topics of beginnings of words, and of whole words, which end in =."""
    tables: dict[str, dict[str, str]] = {}
    lines = (files("monitor.text") / "news-topics.txt").read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if line and not line.startswith("#")):
        rows = [part.split() for part in line.split("|")]
        name = rows[0][1].rstrip("=")
        for language, *words in rows:
            table = tables.setdefault(language, {})
            for word in words:
                table.setdefault(_key(word), name)
    return tables


def _key(word: str) -> str:
    folded = canonical(word.removesuffix("=")).replace(" ", "")
    return f"{folded}=" if word.endswith("=") else folded
