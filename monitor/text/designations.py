"""Spell designations such as F-16, G20 or COVID-19 with a hyphen, a space or nothing, and numbers with spaces.

Own heuristic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

CONFIDENCE = 0.95

_designation = re.compile(r"([^\W\d_]{1,6})[-‐‑–]?(\d{1,4})(s?)").fullmatch
_signed = re.compile(r"[^\W\d_]{1,2}[+#*]{1,2}").fullmatch
# Words of one letter that stand before numbers: "a 16 year old" is not A16, «в 1945» not В1945.
_SMALL_WORDS = frozenset("aeioyuаеиоуяікв")
_thousands = re.compile(r"(?<!\S)\d{1,3}(?: \d{3})+(?!\S)").sub
_large = re.compile(r"[1-9]\d{3,14}").fullmatch
# Capitals, or one or two letters: "F 16", "COVID 19", «Су 27»; not "May 5", whose first word can be inflected.
_spaced_designation = re.compile(r"(?<!\S)([^\W\d_]{1,2}|[A-ZА-ЯЁЄІЇҐ]{3,6}) (\d{1,4}s?)(?!\S)").sub


def is_designation(word: str) -> bool:
    """Tell whether a word is a designation: F-16, F16, F-16s, МиГ-29, COVID-19."""
    return _designation(word) is not None


def is_signed(name: str) -> bool:
    """Tell whether a name is a letter or two with signs, without which it is no name: C++, C#, A*."""
    return _signed(name) is not None


def designation_forms(word: str) -> list[str]:
    """Return the spellings of a designation and its English plurals; none for any other word."""
    if (match := _designation(word)) is None:
        return []
    letters, number, _ = match.groups()
    separators = ("-", "") if "-" in word or letters.lower() not in _SMALL_WORDS else ("",)
    plurals = ("", "s") if letters.isascii() else ("",)
    return [f"{letters}{separator}{number}{plural}" for separator in separators for plural in plurals]


def spaced_number(number: str) -> str:
    """Return `10 000` for `10000`, as most languages but English write it; empty for a number below 1000."""
    return f"{int(number):,}".replace(",", " ") if _large(number) else ""


def join_numbers(words: Sequence[str]) -> Sequence[str]:
    """Join the parts of numbers and designations in the words of a phrase: `10 000` and `F 16`."""
    if not any(word[:1].isdecimal() for word in words[1:]):
        return words
    text = _thousands(lambda match: match[0].replace(" ", ""), " ".join(words))
    return _spaced_designation(_with_hyphen, text).split()


def _with_hyphen(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _SMALL_WORDS else f"{match[1]}-{match[2]}"
