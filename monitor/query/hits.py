"""Represent where terms were found, in positions that number the words of a whole article."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

Hit = tuple[int, int, str, tuple["Hit", ...], tuple[int, int] | tuple[()]]
"""Positions [start, end), the term, the hits that support this one, and exact characters where words are too coarse."""

Extent = tuple[tuple[int, int], tuple[int, int]]
"""The start and the end of something, each as the number of an article's part and a character in it."""

text_order = itemgetter(0, 1, 2)
_full_order = itemgetter(0, 1, 2, 4)


def without_support(hit: Hit) -> Hit:
    """Return the hit without its supporting hits."""
    return (hit[0], hit[1], hit[2], (), hit[4]) if hit[3] else hit


def supported_by(hit: Hit, partner: Hit) -> Hit:
    """Return the hit with its partner, and the partner's supporting hits, added to its support."""
    support = dict.fromkeys((*hit[3], without_support(partner), *partner[3]))
    return (hit[0], hit[1], hit[2], tuple(support), hit[4])


def with_support(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits and their supporting hits, each once, in the order of the text."""
    seen: set[Hit] = set()
    for hit in hits:
        if hit[3]:
            seen.add(without_support(hit))
            seen.update(hit[3])
        else:
            seen.add(hit)
    return sorted(seen, key=_full_order)


def count_non_overlapping(extents: Iterable[Extent], enough: int) -> int:
    """Return how many extents do not overlap, counted up to `enough`."""
    end, count = (-1, 0), 0
    for low, high in sorted(extents, key=itemgetter(1, 0)):
        if low >= end:
            end, count = high, count + 1
            if count >= enough:
                break
    return count
