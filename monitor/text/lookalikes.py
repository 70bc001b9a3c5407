"""A word that mixes Latin and Cyrillic letters comes in, the word that its writer meant goes out."""

from __future__ import annotations

import re

_LATIN = "aceijopxyABCEHIJKMOPTXY"
_CYRILLIC = "асеіјорхуАВСЕНІЈКМОРТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_is_latin = re.compile("[A-Za-zÀ-ɏ]").search
_is_cyrillic = re.compile("[Ѐ-ԯ]").search
_own_latin = re.compile(f"(?![{_LATIN}])[A-Za-zÀ-ɏ]").search
_own_cyrillic = re.compile(f"(?![{_CYRILLIC}])[Ѐ-ԯ]").search
_latin_letters = re.compile("[A-Za-z]").findall
_cyrillic_letters = re.compile("[Ѐ-ԯ]").findall


def untangle(word: str) -> str:
    """Replace the letters of the other alphabet by those that they look like, where that makes one alphabet."""
    if not (_is_cyrillic(word) and _is_latin(word)):
        return word
    latin, cyrillic = _own_latin(word), _own_cyrillic(word)
    if latin and cyrillic:
        return word
    if cyrillic or (not latin and len(_cyrillic_letters(word)) >= len(_latin_letters(word))):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN)


def is_mixed(word: str) -> bool:
    """Whether a word holds letters of one alphabet that stand for those of the other."""
    return untangle(word) != word
