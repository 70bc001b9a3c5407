"""Tell a message that is refused time after time from an account that takes nothing: by what becomes of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.model import Item

MOST_ASKED = 3
"""Different messages that are tried one after the other, without a pause, to see whether others are taken."""

Parts = tuple[tuple[Item, ...], tuple[Item, ...]]
"""The items of two messages that tell what one was to tell."""


@dataclass(slots=True)
class Suspects:
    """Deliveries that an account refused, where it is not known yet which of both is the cause.

    `refused` are those since it last took one, and `parts` deliveries that tell what one of them was to tell.
    `on_last_try` were refused before it took another one, or are parts of one that was: they are to blame if they are
    refused again.
    """

    refused: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    on_last_try: set[int] = field(default_factory=set)

    def accept(self, delivery: int) -> None:
        """Record that the account took a delivery, and so was not the cause."""
        self.on_last_try = (self.on_last_try | self.refused | self.parts) - {delivery}
        self.refused.clear()
        self.parts.clear()

    def wait_apart(self, delivery: int) -> bool:
        """Tell whether a delivery must join no other: its own answer will show what is the cause."""
        return delivery in self.on_last_try or (bool(self.refused) and delivery not in self.refused)

    def ask_for_another(self) -> bool:
        """Tell whether a delivery that was not refused yet is tried at once."""
        return 0 < len(self.refused) < MOST_ASKED


def halves(items: Sequence[Item]) -> Parts | None:
    """Return the items of a message in two parts, each with half of the stories; None of one story."""
    stories = _stories(items)
    return _parts(items, set(stories[: len(stories) // 2]))


def one_and_rest(items: Sequence[Item], number: int) -> Parts | None:
    """Return the items of one story, another one by each number, and all others; None of one story."""
    stories = _stories(items)
    return _parts(items, set(stories[number % len(stories) :][:1]) if stories else set())


def _stories(items: Sequence[Item]) -> list[int]:
    return list(dict.fromkeys(item.story_id for item in items))


def _parts(items: Sequence[Item], first: set[int]) -> Parts | None:
    some = tuple(item for item in items if item.story_id in first)
    others = tuple(item for item in items if item.story_id not in first)
    return (some, others) if some and others else None
