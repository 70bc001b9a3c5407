"""Cache a folding function as a table of single letters for `str.translate`."""

from __future__ import annotations

from collections.abc import Callable


class Letters(dict[int, str]):
    """Folded letters by code point, computed on first use; only for words whose letters are folded independently."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, number: int) -> str:
        self[number] = folded = self._fold(chr(number))
        return folded
