"""Names of aircraft, arms, summits and viruses: letters and a number, with a hyphen, a space or nothing between."""

from __future__ import annotations

import re

SURE = 0.95

_designation = re.compile(r"([^\W\d_]{1,6})[-‐‑–]?(\d{1,4})(s?)").fullmatch
# Words of one letter before any number: "a 16 year old" is no A16, «в 1945» no В1945.
_SMALL_WORDS = frozenset("aeioyuаеиоуяікв")


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
