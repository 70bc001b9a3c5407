"""Remember how rare what articles say is, which tells how much it says that two articles share it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.articles import (
    Events,
    Rarity,
    event_keys,
    event_signs,
    join_events,
    join_stories,
    likeliest,
    likeliest_articles,
    tell_of_events,
)
from monitor.event_values import EventSigns, EventText, KnownEvents
from monitor.store import Connection, article_queries, event_records, story_joining
from monitor.store.story_joining import EventJoining, StoryJoining
from monitor.story_values import JoinedStories, StoryMember, TextMarks

SAMPLE = Rarity.MOST
"""So many of the latest stored articles tell how rare signs are after a start: as many as are counted at all.

With fewer, a monitor whose stories have many articles would be taken for one that has seen little.
"""
_LEARNED_AT_ONCE = 50
"""So many articles of a backlog are read in one transaction, in about 20 ms."""


@dataclass(slots=True)
class StoryMemory:
    """How rare signs are, as far as this process has seen them; only the writer's thread changes it."""

    rarity: Rarity = field(default_factory=Rarity)
    _is_filled: bool = False
    _learned: int = 0

    def joining(self, conn: Connection, marks: Mapping[bytes, TextMarks]) -> StoryJoining:
        """Return how articles join stories, with the marks of their texts by digest."""
        self._fill(conn)
        if self.rarity.is_young:
            self._learn(conn)
        return StoryJoining(join_stories, likeliest, self._events, marks)

    def learn_all(self, conn: Connection) -> None:
        """Learn at once how rare signs are, which a daemon learns as articles come."""
        self._fill(conn)
        while self.rarity.is_young and self._learn(conn):
            pass

    def _fill(self, conn: Connection) -> None:
        if not self._is_filled:
            for keys in event_records.latest_stories(conn, SAMPLE):
                self.rarity.see(keys)
            self._is_filled = True

    def _learn(self, conn: Connection) -> bool:
        """Count what some of the backlog of first polls says, which tells what is usual; return whether any was left.

        It is compared with nothing.
        """
        before = self._learned
        ids, self._learned = event_records.unsigned_after(conn, before, _LEARNED_AT_ONCE)
        for one in article_queries.get(conn, ids).values():
            self.rarity.see(event_signs(one.article).any_keys)
        return self._learned > before

    def undecided(self, conn: Connection, members: Sequence[StoryMember]) -> Iterator[tuple[StoryMember, EventText]]:
        """Yield pairs of these with an article, stored or before it, that may be about one event by what they mean."""
        events = Events(story_joining.known_events(conn, members, self._events), self.rarity)
        for member in members:
            if member.event and member.at:
                text = EventText(member.article_id, member.article_id, member.at, member.event)
                for other in events.undecided(text):
                    yield member, other
                events.add(text)

    @property
    def _events(self) -> EventJoining:
        return EventJoining(tell_of_events, self._keys, self._likeliest, self._join)

    def _keys(self, signs: EventSigns) -> Sequence[int]:
        return event_keys(signs, self.rarity)

    def _likeliest(self, keys: Sequence[int], by_key: Mapping[int, Sequence[int]]) -> Sequence[int]:
        return likeliest_articles(keys, by_key, self.rarity)

    def _join(self, members: Sequence[StoryMember], joined: JoinedStories, known: KnownEvents) -> JoinedStories:
        return join_events(members, joined, known, self.rarity)
