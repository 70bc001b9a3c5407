"""Read from the signs of an article how many it says are dead, injured, and missing.

Each number counts for one word beside it, and each word has one number: "kills 12, injures 14" has the same words and
numbers as "kills 14, injures 12". Signs keep where a word or number stands first: what a text says again is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from monitor.articles.event_signs import topic_key
from monitor.event_values import EventSign, KeyKind, kind_of

TOLLS = tuple(map(topic_key, ("death", "injur", "missing")))
"""The keys of the topics of whom is counted."""
_BESIDE = 3
"""How many words a number is at most from the word that says whom it counts."""
_BEHIND = 2
"""How much farther a number is that stands behind the word: languages mostly count before it."""
_NUMBERS = (KeyKind.NUMBER, KeyKind.SMALL_NUMBER)


class _Said(NamedTuple):
    """A number, or a word of a topic (0 for a number)."""

    sign: EventSign
    topic: int


class _Pairing(NamedTuple):
    """The pairs of numbers and words of a beginning of a text, and how far they are apart in all."""

    pairs: tuple[tuple[int, EventSign], ...] = ()
    apart: int = 0

    @property
    def worth(self) -> tuple[int, int]:
        """The more pairs the better, of as many those closer together."""
        return len(self.pairs), -self.apart


def tolls_of(signs: Sequence[EventSign]) -> Mapping[int, Sequence[EventSign]]:
    """Return the numbers that are said of each of `TOLLS`, none where a topic has none."""
    numbers = (_Said(sign, 0) for sign in signs if kind_of(sign.key) in _NUMBERS)
    words = (_Said(sign, topic) for sign in signs for topic in TOLLS if topic in sign.keys)
    said = sorted((*numbers, *words), key=lambda one: one.sign.position)
    before, best = _Pairing(), _Pairing()
    for one, other in pairwise(said):
        before, best = best, max(best, _with(before, one, other), key=lambda found: found.worth)
    return {topic: [number for of, number in best.pairs if of == topic] for topic in TOLLS}


def _with(before: _Pairing, one: _Said, other: _Said) -> _Pairing:
    """Return a pairing with one pair more, where two neighbours are a number and a word close to each other."""
    apart = other.sign.position - one.sign.position
    if bool(one.topic) == bool(other.topic) or not 0 < apart <= _BESIDE:
        return before
    number = one.sign if other.topic else other.sign
    farther = _BEHIND if one.topic else 0
    return _Pairing((*before.pairs, (one.topic or other.topic, number)), before.apart + apart + farther)
