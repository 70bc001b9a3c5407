"""Match words next to each other in order, with a few other words between where the rule allows it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime

from monitor.query.document import DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Matcher, TriggerGroup

# Searching a list this short is faster than making a set of it.
_SMALL_LIST = 8
_NO_POSITION = 1 << 60


class Adjacent(Matcher):
    """Matches canonical words next to each other."""

    __slots__ = ("term", "tokens")

    def __init__(self, tokens: tuple[str, ...], term: str) -> None:
        self.tokens = tokens
        self.term = term

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        places = adjacent(self.tokens, text)
        size, term = len(self.tokens), self.term
        return [(position, position + size, term, (), ()) for position in places] or None

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return tuple((token,) for token in self.tokens)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return ((" ".join(self.tokens),),)

    def forms(self) -> Iterable[str]:
        return self.tokens

    def to_text(self) -> str:
        return self.term


def adjacent(tokens: tuple[str, ...], text: DocumentText) -> list[int]:
    """Return the positions where these words stand next to each other."""
    lists = []
    for token in tokens:
        places = text.positions.get(token)
        if places is None:
            return []
        lists.append(places)
    starts = lists[0]
    for offset, places in enumerate(lists[1:], 1):
        following = places if len(places) < _SMALL_LIST else set(places)
        starts = [start for start in starts if start + offset in following]
    return starts


class PhraseWithGaps(Matcher):
    """Matches terms in order, with at most `slop` other words between them in total."""

    __slots__ = ("_slop", "_slots", "term")

    def __init__(self, slots: tuple[Matcher, ...], slop: int, term: str) -> None:
        self._slots = slots
        self._slop = slop
        self.term = term

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        slots: list[_SlotHits] = []
        for slot in self._slots:
            hits = slot.find_hits(text, now)
            if not hits:
                return None
            slots.append(_SlotHits(hits))
        ends = ((start, self._end(start, slots)) for start in slots[0].starts)
        return [(start, end, self.term, (), ()) for start, end in ends if end is not None] or None

    def _end(self, start: int, slots: list[_SlotHits]) -> int | None:
        """Return the end of the nearest sequence that begins at a position, in the longest form of its last term.

        Dynamic programming over the slots: of all sequences that cover as many words, only the one that ends first
        matters.
        """
        shortest_ends = {length: start + length for length in slots[0].lengths[start]}
        for slot in slots[1:-1]:
            further: dict[int, int] = {}
            for covered, end in shortest_ends.items():
                for length, starts in slot.by_length.items():
                    number = bisect_left(starts, end)
                    if number < len(starts) and starts[number] - start - covered <= self._slop:
                        new_end = starts[number] + length
                        further[covered + length] = min(further.get(covered + length, new_end), new_end)
            shortest_ends = further
        last = slots[-1]
        found = (
            last.next_start(end)
            for covered, end in shortest_ends.items()
            if last.next_start(end) - start - covered <= self._slop
        )
        last_start = min(found, default=None)
        return None if last_start is None else last_start + max(last.lengths[last_start])

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return tuple(group for slot in self._slots for group in slot.trigger_groups())

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return tuple(group for slot in self._slots for group in slot.patterns())

    def forms(self) -> Iterable[str]:
        return (form for slot in self._slots for form in slot.forms())

    def to_text(self) -> str:
        return self.term


class _SlotHits:
    """The hits of one slot: the lengths at each start, and the starts of each length."""

    __slots__ = ("by_length", "lengths", "starts")

    def __init__(self, hits: list[Hit]) -> None:
        self.lengths: dict[int, set[int]] = {}
        self.by_length: dict[int, list[int]] = {}
        for start, end, *_ in hits:
            self.lengths.setdefault(start, set()).add(end - start)
        self.starts = sorted(self.lengths)
        for start in self.starts:
            for length in self.lengths[start]:
                self.by_length.setdefault(length, []).append(start)

    def next_start(self, position: int) -> int:
        """Return the first start at or after a position, or a position beyond any text where there is none."""
        number = bisect_left(self.starts, position)
        return self.starts[number] if number < len(self.starts) else _NO_POSITION
