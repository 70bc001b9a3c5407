"""Remember how rare what articles say is, which tells how much it says that two articles share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.articles import Rarity, event_keys, join_stories_and_events, likeliest, likeliest_articles
from monitor.event_values import EventSigns
from monitor.store import Connection, event_records
from monitor.store.story_joining import EventFinding, StoryJoining
from monitor.story_values import JoinedStories, KnownStories, StoryMember, TextMarks

SAMPLE = 2_000
"""So many of the latest stored articles tell how rare signs are after a start."""


@dataclass(slots=True)
class StoryMemory:
    """How rare signs are, as far as this process has seen them; only the writer's thread uses it."""

    rarity: Rarity = field(default_factory=Rarity)
    _is_filled: bool = False

    def joining(self, conn: Connection, marks: Mapping[bytes, TextMarks]) -> StoryJoining:
        """Return how articles join stories, with the marks of their texts by digest."""
        if not self._is_filled:
            for keys in event_records.latest_keys(conn, SAMPLE):
                self.rarity.see(keys)
            self._is_filled = True
        return StoryJoining(self._join, likeliest, EventFinding(self._keys, self._likeliest), marks)

    def _keys(self, signs: EventSigns) -> Sequence[int]:
        return event_keys(signs, self.rarity)

    def _likeliest(self, keys: Sequence[int], by_key: Mapping[int, Sequence[int]]) -> Sequence[int]:
        return likeliest_articles(keys, by_key, self.rarity)

    def _join(self, members: Sequence[StoryMember], known: KnownStories) -> JoinedStories:
        return join_stories_and_events(members, known, self.rarity)
