"""Tell a message that is refused time after time from an account that takes nothing: by what becomes of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from monitor.model import Item

MOST_ASKED = 3
"""Different messages that are tried one after the other, without a pause, to see whether others are taken."""
PROBES = 2
"""Stories that are tried alone, to see whether anything is taken: a few more than one, since either may be a cause."""

Parts = tuple[tuple[Item, ...], ...]
"""The items of several messages that tell what one was to tell."""


@dataclass(slots=True)
class Suspects:
    """Deliveries that an account refused, where it is not known yet which of both is the cause.

    `refused` are those since it last took one, `asked` counts those of them since its pause began, and `parts` are
    deliveries that tell what one of them was to tell. `rests` are those parts from which a few stories were taken, to
    be tried before. `on_last_try` were refused before it took another one, or are parts of one that was: they are to
    blame if they are refused again.
    """

    refused: set[int] = field(default_factory=set)
    asked: int = 0
    parts: set[int] = field(default_factory=set)
    rests: set[int] = field(default_factory=set)
    on_last_try: set[int] = field(default_factory=set)

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> Suspects:
        """Return what `as_values` gave, perhaps that of another version."""
        known: dict[str, Any] = {name: values[name] for name in cls.__dataclass_fields__ if name in values}
        known |= {name: set(value) for name, value in known.items() if isinstance(value, list)}
        return cls(**known)

    def as_values(self) -> dict[str, Any]:
        """Return the fields as JSON can hold them."""
        return {name: sorted(some) if isinstance(some, set) else some for name, some in asdict(self).items()}

    def refuse(self, deliveries: Sequence[int], *, in_pause: bool) -> None:
        """Record that these were refused, one after another that began a pause, or the first ones of a pause."""
        self.refused |= set(deliveries)
        self.rests -= set(deliveries)
        self.asked = self.asked * in_pause + len(deliveries)

    def accept(self, delivery: int) -> None:
        """Record that the account took a delivery, and so was not the cause."""
        self.on_last_try = (self.on_last_try | self.refused | self.parts) - {delivery}
        for some in (self.refused, self.parts, self.rests):
            some.clear()

    def wait_apart(self, delivery: int) -> bool:
        """Tell whether a delivery must join no other: its own answer will show what is the cause."""
        return delivery in self.on_last_try or (bool(self.refused) and delivery not in self.refused)

    def is_alone(self, delivery: int) -> bool:
        """Tell whether nothing but this delivery was refused since the account last took one."""
        return self.refused == {delivery}

    def ask_for_another(self) -> bool:
        """Tell whether a delivery that was not refused yet is tried at once."""
        return 0 < self.asked < MOST_ASKED


def halves(items: Sequence[Item]) -> Parts | None:
    """Return the items of a message in two parts, each with half of the stories; None of one article.

    The first part of one story begins it, and the other tells how it goes on.
    """
    stories = _stories(items)
    if len(stories) == 1 and len(items) > 1:
        return tuple(items[:1]), tuple(item if item.edit_of else replace(item, develops=True) for item in items[1:])
    half = len(stories) // 2
    return _parts(items, [stories[:half], stories[half:]])


def few_and_rest(items: Sequence[Item], number: int) -> Parts | None:
    """Return the items of each of a few stories, others by each number, and then all the rest; of one story, halves."""
    stories = _stories(items)
    if len(stories) < 2:
        return halves(items)
    start = number * PROBES % len(stories)
    few, rest = stories[start : start + PROBES], stories[:start] + stories[start + PROBES :]
    return _parts(items, [*([one] for one in few), rest])


def count_stories(items: Sequence[Item]) -> int:
    """Return how many stories these items tell."""
    return len(_stories(items))


def _stories(items: Sequence[Item]) -> list[int]:
    return list(dict.fromkeys(item.story_id for item in items))


def _parts(items: Sequence[Item], groups: Sequence[Sequence[int]]) -> Parts | None:
    """Return the items of each group of stories that has any; None where that is one, or none."""
    found = [tuple(item for item in items if item.story_id in stories) for stories in map(set, groups) if stories]
    return tuple(found) if len(found) > 1 else None
