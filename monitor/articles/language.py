"""What feed and outlet say about a language, and the text itself, in; a two-letter code out."""

from __future__ import annotations


def language_of(declared: str, text: str, outlet: str) -> str:
    """The language that is declared, else the outlet's."""
    return (declared or outlet)[:2].lower()
