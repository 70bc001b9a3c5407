"""Look words up in tables of what begins them in several languages: `news-topics.txt` and `nationalities.txt`.

A line has languages with the beginnings of their words, each language behind a |; a word with = is whole.
"""

from __future__ import annotations

from importlib.resources import files

from monitor.text.stems import without_arabic_article
from monitor.text.tokens import canonical

_LONGEST = 20
WordTable = dict[str, str]
"""The names of rows by the beginnings of words, and by whole words, which end in =."""


def word_tables(file: str, *, named: bool = False) -> dict[str, WordTable]:
    """Return the tables of a file by language; a line's name is its first part, where it is `named`, or first word."""
    tables: dict[str, WordTable] = {}
    lines = (files("monitor.text") / file).read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if line and not line.startswith("#")):
        first, *more = [part.split() for part in line.split("|")]
        name = first.pop(0) if named else first[1].rstrip("=")
        for language, *words in (first, *more):
            table = tables.setdefault(language, {})
            for word in words:
                table.setdefault(_key(word), name)
    return tables


def name_of(word: str, language: str, tables: dict[str, WordTable]) -> str:
    """Return the name of the row that has a canonical word of a language, its longest beginning; empty where none."""
    table = tables.get(language)
    if table is None:
        return ""
    bare = without_arabic_article(word) if language == "ar" else word
    return _found(word, table) or (_found(bare, table) if bare != word else "")


def _found(word: str, table: WordTable) -> str:
    if whole := table.get(f"{word}="):
        return whole
    return next((table[word[:end]] for end in range(min(len(word), _LONGEST), 1, -1) if word[:end] in table), "")


def _key(word: str) -> str:
    folded = canonical(word.removesuffix("=")).replace(" ", "")
    return f"{folded}=" if word.endswith("=") else folded
