"""Find Chinese persons by the Latin spelling of their names (pinyin), which tells how a character is read, not which.

A form is the surname in characters and the syllables of the given name, each of which stands for one character that is
read so and that given names have: `张 you xia` is 张又侠 and 张有霞.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.model import Form
from monitor.text.forms.data_files import data_lines

PINYIN = "pinyin"
"""The source of such forms."""
_CONFIDENCE = 0.57
"""Too little by itself, since a name may be read in several ways, and a row of characters be several words."""
_MOST_SYLLABLES = 2
_words = re.compile("[-'’ ]").split


def chinese_person(words: list[str]) -> list[Form]:
    """Return the forms of a name in pinyin, the surname first (Zhang Youxia); none if it cannot be one."""
    surname, *given = " ".join(words).lower().split()
    readings = _readings(" ".join(given)) if given else []
    return [
        Form(" ".join((characters, *syllables)), "", PINYIN, _CONFIDENCE)
        for characters in _surnames().get(surname, ())
        for syllables in readings
    ]


def is_read(character: str, written: str) -> bool:
    """Tell whether a character is the `written` one, or one of given names that is read so in pinyin without tones."""
    return character == written or character in _characters().get(written, ())


def _readings(given: str) -> list[tuple[str, ...]]:
    """Return the ways to divide a given name into one or two syllables."""
    found: list[tuple[str, ...]] = [()]
    for part in _words(given):
        found = [(*before, *syllables) for before in found for syllables in _divided(part)]
    return [syllables for syllables in found if 0 < len(syllables) <= _MOST_SYLLABLES]


def _divided(part: str) -> list[tuple[str, ...]]:
    """Return the word if it is a syllable (before a vowel, pinyin divides by an apostrophe: xi'an), else two of it."""
    known = _characters()
    if part in known:
        return [(part,)]
    return [(part[:at], part[at:]) for at in range(1, len(part)) if part[:at] in known and part[at:] in known]


def release() -> None:
    """Free the tables; the next use reads them again (0.001 s)."""
    _characters.cache_clear()
    _surnames.cache_clear()


@cache
def _characters() -> dict[str, frozenset[str]]:
    rows = (line.split("\t") for line in data_lines("names.zh.txt"))
    return {syllable: frozenset(characters) for syllable, characters in rows}


@cache
def _surnames() -> dict[str, list[str]]:
    rows = (line.split("\t") for line in data_lines("surnames.zh.txt"))
    return {spelling: characters.split() for spelling, characters in rows}
