"""Spelling rules as text: what a group of letters becomes, the likelier first, and the cheapest ways to read a word."""

from __future__ import annotations

import re
from collections import defaultdict

_STEP = 0.07
_BEAM = 24
_LOOKAROUND = re.compile(r"\(\?[^)]*\)")
_Output = tuple[str, float]


class Readings:
    """A table of lines `pattern output output ...`; at each place the first pattern that fits is taken.

    A pattern is a regular expression that starts with a letter (after an optional lookbehind or ^); `-` is nothing.
    Each output after the first costs a step more, and each `~` before it another one, so that the cost of a reading
    says how far it is from the usual one.
    """

    def __init__(self, table: str) -> None:
        self._rules: dict[str, list[tuple[re.Pattern[str], tuple[_Output, ...]]]] = defaultdict(list)
        for line in filter(None, map(str.strip, table.splitlines())):
            pattern, *outputs = line.split()
            rule = (re.compile(pattern), tuple(_priced(rank, output) for rank, output in enumerate(outputs)))
            for letter in _first_letters(pattern):
                self._rules[letter].append(rule)

    def read(self, word: str, most: int = _BEAM) -> list[tuple[str, float]]:
        """At most `most` readings of the lower-case `word`, cheapest first; letters without a rule stay as they are."""
        beam = {"": 0.0}
        position = 0
        while position < len(word):
            length, outputs = self._at(word, position)
            position += length
            beam = _extended(beam, outputs, max(most, _BEAM))
        return sorted(beam.items(), key=lambda pair: pair[1])[:most]

    def _at(self, word: str, position: int) -> tuple[int, tuple[_Output, ...]]:
        for pattern, outputs in self._rules.get(word[position], ()):
            found = pattern.match(word, position)
            if found and found.end() > position:
                return found.end() - position, outputs
        return 1, ((word[position], 0.0),)


def _priced(rank: int, output: str) -> _Output:
    letters = output.lstrip("~")
    steps = rank + len(output) - len(letters)
    return ("" if letters == "-" else letters, round(steps * _STEP, 2))


def _extended(beam: dict[str, float], outputs: tuple[_Output, ...], most: int) -> dict[str, float]:
    grown: dict[str, float] = {}
    for text, cost in beam.items():
        for output, extra in outputs:
            longer, price = text + output, round(cost + extra, 2)
            if price < grown.get(longer, 9.0):
                grown[longer] = price
    if len(grown) <= most:
        return grown
    return dict(sorted(grown.items(), key=lambda pair: pair[1])[:most])


def _first_letters(pattern: str) -> str:
    """The letters that a match of `pattern` can begin with."""
    return "".join(_first_of(branch) for branch in _LOOKAROUND.sub("", pattern).split("|"))


def _first_of(branch: str) -> str:
    bare = branch.lstrip("^")
    return bare[1 : bare.index("]")] if bare.startswith("[") else bare[0]
