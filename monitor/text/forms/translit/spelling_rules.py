"""Apply spelling rules that are written as text, and find the cheapest spellings of a word by beam search."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from operator import itemgetter

_COST_STEP = 0.07
_BEAM_WIDTH = 24
_LOOKAROUND = re.compile(r"\(\?[^)]*\)")
_START = re.compile(r"(?<!\[)\^")
_steps = itemgetter(1)
_Output = tuple[str, int]
"""Letters, and how many steps they cost."""
_Rules = tuple[Callable[[str, int], re.Match[str] | None], tuple[tuple[_Output, ...], ...]]
"""What finds the first rule that matches at a position, and the outputs of each rule, by the number of its group."""


class SpellingRules:
    """Lines `pattern output output ...`, of which the first that matches at a position is applied.

    A pattern is a regular expression that starts with a letter (after an optional lookbehind or ^); in it, ^ and $ are
    the ends of each half of a double name as well (Новгород-Северский). The output `-` is empty. Each output after the
    first costs one step (.07) more, and each `~` before it another one, so that the cost of a spelling says how far it
    is from the usual one.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        rules: dict[str, list[tuple[str, tuple[_Output, ...]]]] = defaultdict(list)
        for line in lines:
            pattern, *outputs = line.split()
            rule = (_of_each_half(pattern), tuple(_output(rank, text) for rank, text in enumerate(outputs)))
            for letter in _first_letters(pattern):
                rules[letter].append(rule)
        self._rules = {letter: _one_pattern(several) for letter, several in rules.items()}
        # Most consonants have no rule but their own letter, which needs no search.
        self._alone = {letter: (1, several[0][1]) for letter, several in rules.items() if several[0][0] == letter}

    @property
    def letters(self) -> Collection[str]:
        """The letters that a rule begins with."""
        return self._rules.keys()

    def spell(self, word: str, most: int = _BEAM_WIDTH) -> list[tuple[str, float]]:
        """Return at most `most` spellings of the lower-case `word` with costs, cheapest first; other letters stay."""
        beam, width = {"": 0}, max(most, _BEAM_WIDTH)
        # Most letters have one spelling, which comes behind every beginning in the beam: it waits for the next choice.
        letters, steps, position = "", 0, 0
        while position < len(word):
            length, outputs = self._rule_at(word, position)
            position += length
            if len(outputs) == 1:
                letters, steps = letters + outputs[0][0], steps + outputs[0][1]
            else:
                beam, letters = _extend(beam, letters, outputs, width), ""
        cheapest = sorted(beam.items(), key=_steps)[:most]
        return [(text + letters, round((own + steps) * _COST_STEP, 2)) for text, own in cheapest]

    def _rule_at(self, word: str, position: int) -> tuple[int, tuple[_Output, ...]]:
        """Return how many letters the first rule that matches takes, and its outputs; without one, the letter stays."""
        letter = word[position]
        if alone := self._alone.get(letter):
            return alone
        rules = self._rules.get(letter)
        if rules and (found := rules[0](word, position)) and found.lastindex:
            return found.end() - position, rules[1][found.lastindex - 1]
        return 1, ((letter, 0),)


def _of_each_half(pattern: str) -> str:
    """Return a pattern whose ends of a word are those of what hyphens divide as well."""
    return _START.sub("(?<![^-])", pattern).replace("$", "(?![^-])")


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


def _extend(beam: dict[str, int], letters: str, outputs: Iterable[_Output], most: int) -> dict[str, int]:
    """Return each beginning in the beam with `letters` and each output behind it; of more than `most` the cheapest."""
    behind = [(letters + output, extra) for output, extra in outputs]
    extended: dict[str, int] = {}
    for text, steps in beam.items():
        for output, extra in behind:
            longer, total = text + output, steps + extra
            if longer not in extended or total < extended[longer]:
                extended[longer] = total
    return extended if len(extended) <= most else dict(sorted(extended.items(), key=_steps)[:most])


def _first_letters(pattern: str) -> str:
    """Return the letters that a match of `pattern` can begin with."""
    branches = [branch.lstrip("^") for branch in _LOOKAROUND.sub("", pattern).split("|")]
    return "".join(branch[1 : branch.index("]")] if branch.startswith("[") else branch[0] for branch in branches)
