"""Find the positions of words in the parts of a text, only for the words that are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import KeysView
from itertools import accumulate, chain


class Positions:
    """The positions of every word of some parts of an article.

    Most words of an article are never asked for: at first only the last position of each is recorded, which one pass in
    C does, and the others are looked up word by word.
    """

    __slots__ = ("_ends", "_first", "_known", "_last", "_shifts", "_words")

    def __init__(self, parts: list[tuple[int, list[str]]]) -> None:
        self._words = parts[0][1] if len(parts) == 1 else list(chain.from_iterable(words for _, words in parts))
        self._ends = list(accumulate(len(words) for _, words in parts))
        """For each part, how many words there are up to its end."""
        self._shifts = [base + len(words) - end for (base, words), end in zip(parts, self._ends, strict=True)]
        """For each part, what to add to the number of a word to get its position."""
        self._last = dict(zip(self._words, range(len(self._words)), strict=True))
        self._first: dict[str, int] | None = None
        self._known: dict[str, list[int]] = {}

    def keys(self) -> KeysView[str]:
        """Return the distinct words."""
        return self._last.keys()

    def get(self, word: str) -> list[int] | None:
        """Return the positions of a word in ascending order, or None where it does not occur."""
        if (known := self._known.get(word)) is not None:
            return known
        last = self._last.get(word)
        if last is None:
            return None
        known = self._known[word] = self._all(word, last)
        return known

    def _all(self, word: str, last: int) -> list[int]:
        words = self._words
        if self._first is None:
            # A dict keeps the last value of each key: of the reversed words, the first position.
            self._first = dict(zip(reversed(words), range(len(words) - 1, -1, -1), strict=True))
        number = self._first[word]
        found = [self._place(number)]
        while number < last:
            number = words.index(word, number + 1)
            found.append(self._place(number))
        return found

    def _place(self, number: int) -> int:
        return number + self._shifts[bisect_right(self._ends, number)]
