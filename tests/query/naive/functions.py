"""A slow reading of each function of a query; a new one is a function and a line of the table below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from monitor.query import Node
from monitor.query.ast import QueryCall
from tests.query.naive.values import Found, Occ, Piece


class Reader(Protocol):
    """What reads the query inside, and knows the piece of an occurrence."""

    def find(self, node: Node, pieces: list[Piece]) -> Found: ...
    def piece_of(self, occ: Occ) -> Piece: ...


def first(node: QueryCall, pieces: list[Piece], reader: Reader) -> Found:
    return reader.find(node.inner, [piece.cut(node.count) for piece in pieces])


def atleast(node: QueryCall, pieces: list[Piece], reader: Reader) -> Found:
    found = reader.find(node.inner, pieces)
    return found if found is not None and most_apart(found, reader) >= node.count else None


def most_apart(found: list[Occ], reader: Reader) -> int:
    """The most occurrences, each with all that it leans on, of which no two share a character."""
    extents = []
    for each in found:
        parts = [(o.piece, *(o.chars or reader.piece_of(o).place(o.start, o.end))) for o in (each, *each.leans)]
        extents.append((min((piece, start) for piece, start, _ in parts), max((p, end) for p, _, end in parts)))
    best: dict[int, int] = {len(extents): 0}
    extents.sort()
    for at in reversed(range(len(extents))):
        after = next((other for other in range(at + 1, len(extents)) if extents[other][0] >= extents[at][1]), None)
        best[at] = max(best[at + 1], 1 + best[len(extents) if after is None else after])
    return best[0]


FUNCTIONS: dict[str, Callable[[QueryCall, list[Piece], Reader], Found]] = {
    "first": first,
    "atleast": atleast,
}
"""Every function of a query by its name."""
