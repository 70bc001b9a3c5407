"""Where each word stands in the parts of a text, worked out for the words that somebody asks for."""

from __future__ import annotations

from collections.abc import KeysView, Sequence
from itertools import chain


class Places:
    """The places of every word of some parts of an article.

    Most words of an article are never asked for: at first only the last place of each is noted, which one pass in C
    does, and the others are looked up word by word.
    """

    __slots__ = ("_first", "_known", "_last", "_numbers", "_words")

    def __init__(self, parts: list[tuple[int, list[str]]]) -> None:
        self._words = parts[0][1] if len(parts) == 1 else list(chain.from_iterable(words for _, words in parts))
        self._numbers: Sequence[int] = list(
            chain.from_iterable(range(base, base + len(words)) for base, words in parts)
        )
        self._last = dict(zip(self._words, range(len(self._words)), strict=True))
        self._first: dict[str, int] | None = None
        self._known: dict[str, list[int]] = {}

    def keys(self) -> KeysView[str]:
        """The distinct words."""
        return self._last.keys()

    def get(self, word: str) -> list[int] | None:
        """The places of a word in order, None where it does not occur."""
        last = self._last.get(word)
        if last is None:
            return None
        if (known := self._known.get(word)) is None:
            known = self._known[word] = self._all(word, last)
        return known

    def _all(self, word: str, last: int) -> list[int]:
        words, numbers = self._words, self._numbers
        if self._first is None:
            self._first = dict(zip(reversed(words), range(len(words) - 1, -1, -1), strict=True))
        number = self._first[word]
        found = [numbers[number]]
        while number < last:
            number = words.index(word, number + 1)
            found.append(numbers[number])
        return found
