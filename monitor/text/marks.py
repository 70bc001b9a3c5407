"""Limit combining marks, since normalising text with very many of them takes quadratic time."""

from __future__ import annotations

from unicodedata import combining

MOST = 30
"""Combining marks on one letter that are kept, as in Unicode's Stream-Safe Text Format (UAX 15)."""


def few_marks(text: str) -> str:
    """Remove the marks after the first `MOST` on a letter: normalising a million of them takes a quarter of an hour."""
    if len(text) <= MOST or text.isascii():
        return text
    characters: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if combining(char) else 0
        if marks <= MOST:
            characters.append(char)
    return "".join(characters)
