"""Read Belarusian names, in Cyrillic or Latin letters, as Russian ones, and spell Russian ones in Belarusian."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.forms.translit.spelling_tables import spelling_rules

_MOST = 12
_telling_letters = re.compile(r"ў|^(?=.*і).*[ыэё]|[аое]віч\b|[сц]кі\b|[ін]кава\b|энка\b").search
"""Letters that no other language has side by side: Ціханоўская, Аляксандр Лукашэнка, Пратасевіч, Бяляцкі."""
_telling_latin = re.compile("ŭ|[aeo]u(?:sk|ch)|[^ae]nk[ao]v[ao]$|[aeo]uski?$|^tsi(?=kh)|^cich(?=an)").search
_maybe_latin = re.compile(
    "[ae]nk[ao]$|[ai]kawa$|[ai]kava$|ala$|[aei]vi(?:ch|č|cz)$|[bvmp]ia.*[ct]s?ki$|ushka$|yka$"
).search
_maybe_cyrillic = re.compile("[аеэ]нка$|кала$|ушка$|ыка$").search
_SHORTEST = 7


def is_belarusian(text: str) -> bool:
    """Tell whether the letters of a Cyrillic name show that it is spelled in Belarusian."""
    return _telling_letters(text.lower()) is not None


def shows_belarusian(word: str) -> bool:
    """Tell whether the letters of a lower-case Latin name show that it is a Belarusian one: Tsikhanouskaya."""
    return _telling_latin(word) is not None


def may_be_belarusian(word: str) -> bool:
    """Tell whether a lower-case Latin or Cyrillic name may be a Belarusian one: Sabalenka, Азаранка."""
    return len(word) >= _SHORTEST and (_maybe_latin(word) or _maybe_cyrillic(word)) is not None


@lru_cache(maxsize=1024)
def russian_from_belarusian(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Russian spellings of a Belarusian name with costs, cheapest first."""
    return tuple(spelling_rules("belarusian-russian").spell(word, _MOST))


@lru_cache(maxsize=1024)
def belarusian_from_russian(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Belarusian spellings of a Russian name with costs, cheapest first."""
    return tuple(spelling_rules("russian-belarusian").spell(word, _MOST))


@lru_cache(maxsize=1024)
def belarusian_from_latin(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Belarusian spellings of a name in Latin letters with costs, cheapest first."""
    spelled = spelling_rules("latin-belarusian").spell(word, _MOST)
    return tuple((text, cost) for text, cost in spelled if not re.search("[a-zß-ɏ]", text))


@lru_cache(maxsize=1024)
def latin_of_belarusian(word: str, convention: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Latin spellings of a Belarusian name by a convention (en, pl) with costs."""
    return tuple(spelling_rules("belarusian-latin", convention).spell(word, 2))
