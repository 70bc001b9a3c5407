"""Tell whether two articles are about one event, by the signs that they share and how rare each is.

Own design (docs/development.md), tuned on the tuning part of tests/data/stories and on real feeds beside it. In one
language words and names count together, as a cosine of what each says; across languages what is met in both:
names, places, topics and numbers. Rarity is the logarithm of a sign's share of recent articles (Spärck Jones 1972,
doi:10.1108/eb026526).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from math import exp, log, sqrt
from typing import NamedTuple

from monitor.articles.event_signs import kind_of
from monitor.event_values import EventSign, EventSigns, KeyKind
from monitor.text.meaning import closeness

_NAME, _TITLE, _NUMBER, _ADJACENT = 1.4, 1.3, 1.2, 0.5
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
_OF_TOPIC = 1.2
_COGNATE = 0.6
"""What a word is worth that two languages spell alike, and that is no name."""
# What is needed: in one language the cosine and the sum of what is shared; the same across languages.
_COSINE, _SUM = 0.21, 2.4
_FAR_COSINE, _FAR_SUM, _FAR_LEAST_MASS = 0.18, 2.0, 3.0
_FEWEST_SIGNS, _TOO_FEW = 2, 0.8
_PARTICULAR = 1.0
_SAME_OUTLET = 1.8
"""How much more is needed of two articles of one outlet, which share its ways of writing, and rarely the event."""
_SAME_TITLES, _SAME_OUTLET_ALIKE = 2.5, 1.2
_A_DAY = 0.12
"""How much more is needed for each day between two articles."""
_SAME_WORDING = 0.35
"""The share of a text's neighbouring signs from which on it has the other's wording: a template, or copied in part."""
_NEAR_MEANING, _FAR_MEANING, _MOST_BY_MEANING = (0.9, 8.0), (0.87, 8.0), 1.6
"""The cosine of meanings that says neither yes nor no, and how much more or less says more; then the most it says."""
_RARE = 1000
_SERIES_AFTER, _AT_ONCE = timedelta(hours=12), timedelta(hours=1)
_SAME_TITLE, _LIKE_TITLE, _SAME_TEXT, _ALIKE, _SHARED_NUMBERS = 0.8, 0.6, 0.9, 0.5, 0.34


class Rarity:
    """How rare signs are: a count of each key over about the last thousands of articles."""

    LEAST = 100
    """Articles before which nothing is known to be frequent, so that any two of one template would be alike."""
    MOST = 6_000
    """Articles after which all counts are halved, so that what was frequent weeks ago is forgotten."""
    _UNSEEN_ARTICLES, _UNSEEN_COUNT, _UNSEEN_TOPIC = 200, 0.2, 4.0
    _KEPT = 100
    """Articles for which a worth is kept once it was computed."""

    def __init__(self) -> None:
        self._counts: dict[int, float] = {}
        self._articles = 0.0
        self._worths: dict[int, float] = {}
        self._kept = 0

    @property
    def is_known(self) -> bool:
        """Whether enough articles were seen to tell what is rare."""
        return self._articles >= self.LEAST

    def see(self, keys: Iterable[int]) -> None:
        """Count the keys of one article."""
        self._articles += 1
        self._kept -= 1
        if self._kept <= 0:
            self._worths = {}
            self._kept = min(self._KEPT, int(self._articles) // 10)
        for key in keys:
            self._counts[key] = self._counts.get(key, 0) + 1
        if self._articles > self.MOST:
            self._articles /= 2
            self._counts = {key: count / 2 for key, count in self._counts.items() if count > 1}

    def __call__(self, key: int) -> float:
        """Return how telling a key is: 0 where nearly all articles have it, 1 where less than one in a thousand has."""
        worth = self._worths.get(key)
        if worth is None:
            unseen = self._UNSEEN_TOPIC if kind_of(key) == KeyKind.TOPIC else self._UNSEEN_COUNT
            share = (self._counts.get(key, 0) + unseen) / (self._articles + self._UNSEEN_ARTICLES)
            worth = self._worths[key] = min(1.0, max(0.0, -log(share) / log(_RARE))) ** 1.5
        return worth


def key_worth(key: int, rarity: Rarity) -> float:
    """Return how telling it is that two articles have a key in common."""
    return rarity(key) * _FACTORS[kind_of(key)]


class Likeness(NamedTuple):
    """How surely two articles are about one event (1: enough), and the shared signs that say so, most telling first.

    `separate` is what the shared signs are worth where a phrase counts once; 0 unless the score is enough. `meaning`
    is the cosine of what both mean, None where that is not known.
    """

    score: float
    shared: tuple[EventSign, ...] = ()
    separate: float = 0.0
    meaning: float | None = None


class _Weighed(NamedTuple):
    """A sign that two articles share: what it is worth, and the sign in each."""

    worth: float
    one: EventSign
    other: EventSign
    is_topic: bool = False


def likeness(one: EventSigns, other: EventSigns, apart: timedelta, rarity: Rarity) -> Likeness:
    """Return how alike two articles are that were published `apart`; 0 for two of one series or template.

    Who tells an event again says it in other words. What has the other's words is a copy, as which it is known by its
    text, or a template's about something else.
    """
    is_near = one.language == other.language or not (one.language and other.language)
    score, shared = _near(one, other, apart, rarity) if is_near else _far(one, other, rarity)
    needed = 1 + _A_DAY * abs(apart) / timedelta(days=1)
    if one.outlet == other.outlet:
        in_titles = sum(found.worth for found in shared if found.one.is_title and found.other.is_title)
        needed *= _SAME_OUTLET if in_titles < _SAME_TITLES else _SAME_OUTLET_ALIKE
    meaning = closeness(one.meaning, other.meaning)
    if meaning is not None:
        score *= _by_meaning(meaning, _NEAR_MEANING if is_near else _FAR_MEANING)
    if score >= needed and _has_wording(one, other) and not _is_said_at_once(one, other, apart):
        return Likeness(0.0)
    ranked = sorted(shared, key=lambda found: -found.worth)
    separate = _separate(shared) if score >= needed else 0.0
    return Likeness(score / needed, tuple(found.one for found in ranked), separate, meaning)


def _separate(shared: Iterable[_Weighed]) -> float:
    """Return what shared signs are worth, those that stand side by side in both texts as the most telling of them."""
    worths: list[float] = []
    before: _Weighed | None = None
    for found in sorted(shared, key=lambda found: found.one.position):
        if before is not None and _is_adjacent(before, found):
            worths[-1] = max(worths[-1], found.worth)
        else:
            worths.append(found.worth)
        before = found
    return sum(worths)


def _by_meaning(meaning: float, scale: tuple[float, float]) -> float:
    """Return by how much a likeness in meaning makes it surer, or less sure, that two articles are about one event."""
    middle, steepness = scale
    return min(_MOST_BY_MEANING, max(1 / _MOST_BY_MEANING, exp(steepness * (meaning - middle))))


def _has_wording(one: EventSigns, other: EventSigns) -> bool:
    """Tell whether one of two texts has the wording of the other: mostly the same signs beside the same."""
    keys = [[sign.key for sign in each.signs] for each in (one, other)]
    neighbours = [set(pairwise(each)) for each in keys]
    return len(neighbours[0] & neighbours[1]) > _SAME_WORDING * min(map(len, neighbours))


def _is_said_at_once(one: EventSigns, other: EventSigns, apart: timedelta) -> bool:
    """Tell whether two outlets say the very same, as with a title of few words that is all they have."""
    is_same = {sign.key for sign in one.signs} == {sign.key for sign in other.signs}
    return is_same and one.outlet != other.outlet and abs(apart) <= _AT_ONCE


def _near(one: EventSigns, other: EventSigns, apart: timedelta, rarity: Rarity) -> tuple[float, list[_Weighed]]:
    """Compare two articles of one language: all their words count."""
    others = {sign.key: sign for sign in other.signs}
    shared, mass = [], 0.0
    for sign in one.signs:
        worth = _worth(sign, rarity)
        mass += worth
        if sign.key in others:
            shared.append(_Weighed(min(worth, _worth(others[sign.key], rarity)), sign, others[sign.key]))
    total = sum(found.worth for found in shared)
    cosine = total / max(1e-9, sqrt(mass * sum(_worth(sign, rarity) for sign in other.signs)))
    if _is_series(one, other, apart, cosine):
        return 0.0, []
    particular = sum(found.worth for found in shared if _is_particular(found))
    score = min(cosine / _COSINE, total / _SUM)
    return (score if particular >= _PARTICULAR else min(score, _TOO_FEW)), shared


def _is_particular(found: _Weighed) -> bool:
    """Tell whether a shared sign is a name, a number, or in both titles: words alone may be of any such event."""
    one, other = found.one, found.other
    return (one.is_name and other.is_name) or (one.is_title and other.is_title) or bool(kind_of(one.key))


def _worth(sign: EventSign, rarity: Rarity) -> float:
    kind = kind_of(sign.key)
    worth = rarity(sign.key) * (_FACTORS[kind] if kind else _NAME if sign.is_name else 1.0)
    if sign.others and kind_of(sign.others[-1]) == KeyKind.TOPIC and not sign.is_name:
        # A word is no rarer than what it is about, which all its synonyms tell.
        worth = min(worth, _OF_TOPIC * rarity(sign.others[-1]))
    return worth * _TITLE if sign.is_title else worth


def _far(one: EventSigns, other: EventSigns, rarity: Rarity) -> tuple[float, list[_Weighed]]:
    """Compare two articles of different languages: by the signs that have a key in common."""
    shared = _met(one, other, rarity)
    total, signs = 0.0, 0
    for before, found in zip((None, *shared), shared, strict=False):
        # Given name and surname are one sign.
        is_adjacent = before is not None and _is_adjacent(before, found)
        in_title = _TITLE**0.5 if found.one.is_title or found.other.is_title else 1.0
        total += found.worth * in_title * (_ADJACENT if is_adjacent else 1.0)
        signs += not is_adjacent
    mass = sqrt(_mass(one, rarity) * _mass(other, rarity))
    score = min(total / _FAR_SUM, total / max(_FAR_LEAST_MASS, mass) / _FAR_COSINE)
    return (score if signs >= _FEWEST_SIGNS else min(score, _TOO_FEW)), shared


def _met(one: EventSigns, other: EventSigns, rarity: Rarity) -> list[_Weighed]:
    """Return the signs that meet in any key, each once, in the order of `one`."""
    by_key: dict[int, EventSign] = {}
    for sign in other.signs:
        for key in sign.keys:
            by_key.setdefault(key, sign)
    found: list[_Weighed] = []
    taken: set[int] = set()
    for sign in sorted(one.signs, key=lambda sign: sign.position):
        meeting = [
            _Weighed(_met_worth(key, sign, rarity), sign, by_key[key], kind_of(key) == KeyKind.TOPIC)
            for key in sign.keys
            if key in by_key and by_key[key].key not in taken
        ]
        if meeting:
            best = max(meeting, key=lambda one: one.worth)
            found.append(best)
            taken.add(best.other.key)
    return found


def _met_worth(key: int, sign: EventSign, rarity: Rarity) -> float:
    kind = kind_of(key)
    return rarity(key) * (_FACTORS[kind] if kind else 1.0 if sign.others else _COGNATE)


def _is_adjacent(before: _Weighed, found: _Weighed) -> bool:
    return (
        not before.is_topic
        and not found.is_topic
        and found.one.position - before.one.position <= 2
        and abs(found.other.position - before.other.position) <= 2
    )


def _mass(article: EventSigns, rarity: Rarity) -> float:
    """Return how much an article says that may be met in another language."""
    worths = (
        max((_met_worth(key, sign, rarity) for key in sign.others), default=0.0)
        if sign.others
        else _met_worth(sign.key, sign, rarity) * bool(kind_of(sign.key))
        for sign in article.signs
    )
    return sum(worths)


def _is_series(one: EventSigns, other: EventSigns, apart: timedelta, cosine: float) -> bool:
    """Tell whether two articles are issues of a series: the same words another day, with other numbers."""
    titles = [{sign.key for sign in each.signs if sign.is_title and not _is_number(sign)} for each in (one, other)]
    in_titles = [{sign.key for sign in each.signs if sign.is_title and _is_number(sign)} for each in (one, other)]
    alike = _share(*titles)
    if abs(apart) < _SERIES_AFTER:
        # At one outlet also at once: Race 1, Race 2.
        return alike == 1 and in_titles[0] != in_titles[1] and one.outlet == other.outlet
    if alike >= _LIKE_TITLE and in_titles[0] != in_titles[1]:
        return True
    if alike >= _SAME_TITLE:
        return cosine < _SAME_TEXT
    if cosine < _ALIKE:
        return False
    if all(in_titles) and not in_titles[0] & in_titles[1]:
        return True
    numbers = [{sign.key for sign in each.signs if kind_of(sign.key) == KeyKind.NUMBER} for each in (one, other)]
    fewest = min(map(len, numbers))
    return fewest > 1 and len(numbers[0] & numbers[1]) < _SHARED_NUMBERS * fewest


def _is_number(sign: EventSign) -> bool:
    return kind_of(sign.key) in (KeyKind.NUMBER, KeyKind.SMALL_NUMBER)


def _share(one: set[int], other: set[int]) -> float:
    return len(one & other) / max(1, len(one | other))
