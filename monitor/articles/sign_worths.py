"""Say what the signs of articles are worth: how rare each is, and what an article says by them.

Rarity is the logarithm of a sign's share of recent articles (Spärck Jones 1972, doi:10.1108/eb026526).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise
from math import log
from operator import mul

from monitor.event_values import EventSign, EventSigns, KeyKind, kind_of, worths_by_code

_NAME, _NUMBER, _OF_TOPIC = 1.4, 1.2, 1.2
TITLE = 1.3
"""How much more a sign of the title is worth."""
_FACTORS_BY_KIND = {
    KeyKind.WORD: 1.0,
    KeyKind.LONG_NAME: 1.0,
    KeyKind.NAME: 0.8,
    KeyKind.SHORT_NAME: 0.6,
    KeyKind.PLACE: 1.0,
    KeyKind.TOPIC: 0.75,
    KeyKind.NUMBER: _NUMBER,
    KeyKind.SMALL_NUMBER: 0.35 * _NUMBER,
}
_FACTORS = tuple(_FACTORS_BY_KIND[kind] for kind in KeyKind)
_COGNATE = 0.6
"""What a word is worth that two languages spell alike, and that is no name."""
_RARE = 1000


def _worth_of(kind: int, is_name: bool, is_title: bool) -> float:
    return (_FACTORS[kind] if kind else _NAME if is_name else 1.0) * (TITLE if is_title else 1.0)


_WORTH_BY_CODE = worths_by_code(_worth_of)


class _Worths(dict[int, float]):
    """What keys are worth, each worked out when it is asked for first: millions are asked for again."""

    def __init__(self, worth_of: Callable[[int], float]) -> None:
        super().__init__()
        self._worth_of = worth_of

    def __missing__(self, key: int) -> float:
        worth = self[key] = self._worth_of(key)
        return worth


class Rarity:
    """How rare signs are: a count of each key over about the last thousands of articles.

    What the articles of a story say counts once: else the more outlets told it, the less would its own words tell.
    `worths` says how telling each key is: 0 where nearly all articles have it, 1 where less than one in a thousand has;
    `key_worths` how telling it is that two articles have it in common, which depends on its kind, too.
    """

    MOST = 6_000
    """Articles after which all counts are halved, so that what was frequent weeks ago is forgotten."""
    _YOUNG, _UNSEEN = 700, 200
    """As many articles as are missing to so many are taken for seen, and always so many.

    Else what ten outlets tell were frequent in a monitor that has seen little beside.
    """
    _UNSEEN_SHARE, _UNSEEN_TOPIC = 0.001, 0.02
    """The share of these that has a key, and that has a topic."""
    _KEPT = 100
    """Articles for which a worth is kept once it was computed."""

    def __init__(self) -> None:
        self._counts: dict[int, float] = {}
        self._articles = 0.0
        self._kept = 0
        self.worths = _Worths(self._worth)
        self.key_worths = _Worths(lambda key: self.worths[key] * _FACTORS[kind_of(key)])

    @property
    def is_young(self) -> bool:
        """Whether so few articles were seen that they hardly tell what is usual."""
        return self._articles < self._YOUNG

    def see(self, keys: Iterable[int], *, is_new: bool = True) -> None:
        """Count the keys of an article, or of a story, or what an article says more that was counted (not `is_new`)."""
        self._articles += is_new
        self._kept -= 1
        if self._kept <= 0:
            self.worths.clear()
            self.key_worths.clear()
            self._kept = min(self._KEPT, int(self._articles) // 10)
        for key in set(keys):
            self._counts[key] = self._counts.get(key, 0) + 1
        if self._articles > self.MOST:
            self._articles /= 2
            self._counts = {key: count / 2 for key, count in self._counts.items() if count > 1}

    def take_back(self, keys: Iterable[int]) -> None:
        """Count an article no longer that joined a story, nor these of its keys: what the story says is counted."""
        self._articles -= 1
        for key in keys:
            if (count := self._counts.get(key, 0)) >= 1:
                self._counts[key] = count - 1
                for worths in (self.worths, self.key_worths):
                    worths.pop(key, None)

    def _worth(self, key: int) -> float:
        usual = self._UNSEEN_TOPIC if kind_of(key) == KeyKind.TOPIC else self._UNSEEN_SHARE
        unseen = max(self._UNSEEN, self._YOUNG - self._articles)
        share = (self._counts.get(key, 0) + usual * unseen) / (self._articles + unseen)
        worth: float = min(1.0, max(0.0, -log(share) / log(_RARE))) ** 1.5
        return worth


class WeighedSigns:
    """The signs of an article with what they are worth while no further articles are counted, each worked out once."""

    def __init__(self, said: EventSigns, rarity: Rarity) -> None:
        self.said = said
        self._rarity = rarity

    @property
    def is_young(self) -> bool:
        """Whether it is hardly known yet what is usual."""
        return self._rarity.is_young

    @cached_property
    def worths(self) -> dict[int, float]:
        """What each sign is worth beside an article of the same language, by its key, in their order."""
        worths, packed = self._rarity.worths, self.said.signs
        found = list(map(mul, map(worths.__getitem__, packed.keys), map(_WORTH_BY_CODE.__getitem__, packed.codes)))
        for at, topic, is_title in packed.topics():
            # A word is no rarer than what it is about, which all its synonyms tell.
            found[at] = min(found[at], _OF_TOPIC * worths[topic] * (TITLE if is_title else 1.0))
        return dict(zip(packed.keys, found, strict=True))

    @cached_property
    def mass(self) -> float:
        """How much the article says, to one of the same language."""
        return sum(self.worths.values())

    @cached_property
    def keys(self) -> frozenset[int]:
        """The signs' own keys."""
        return frozenset(self.said.signs.keys)

    @cached_property
    def any_keys(self) -> frozenset[int]:
        """All keys that lead to a sign, also those by which it is met in other languages."""
        return self.said.signs.any_keys

    @cached_property
    def by_key(self) -> dict[int, EventSign]:
        """The signs by their own keys."""
        return {sign.key: sign for sign in self.said.signs}

    @cached_property
    def by_any_key(self) -> dict[int, EventSign]:
        """The first sign that each key leads to, also those by which it is met in other languages."""
        found: dict[int, EventSign] = {}
        for sign in reversed(self.said.signs):
            found[sign.key] = sign
            for key in sign.others:
                found[key] = sign
        return found

    @cached_property
    def in_order(self) -> list[EventSign]:
        """The signs as they stand in the text."""
        return sorted(self.said.signs, key=lambda sign: sign.position)

    @cached_property
    def neighbours(self) -> set[tuple[int, int]]:
        """The keys of signs that follow one another, without small numbers, in which templates differ."""
        return set(pairwise(sign.key for sign in self.said.signs if kind_of(sign.key) != KeyKind.SMALL_NUMBER))

    @cached_property
    def mass_elsewhere(self) -> float:
        """How much the article says that may be met in another language."""
        worths = self._rarity.key_worths
        return sum(
            max([worths[key] for key in sign.others]) if sign.others else worths[sign.key]
            for sign in self.said.signs
            if sign.others or kind_of(sign.key)
        )

    def met_worth(self, key: int, sign: EventSign) -> float:
        """Return what it is worth that a sign of the article is met in another language by this key."""
        worth = self._rarity.key_worths[key]
        return worth if kind_of(key) or sign.others else worth * _COGNATE

    def most_met(self, other: WeighedSigns) -> float:
        """Return what all the keys are worth that lead to signs of both articles, whatever leads to the same."""
        return sum(map(self._rarity.key_worths.__getitem__, self.any_keys & other.any_keys))

    def most_shared(self, other: WeighedSigns) -> float:
        """Return what the signs are worth here that both articles have, whatever they are worth there."""
        return sum(map(self.worths.__getitem__, self.keys & other.keys))
