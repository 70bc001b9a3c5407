"""Shorten texts between words."""

from __future__ import annotations


def shorten_at_word(text: str, limit: int) -> str:
    """Return at most `limit` characters, cut between words with an ellipsis where the text is longer.

    A text without a space in the last hundred characters is cut inside a word, as scripts without spaces must be.
    """
    if len(text) <= limit:
        return text
    end = text.rfind(" ", limit - 100, limit)
    return text[: end if end > 0 else limit - 1] + "…"
