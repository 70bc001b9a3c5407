"""Propose spellings of a watched name that no form of it finds, from articles in which they stand where it would stand.

Own heuristic. An unknown word is a candidate if it sounds like the name. What speaks for it is that its article tells
the same event, that the name's given name stands beside it, or the title that stands before the name elsewhere. What
speaks against it: another given name, the name itself in the same article, an ordinary word, articles without any sign.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from math import prod

from monitor.articles.known_names import KnownNames, WatchedName
from monitor.articles.name_mentions import ReadArticle, WordPlace
from monitor.text import canonical
from monitor.text.forms import dictionary, expand_name, morphology
from monitor.text.forms.known_spellings import given_spellings, is_given_name
from monitor.text.forms.languages import SCRIPTS_WITHOUT_FORMS
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.name_sounds import SoundIndex, likeness

_WITHIN = timedelta(hours=36)
"""Articles that far apart may tell the same event."""
_SHARED = 2
"""Known names that two articles on the same event have in common besides the watched one."""
_LEAST_LIKENESS = 0.7
_LEAST_ALONE = 0.87
"""How much a word sounds like the name at least where only the event speaks for it."""
_GIVEN_LIKENESS = 0.72
_LEAST_CONFIDENCE = 0.5
_TITLE_STEM = 5
_SHORTEST_STEM = 4
_LONGEST_ENDING = 6
_LONGEST_CASE = 3
_MOST_CLUSTERED = 40
_UNSIGNED = 0.3
"""How much an article without any sign counts against a spelling, beside one that shows somebody else."""
_WIVES = ("né", "ová", "ienė")
"""Endings of a wife's name in Hungarian, Czech and Slovak, and Lithuanian."""
_CAPITAL_NOUNS = frozenset({"de", "en", "tr"})
"""Languages that write titles and offices before a name with a capital."""


class Sign(StrEnum):
    """What speaks for a spelling, as the command shows it."""

    GIVEN = "same given name"
    TITLE = "same title"
    EVENT = "same story"
    ENDING = "same stem, an ending that is not known"


_WEIGHTS = {Sign.GIVEN: 0.85, Sign.EVENT: 0.6, Sign.TITLE: 0.4, Sign.ENDING: 0.3}


@dataclass(frozen=True, slots=True)
class Mention:
    """A candidate in one article, how alike it sounds (0 to 1), and the signs for it.

    `full` is the candidate with the given name before it, if that is there; `against` says that it is somebody else.
    """

    article: ReadArticle
    place: WordPlace
    alike: float
    signs: frozenset[Sign]
    full: str = ""
    against: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A spelling with the mentions that speak for it, how sure we are of it (0 to 1), and the other forms it finds.

    `full` is it with the given name before it, where that is there. Articles may have only its case forms.
    """

    spelling: str
    full: str
    confidence: float
    mentions: tuple[Mention, ...]
    forms: tuple[str, ...] = ()

    @property
    def signs(self) -> tuple[Sign, ...]:
        """The signs of its mentions, the strongest first."""
        present = {sign for mention in self.mentions for sign in mention.signs}
        return tuple(sign for sign in _WEIGHTS if sign in present)


def propose(watched: WatchedName, articles: Sequence[ReadArticle], known: KnownNames) -> list[Proposal]:
    """Return the spellings that the articles speak for, the surest first."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions_of(watched, articles, known):
        found[canonical(mention.place.word)].append(mention)
    proposals = filter(None, (_proposal(watched, several) for several in _clusters(found)))
    return sorted(proposals, key=lambda one: (-one.confidence, -len(one.mentions), one.spelling))


def mentions_of(watched: WatchedName, articles: Sequence[ReadArticle], known: KnownNames) -> list[Mention]:
    """Return every unknown word that sounds like the name, with the signs for it or against it."""
    context = NameContext(watched, articles)
    small: set[str] = set().union(*(article.small for article in articles))
    refused = watched.refused.union(*(_case_forms(word.title()) for word in watched.refused))
    passed = small | refused
    found: list[Mention] = []
    for article in articles:
        here = []
        for place in article.unknown:
            word = canonical(place.word)
            is_passed = word in passed or watched.has(word, article.language)
            alike = 0.0 if is_passed else context.alike(word, article.language)
            if alike < _LEAST_LIKENESS or _is_ordinary(word, article.language):
                continue
            if not known.is_of_another(word, watched) and not known.is_nearer_to_another(word, watched, alike):
                here.append(context.mention(article, place, alike))
        found += _best_of_article(here)
    return found


def _is_ordinary(word: str, language: str) -> bool:
    """Tell whether a language writes the word in small letters."""
    return dictionary.is_small_word(word, language) or (
        language in ("ru", "uk") and morphology.is_common_word(word, language)
    )


def _best_of_article(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions; beside one with the given name, words of other stems in its article are other people."""
    named = {canonical(one.place.word) for one in mentions if Sign.GIVEN in one.signs}
    if not named:
        return mentions
    return [
        one if any(_same_stem(canonical(one.place.word), word) for word in named) else _contradicted(one)
        for one in mentions
    ]


def _contradicted(mention: Mention) -> Mention:
    return Mention(mention.article, mention.place, mention.alike, frozenset(), against=True)


class NameContext:
    """What the articles with the name say of it: its given names, its titles by language, and its events."""

    def __init__(self, watched: WatchedName, articles: Sequence[ReadArticle]) -> None:
        self._watched = watched
        self._anchors = [article for article in articles if not watched.same.isdisjoint(article.known)]
        self._sounds = SoundIndex(watched.words)
        self._alike: dict[str, float] = {}

    @cached_property
    def given(self) -> frozenset[str]:
        """The given names that stand directly before the name, and their known spellings."""
        seen = {
            word.lower()
            for article in self._anchors
            for place in self._own_places(article)
            for word in place.before
            if is_given_name(word.lower())
        }
        own = seen | self._watched.given
        return frozenset(own | {spelling.text for word in own for spelling in given_spellings(word)})

    @cached_property
    def titles(self) -> dict[str, set[str]]:
        """The beginnings of the words in small letters that stand directly before the name, by language."""
        found: dict[str, set[str]] = defaultdict(set)
        for article in self._anchors:
            for place in self._own_places(article):
                found[article.language].update(_title(place))
        return found

    def _own_places(self, article: ReadArticle) -> list[WordPlace]:
        return [place for name in self._watched.same for place in article.known.get(name, ())]

    def alike(self, word: str, language: str) -> float:
        """Return how much a canonical word sounds like the name; one with an unknown ending as if it had none."""
        if word not in self._alike:
            self._alike[word] = max(self._sounds.alike(word, _LEAST_LIKENESS).values(), default=0.0)
        return (
            max(self._alike[word], _LEAST_CONFIDENCE + 0.4) if self._is_inflected(word, language) else self._alike[word]
        )

    def mention(self, article: ReadArticle, place: WordPlace, alike: float) -> Mention:
        """Return a candidate with the signs for it, or against it."""
        word = canonical(place.word)
        signs = {Sign.GIVEN} if self._has_given(place) else set()
        if not signs and (self._stands_beside_itself(article, word) or self._is_of_another(article, place)):
            return Mention(article, place, alike, frozenset(), against=True)
        if not self.titles[article.language].isdisjoint(_title(place)):
            signs.add(Sign.TITLE)
        has_capitals = script_of(word) in CAPITALISED
        if has_capitals and self._tells_its_event(article):
            signs.add(Sign.EVENT)
        if signs == {Sign.EVENT} and alike < _LEAST_ALONE:
            signs.clear()
        if signs and self._is_inflected(word, article.language):
            signs.add(Sign.ENDING)
        return Mention(article, place, alike, frozenset(signs), self._full(article, place))

    def _is_inflected(self, word: str, language: str) -> bool:
        """Tell whether a word is a form of the name with an ending of a language whose endings are not known.

        Elsewhere a name with a longer ending is another name.
        """
        if language not in SCRIPTS_WITHOUT_FORMS or word.endswith(tuple(map(canonical, _WIVES))):
            return False
        return any(
            word.startswith(own) and len(own) >= _SHORTEST_STEM and len(word) - len(own) <= _LONGEST_ENDING
            for own in self._watched.words
        )

    def _has_given(self, place: WordPlace) -> bool:
        beside = [word.lower() for word in (*place.before, place.after) if word]
        return any(_is_given(other, given) for other in beside for given in self.given)

    def _full(self, article: ReadArticle, place: WordPlace) -> str:
        """Return the word with what stands before it from the given name on, or by itself without one."""
        firsts = [at for at, word in enumerate(place.before) if any(_is_given(word.lower(), one) for one in self.given)]
        # A space or hyphen stands behind each word before.
        length = sum(len(word) + 1 for word in place.before[firsts[0] :]) if firsts else 0
        return article.texts[place.part][place.start - length : place.end]

    def _is_of_another(self, article: ReadArticle, place: WordPlace) -> bool:
        """Tell whether another given name stands before the word."""
        other = place.before[-1] if place.before else ""
        if not other[:1].isupper() or len(other) < 2 or canonical(other) in article.small:
            return False
        if is_given_name(other.lower()):
            return True
        is_known = any(other == known.word for places in article.known.values() for known in places)
        return bool(self.given) and article.language not in _CAPITAL_NOUNS and not is_known

    def _stands_beside_itself(self, article: ReadArticle, word: str) -> bool:
        """Tell whether the article has the name in a form of this script that has another stem."""
        own = {canonical(place.word).split()[-1] for place in self._own_places(article)}
        same_script = [other for other in own if script_of(other) == script_of(word)]
        return bool(same_script) and not (
            self._is_inflected(word, article.language) and any(_same_stem(word, other) for other in same_script)
        )

    def _tells_its_event(self, article: ReadArticle) -> bool:
        return any(
            article.story == anchor.story
            or (
                abs(article.when - anchor.when) <= _WITHIN
                and len((article.known.keys() & anchor.known.keys()) - self._watched.same) >= _SHARED
            )
            for anchor in self._anchors
        )


def _is_given(word: str, given: str) -> bool:
    """Tell whether a word is a given name, spelled by sound or with a case ending of one or two letters."""
    stems = (word[: len(word) - cut] for cut in range(3) if not cut or len(word) - cut >= len(given) - 1)
    return word == given or (len(given) > 2 and any(likeness(stem, given) >= _GIVEN_LIKENESS for stem in stems))


def _title(place: WordPlace) -> set[str]:
    """Return the beginning of each word in small letters directly before a place."""
    return {word[:_TITLE_STEM] for word in place.before if word.islower() and len(word) >= _TITLE_STEM}


def _same_stem(one: str, other: str) -> bool:
    least = max(_SHORTEST_STEM, min(len(one), len(other)) - 2)
    return one[:least] == other[:least]


def _clusters(found: dict[str, list[Mention]]) -> Iterable[list[tuple[str, list[Mention]]]]:
    """Yield the candidates grouped by name: a spelling with those that are its case forms, itself first."""
    ranked = sorted(found, key=lambda word: (-len(found[word]), len(word), word))[:_MOST_CLUSTERED]
    finds = {word: _case_forms(found[word][0].place.word) & set(ranked) for word in ranked}
    waiting = set(ranked)
    for word in sorted(ranked, key=lambda word: (-len(finds[word]), -len(found[word]), len(word), word)):
        if word in waiting:
            group = [word, *sorted((finds[word] & waiting) - {word})]
            waiting -= set(group)
            yield [(one, found[one]) for one in group]


def _case_forms(spelling: str) -> set[str]:
    script = script_of(spelling)
    forms = expand_name(spelling, {})
    return {canonical(form.text) for form in forms if script_of(form.text) == script and " " not in form.text}


def _proposal(watched: WatchedName, group: list[tuple[str, list[Mention]]]) -> Proposal | None:
    """Return a group of spellings as a proposal, or None where too little speaks for it."""
    mentions = [mention for _, several in group for mention in several]
    good = _one_an_article([mention for mention in mentions if mention.signs])
    if not good:
        return None
    counted = {mention.article.id for mention in good}
    against = {mention.article.id for mention in mentions if mention.against} - counted
    unknown = {mention.article.id for mention in mentions} - counted - against
    doubt = prod(1 - _WEIGHTS[sign] for mention in good for sign in mention.signs)
    share = len(good) / (len(good) + len(against) + _UNSIGNED * len(unknown))
    confidence = round(max(mention.alike for mention in good) * (1 - doubt) * share, 2)
    if confidence < _LEAST_CONFIDENCE:
        return None
    found = [several[0].place.word for _, several in group]
    first, *_, last = written if len(written := watched.name.split()) > 1 else ("", watched.name)
    spelling = _base(found[0], last)
    shown = max(group[0][1], key=lambda one: len(one.signs))
    given, space, rest = shown.full.removesuffix(shown.place.word).partition(" ")
    full = f"{_base(given, first) if first else given}{space}{rest}{spelling}"
    return Proposal(spelling, full, confidence, tuple(good), tuple(found[found[0] == spelling :]))


def _base(spelling: str, written: str) -> str:
    """Return a Cyrillic spelling without its case ending, where it sounds more like the name as `written` then."""
    if script_of(spelling) != "cyrillic":
        return spelling
    shorter = (spelling[:-cut] for cut in range(1, _LONGEST_CASE + 1) if len(spelling) - cut >= _SHORTEST_STEM)
    likely = [one for one in shorter if canonical(spelling) in _case_forms(one)]
    return max((spelling, *likely), key=lambda one: likeness(one, written))


def _one_an_article(mentions: list[Mention]) -> list[Mention]:
    """Return for each article its mention with most signs, the newest article first."""
    best: dict[int, Mention] = {}
    for mention in mentions:
        known = best.get(mention.article.id)
        if known is None or len(mention.signs) > len(known.signs):
            best[mention.article.id] = mention
    return sorted(best.values(), key=lambda one: one.article.when, reverse=True)
