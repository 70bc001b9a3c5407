"""Spellings that somebody has written down for us: place names of the Unicode locale data and rigour's name groups."""

from __future__ import annotations

from monitor.text.forms.spellings import Spelling


def known_spellings(word: str) -> list[Spelling]:
    """Spellings of the lower-case `word` in other scripts and languages, from the sources that are installed."""
    return []


def release() -> None:
    """Let the tables go."""
