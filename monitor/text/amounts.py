"""Find the numbers of a text as amounts, whatever the language writes them like: 12,000, 12 тыс. and 12 bin are one."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import decimal

_MAGNITUDES = (
    (3, "thousand|тыс|тис|tausend|tsd|bin\\b|mille?\\b|mila?\\b|tys|الف|آلاف|ألف"),
    (6, "milli?on|mio\\b|mln|mn\\b|млн|миллион|мільйон|milyon|millón|مليون|ملايين"),
    (9, "billion|bn\\b|mld|mrd|млрд|миллиард|мільярд|milliard|miliard|milyar|مليار"),
)
_magnitudes = tuple((exponent, re.compile(pattern, re.IGNORECASE).match) for exponent, pattern in _MAGNITUDES)
_find = re.compile(
    r"(?<![\w:])(?P<whole>\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})++(?!\d)|\d{1,15}+)"
    r"(?:(?:[.,٫]|[\u00a0\u202f ]?h(?:eures?)?[\u00a0\u202f ]?(?=\d\d(?![\u00a0\u202f ]?\d)))(?P<part>\d{1,2})(?!\d))?+"
    r"(?!:\d|[^\W\d_]+\d\w)(?:[\s\u00a0-]?(?P<unit>[^\W\d_]{1,20}))?"
).finditer
_other_digits = re.compile(r"[^\D0-9]").sub
_YEARS = range(1900, 2041)


class Amount(NamedTuple):
    """A number of a text: its value, and the bounds of what says it, with a `million` behind it."""

    value: float
    start: int
    end: int


def amounts(text: str) -> list[Amount]:
    """Return the numbers of a text, without years and times of day with a colon; 14 h 30 is one number, as 14.30 is."""
    found = []
    for match in _find(_with_ascii_digits(text)):
        digits = re.sub(r"\D", "", match["whole"])
        exponent = exponent_of(match["unit"] or "")
        is_year = digits == match["whole"] and not match["part"] and not exponent and int(digits) in _YEARS
        if not is_year:
            end = max(match.end("whole"), match.end("part"), match.end("unit") if exponent else 0)
            found.append(Amount(float(f"{digits}.{match['part'] or 0}") * 10**exponent, match.start(), end))
    return found


def exponent_of(unit: str) -> int:
    """Return the power of ten that a word behind a number stands for: 6 for `million`; 0 where it is none."""
    return next((power for power, is_of in _magnitudes if is_of(unit)), 0)


def _with_ascii_digits(text: str) -> str:
    return text if text.isascii() else _other_digits(lambda match: str(decimal(match[0])), text)
