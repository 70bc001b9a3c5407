"""Look up how Chinese, Japanese and Korean papers write foreign surnames, which rules may miss: Wallace, 华莱士."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold, script_of

_FILES = ("established-surnames.txt", "names-in-kana.txt")
_SCRIPTS = {"chinese": "han", "kana": "kana", "hangul": "hangul"}
_V = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))


def established_surnames(name: str, target: str) -> list[str]:
    """Return the spellings of a Latin name in `chinese` (simplified), `kana` or `hangul` that are listed, if any."""
    script = _SCRIPTS.get(target)
    found = [text for text in _table().get(fold(name), ()) if script_of(text) == script]
    return list(dict.fromkeys(one for text in found for one in (text, without_v(text))))


def without_v(kana: str) -> str:
    """Return a name in katakana with b for v, as newspapers write it: セヴァストポリ, セバストポリ."""
    for v, b in _V:
        kana = kana.replace(v, b)
    return kana


def release() -> None:
    """Free the table; the next use reads it again (0.005 s)."""
    _table.cache_clear()


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for line in (line for file in _FILES for line in data_lines(file)):
        name, *spellings = line.split()
        table[name] += spellings
    return dict(table)
