"""Decide which story an article is of by the event that it is about.

An article joins the story of the article that is most alike, if it is alike enough to the story's other articles as
well: a round-up, which has something of each of two stories, makes no one story of them. What tells of many events
joins nothing, and nothing joins it. A story is never merged with another here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from heapq import nsmallest

from monitor.articles.retellings import ComparedStory, surely_retells, teller_of_numbers
from monitor.articles.same_event import Likeness, likeness, may_be_alike, most_alike
from monitor.articles.sign_worths import Rarity, WeighedSigns
from monitor.event_values import EventLink, EventSign, EventSigns, EventText, KeyKind, KnownEvents, NearStory, kind_of

LASTS = timedelta(days=4)
"""How long after an article another one may be about the same event."""
MEMBERS = 8
"""The most articles of a story that another one is compared with: the first, which began it, and the last."""
KEYS, KEYS_AT_FIRST = 20, 40
"""The most keys by which an article is found: the rarest; more while most words are as rare as a name."""
_FOUND, _COMPARED = 24, 8
_LEAST_WORTH = 0.25
_TO_ALL = 0.6
"""How alike an article is, on average, to those of the story that it joins."""
_UNDECIDED, _MOST_UNDECIDED = (0.4, 1.8), 4
"""Between which scores meaning may decide, and with how many articles a text is compared by it."""
_REASONS = 8
_SPELLINGS = 3
_WORTH_NAMING = 0.3
"""How alike a story is at least that is named as the nearest one."""
_IN_TITLE, _PLAIN = 1.3, 0.7


def event_keys(signs: EventSigns, rarity: Rarity) -> list[int]:
    """Return the keys by which an article is found, the most telling first; none if it tells of many events."""
    if signs.is_mixed:
        return []
    worths: dict[int, float] = {}
    for sign in signs.signs:
        weight = (_IN_TITLE if sign.is_title else 1.0) * (1.0 if sign.is_name or kind_of(sign.key) else _PLAIN)
        for key in _leading(sign):
            if (worth := rarity.key_worths[key]) >= _LEAST_WORTH and (worth := worth * weight) > worths.get(key, 0.0):
                worths[key] = worth
    most = KEYS_AT_FIRST if rarity.is_young else KEYS
    return [key for _, key in sorted((-worth, key) for key, worth in worths.items())[:most]]


def _leading(sign: EventSign) -> Sequence[int]:
    """Return the keys that lead to an article by one sign: those of a name are the same in all languages."""
    others = [key for key in sign.others if kind_of(key) != KeyKind.TOPIC][:_SPELLINGS] if sign.others else ()
    return others or (sign.key,)


def likeliest_articles(keys: Sequence[int], by_key: Mapping[int, Sequence[int]], rarity: Rarity) -> list[int]:
    """Return the few articles that share the most telling of these keys, the best first."""
    shared: dict[int, float] = defaultdict(float)
    for key in keys:
        worth = rarity.key_worths[key]
        for article_id in by_key.get(key, ())[-_FOUND:]:
            shared[article_id] += worth
    best = nsmallest(_COMPARED, ((-worth, article_id) for article_id, worth in shared.items()))
    return [article_id for _, article_id in best]


def _said(alike: Likeness) -> tuple[str, ...]:
    """Return what two articles share, most telling first."""
    return tuple(dict.fromkeys(sign.text for sign in alike.shared))[:_REASONS]


def _cut(score: float) -> str:
    """Return a score that is never written as one that it does not reach."""
    return f"{int(score * 100) / 100:.2f}"


class Events:
    """The events that are known while articles join them."""

    def __init__(self, known: KnownEvents, rarity: Rarity) -> None:
        self._rarity = rarity
        self._by_key = {key: list(ids) for key, ids in known.by_key.items()}
        self._texts = dict(known.texts)
        self._members: dict[int, list[int]] = defaultdict(list)
        self._dropped: dict[int, None] = {}
        self._weighed: dict[int, WeighedSigns] = {}
        for id_ in sorted(self._texts):
            self._members[self._texts[id_].story_id].append(id_)

    def find(self, text: EventText) -> EventLink | None:
        """Return the story of another article that a text is about the event of; None if it is of none."""
        stories = (self._compare(text, story) for story in self._stories_near(text))
        best = max((one for one in stories if one), key=lambda one: one.score, default=None)
        if best is None:
            return None
        alike, other = best.nearest
        why = _said(alike)
        if alike.meaning is not None:
            why += (f"likeness in meaning {alike.meaning:.2f}",)
        is_new = not surely_retells(text, best)
        return EventLink(text.article_id, other.article_id, other.story_id, min(1.0, alike.score / 2), why, is_new)

    def nearest(self, text: EventText) -> NearStory | None:
        """Return the story of another article that a text is most alike, joined or not; None if none is near."""
        near = [
            (self._nearness(text, one), one) for story in self._stories_near(text) for one in self._of_days(text, story)
        ]
        nearness, other = max(near, key=lambda one: one[0], default=(0.0, text))
        if nearness < _WORTH_NAMING:
            return None
        alike = self._likeness(text, other)
        to_all = ComparedStory([(self._likeness(text, one), one) for one in self._of_days(text, other.story_id)]).to_all
        lacks = ""
        if not alike.score:
            lacks = "one has the wording of the other, as reports of one form or series have"
        elif alike.score < 1:
            lacks = f"alike by {_cut(alike.score)} of what is needed"
        elif to_all < _TO_ALL:
            on_average = f"by {_cut(to_all)} on average to the articles of that story, where {_TO_ALL:.2f} is needed"
            lacks = f"alike by {_cut(alike.score)}, which is enough, but {on_average}"
        return NearStory(other.story_id, other.article_id, lacks, _said(alike))

    def undecided(self, text: EventText) -> list[EventText]:
        """Return the few articles of which it may depend on what they mean whether a text is about their event."""
        members = [self._texts[id_] for story in self._stories_near(text) for id_ in self._members[story]]
        likely = [one for one in members if self._may_be_alike(text, one, _UNDECIDED[0])]
        scored = [(-self._likeness(text, one).score, one.article_id) for one in likely]
        near = sorted((score, id_) for score, id_ in scored if _UNDECIDED[0] <= -score < _UNDECIDED[1])
        return [self._texts[id_] for _, id_ in near[:_MOST_UNDECIDED]]

    def fit(self, text: EventText) -> float:
        """Return how alike a text is, on average, to the others of its story (1: enough to join any of them)."""
        others = [id_ for id_ in self._members[text.story_id] if id_ != text.article_id]
        scores = [self._likeness(text, self._texts[id_]).score for id_ in others]
        return sum(scores) / len(scores) if scores else 1.0

    def teller_of_numbers(self, text: EventText) -> int | None:
        """Return the other article of a text's story that told all numbers of its title; None where there is none."""
        others = [self._texts[id_] for id_ in self._members[text.story_id] if id_ != text.article_id]
        teller = teller_of_numbers(text, others)
        return teller.article_id if teller else None

    def kept(self, story_id: int) -> tuple[int, ...]:
        """Return the articles by which a story is known."""
        return tuple(self._members[story_id])

    def said_of(self, story_id: int) -> set[int]:
        """Return the keys of all that is known of a story."""
        return set[int]().union(*(self._texts[id_].signs.any_keys for id_ in self._members[story_id]))

    @property
    def dropped(self) -> tuple[int, ...]:
        """The articles by which their stories are known no longer."""
        return tuple(self._dropped)

    def add(self, text: EventText) -> list[int]:
        """Let later articles find a text; return the keys that lead to it."""
        keys = event_keys(text.signs, self._rarity)
        for key in keys:
            self._by_key.setdefault(key, []).append(text.article_id)
        self._texts[text.article_id] = text
        members = self._members[text.story_id]
        if text.article_id not in members:
            members.append(text.article_id)
        if len(members) > MEMBERS:
            self._dropped[members.pop(MEMBERS // 2)] = None
        return keys

    def _stories_near(self, text: EventText) -> list[int]:
        """Return the other stories of the articles that share the most telling keys with a text."""
        found_by = likeliest_articles(event_keys(text.signs, self._rarity), self._by_key, self._rarity)
        stories = dict.fromkeys(self._texts[id_].story_id for id_ in found_by if id_ in self._texts)
        return [story for story in stories if story != text.story_id]

    def _compare(self, text: EventText, story: int) -> ComparedStory | None:
        of_days = self._of_days(text, story)
        likely = {one.article_id: self._likeness(text, one) for one in of_days if self._may_be_alike(text, one)}
        if all(alike.score < 1 for alike in likely.values()):
            return None
        found = ComparedStory([(likely.get(one.article_id) or self._likeness(text, one), one) for one in of_days])
        return None if found.to_all < _TO_ALL else found

    def _of_days(self, text: EventText, story: int) -> list[EventText]:
        members = (self._texts[id_] for id_ in self._members[story])
        return [one for one in members if abs(text.at - one.at) <= LASTS]

    def _nearness(self, one: EventText, other: EventText) -> float:
        """Return how alike two articles are, or look where one has the wording of the other, which counts as unlike."""
        alike = self._likeness(one, other)
        return alike.score if alike.shared else min(1.0, most_alike(self._weigh(one), self._weigh(other)))

    def _may_be_alike(self, one: EventText, other: EventText, score: float = 1.0) -> bool:
        """Tell quickly whether the likeness of two articles may be as much as a score: mostly it is far from it."""
        apart = one.at - other.at
        return abs(apart) <= LASTS and may_be_alike(self._weigh(one), self._weigh(other), apart, score)

    def _likeness(self, one: EventText, other: EventText) -> Likeness:
        return likeness(self._weigh(one), self._weigh(other), one.at - other.at)

    def _weigh(self, text: EventText) -> WeighedSigns:
        weighed = self._weighed.get(text.article_id)
        if weighed is None or weighed.said is not text.signs:
            # Known articles come with another text.
            weighed = self._weighed[text.article_id] = WeighedSigns(text.signs, self._rarity)
        return weighed
