"""What the slow reading passes around: pieces of an article, and occurrences in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.query.naive.tokens import tokens

ENDLESS = 10**9


@dataclass(frozen=True)
class Occ:
    """One occurrence: piece, words [start, end), term, exact characters, and the occurrences that it leans on."""

    piece: int
    start: int
    end: int
    term: str
    chars: tuple[int, int] | None = None
    leans: frozenset[Occ] = frozenset()

    def bare(self) -> Occ:
        return replace(self, leans=frozenset())

    def order(self) -> tuple[int, int, int, str]:
        return self.piece, self.start, self.end, self.term


Found = list[Occ] | None
"""What a part of a query finds: None where it fails, an empty list where it is true of no place in particular."""


@dataclass(frozen=True)
class Piece:
    """One text of the article: its field, where it begins in the field, how many of its words count."""

    number: int
    field: str
    text: str
    limit: int = ENDLESS
    shift: int = 0

    def cut(self, limit: int) -> Piece:
        return replace(self, limit=min(self.limit, limit))

    def words(self) -> list[str]:
        return [word for word, _, _ in tokens(self.text)[: self.limit]]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the words [start, end)."""
        every = tokens(self.text)
        return every[start][1], every[end - 1][2]

    def first_letter(self, word: int) -> str:
        return self.text[tokens(self.text)[word][1]]
