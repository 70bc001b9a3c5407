"""Tell whether two articles are about one event, by the signs that they share and how rare each is.

Own design (docs/development.md), tuned on the tuning part of tests/data/stories and on real feeds beside it. In one
language words and names count together, as a cosine of what each says; across languages what is met in both:
names, places, topics and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from monitor.articles.event_signs import topic_key
from monitor.articles.sign_worths import TITLE, WeighedSigns
from monitor.event_values import EventSign, EventSigns, KeyKind, kind_of
from monitor.text.meaning import closeness

_ADJACENT = 0.5
# What is needed: in one language the cosine and the sum of what is shared; the same across languages.
_COSINE, _SUM = 0.21, 2.4
_FAR_COSINE, _FAR_SUM, _FAR_LEAST_MASS = 0.18, 2.0, 3.0
_FEWEST_SIGNS, _TOO_FEW = 2, 0.8
_FAR_TITLE = TITLE**0.5
_PARTICULAR = 1.0
_PROPER_AT_FIRST, _FAR_PROPER_AT_FIRST = 1.5, 1.0
"""What shared names, topics and numbers are worth at least while little was seen; the same across languages."""
_PROPER = (KeyKind.LONG_NAME, KeyKind.NAME, KeyKind.SHORT_NAME, KeyKind.PLACE, KeyKind.TOPIC, KeyKind.NUMBER)
_OF_EVENT, _FAR_OF_EVENT = 0.15, 0.1
"""The share of what is in common that says what happened, also across languages: one does many things at one place."""
_OF_FORM_ALONE = 0.5
"""The most that less is worth, so that likeness in meaning makes no event of it: what is of one form means alike."""
_SAME_OUTLET = 1.8
"""How much more is needed of two articles of one outlet, which share its ways of writing, and rarely the event."""
_SAME_TITLES, _SAME_OUTLET_ALIKE = 2.5, 1.2
_A_WHILE, _A_DAY = timedelta(hours=4), 0.5
"""After how long more is needed of two articles, and how much for each day: the same people at another event."""
_SAME_WORDING, _OF_FORM = 0.35, 0.18
"""The share of a text's neighbouring signs from which on it has the other's wording: a template, or copied in part.

Where none of their numbers is the other's, so much is a template's: two flights that an airport tells of, two strikes;
not soon where both titles have a name: who speaks of how it goes on is named in the same words.
"""
_NEAR_MEANING, _FAR_MEANING, _MOST_BY_MEANING = (0.9, 8.0), (0.87, 8.0), 1.6
"""The cosine of meanings that says neither yes nor no, and how much more or less says more; then the most it says."""
_ABOVE_ROUNDING = 1 + 1e-9
_SERIES_AFTER, _AT_ONCE = timedelta(hours=12), timedelta(hours=1)
_SAME_TITLE, _LIKE_TITLE, _SAME_TEXT, _ALIKE, _SHARED_NUMBERS = 0.8, 0.6, 0.9, 0.5, 0.34


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
    """A sign that two articles share: what it is worth, the sign in each, and by which kind of key it is met."""

    worth: float
    one: EventSign
    other: EventSign
    kind: int = KeyKind.WORD


def likeness(one: WeighedSigns, other: WeighedSigns, apart: timedelta) -> Likeness:
    """Return how alike two articles are that were published `apart`; 0 for two of one series or template.

    Who tells an event again says it in other words. What has the other's words is a copy, as which it is known by its
    text, or a template's about something else.
    """
    is_near, (said, other_said) = _is_near(one, other), (one.said, other.said)
    score, shared = _near(one, other, apart) if is_near else _far(one, other)
    needed = _needed_after(apart)
    if said.outlet == other_said.outlet:
        in_titles = sum(found.worth for found in shared if found.one.is_title and found.other.is_title)
        needed *= _SAME_OUTLET if in_titles < _SAME_TITLES else _SAME_OUTLET_ALIKE
    meaning = closeness(said.meaning, other_said.meaning)
    if meaning is not None:
        score *= _by_meaning(meaning, _NEAR_MEANING if is_near else _FAR_MEANING)
    if score >= needed and _has_wording(one, other, apart) and not _is_said_at_once(said, other_said, apart):
        return Likeness(0.0)
    ranked = sorted(shared, key=lambda found: -found.worth)
    separate = _separate(shared) if score >= needed else 0.0
    return Likeness(score / needed, tuple(found.one for found in ranked), separate, meaning)


def most_alike(one: WeighedSigns, other: WeighedSigns) -> float:
    """Return a score that the likeness of two articles never exceeds, found in a fraction of the time."""
    if _is_near(one, other):
        common = one.keys & other.keys
        total = sum(map(min, map(one.worths.__getitem__, common), map(other.worths.__getitem__, common)))
        score = min(total / max(1e-9, sqrt(one.mass * other.mass)) / _COSINE, total / _SUM)
    else:
        # No key is counted twice, no sign is worth more than its best key, and those of a title a little more.
        score = _far_score(one, other, one.most_met(other) * _FAR_TITLE)
    return score * _most_by_meaning(one, other)


def may_be_alike(one: WeighedSigns, other: WeighedSigns, apart: timedelta, score: float) -> bool:
    """Tell in a fraction of the time whether the likeness of two articles may be as much as a score.

    Most articles that share a few rare keys are about different events, which this tells of nearly all: of many by
    what the keys that they share are worth in one of them.
    """
    least = score * _needed_after(apart)
    shared = one.most_shared(other) / _SUM if _is_near(one, other) else one.most_met(other) * _FAR_TITLE / _FAR_SUM
    return shared * _most_by_meaning(one, other) >= least and most_alike(one, other) >= least


def _needed_after(apart: timedelta) -> float:
    """Return how much more is needed of two articles, the longer one is after the other."""
    return 1 + _A_DAY * max(timedelta(), abs(apart) - _A_WHILE) / timedelta(days=1)


def _most_by_meaning(one: WeighedSigns, other: WeighedSigns) -> float:
    """Return by how much what two articles mean, and rounding, may make their likeness more than their signs do."""
    return _ABOVE_ROUNDING * (_MOST_BY_MEANING if one.said.meaning and other.said.meaning else 1.0)


def _is_near(one: WeighedSigns, other: WeighedSigns) -> bool:
    """Whether two articles are of one language, as far as is known."""
    first, second = one.said.language, other.said.language
    return first == second or not (first and second)


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


def _has_wording(one: WeighedSigns, other: WeighedSigns, apart: timedelta) -> bool:
    """Tell whether one of two texts has the wording of the other: mostly the same signs beside the same."""
    neighbours = one.neighbours, other.neighbours
    numbers = [{sign.key for sign in each.said.signs if kind_of(sign.key) == KeyKind.NUMBER} for each in (one, other)]
    is_soon_of_same = abs(apart) <= _A_WHILE and bool(_titled_names(one) & _titled_names(other))
    is_of_form = all(numbers) and numbers[0].isdisjoint(numbers[1]) and not is_soon_of_same
    least = _OF_FORM if is_of_form else _SAME_WORDING
    return len(neighbours[0] & neighbours[1]) > least * min(map(len, neighbours))


def _titled_names(one: WeighedSigns) -> set[int]:
    return {sign.key for sign in one.said.signs if sign.is_title and sign.is_name}


def _is_said_at_once(one: EventSigns, other: EventSigns, apart: timedelta) -> bool:
    """Tell whether two outlets say the very same, as with a title of few words that is all they have."""
    is_same = {sign.key for sign in one.signs} == {sign.key for sign in other.signs}
    return is_same and one.outlet != other.outlet and abs(apart) <= _AT_ONCE


def _near(one: WeighedSigns, other: WeighedSigns, apart: timedelta) -> tuple[float, list[_Weighed]]:
    """Compare two articles of one language: all their words count."""
    common = [key for key in one.worths if key in other.worths]
    shared = [
        _Weighed(min(one.worths[key], other.worths[key]), one.by_key[key], other.by_key[key], kind_of(key))
        for key in common
    ]
    total = sum(found.worth for found in shared)
    cosine = total / max(1e-9, sqrt(one.mass * other.mass))
    if _is_series(one.said, other.said, apart, cosine):
        return 0.0, []
    particular = sum(found.worth for found in shared if _is_particular(found))
    score = min(cosine / _COSINE, total / _SUM)
    if one.is_young and _is_form_alone(shared, _PROPER_AT_FIRST):
        score = min(score, _OF_FORM_ALONE)
    if not _is_of_event(shared, total, _OF_EVENT):
        score = min(score, _TOO_FEW)
    return (score if particular >= _PARTICULAR else min(score, _TOO_FEW)), shared


def _is_particular(found: _Weighed) -> bool:
    """Tell whether a shared sign is a name, a number, or in both titles: words alone may be of any such event."""
    one, other = found.one, found.other
    return (one.is_name and other.is_name) or (one.is_title and other.is_title) or bool(found.kind)


def _is_of_event(shared: Iterable[_Weighed], total: float, least: float) -> bool:
    """Tell whether enough of what is shared says what happened, and not only to whom, or where: no name, no office."""
    offices = _offices()
    said = (found for found in shared if not (found.one.is_name and found.other.is_name))
    return sum(found.worth for found in said if offices.isdisjoint(found.one.others)) >= least * total


@cache
def _offices() -> frozenset[int]:
    return frozenset(map(topic_key, ("president", "minister", "mayor", "governor")))


def _is_form_alone(shared: Iterable[_Weighed], least: float) -> bool:
    """Tell whether two articles share hardly a name or number, where a phrase counts once.

    To a monitor that has seen little, the form of an outlet's reports is as rare as an event.
    """
    return _separate(found for found in shared if _is_proper(found)) < least


def _is_proper(found: _Weighed) -> bool:
    """Tell whether a shared sign is a name or a number of 10 and more, or met in another language by what it means."""
    return (found.one.is_name and found.other.is_name) or found.kind in _PROPER


def _far(one: WeighedSigns, other: WeighedSigns) -> tuple[float, list[_Weighed]]:
    """Compare two articles of different languages: by the signs that have a key in common."""
    shared = _met(one, other)
    total, signs = 0.0, 0
    for before, found in zip((None, *shared), shared, strict=False):
        # Given name and surname are one sign.
        is_adjacent = before is not None and _is_adjacent(before, found)
        in_title = _FAR_TITLE if found.one.is_title or found.other.is_title else 1.0
        total += found.worth * in_title * (_ADJACENT if is_adjacent else 1.0)
        signs += not is_adjacent
    score = _far_score(one, other, total)
    if one.is_young and _is_form_alone(shared, _FAR_PROPER_AT_FIRST):
        score = min(score, _OF_FORM_ALONE)
    if not _is_of_event(shared, sum(found.worth for found in shared), _FAR_OF_EVENT):
        score = min(score, _TOO_FEW)
    return (score if signs >= _FEWEST_SIGNS else min(score, _TOO_FEW)), shared


def _far_score(one: WeighedSigns, other: WeighedSigns, total: float) -> float:
    mass = max(_FAR_LEAST_MASS, sqrt(one.mass_elsewhere * other.mass_elsewhere))
    return min(total / _FAR_SUM, total / mass / _FAR_COSINE)


def _met(one: WeighedSigns, other: WeighedSigns) -> list[_Weighed]:
    """Return the signs that meet in any key, each once, in the order of `one`."""
    by_key, common = other.by_any_key, one.by_any_key.keys() & other.by_any_key.keys()
    found: list[_Weighed] = []
    taken: set[int] = set()
    for sign in one.in_order if common else ():
        meeting = [
            _Weighed(one.met_worth(key, sign), sign, by_key[key], kind_of(key))
            for key in sign.keys
            if key in common and by_key[key].key not in taken
        ]
        if meeting:
            best = max(meeting, key=lambda one: one.worth)
            found.append(best)
            taken.add(best.other.key)
    return found


def _is_adjacent(before: _Weighed, found: _Weighed) -> bool:
    return (
        KeyKind.TOPIC not in (before.kind, found.kind)
        and found.one.position - before.one.position <= 2
        and abs(found.other.position - before.other.position) <= 2
    )


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
