"""Inflect words by tables of endings that are written as text."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EndingRow:
    """One line of a table: words that end in `pattern` lose `cut` letters and take each of `endings`."""

    pattern: re.Pattern[str]
    cut: int
    endings: tuple[tuple[str, float], ...]


class Endings:
    """A table, of which the first row whose pattern a word ends in gives its endings.

    A line is `pattern cut ending ending ...`; `~` marks a rarer ending (confidence .7, else .95), `-` the empty one.
    """

    def __init__(self, table: str) -> None:
        self._rows: list[EndingRow] = []
        for line in filter(str.strip, table.splitlines()):
            pattern, cut, *texts = line.split()
            endings = tuple((text.lstrip("~").replace("-", ""), 0.7 if text[0] == "~" else 0.95) for text in texts)
            self._rows.append(EndingRow(re.compile(f"(?:{pattern})$"), int(cut), endings))

    def inflect(self, word: str) -> list[tuple[str, float]]:
        """Return every form of the lower-case `word` with its confidence; empty if no row matches."""
        for row in self._rows:
            if row.pattern.search(word):
                stem = word[: len(word) - row.cut]
                return [(stem + ending, confidence) for ending, confidence in row.endings]
        return []
