"""Find Chinese persons by the Latin spelling of their names (pinyin), which tells how a character is read, not which.

A form is the surname in characters and the syllables of the given name, each of which stands for one character that is
read so and that given names have: `张 you xia` is 张又侠 and 张有霞.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

from monitor.model import Form
from monitor.text.forms.data_files import data_lines

PINYIN = "pinyin"
"""The source of such forms."""
_CONFIDENCE = 0.57
"""Too little by itself, since a name may be read in several ways, and a row of characters be several words."""
_MOST_SYLLABLES = 2
_MOST_READINGS = 4
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


def pinyin_syllables(words: list[str]) -> list[tuple[str, ...]]:
    """Return the syllables of a name in pinyin, the surname first, for each way to divide it; none if it is not one."""
    surname, *given = " ".join(words).lower().split()
    if surname not in _surnames() or surname not in _characters() or not given:
        return []
    return [(surname, *syllables) for syllables in _readings(" ".join(given))]


def pinyin_spellings() -> list[str]:
    """Return the surnames and the syllables of given names in pinyin."""
    return list(dict.fromkeys((*_surnames(), *_characters())))


def is_read_in_pinyin(character: str, written: str) -> bool:
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


def read_aloud(name: str) -> list[tuple[str, ...]]:
    """Return the readings of a person in characters, each the surname and the syllables of the given name in pinyin.

    None if the first characters are no surname, or the rest are not one or two characters of given names.
    """
    for length in (2, 1):
        surname, given = name[:length], name[length:]
        if surname in _readings_of_surnames() and 0 < len(given) <= _MOST_SYLLABLES:
            readings = _readings_of_characters()
            syllables = [_readings_of_surnames()[surname], *(readings.get(one, []) for one in given)]
            return list(product(*syllables))[:_MOST_READINGS]
    return []


def is_traditional(name: str) -> bool:
    """Tell whether a name has characters of Taiwan and Hong Kong that simplified Chinese does not write."""
    return not _is_encoded(name, "gb2312") and _is_encoded(name, "big5")


def _is_encoded(name: str, encoding: str) -> bool:
    return name.encode(encoding, "ignore").decode(encoding) == name


@cache
def _readings_of_characters() -> dict[str, list[str]]:
    return _turned({syllable: row.partition("|")[0] for syllable, row in _rows()})


@cache
def _readings_of_surnames() -> dict[str, list[str]]:
    return _turned(_surnames())


def _turned(table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for syllable, characters in table.items():
        for each in characters:
            found[each].append(syllable)
    return found


def release() -> None:
    """Free the tables; the next use reads them again (0.001 s)."""
    _readings_of_characters.cache_clear()
    _readings_of_surnames.cache_clear()
    _characters.cache_clear()
    _surnames.cache_clear()


@cache
def _characters() -> dict[str, frozenset[str]]:
    return {syllable: frozenset(row.replace("|", "")) for syllable, row in _rows()}


def _rows() -> Iterator[tuple[str, str]]:
    """Yield the syllables of pinyin and the characters that are read so, after a stroke those that rarely are."""
    for line in data_lines("names.zh.txt"):
        syllable, characters = line.split("\t")
        yield syllable, characters


@cache
def _surnames() -> dict[str, list[str]]:
    rows = (line.split("\t") for line in data_lines("surnames.zh.txt"))
    return {spelling: characters.split() for spelling, characters in rows}
