"""Tables of case endings as text: which ending a word has, what is cut from it, and what stands there instead."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EndingRow:
    """One line of a table: words that `pattern` ends lose `cut` letters and take each of `endings`."""

    pattern: re.Pattern[str]
    cut: int
    endings: tuple[tuple[str, float], ...]


class Endings:
    """A table: a word takes the endings of the first row whose pattern it ends in.

    A line reads `pattern cut ending ending ...`; `~` before an ending says that it is rarer, `-` is the empty ending.
    """

    def __init__(self, table: str) -> None:
        self._rows = tuple(_row(line) for line in table.strip().splitlines() if line.strip())

    def inflect(self, word: str) -> list[tuple[str, float]]:
        """Every form of the lower-case `word` with its confidence; empty where no row fits."""
        for row in self._rows:
            if row.pattern.search(word):
                stem = word[: len(word) - row.cut]
                return [(stem + ending, sure) for ending, sure in row.endings]
        return []


def _row(line: str) -> EndingRow:
    pattern, cut, *endings = line.split()
    return EndingRow(re.compile(f"(?:{pattern})$"), int(cut), tuple(_ending(ending) for ending in endings))


def _ending(text: str) -> tuple[str, float]:
    sure = 0.7 if text.startswith("~") else 0.95
    text = text.lstrip("~")
    return ("" if text == "-" else text, sure)
