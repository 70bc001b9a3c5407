"""Find the known name that a misspelt one most likely means."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_CUTOFF = 0.6
_MAX_NAMES = 5_000
_MAX_CHARS = 100
_MAX_LENGTH_DIFFERENCE = 4


def nearest_name(word: str, names: Iterable[str], least: float = _CUTOFF) -> str:
    """Return the name most similar to a word, without regard to case, or an empty string.

    The similarity is difflib's ratio, at least `least`, by default its usual 0.6. To bound the time, only the first 100
    characters of the word count, and of more than 5,000 names those with its first letter and a similar length are
    compared.
    """
    word = word.casefold()
    folded = {name.casefold(): name for name in names}
    if exact := folded.get(word):
        return exact
    compared = list(folded)
    if len(compared) > _MAX_NAMES:
        alike = (
            name for name in compared if name[:1] == word[:1] and abs(len(name) - len(word)) < _MAX_LENGTH_DIFFERENCE
        )
        compared = list(alike)[:_MAX_NAMES]
    close = get_close_matches(word[:_MAX_CHARS], compared, n=1, cutoff=least)
    return folded[close[0]] if close else ""


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return “did you mean NAME?” for the most similar name, or an empty string."""
    name = nearest_name(word, names)
    return f"did you mean {name}?" if name else ""
