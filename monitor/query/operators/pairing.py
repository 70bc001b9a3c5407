"""Select from two lists of hits those whose positions satisfy an operator, each supported by its nearest partner."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from monitor.query.document import Document
from monitor.query.hits import Hit, supported_by, text_order

Reach = Callable[[Document, int, int, int], bool]
"""Tells whether a position is in reach of one before it: document, number, end of the first, start of the second."""


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two queries.

    The higher precedence binds first. `default` is the number where none is written, None where the operator takes
    none. `ordered` requires the left side first; `excludes_partner` selects the hits without a partner. AND and OR have
    no `is_in_reach`.
    """

    name: str
    precedence: int
    is_in_reach: Reach | None = None
    default: int | None = None
    ordered: bool = False
    excludes_partner: bool = False


class _SortedHits:
    """The hits of one side, to find the nearest one after or before a position."""

    __slots__ = ("by_end", "ends", "farthest", "hits", "starts")

    def __init__(self, hits: list[Hit]) -> None:
        self.hits = sorted(hits, key=text_order)
        self.starts = [hit[0] for hit in self.hits]
        self.by_end = sorted(self.hits, key=lambda hit: (hit[1], hit[0]))
        self.ends = [hit[1] for hit in self.by_end]
        # Up to each hit, the farthest end: only a hit that begins before a position and ends after it overlaps.
        self.farthest = list(accumulate((hit[1] for hit in self.hits), max))

    def after(self, position: int) -> Hit | None:
        """Return the first hit that begins at a position or after it."""
        number = bisect_left(self.starts, position)
        return self.hits[number] if number < len(self.hits) else None

    def before(self, position: int) -> Hit | None:
        """Return the last hit that ends at a position or before it."""
        number = bisect_right(self.ends, position)
        return self.by_end[number - 1] if number else None

    def overlaps(self, hit: Hit) -> bool:
        """Tell whether a hit of this side shares a word with another hit."""
        number = bisect_left(self.starts, hit[1])
        return number > 0 and self.farthest[number - 1] > hit[0]


def hits_with_partner(
    operator: Binary, left: list[Hit], right: list[Hit], reach: Callable[[int, int], bool]
) -> list[Hit]:
    """Return the hits of both sides that have a partner in reach; partners never overlap."""
    if len(left) == len(right) == 1:
        return _single_pair(operator, left[0], right[0], reach)
    lefts, rights = _SortedHits(left), _SortedHits(right)
    found = [_with_nearest_partner(hit, rights, reach, before=not operator.ordered) for hit in lefts.hits]
    found += [_with_nearest_partner(hit, lefts, reach, after=not operator.ordered) for hit in rights.hits]
    return sorted((hit for hit in found if hit is not None), key=text_order)


def _single_pair(operator: Binary, left: Hit, right: Hit, reach: Callable[[int, int], bool]) -> list[Hit]:
    """Pair one hit of each side, as most articles have, without a search for the nearest."""
    if left[1] <= right[0]:
        return [supported_by(left, right), supported_by(right, left)] if reach(left[1], right[0]) else []
    if operator.ordered or right[1] > left[0] or not reach(right[1], left[0]):
        return []
    return [supported_by(right, left), supported_by(left, right)]


def hits_without_partner(left: list[Hit], right: list[Hit], reach: Callable[[int, int], bool]) -> list[Hit]:
    """Return the left hits that no right hit overlaps or is in reach of."""
    rights = _SortedHits(right)
    return [hit for hit in left if not rights.overlaps(hit) and _with_nearest_partner(hit, rights, reach) is None]


def _with_nearest_partner(
    hit: Hit, others: _SortedHits, reach: Callable[[int, int], bool], *, before: bool = True, after: bool = True
) -> Hit | None:
    """Return a hit supported by its nearest partner (the one before it where two are equally near), or None."""
    first = others.before(hit[0]) if before else None
    second = others.after(hit[1]) if after else None
    if first is not None and not reach(first[1], hit[0]):
        first = None
    if second is not None and not reach(hit[1], second[0]):
        second = None
    if first is not None and second is not None:
        first, second = (first, None) if hit[0] - first[1] <= second[0] - hit[1] else (None, second)
    partner = first or second
    return None if partner is None else supported_by(hit, partner)
