"""Decide which story each article joins: by its keys, which are exact, and by its text, where it is a copy or update.

A union-find over stories (Galler and Fischer 1964, doi:10.1145/364099.364331) whose roots are the oldest stories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import timedelta

from monitor.articles.copies import DECIDED, Resemblance, compare
from monitor.story_values import (
    JoinedStories,
    KnownStories,
    Relation,
    SignedText,
    StoryLink,
    StoryMember,
    TextSignature,
)

BAND_ROOM = 24
"""The most articles of one band: what so many texts have tells nothing of one."""
COMPARED = 4
"""The most texts that one is compared with: those that share the most bands."""
_AT_ONCE = timedelta(minutes=5)
_GROWN = 1.5
"""So many times the words of before are no edit: a page has them, of which the feed gave the beginning."""

_BY_KEY = Resemblance(Relation.COPY, 1.0, ("the same address",))


def join_stories(members: Sequence[StoryMember], known: KnownStories) -> JoinedStories:
    """Return the story of each member, in order, by its keys and text and by the members before it.

    A new article whose keys and text lead to no story begins one with its own id; ids grow with time. An article whose
    keys lead to several merges them into the oldest. A text leads to one story alone, that of the text it resembles
    most; that of a known article does so only until one of `DECIDED` words has decided.
    """
    grouping = _Grouping(known)
    joined = [(member.article_id, grouping.join(member)) for member in members]
    roots = {story: grouping.root(story) for story in grouping.merged}
    return JoinedStories(
        by_article={article_id: roots.get(story, story) for article_id, story in joined},
        begun=[story for story in grouping.begun if story not in roots],
        keys={key: roots.get(story, story) for key, story in grouping.by_key.items() if key not in known.by_key},
        merged={story: root for story, root in roots.items() if story not in grouping.begun},
        links={
            id_: link._replace(story_id=roots.get(link.story_id, link.story_id)) for id_, link in grouping.links.items()
        },
        signed=grouping.signed,
        by_text=frozenset(grouping.by_text),
    )


def likeliest(bands: Sequence[int], by_band: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the few articles that share the most of these bands, those counting most that few articles have.

    One full band alone counts for nothing: it is of a footer, or of three ordinary words.
    """
    weights: dict[int, float] = defaultdict(float)
    for ids in (by_band[band] for band in bands if band in by_band):
        for id_ in ids:
            weights[id_] += 1 / len(ids)
    ranked = sorted((-weight, id_) for id_, weight in weights.items() if weight > 1 / BAND_ROOM)
    return [id_ for _, id_ in ranked[:COMPARED]]


class _Grouping:
    """The stories while members join them: `merged` has for a merged story one that it was merged into."""

    def __init__(self, known: KnownStories) -> None:
        self.by_key = dict(known.by_key)
        self.begun: dict[int, None] = {}
        self.merged: dict[int, int] = {}
        self.links: dict[int, StoryLink] = {}
        self.signed: dict[int, tuple[SignedText, tuple[int, ...]]] = {}
        self.by_text: set[int] = set()
        self._bands = {band: list(ids) for band, ids in known.bands.items()}
        self._texts = dict(known.texts)
        self._by_outlet: dict[str, dict[int, SignedText]] = defaultdict(dict)
        for text in self._texts.values():
            self._by_outlet[text.outlet][text.article_id] = text

    def root(self, story: int) -> int:
        while story in self.merged:
            story = self.merged[story]
        return story

    def join(self, member: StoryMember) -> int:
        # Of a first poll, nothing leads anywhere: the rest would take five times as long to find that out.
        if member.story_id is None and member.signature is None and self.by_key.keys().isdisjoint(member.keys):
            story = self._merge(member.article_id, set())
            self.by_key.update(dict.fromkeys(member.keys, story))
            return story
        by_key = [self.by_key[key] for key in member.keys if key in self.by_key]
        led = {story: (_BY_KEY, story) for story in map(self.root, by_key)}
        if alike := self._alike(member):
            resemblance, text = alike
            led[self.root(text.story_id)] = resemblance, text.article_id
        own = None if member.story_id is None else self.root(member.story_id)
        if alike and own == self.root(alike[1].story_id):
            self.by_text.add(member.article_id)
        story = self._merge(member.article_id, led.keys() | ({own} if own is not None else set()))
        # What was a copy by its first sentence may go on otherwise, as its page says.
        new = [found for to, found in led.items() if to != own or found[0].relation is Relation.UPDATE]
        self._link(member, story, new)
        for key in member.keys:
            self.by_key.setdefault(key, story)
        self._sign(member, story)
        return story

    def _merge(self, article_id: int, found: set[int]) -> int:
        """Return the oldest of these stories, into which the others are merged; a new one where there is none."""
        if not found:
            self.begun[article_id] = None
            return article_id
        story = min(found)
        self.merged.update(dict.fromkeys(found - {story}, story))
        return story

    def _link(self, member: StoryMember, story: int, led: Sequence[tuple[Resemblance, int]]) -> None:
        """Keep why a member is of a story that is not its own: its text says more of that than its address."""
        for resemblance, of_article in led:
            if member.article_id not in self.links or resemblance is not _BY_KEY:
                self.links[member.article_id] = StoryLink(member.article_id, of_article, story, *resemblance)

    def _alike(self, member: StoryMember) -> tuple[Resemblance, SignedText] | None:
        """Return the text that a member's resembles most, a copy before any update."""
        own = self._texts.get(member.article_id)
        is_decided = member.story_id is not None and own and own.signature.words >= DECIDED
        if member.signature is None or is_decided:
            return None
        texts = [self._texts[id_] for id_ in likeliest(member.signature.bands, self._bands) if id_ in self._texts]
        others = [text for text in texts if text.article_id != member.article_id]
        found = [(alike, text) for text in others if (alike := _compared(member, text))]
        apart = self._apart(member, {self.root(text.story_id) for _, text in found})
        found = [(alike, text) for alike, text in found if self.root(text.story_id) not in apart]
        return max(found, key=lambda one: (one[0].relation is Relation.COPY, one[0].score), default=None)

    def _apart(self, member: StoryMember, stories: Set[int]) -> set[int]:
        """Return those of these stories that have another text, which the member's outlet published at the same moment.

        Pieces of one template may each resemble what another outlet has, which makes them no story.
        """
        if not stories or member.at is None:
            return set()
        others = self._by_outlet[member.outlet].values()
        beside = [
            text for text in others if text.article_id != member.article_id and abs(member.at - text.at) <= _AT_ONCE
        ]
        near = [(self.root(text.story_id), text) for text in beside]
        return {story for story, text in near if story in stories and not _compared(member, text)}

    def _sign(self, member: StoryMember, story: int) -> None:
        """Let later members find the text of this one, in bands that have room."""
        known = self._texts.get(member.article_id)
        if member.signature is None or member.at is None or (known and _is_known_by(known.signature, member.signature)):
            return
        text = SignedText(member.article_id, story, member.at, member.outlet, member.signature)
        free = [
            band
            for band in member.signature.bands
            for ids in [self._bands.setdefault(band, [])]
            if member.article_id in ids or len(ids) < BAND_ROOM
        ]
        for band in free:
            if member.article_id not in self._bands[band]:
                self._bands[band].append(member.article_id)
        self._texts[member.article_id] = self._by_outlet[member.outlet][member.article_id] = text
        self.signed[member.article_id] = text, tuple(free)


def _is_known_by(before: TextSignature, now: TextSignature) -> bool:
    """Tell whether an article stays known by its text before: the same, or one that an edit made say something new.

    Who copies that text says something new as well, to whoever was told of the article and not of its edit.
    """
    if before == now or now.words > _GROWN * before.words:
        return before == now
    alike = compare(now, before, timedelta(), same_outlet=True)
    return alike is not None and alike.relation is Relation.UPDATE


def _compared(member: StoryMember, text: SignedText) -> Resemblance | None:
    if member.signature is None or member.at is None:
        return None
    return compare(member.signature, text.signature, member.at - text.at, same_outlet=member.outlet == text.outlet)
