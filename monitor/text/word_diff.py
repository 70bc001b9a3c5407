"""Compare two versions of a text word by word, as a reader wants to see it: what went, what came, and words around.

The comparison is difflib's (Ratcliff and Obershelp 1988), between the words in which the texts begin and end to differ;
beyond a bound of work, since texts may be made to be heavy, all between these is one change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from monitor.text.tokens import tokenize

_MOST_PAIRS = 300_000
"""Pairs of equal words up to which texts are aligned: those of two unlike texts of some 5,000 words each."""
_ISLAND = 2
"""Words between two changes up to which they are shown as one: what both have by chance explains nothing."""


class Change(StrEnum):
    """What became of a part of a text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class DiffPart(NamedTuple):
    """A run of words, with the characters after them, that stayed, went or came."""

    change: Change
    text: str


def word_diff(before: str, after: str) -> tuple[DiffPart, ...]:
    """Return the parts of both texts in order; what stayed is as it is `after`. No part where both have the same words.

    Words are the same if their characters are, whatever space stands around them.
    """
    old, new = _pieces(before), _pieces(after)
    blocks = _without_islands(list(_blocks(list(map(str.strip, old)), list(map(str.strip, new)))))
    if all(is_same for is_same, *_ in blocks):
        return ()
    return tuple(part for block in blocks for part in _parts(block, old, new))


def excerpts(parts: Sequence[DiffPart], context: int, longest: int) -> tuple[DiffPart, ...]:
    """Return the parts with at most `context` words of what stayed around changes, and `longest` words of a change.

    An ellipsis stands for what is left out.
    """
    last = len(parts) - 1
    shown = []
    for number, part in enumerate(parts):
        head, tail = (context if number else 0, context if number < last else 0)
        if part.change is not Change.SAME:
            head, tail = longest, 0
        shown.append(part._replace(text=_shortened(part.text, head, tail)))
    return tuple(shown)


def _shortened(text: str, head: int, tail: int) -> str:
    """Return so many of the first and of the last words of a text, with an ellipsis for those between."""
    pieces = _pieces(text)
    if len(pieces) <= head + tail + 1:
        return text
    return f"{''.join(pieces[:head])}… {''.join(pieces[len(pieces) - tail :])}"


def _pieces(text: str) -> list[str]:
    """Cut a text before each of its words but the first; joined, the pieces are the text."""
    starts = sorted({0, *(start for start, _ in tokenize(text).spans[1:])})
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)] if text else []


_Block = tuple[bool, int, int, int, int]
"""Whether words are the same, and their bounds in the older and in the newer text."""


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[_Block]:
    """Yield the blocks of words that are the same or differ, in order, changed ones and others in turn."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    end, new_end = len(old) - tail, len(new) - tail
    yield True, 0, head, 0, head
    middle, new_middle = old[head:end], new[head:new_end]
    if _pairs(middle, new_middle) > _MOST_PAIRS:
        yield False, head, end, head, new_end
    else:
        for tag, *bounds in SequenceMatcher(None, middle, new_middle, autojunk=False).get_opcodes():
            first, last, new_first, new_last = (head + bound for bound in bounds)
            yield tag == "equal", first, last, new_first, new_last
    yield True, end, len(old), new_end, len(new)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts have in common at their beginnings."""
    differs = (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differs, min(len(one), len(other)))


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pairs of equal words there are, which is the work of one look for the longest common run."""
    counts = Counter(new)
    return sum(count * counts[word] for word, count in Counter(old).items())


def _without_islands(blocks: list[_Block]) -> list[_Block]:
    """Join changes between which no more than a few words stayed."""
    joined: list[_Block] = []
    for number, block in enumerate(blocks):
        is_same, first, last, new_first, new_last = block
        if first == last and new_first == new_last:
            continue
        is_inner = 0 < number < len(blocks) - 1
        is_change = not is_same or (is_inner and last - first <= _ISLAND)
        if joined and joined[-1][0] != is_change:
            _, first, _, new_first, _ = joined.pop()
        joined.append((not is_change, first, last, new_first, new_last))
    return joined


def _parts(block: _Block, old: Sequence[str], new: Sequence[str]) -> Iterator[DiffPart]:
    is_same, first, last, new_first, new_last = block
    if is_same:
        yield DiffPart(Change.SAME, "".join(new[new_first:new_last]))
        return
    for change, text in ((Change.REMOVED, old[first:last]), (Change.ADDED, new[new_first:new_last])):
        if text:
            yield DiffPart(change, "".join(text))
