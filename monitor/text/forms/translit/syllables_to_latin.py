"""Spell foreign names in katakana and Hangul in the Latin letters of their own languages.

Own method: syllables are first written in Russian letters (`kana-russian`, `hangul-russian`), which tell consonants and
vowels apart as far as the script does; these are read back as a name in Russian is.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from monitor.text.forms.translit.spelling_tables import spelling_rules
from monitor.text.forms.translit.western_originals import western_originals

_SCRIPTS = frozenset({"kana", "hangul"})
_MOST_READINGS, _MOST_ORIGINALS = 5, 4


@lru_cache(maxsize=1024)
def latin_of_syllables(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Latin spellings of a name in `script`, kana or hangul, with costs; none for other scripts."""
    if script not in _SCRIPTS:
        return ()
    letters = normalize("NFD", word) if script == "hangul" else word
    found: dict[str, float] = {}
    for heard, cost in spelling_rules(f"{script}-russian").spell(letters, _MOST_READINGS):
        for text, more in western_originals(heard)[:_MOST_ORIGINALS]:
            found[text] = min(found.get(text, 9.0), round(cost + more, 2))
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))
