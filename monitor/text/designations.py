"""Names of aircraft, arms, summits and viruses, letters and a number with a hyphen, a space or nothing between; and
numbers, with spaces or nothing between their thousands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SURE = 0.95

_designation = re.compile(r"([^\W\d_]{1,6})[-‐‑–]?(\d{1,4})(s?)").fullmatch
# Words of one letter before any number: "a 16 year old" is no A16, «в 1945» no В1945.
_SMALL_WORDS = frozenset("aeioyuаеиоуяікв")
_thousands = re.compile(r"(?<!\S)\d{1,3}(?: \d{3})+(?!\S)").sub
_large = re.compile(r"[1-9]\d{3,14}").fullmatch
# Capitals, or one or two letters: "F 16", "COVID 19", «Су 27»; no "May 5", whose first word has cases of its own.
_apart = re.compile(r"(?<!\S)([^\W\d_]{1,2}|[A-ZА-ЯЁЄІЇҐ]{3,6}) (\d{1,4}s?)(?!\S)").sub


def is_designation(word: str) -> bool:
    """Whether a written word is such a name: F-16, F16, F-16s, МиГ-29, COVID-19."""
    return _designation(word) is not None


def designation_forms(word: str) -> list[str]:
    """The other spellings of such a name, and its English plural; none for any other word."""
    if (match := _designation(word)) is None:
        return []
    letters, number, _ = match.groups()
    joints = ("-", "") if "-" in word or letters.lower() not in _SMALL_WORDS else ("",)
    plurals = ("", "s") if letters.isascii() else ("",)
    return [f"{letters}{joint}{number}{plural}" for joint in joints for plural in plurals]


def spaced_number(number: str) -> str:
    """`10 000` for `10000`, as most languages but English write it; empty for what has no thousands."""
    return f"{int(number):,}".replace(",", " ") if _large(number) else ""


def join_numbers(words: Sequence[str]) -> Sequence[str]:
    """The words of a phrase, with numbers and designations that spaces divide made one: `10 000` and `F 16`."""
    if not any(word[:1].isdecimal() for word in words[1:]):
        return words
    text = _thousands(lambda match: match[0].replace(" ", ""), " ".join(words))
    return _apart(_hyphened, text).split()


def _hyphened(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _SMALL_WORDS else f"{match[1]}-{match[2]}"
