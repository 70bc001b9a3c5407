"""A way to fold text comes in, a table of single letters for `str.translate` goes out, filled as letters are met."""

from __future__ import annotations

from collections.abc import Callable


class Letters(dict[int, str]):
    """Folded letters by number, for words in which no letter changes another."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, number: int) -> str:
        self[number] = folded = self._fold(chr(number))
        return folded
