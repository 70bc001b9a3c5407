"""Decide what becomes of the deliveries that tell of a story when another one was merged into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.alerts.planning import BACKFILL, STORY, SUMMARY, SilenceReason
from monitor.model import Item, Route
from monitor.silence_values import Silence
from monitor.story_values import StoryDelivery

Routes = Mapping[str, tuple[Route, ...]]


class RepeatedItem(NamedTuple):
    """An article that leaves a delivery, since `instead` told what it says, and the silence of each of its rules."""

    delivery_id: int
    article_id: int
    instead: int
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class MergedDeliveries:
    """What becomes of deliveries that wait.

    `moved` are those that another one tells, which is due sooner: (id, that of the other one). `repeated` are articles
    that are not told, and `going_on`, as (id, article), those that are told as how the story goes on. `sequences` are
    by id the new ones of those that join the story's thread.
    """

    moved: tuple[tuple[int, int], ...]
    repeated: tuple[RepeatedItem, ...]
    going_on: tuple[tuple[int, int], ...]
    sequences: Mapping[int, int]


def merge_deliveries(
    told: Sequence[StoryDelivery], thread: str, last: Mapping[str, int], alike: Mapping[int, int], routes: Routes
) -> MergedDeliveries:
    """Let each recipient be told of a story as new once and in one thread, whichever of the stories it was before.

    `told` are all deliveries that tell of it, in the order in which they were planned; `last` is by recipient the last
    sequence of the story's `thread`. `alike` has for each article one that says the same. Of several deliveries that
    wait, the one that is due first tells what the others were to tell. Where another one was sent or is being sent,
    what says the same leaves those that wait, unless one of its rules told nothing of the story yet; the rest is told
    as how the story goes on, to rules that tell that.
    """
    moved, repeated, going_on = list[tuple[int, int]](), list[RepeatedItem](), list[tuple[int, int]]()
    for who in dict.fromkeys(one.recipient for one in told):
        of_recipient = [one for one in told if one.recipient == who and one.tells]
        waiting = [one for one in of_recipient if one.takes_items and one.first]
        waiting.sort(key=lambda one: (one.due, one.id))
        sent = [one for one in of_recipient if not one.takes_items and one.first]
        if not sent:
            moved += [(one.id, waiting[0].id) for one in waiting[1:]]
            continue
        known = _Known(alike, routes, sent[0].id)
        for one in of_recipient:
            known.add(one, [item for item in one.items if one not in waiting or item not in one.first])
        for one in waiting:
            said = [(item, known.silent_for(one, item)) for item in one.first]
            repeated += [leaving for _, leaving in said if leaving]
            going_on += [(one.id, item.article_id) for item, leaving in said if not leaving]
    left = {(one.delivery_id, one.article_id) for one in repeated}
    gone = {id_ for id_, _ in moved} | {
        one.id for one in told if one.items and all((one.id, item.article_id) in left for item in one.items)
    }
    staying = [one for one in told if one.id not in gone]
    return MergedDeliveries(tuple(moved), tuple(repeated), tuple(going_on), dict(_joining(staying, thread, last)))


@dataclass(slots=True)
class _Known:
    """What a recipient is told of a story by deliveries so far: what they say, by which, and the rules."""

    alike: Mapping[int, int]
    routes: Routes
    first: int
    said: dict[int, int] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)

    def add(self, delivery: StoryDelivery, items: Sequence[Item]) -> None:
        for item in items:
            self.said.setdefault(self._root(item), delivery.id)
            self.rules |= {match.rule for match in item.matches}

    def silent_for(self, delivery: StoryDelivery, item: Item) -> RepeatedItem | None:
        """Return an item that is not told, and why; None where it is, which adds it to what is known."""
        is_said, who = self._root(item) in self.said, delivery.recipient
        # What a rule found in the past is no first find of it.
        is_past = delivery.thread.startswith((SUMMARY, BACKFILL))
        is_first_find = not is_past and any(match.rule not in self.rules for match in item.matches)
        if is_first_find or not (is_said or self._stops(item, who)):
            self.add(delivery, [item])
            return None
        reason = SilenceReason.ALREADY_TOLD if is_said else SilenceReason.DEVELOPMENT
        silences = tuple(Silence(who, match.rule, item.article_id, reason) for match in item.matches)
        return RepeatedItem(delivery.id, item.article_id, self.said.get(self._root(item), self.first), silences)

    def _root(self, item: Item) -> int:
        return self.alike.get(item.article_id, item.article_id)

    def _stops(self, item: Item, who: str) -> bool:
        """Whether all rules of an item tell the beginnings of stories alone."""
        routes = [one for match in item.matches for one in self.routes.get(match.rule, ()) if one.recipient == who]
        return bool(routes) and not any(one.developments for one in routes)


def _joining(told: Sequence[StoryDelivery], thread: str, last: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    following = dict(last)
    for one in told:
        if one.thread.startswith(STORY) and one.thread != thread:
            following[one.recipient] = following.get(one.recipient, -1) + 1
            yield one.id, following[one.recipient]
