"""Decide what becomes of the deliveries that tell of a story when another one was merged into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.alerts.planning import STORY
from monitor.story_values import StoryDelivery


@dataclass(frozen=True, slots=True)
class RepeatedDelivery:
    """A delivery that would tell a story again, and the one that tells it; `moves` says that its items go there."""

    id: int
    instead: int
    moves: bool


@dataclass(frozen=True, slots=True)
class MergedDeliveries:
    """The deliveries that would tell the story again, and by id the new sequences of those that join its thread."""

    repeated: tuple[RepeatedDelivery, ...]
    sequences: Mapping[int, int]


def merge_deliveries(told: Sequence[StoryDelivery], thread: str, last: Mapping[str, int]) -> MergedDeliveries:
    """Let each recipient be told once of a story and in one thread, whichever of the stories it was before.

    `told` are all deliveries that tell of it, in the order in which they were planned; `last` is by recipient the last
    sequence of the story's `thread`. A delivery that waits is repeated where another one was sent or is being sent; of
    several that wait, the one that is due first tells what the others were to tell. What tells of an edit, or how
    the story goes on, repeats nothing.
    """
    repeated = tuple(one for who in dict.fromkeys(one.recipient for one in told) for one in _repeated(told, who))
    gone = {one.id for one in repeated}
    sequences, following = dict[int, int](), dict(last)
    for one in told:
        if one.thread.startswith(STORY) and one.thread != thread and one.id not in gone:
            sequences[one.id] = following[one.recipient] = following.get(one.recipient, -1) + 1
    return MergedDeliveries(repeated, sequences)


def _repeated(told: Sequence[StoryDelivery], recipient: str) -> list[RepeatedDelivery]:
    of_recipient = [one for one in told if one.recipient == recipient and one.tells and not one.tells_more]
    waiting = sorted((one for one in of_recipient if one.takes_items), key=lambda one: (one.due, one.id))
    sent = [one for one in of_recipient if not one.takes_items]
    if not waiting:
        return []
    instead = sent[0] if sent else waiting[0]
    return [RepeatedDelivery(one.id, instead.id, not sent) for one in waiting if one is not instead]
