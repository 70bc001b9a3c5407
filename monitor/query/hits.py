"""Where a term was found: places count words over a whole article, so that every operator can compare them."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

Hit = tuple[int, int, str, tuple["Hit", ...], tuple[int, int] | tuple[()]]
"""Places [start, end), the term, the hits that this one leans on, and exact characters where words are too coarse."""

Extent = tuple[tuple[int, int], tuple[int, int]]
"""Where something begins and where it ends: the number of an article's part, and a character in it."""

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
    seen: set[Hit] = set()
    for hit in hits:
        if hit[3]:
            seen.add(bare(hit))
            seen.update(hit[3])
        else:
            seen.add(hit)
    return sorted(seen, key=_in_full_order)


def apart(extents: Iterable[Extent], enough: int) -> int:
    """How many extents do not overlap, counted up to `enough`."""
    end, count = (-1, 0), 0
    for low, high in sorted(extents, key=itemgetter(1, 0)):
        if low >= end:
            end, count = high, count + 1
            if count >= enough:
                break
    return count
