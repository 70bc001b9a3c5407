"""Tell which place a word is a name of: Киев, Kyiv and كييف are one (CLDR, our exonyms and the gazetteer)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from monitor.text.forms.gazetteer import western_lines
from monitor.text.forms.known_spellings import place_spellings
from monitor.text.forms.script import script_of
from monitor.text.stems import stem
from monitor.text.tokens import tokenize

_SHORTEST = 4
_MOST = 2
"""A word that is the name of more places tells none."""


def places_of(word: str, beginning: str) -> tuple[str, ...]:
    """Return the places of which a canonical word, or the stem of it, is a name of one word."""
    names = _names()
    return names.get(word) or names.get(f"{beginning}-") or ()


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return the places by name, and by stem (with - behind it) in the scripts whose names have endings."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for place, name in place_spellings():
        _add(found, place, name)
    for line in western_lines():
        names = [part.rpartition(":")[2] for part in line.split(", ")]
        for name in names:
            _add(found, names[0], name)
    return {name: tuple(places) for name, places in found.items() if len(places) <= _MOST}


def _add(found: dict[str, dict[str, None]], place: str, name: str) -> None:
    words = tokenize(name).words
    if len(words) != 1 or len(words[0]) < _SHORTEST:
        return
    found[words[0]][place] = None
    if script_of(words[0]) in ("cyrillic", "arabic"):
        for beginning in (words[0], stem(words[0], "")):
            found[f"{beginning}-"][place] = None
