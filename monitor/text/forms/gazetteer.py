"""Look up places in `data/gazetteer.txt` (eastern Europe, the Near East, North Africa) and `gazetteer-east-asia.txt`.

Both are extracts of GeoNames.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold
from monitor.text.forms.spellings import LikelySpelling

GAZETTEER = "gazetteer"
"""The source of the spellings of a place of the gazetteer."""
CONFIDENCE = 0.84
"""Less than that of a listed name, since nobody chose these spellings one by one."""
_OWN, _OWN_CONFIDENCE = "own", 0.92
"""Marks the names in the characters of their region, which are no transcriptions: 高雄."""
_FILES = ("gazetteer.txt", "gazetteer-east-asia.txt")
_article = re.compile("(?:al|el|ash|esh|[ae][dnrstz]) (?=.{5})").match


def gazetteer_spellings(name: str) -> tuple[LikelySpelling, ...]:
    """Return the other spellings of the places of that name, which may be in any language and script."""
    return spellings_of_lines(lines_of(name), _key(name))


def lines_of(name: str) -> list[str]:
    """Return the lines of the places of that name."""
    return _lines().get(_key(name), [])


def western_lines() -> list[str]:
    """Return the lines of the places from eastern Europe to North Africa."""
    return list(data_lines(_FILES[0]))


def spellings_of_lines(lines: Iterable[str], key: str = "") -> tuple[LikelySpelling, ...]:
    """Return the spellings of the places of some lines, without those that fold to `key`."""
    spelled: dict[LikelySpelling, None] = {}
    for line in lines:
        for part in line.split(", "):
            language, _, text = part.rpartition(":")
            if language == _OWN:
                spelled[LikelySpelling(text, "", GAZETTEER, _OWN_CONFIDENCE)] = None
            elif language or _key(text) != key:
                spelled[LikelySpelling(text, language, GAZETTEER, CONFIDENCE)] = None
    return tuple(spelled)


def release() -> None:
    """Free the index; the next use reads it again (0.05 s)."""
    _lines.cache_clear()


def without_article(name: str) -> str:
    """Return a Latin name without the Arabic article before it, which its other spellings may have or not."""
    found = _article(fold(name).replace("-", " "))
    return name[found.end() :] if found else name


def _key(name: str) -> str:
    return fold(without_article(name)).replace("-", " ").replace("'", "")


@cache
def _lines() -> dict[str, list[str]]:
    """Return, by each folded name of a place, the lines of the files that have it."""
    index: dict[str, list[str]] = defaultdict(list)
    for line in (line for file in _FILES for line in data_lines(file)):
        for key in {_key(part.rpartition(":")[2]) for part in line.split(", ")}:
            index[key].append(line)
    return dict(index)
