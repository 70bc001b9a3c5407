"""Form the broken plurals and feminines of Arabic words, whose vowels change around the root: وزير, وزراء.

Frequent nouns that no pattern tells are listed in `data/plurals.ar.txt`. The patterns are the most frequent ones of
K. Ryding, A Reference Grammar of Modern Standard Arabic (2005), chapter 7; one stands here only if what it makes of
other words is hardly ever a word.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold

CONFIDENCE = 0.75
_ROOT = "[^اوىيةء ]"
_WEAK = "[^اىةء ]"
# A pattern and its plurals: C is a letter of the root, W one that may also be و or ي, figures are those in order.
_TABLE = """
اCCوC    ا1ا2ي3
اCيC     ا12اء
WWC      ا12ا3
WCاC     ا123ة
WاCC     1وا23
WاCCة    1وا23
CاCوC    1وا2ي3
CييC     1و2اء
WCيC     123اء
WCيCة    12اي3
مCCC     م1ا23
مCCCة    م1ا23
CCCCة    12ا34
مCCوC    م1ا2ي3
CCCوC    12ا3ي4
CCCاC    12ا3ي4
تCCيC    ت1ا2ي3
"""
_FEMININE = ("WCيC", "CييC", "WاCC", "مCCوC")


def _compiled(shape: str) -> re.Pattern[str]:
    """Return a shape of the table as a regular expression with a group for each letter of the root."""
    return re.compile(f"^{shape.replace('C', f'({_ROOT})').replace('W', f'({_WEAK})')}$")


_ROWS = [(_compiled(shape), plurals) for shape, *plurals in map(str.split, _TABLE.strip().splitlines())]
_FEMININE_SHAPES = [_compiled(shape) for shape in _FEMININE]


@cache
def _listed() -> dict[str, list[str]]:
    """Return the plurals of the nouns of `data/plurals.ar.txt`, folded."""
    return {noun: plurals for noun, *plurals in (fold(line).split() for line in data_lines("plurals.ar.txt"))}


def broken_plurals(word: str) -> list[str]:
    """Return the plurals of a folded word without article, as far as the word itself or its shape tells them."""
    if plurals := _listed().get(word):
        return plurals
    found = next(((match, plurals) for shape, plurals in _ROWS if (match := shape.match(word))), None)
    if found is None:
        return []
    match, plurals = found
    return [re.sub(r"\d", lambda place: match[int(place[0])], plural) for plural in plurals]


def feminines(word: str) -> list[str]:
    """Return the feminine of a folded word whose shape is that of an adjective or of somebody who does something."""
    if any(shape.match(word) for shape in _FEMININE_SHAPES):
        return [f"{word}ة", f"{word}ات"]
    return []
