"""Let articles join stories by the events that they are about, where no address and no text has led them to any.

A story decided on few words is provisional: when a longer text of its article comes, the article's story may become
part of another, or the article leaves the story that it had joined wrongly. It then begins its own, and what was told
of it stays in the thread where it was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.articles.copies import NUMBER_ALONE
from monitor.articles.event_stories import Events
from monitor.articles.sign_worths import Rarity
from monitor.event_values import EventLink, EventText, KnownEvents
from monitor.story_values import JoinedStories, KeptEvents, Relation, StoryLink, StoryMember

_PROVISIONAL = 40
"""A story decided by fewer signs, those of about 60 words, is decided again."""
_MISFIT = 0.5
"""An article leaves a story whose articles it is less alike, on average."""


def tell_of_events(members: Sequence[StoryMember], joined: JoinedStories) -> list[StoryMember]:
    """Return those of these members that tell of an event themselves: what is a copy says nothing of its own."""
    return [member for member in members if member.event and member.at and not _is_copy(joined, member.article_id)]


def join_events(
    members: Sequence[StoryMember], joined: JoinedStories, known: KnownEvents, rarity: Rarity
) -> JoinedStories:
    """Return which stories members join, as they joined by keys and texts, then by the events that they tell of.

    `members` are of those the ones that tell of an event, in order, and `known` is what is stored of these.
    """
    if not members:
        return joined
    # All are counted first, so that what many say at once is known to be no sign of one event. What ten outlets copy is
    # said once: its words would be frequent in a small monitor, and what comes of that story no part of it.
    for member in members:
        if member.event:
            before = known.texts.get(member.article_id)
            counted = before.signs.any_keys if before else frozenset()
            rarity.see(member.event.any_keys - counted, is_new=not before)
    return _Joining(joined, Events(known, rarity), known, rarity).join(members)


def _is_copy(joined: JoinedStories, article_id: int) -> bool:
    link = joined.links.get(article_id)
    return link is not None and link.relation is Relation.COPY


@dataclass(slots=True)
class _Joining:
    """The decisions by events, made on those by keys and texts (`joined`)."""

    joined: JoinedStories
    events: Events
    known: KnownEvents
    rarity: Rarity
    links: dict[int, StoryLink] = field(default_factory=dict)
    part_of: dict[int, int] = field(default_factory=dict)
    texts: dict[int, tuple[EventText, tuple[int, ...]]] = field(default_factory=dict)
    left: dict[int, tuple[bytes, ...]] = field(default_factory=dict)

    def join(self, members: Sequence[StoryMember]) -> JoinedStories:
        for member in members:
            self._join(member)
        joined, begun = self.joined, set(self.joined.begun)
        keys = joined.keys | {key: id_ for id_, keys in self.left.items() for key in keys}
        links = {id_: link for id_, link in (joined.links | self.links).items() if id_ not in self.left}
        moved = {story: self._root(story) for story in self.part_of}
        return joined._replace(
            by_article={id_: self._root(story) for id_, story in joined.by_article.items()}
            | {id_: id_ for id_ in self.left},
            begun=[*(story for story in joined.begun if story not in self.part_of), *self.left],
            keys={key: self._root(story) for key, story in keys.items()},
            merged={story: self._root(into) for story, into in joined.merged.items()}
            | {story: into for story, into in moved.items() if story not in begun},
            links={id_: link._replace(story_id=self._root(link.story_id)) for id_, link in links.items()},
            events=KeptEvents(self._kept(), self.events.dropped, tuple(self.left)),
        )

    def _kept(self) -> tuple[tuple[EventText, tuple[int, ...]], ...]:
        dropped = set(self.events.dropped)
        kept = [(text, keys) for id_, (text, keys) in self.texts.items() if id_ not in dropped]
        return tuple((text._replace(story_id=self._root(text.story_id)), keys) for text, keys in kept)

    def _root(self, story: int) -> int:
        while story in self.part_of:
            story = self.part_of[story]
        return story

    def _join(self, member: StoryMember) -> None:
        signs, at = member.event, member.at
        if signs is None or at is None:
            return
        story = self._root(self.joined.by_article[member.article_id])
        before = self.known.texts.get(member.article_id)
        text = EventText(member.article_id, story, at, signs)
        if before and (len(before.signs.signs) >= _PROVISIONAL or before.signs.says_the_same(signs)):
            return
        if before and self._was_led(member.article_id) and self.events.fit(text) < _MISFIT:
            self.left[member.article_id] = member.keys
            text = text._replace(story_id=member.article_id)
        elif story == member.article_id and (link := self.events.find(text)):
            self.rarity.take_back(signs.any_keys & self.events.said_of(link.story_id))
            self._follow(link)
            text = text._replace(story_id=min(story, link.story_id))
        elif story != member.article_id:
            self._weigh_number(text)
        keys = self.events.add(text)
        if keys:
            self.texts[member.article_id] = text, tuple(keys)

    def _weigh_number(self, text: EventText) -> None:
        """Find no news in a text that has a number more than the one that it resembles, where a third has told that."""
        link = self.joined.links.get(text.article_id)
        if link is None or link.relation is not Relation.UPDATE or link.why[1:] != (NUMBER_ALONE,):
            return
        if (teller := self.events.teller_of_numbers(text)) is not None:
            told = link._replace(of_article_id=teller, relation=Relation.RETOLD, why=(*link.why, "told by another"))
            self.links[text.article_id] = told

    def _was_led(self, article_id: int) -> bool:
        """Tell whether its event alone led an article to its story, where its text does not now."""
        is_by_text = article_id in self.joined.links or article_id in self.joined.by_text
        return article_id in self.known.joined and not is_by_text

    def _follow(self, link: EventLink) -> None:
        """Make the story that an article began part of another, or the other way round where that is younger."""
        if link.story_id > link.article_id:
            self.part_of[link.story_id] = link.article_id
            if link.of_article_id == link.story_id:
                because = Relation.FIRST, link.score, link.why
                self.links[link.story_id] = StoryLink(link.story_id, link.article_id, link.article_id, *because)
            return
        self.part_of[link.article_id] = link.story_id
        relation = Relation.UPDATE if link.is_new else Relation.RETOLD
        self.links[link.article_id] = StoryLink(
            link.article_id, link.of_article_id, link.story_id, relation, link.score, link.why
        )
