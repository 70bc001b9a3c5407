"""Spell names of other scripts as Turkish newsrooms do, from their English spelling: Kalibaf for Ghalibaf."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.forms.translit.arabic_greek import looks_arabic
from monitor.text.forms.translit.english_names import is_english_surname
from monitor.text.forms.translit.spelling_tables import spelling_rules

_is_greek = re.compile(
    "(?:[aeiou][^aeiou]+i[sd]+is|[aeo]kis|[^aeiou]idis|[nlrgk]os|[iy]as|poulou?s?|[td]is|[aoe]u)$"
).search
_is_foreign = re.compile("sh|zh|[kg]h|(?<!s)ch|j|w|q|ia$|ian$|^x[iu]|oi|ee|oo|ou|eh$|y[^aeiou]").search
"""Letters of English spellings that Turkish ones do not have."""
_is_western = re.compile(
    "sch|tt|ff|th|ew|ow$|son$|wn|ey$|ley|[a-z]x|^mac|[aeo]w[^aeiou]|^j[aeou]h?[nmcs]|^w[hr]|^[ckps]h[ru]"
).search
_is_english = re.compile("ugh|ight|ck|^mc").search
_like_arabic = re.compile(
    "^[^aeiou]+a[^aeiou]{1,2}a[^aeiou]$|^[^aeiou]+a[^aeiou]{1,2}(?:ee[dfmbrqn]|i[fdmbq])$|shh"
).search
"""Letters that many Arabic and Persian names have besides those that tell them: Salam, Haftar."""
_has_syllables = re.compile("[aeiou]+[^aeiou]+[aeiou]|^x[iu]").search
_MOST = 4


@lru_cache(maxsize=4096)
def turkish_spellings(word: str, *, is_arabic: bool = False) -> tuple[tuple[str, float], ...]:
    """Return other spellings of a lower-case Latin `word` in Turkish with their costs; none of a Western name."""
    tables = []
    if not word.isascii() or not (is_arabic or _has_syllables(word)) or _is_english(word):
        return ()
    if is_arabic or looks_arabic(word):
        tables += ["arabic", "news"]
    elif is_english_surname(word) or _is_western(word):
        return ()
    elif _is_greek(word):
        tables.append("greek")
    else:
        tables += ["arabic"] * bool(_like_arabic(word)) + ["news"] * bool(_is_foreign(word))
    found: dict[str, float] = {}
    for table in tables:
        for text, cost in spelling_rules("latin-turkish", table).spell(word, _MOST):
            found[text] = min(found.get(text, 9.0), cost)
    found.pop(word, None)
    return tuple(sorted(found.items(), key=lambda pair: pair[1])[:_MOST])
