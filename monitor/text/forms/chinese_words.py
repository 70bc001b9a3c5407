"""Tell whether characters that are read as a Chinese person begin within or as an ordinary word: 纸张, 韩国.

The words are those of `data/frequent-chinese-words.txt`, with its source.
"""

from __future__ import annotations

from functools import cache

from monitor.text.forms.data_files import data_lines


def begins_in_word(before: str, name: str) -> bool:
    """Tell whether a name's first character ends a frequent word, or begins one with the second: 纸张又下, 韩国与."""
    return f"{before[-1:]}{name[:1]}" in _words() or name[:2] in _words()


def release() -> None:
    """Free the words; the next use reads them again (0.002 s)."""
    _words.cache_clear()


@cache
def _words() -> frozenset[str]:
    return frozenset(word for line in data_lines("frequent-chinese-words.txt") for word in line.split())
