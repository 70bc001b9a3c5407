"""Apply spelling rules that are written as text, and find the cheapest spellings of a word by beam search."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

_COST_STEP = 0.07
_BEAM_WIDTH = 24
_LOOKAROUND = re.compile(r"\(\?[^)]*\)")
_Output = tuple[str, int]
"""Letters, and how many steps they cost."""
_Rules = tuple[Callable[[str, int], re.Match[str] | None], tuple[tuple[_Output, ...], ...]]
"""What finds the first rule that matches at a position, and the outputs of each rule, by the number of its group."""


class SpellingRules:
    """Lines `pattern output output ...`, of which the first that matches at a position is applied.

    A pattern is a regular expression that starts with a letter (after an optional lookbehind or ^); the output `-` is
    empty. Each output after the first costs one step (.07) more, and each `~` before it another one, so that the cost
    of a spelling says how far it is from the usual one.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        rules: dict[str, list[tuple[str, tuple[_Output, ...]]]] = defaultdict(list)
        for line in lines:
            pattern, *outputs = line.split()
            rule = (pattern, tuple(_output(rank, text) for rank, text in enumerate(outputs)))
            for letter in _first_letters(pattern):
                rules[letter].append(rule)
        self._rules = {letter: _one_pattern(several) for letter, several in rules.items()}

    @property
    def letters(self) -> Collection[str]:
        """The letters that a rule begins with."""
        return self._rules.keys()

    def spell(self, word: str, most: int = _BEAM_WIDTH) -> list[tuple[str, float]]:
        """Return at most `most` spellings of the lower-case `word` with costs, cheapest first; other letters stay."""
        beam = {"": 0}
        position = 0
        while position < len(word):
            length, outputs = self._rule_at(word, position)
            position += length
            beam = _extend(beam, outputs, max(most, _BEAM_WIDTH))
        cheapest = sorted(beam.items(), key=lambda pair: pair[1])[:most]
        return [(text, round(steps * _COST_STEP, 2)) for text, steps in cheapest]

    def _rule_at(self, word: str, position: int) -> tuple[int, tuple[_Output, ...]]:
        """Return how many letters the first rule that matches takes, and its outputs; without one, the letter stays."""
        rules = self._rules.get(word[position])
        if rules and (found := rules[0](word, position)) and found.lastindex:
            return found.end() - position, rules[1][found.lastindex - 1]
        return 1, ((word[position], 0),)


def _one_pattern(rules: Iterable[tuple[str, tuple[_Output, ...]]]) -> _Rules:
    """Return rules of one first letter as one pattern, whose group tells which applies: one match is quicker than ten.

    Raises ValueError for a rule with a group of its own, which would be taken for another rule.
    """
    patterns, outputs = zip(*rules, strict=True)
    together = re.compile("|".join(f"({pattern})" for pattern in patterns))
    if together.groups != len(outputs):
        raise ValueError(f"a spelling rule may have no group that captures: {patterns}")
    return together.match, outputs


def _output(rank: int, text: str) -> _Output:
    """Parse an output, given its place among those of its rule from 0, to its letters and steps."""
    letters = text.lstrip("~")
    return "" if letters == "-" else letters, rank + len(text) - len(letters)


def _extend(beam: dict[str, int], outputs: tuple[_Output, ...], most: int) -> dict[str, int]:
    """Return the beginnings in the beam, each with each output behind it; of more than `most` the cheapest."""
    if len(outputs) == 1:
        # Most letters have one spelling, which makes no two beginnings alike.
        ((output, extra),) = outputs
        return {text + output: steps + extra for text, steps in beam.items()}
    extended: dict[str, int] = {}
    for text, steps in beam.items():
        for output, extra in outputs:
            longer, total = text + output, steps + extra
            if longer not in extended or total < extended[longer]:
                extended[longer] = total
    if len(extended) <= most:
        return extended
    return dict(sorted(extended.items(), key=lambda pair: pair[1])[:most])


def _first_letters(pattern: str) -> str:
    """Return the letters that a match of `pattern` can begin with."""
    branches = [branch.lstrip("^") for branch in _LOOKAROUND.sub("", pattern).split("|")]
    return "".join(branch[1 : branch.index("]")] if branch.startswith("[") else branch[0] for branch in branches)
