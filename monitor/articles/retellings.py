"""Tell whether an article that joined a story surely tells again what was told, so that it may be silent.

Joining a story and being silent ask for different certainty. An article that is likely about the event of a story is
put beside its others; whoever was told of the story is not told of it only where that is sure. What is wrongly told
costs a message, what is wrongly silent may be a story of which nobody hears.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import timedelta
from typing import NamedTuple

from monitor.articles.event_signs import PAST_TITLE, exact_keys, is_nationality, place_key, topic_key
from monitor.articles.same_event import Likeness
from monitor.articles.tolls import TOLLS, tolls_of
from monitor.event_values import EventSign, EventText, KeyKind, kind_of

_SURE = 1.5
"""How alike an article is to its story (1: enough to join it)."""
_SEPARATE, _FAR_SEPARATE = 5.0, 2.2
"""What is shared is worth, a phrase counting once: all that two articles of one phrase share may be that phrase."""
_SOON, _FAR_SOON = timedelta(hours=3), timedelta(hours=2, minutes=30)
"""What is told later than this after the article that it is most alike is how the story goes on."""
_LEAD_ENDS = PAST_TITLE + 30
"""Where the first sentences of a text end, in words after its title."""
_SUBJECTS = (KeyKind.TOPIC, KeyKind.NUMBER, KeyKind.SMALL_NUMBER)
_NUMBERS = (KeyKind.NUMBER, KeyKind.SMALL_NUMBER)
_EMPTY = frozenset(map(topic_key, ("disaster", "company")))
"""Topics of which a title that has one says nothing: what a wreck was called, or what its owner is."""
_COUNTRIES = {"de": "DE", "it": "IT", "pl": "PL", "ru": "RU", "tr": "TR", "uk": "UA"}
_HOMES = {language: place_key(country) for language, country in _COUNTRIES.items()}
"""By language, the country in which it is mostly written: there, its news leaves that out."""
_NUMBERS_TOLD = 0.5
"""The share of its numbers that who tells an event again has in common with who told it."""


class ComparedStory(NamedTuple):
    """The articles of a story, and how alike another article is to each."""

    articles: Sequence[tuple[Likeness, EventText]]

    @property
    def nearest(self) -> tuple[Likeness, EventText]:
        """The article that it is most alike."""
        return max(self.articles, key=lambda one: one[0].score)

    @property
    def to_all(self) -> float:
        """How alike it is to them on average."""
        return sum(one.score for one, _ in self.articles) / len(self.articles)

    @property
    def score(self) -> float:
        """How alike it is to the story."""
        return (self.nearest[0].score + self.to_all) / 2


def surely_retells(text: EventText, story: ComparedStory) -> bool:
    """Tell whether an article says nothing that the story which it joined does not have.

    An outlet that comes back to a story has a reason, and so has a title that says a word of its own: whether a
    prisoner was freed or appeals stands in one word, which further on in a text may have been expected or denied. Where
    the words cannot be compared, since none of the story is in the article's language, what is told soon of the same
    subject is a translation. So is, word for word of its title, what came since in another language.
    """
    others = [one for _, one in story.articles]
    if story.score < _SURE:
        return False
    nearest, told = story.nearest[1], set[int]().union(*(one.signs.any_keys for one in others))
    if _has_other_numbers(text, nearest, others) or _has_other_toll(text, others):
        return False
    if _translates_development(text, story, told):
        return True
    if any(one.signs.outlet == text.signs.outlet for one in others):
        return False
    if _is_in_language_of(text, others):
        is_near = _is_near(text, story, _SEPARATE, _SOON) and not _says_otherwise(text, _headlined(others))
        return is_near and not _is_of_another(text, told)
    is_near = _is_near(text, story, _FAR_SEPARATE, _FAR_SOON)
    told |= {_HOMES[one.signs.language] for one in others if one.signs.language in _HOMES}
    return is_near and _has_same_subject(text, nearest) and not _is_elsewhere(text, told)


def teller_of_numbers(text: EventText, others: Sequence[EventText]) -> EventText | None:
    """Return the first of the other articles whose title or first sentences have every number of a text's title.

    Those of dead or injured must be of these there. None where there is no such article.
    """
    numbers = {sign.key for sign in text.signs.signs if sign.is_title and kind_of(sign.key) in _NUMBERS}
    tolls = _tolls(text)
    tellers = (one for one in others if numbers <= _headlined([one]) and tolls <= _tolls(one))
    return next(tellers, None) if numbers else None


def _tolls(text: EventText) -> set[tuple[int, int]]:
    """Return what a text counts dead or injured, each by its topic."""
    return {(topic, sign.key) for topic, signs in tolls_of(text.signs.signs).items() for sign in signs}


def _translates_development(text: EventText, story: ComparedStory, told: Set[int]) -> bool:
    """Tell whether all that a title says beyond its outlet and language was told since in others, and is more.

    Who comes back to the story then has the reason from there: five were dead, and somebody was arrested. A word that
    is not met across languages may say anything.
    """
    signs, nearest, others = text.signs, story.nearest[1], [one for _, one in story.articles]
    akin = [one for one in others if signs.outlet == one.signs.outlet or signs.language == one.signs.language]
    last = max((one.at for one in akin), default=text.at)
    since = [one for one in others if last < one.at <= text.at]
    if nearest not in since or not _is_near(text, story, _FAR_SEPARATE, _FAR_SOON):
        return False
    known, come = _headlined(akin), _headlined(since)
    new = [sign for sign in signs.signs if sign.is_title and not _is_told(sign, known)]
    is_told = bool(new) and all(_is_told(sign, come) for sign in new)
    return is_told and not _is_of_another(text, told)


def _is_near(text: EventText, story: ComparedStory, separate: float, soon: timedelta) -> bool:
    """Tell whether an article shares enough with the one that it is most alike, soon after it."""
    alike, nearest = story.nearest
    return alike.separate >= separate and abs(text.at - nearest.at) <= soon


def _headlined(others: Sequence[EventText]) -> set[int]:
    """Return the keys of titles and first sentences: what is expected, feared or denied stands further on."""
    signs = (sign for one in others for sign in one.signs.signs)
    return {key for sign in signs if sign.is_title or sign.position < _LEAD_ENDS for key in sign.keys}


def _says_otherwise(text: EventText, told: Set[int]) -> bool:
    """Tell whether a title has a word, name or number that none has."""
    return any(not _is_told(sign, told) for sign in text.signs.signs if sign.is_title)


def _is_of_another(text: EventText, told: Set[int]) -> bool:
    """Tell whether first sentences name somebody, by two names side by side, whom none does: another burglar."""
    first = (sign for sign in text.signs.signs if sign.is_name and sign.position < _LEAD_ENDS)
    new = {sign.position for sign in first if told.isdisjoint(sign.keys)}
    return any(at + 1 in new for at in new)


def _is_told(sign: EventSign, told: Set[int]) -> bool:
    """Tell whether a sign says nothing new: told, if in other words or as one of the dozens that it says."""
    return not (told.isdisjoint(sign.keys) and _EMPTY.isdisjoint(sign.keys) and told.isdisjoint(exact_keys(sign.key)))


def _has_other_numbers(text: EventText, nearest: EventText, others: Sequence[EventText]) -> bool:
    """Tell whether a text has mostly other numbers, or first sentences have any: another ruling of that court, a toll.

    Further on, small ones count only with a fraction, as of an earthquake: what stands there is known of a new text
    alone. What number is of whom would have to be read in each language; that it was not told is known without. Across
    languages, the first words of both hardly go equally far.
    """
    near, told = _numbers(nearest), set[int]().union(*map(_numbers, others))
    first = [sign for sign in text.signs.signs if _is_number(sign) and sign.position < _LEAD_ENDS]
    if _is_in_language_of(text, others) and not all(_is_told(sign, told) for sign in first):
        return True
    great = [key for key in near if kind_of(key) == KeyKind.NUMBER]
    fractions = {sign.key for sign in text.signs.signs if _is_number(sign) and "." in sign.text}
    mine = {sign.key for sign in text.signs.signs if kind_of(sign.key) == KeyKind.NUMBER} | fractions
    among = told if fractions else {key for key in told if kind_of(key) == KeyKind.NUMBER}
    return len(mine & told) < _NUMBERS_TOLD * min(len(mine), len(great) or len(among))


def _is_in_language_of(text: EventText, others: Sequence[EventText]) -> bool:
    return any(one.signs.language == text.signs.language for one in others)


def _has_other_toll(text: EventText, others: Sequence[EventText]) -> bool:
    """Tell whether first sentences count the dead, injured or missing by a number that was told of others of these.

    Five dead are not told where five were injured.
    """
    mine, *tolls = (tolls_of(one.signs.signs) for one in (text, *others))
    numbers = set[int]().union(*map(_numbers, others))
    for topic in TOLLS:
        told = {sign.key for one in tolls for sign in one[topic]}
        elsewhere = {sign.key for one in tolls for other in TOLLS for sign in one[other]} - told
        first = [sign for sign in mine[topic] if sign.position < _LEAD_ENDS]
        if not all(_is_told(sign, numbers - elsewhere) for sign in first):
            return True
    return False


def _numbers(text: EventText) -> set[int]:
    return {sign.key for sign in text.signs.signs if kind_of(sign.key) in _NUMBERS}


def _is_number(sign: EventSign) -> bool:
    return kind_of(sign.key) in _NUMBERS


def _has_same_subject(text: EventText, other: EventText) -> bool:
    """Tell whether a title shares a topic or number with another article: people meet and places see much in a day."""
    titled, said = zip(*map(_subjects, (text, other)), strict=True)
    return not (titled[0].isdisjoint(said[1]) and titled[1].isdisjoint(said[0]))


def _subjects(text: EventText) -> tuple[set[int], set[int]]:
    """Return the topics and numbers of a title, and of all that is known of its article."""
    found = [(key, sign.is_title) for sign in text.signs.signs for key in sign.keys if kind_of(key) in _SUBJECTS]
    return {key for key, is_title in found if is_title}, {key for key, _ in found}


def _is_elsewhere(text: EventText, told: Set[int]) -> bool:
    """Tell whether a title has a number or topic that none has, or other places alone."""
    titled = [sign for sign in text.signs.signs if sign.is_title]
    if any(kind_of(sign.key) in _NUMBERS and not _is_told(sign, told) for sign in titled):
        return True
    keys = {key for sign in titled for key in sign.keys}
    if any(kind_of(key) == KeyKind.TOPIC and key not in told for key in keys - _EMPTY):
        return True
    places = {key for sign in titled if not _is_of_nation(sign, text) for key in _places(sign)}
    return bool(places) and places.isdisjoint(told)


def _places(sign: EventSign) -> list[int]:
    return [key for key in sign.keys if kind_of(key) == KeyKind.PLACE]


def _is_of_nation(sign: EventSign, text: EventText) -> bool:
    """Tell whether a word of a new text says whose something is, as Greek, which is no place where it happened."""
    return is_nationality(sign.text, text.signs.language)
