"""Tell ordinary Turkish words from names, by a list: Kırk is forty, and with folded letters the same as Kirk."""

from __future__ import annotations

from functools import cache

from monitor.text.forms.data_files import data_lines

_SMALL = str.maketrans({"I": "ı", "İ": "i", "Â": "a", "Î": "i", "Û": "u", "â": "a", "î": "i", "û": "u"})


def is_ordinary(written: str) -> bool:
    """Tell whether a word, in the very letters that Turkish writes it with, is no name by itself."""
    return in_small_letters(written) in _words()


def in_small_letters(written: str) -> str:
    """Return a word in the small letters of Turkish, in which I is ı, without circumflexes."""
    return written.translate(_SMALL).lower()


def release() -> None:
    """Free the list; the next use reads it again."""
    _words.cache_clear()


@cache
def _words() -> frozenset[str]:
    return frozenset(word for line in data_lines("ordinary-turkish-words.txt") for word in line.split())
