"""Where a term was found: places count words over a whole article, so that every operator can compare them."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

Hit = tuple[int, int, str, tuple["Hit", ...], tuple[int, int] | tuple[()]]
"""Places [start, end), the term, the hits that this one leans on, and exact characters where words are too coarse."""

in_order = itemgetter(0, 1, 2)
_in_full_order = itemgetter(0, 1, 2, 4)


def bare(hit: Hit) -> Hit:
    """The hit without what it leans on."""
    return (hit[0], hit[1], hit[2], (), hit[4]) if hit[3] else hit


def leaning(hit: Hit, partner: Hit) -> Hit:
    """The hit, leaning on its partner and on all that this one leans on."""
    support = dict.fromkeys((*hit[3], bare(partner), *partner[3]))
    return (hit[0], hit[1], hit[2], tuple(support), hit[4])


def with_support(hits: Iterable[Hit]) -> list[Hit]:
    """The hits and all that they lean on, each once, in order."""
    seen = set(hits)
    for hit in [hit for hit in seen if hit[3]]:
        seen.remove(hit)
        seen.add(bare(hit))
        seen.update(hit[3])
    return sorted(seen, key=_in_full_order)


def extent(hit: Hit) -> tuple[int, int]:
    """The places that a hit and all that it leans on cover together."""
    parts = (hit, *hit[3])
    return min(part[0] for part in parts), max(part[1] for part in parts)


def apart(hits: Iterable[Hit], enough: int) -> int:
    """How many hits do not overlap, counted up to `enough`."""
    end, count = -1, 0
    for low, high in sorted(map(extent, hits), key=itemgetter(1, 0)):
        if low >= end:
            end, count = high, count + 1
            if count >= enough:
                break
    return count
