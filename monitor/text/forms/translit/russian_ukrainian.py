"""Convert Russian spellings of names to Ukrainian and back; they differ in и, і, е, є, г and some endings.

Own tables.
"""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.forms.translit.spelling_rules import SpellingRules

_SLAVIC = r"""
ский$ ський
цкий$ цький
ская$ ська
цкая$ цька
(?<=[бвгджзклмнпрстфхцчшщ])ый$|ий$ ий
ой$ ой ий
ая$ а ая
ин$ ін ин їн
ина$ іна ина
ёв$ ьов йов
ёв ьов
ё$ ьо
(?<=[аеиоуыэюя])ё йо
ё ьо йо
ье ьє є
(?<=[аеиоуыэюя])е є е
^е є е
е е є
(?<=[аеиоуыэюя])и ї
^и і
и и і
ы и
э е
ъ '
г г ґ
"""
# The nine letters before и are those of the "rule of nine" of Ukrainian orthography for foreign words.
_FOREIGN = r"""
(?<=[аеиоуыэюя])е є е
^е є е
ё ьо е
ье ьє є
^и і
(?<=[дтзсцжшчр])и(?=[бвгджзклмнпрстфхцчшщ]) і и
(?<=[аеоуыэюя])и ї
и і и
ия$ ія
ы и
э е
ъ '
г г ґ
(?<=[иу])а а
"""
_TO_RUSSIAN = r"""
ський$ ский
цький$ цкий
ська$ ская
цька$ цкая
ьо|йо ё
'я|’я ья
'ю|’ю ью
'є|’є ье
ий$ ий ый
и и ы
і и
ї и
є е
ґ г
"""


@cache
def _table(name: str) -> SpellingRules:
    return SpellingRules({"slavic": _SLAVIC, "foreign": _FOREIGN, "back": _TO_RUSSIAN}[name])


@lru_cache(maxsize=8192)
def ukrainian_spellings(russian: str, *, slavic: bool) -> tuple[tuple[str, float], ...]:
    """Return lower-case Ukrainian spellings of a Russian one with costs; Slavic and foreign names differ."""
    return tuple(_table("slavic" if slavic else "foreign").spell(russian, 6))


@lru_cache(maxsize=4096)
def russian_from_ukrainian(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Russian spellings of a Ukrainian name with costs."""
    return tuple(_table("back").spell(word, 4))
