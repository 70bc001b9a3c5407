"""Tell whether characters that may be a Chinese name are parts of ordinary words: 纸张, 韩国.

The words are those of `data/frequent-chinese-words.txt`, with its source.
"""

from __future__ import annotations

from functools import cache

from monitor.text.forms.data_files import data_lines

_PREPOSITIONS = frozenset("对對在与與和由被向从從把将將给給让讓以及为為是的")


def begins_in_word(before: str, name: str) -> bool:
    """Tell whether a name's first character ends a frequent word, or begins one with the second: 纸张又下, 韩国与."""
    return f"{before[-1:]}{name[:1]}" in _words() or name[:2] in _words()


def lies_across_words(before: str, name: str, after: str) -> bool:
    """Tell whether a frequent word holds the first character of a name, or its last one: 身高盛传 has no 高盛.

    A preposition before it makes no word with it (对华为 is about Huawei, although 对华 is China policy), nor does the
    end of another frequent word.
    """
    is_free = before[-1:] in _PREPOSITIONS or before[-2:] in _words()
    begins_inside = not is_free and f"{before[-1:]}{name[0]}" in _words()
    return begins_inside or (f"{name[-1]}{after[:1]}" in _words() and after[:2] not in _words())


def release() -> None:
    """Free the words; the next use reads them again (0.002 s)."""
    _words.cache_clear()


@cache
def _words() -> frozenset[str]:
    return frozenset(word for line in data_lines("frequent-chinese-words.txt") for word in line.split())
