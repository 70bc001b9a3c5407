"""Correct words that mix Latin and Cyrillic letters which look alike (own selection of letters)."""

from __future__ import annotations

import re

_LATIN = "aceijopxyABCEHIJKMOPTXY"
_CYRILLIC = "асеіјорхуАВСЕНІЈКМОРТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_is_latin = re.compile("[A-Za-zÀ-ɏ]").search
_is_cyrillic = re.compile("[Ѐ-ԯ]").search
_latin_only = re.compile(f"(?![{_LATIN}])[A-Za-zÀ-ɏ]").search
_cyrillic_only = re.compile(f"(?![{_CYRILLIC}])[Ѐ-ԯ]").search
_latin_letters = re.compile("[A-Za-z]").findall
_cyrillic_letters = re.compile("[Ѐ-ԯ]").findall


def unmix(word: str) -> str:
    """Return a mixed word in one alphabet by replacing look-alike letters; unchanged if that is impossible.

    The alphabet is the one with letters that have no look-alike in the word, else the one with more letters.
    """
    if not (_is_cyrillic(word) and _is_latin(word)):
        return word
    latin, cyrillic = _latin_only(word), _cyrillic_only(word)
    if latin and cyrillic:
        return word
    if cyrillic or (not latin and len(_cyrillic_letters(word)) >= len(_latin_letters(word))):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN)


def is_mixed(word: str) -> bool:
    """Tell whether a word has letters of one alphabet in place of look-alikes of the other."""
    return unmix(word) != word
