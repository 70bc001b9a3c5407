"""Two lists of hits come in, those that stand as an operator wants them go out, each leaning on its nearest partner."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from monitor.query.document import Document
from monitor.query.hits import Hit, in_order, leaning

Reach = Callable[[Document, int, int, int], bool]
"""Whether a place is in reach of one that ends before it: document, number, end of the first, start of the second."""


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two queries.

    The tighter binds first. `default` is the number that goes without saying, None where the operator takes none.
    `ordered` wants the left side first; `without` keeps what has no partner. AND and OR have no reach.
    """

    name: str
    tightness: int
    reach: Reach | None = None
    default: int | None = None
    ordered: bool = False
    without: bool = False


class _Side:
    """Hits that can be asked for the nearest one after or before a place."""

    __slots__ = ("by_end", "ends", "farthest", "hits", "starts")

    def __init__(self, hits: list[Hit]) -> None:
        self.hits = sorted(hits, key=in_order)
        self.starts = [hit[0] for hit in self.hits]
        self.by_end = sorted(self.hits, key=lambda hit: (hit[1], hit[0]))
        self.ends = [hit[1] for hit in self.by_end]
        self.farthest = list(accumulate((hit[1] for hit in self.hits), max))

    def after(self, place: int) -> Hit | None:
        number = bisect_left(self.starts, place)
        return self.hits[number] if number < len(self.hits) else None

    def before(self, place: int) -> Hit | None:
        number = bisect_right(self.ends, place)
        return self.by_end[number - 1] if number else None

    def overlaps(self, hit: Hit) -> bool:
        number = bisect_left(self.starts, hit[1])
        return number > 0 and self.farthest[number - 1] > hit[0]


def pairs(operator: Binary, left: list[Hit], right: list[Hit], reach: Callable[[int, int], bool]) -> list[Hit]:
    """The hits of both sides that have a partner in reach; no two of a pair overlap."""
    if len(left) == len(right) == 1:
        return _pair(operator, left[0], right[0], reach)
    lefts, rights = _Side(left), _Side(right)
    found = [_joined(hit, rights, reach, before=not operator.ordered) for hit in lefts.hits]
    found += [_joined(hit, lefts, reach, after=not operator.ordered) for hit in rights.hits]
    return sorted((hit for hit in found if hit is not None), key=in_order)


def _pair(operator: Binary, left: Hit, right: Hit, reach: Callable[[int, int], bool]) -> list[Hit]:
    """One hit of each side, as most articles have: the same without looking for the nearest."""
    if left[1] <= right[0]:
        return [leaning(left, right), leaning(right, left)] if reach(left[1], right[0]) else []
    if operator.ordered or right[1] > left[0] or not reach(right[1], left[0]):
        return []
    return [leaning(right, left), leaning(left, right)]


def alone(left: list[Hit], right: list[Hit], reach: Callable[[int, int], bool]) -> list[Hit]:
    """The hits of the left side that no hit of the right side overlaps or is in reach of."""
    rights = _Side(right)
    return [hit for hit in left if not rights.overlaps(hit) and _joined(hit, rights, reach) is None]


def _joined(
    hit: Hit, others: _Side, reach: Callable[[int, int], bool], *, before: bool = True, after: bool = True
) -> Hit | None:
    """A hit leaning on its nearest partner, the one before it where two are equally near."""
    first = others.before(hit[0]) if before else None
    second = others.after(hit[1]) if after else None
    if first is not None and not reach(first[1], hit[0]):
        first = None
    if second is not None and not reach(hit[1], second[0]):
        second = None
    if first is not None and second is not None:
        first, second = (first, None) if hit[0] - first[1] <= second[0] - hit[1] else (None, second)
    partner = first or second
    return None if partner is None else leaning(hit, partner)
