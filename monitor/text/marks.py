"""Text with any number of combining marks comes in, the same text with so many as normalising bears goes out."""

from __future__ import annotations

from unicodedata import combining

MOST = 30
"""Marks that hang on one letter, as in Unicode's stream-safe format; of more, the first."""


def few_marks(text: str) -> str:
    """Leave off the marks that no letter needs: sorting a million of them takes normalisation a quarter of an hour."""
    if len(text) <= MOST or text.isascii():
        return text
    kept: list[str] = []
    row = 0
    for char in text:
        row = row + 1 if combining(char) else 0
        if row <= MOST:
            kept.append(char)
    return "".join(kept)
