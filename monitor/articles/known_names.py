"""Tell which words are forms of names that are known already, and which other name a word sounds like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.model import Form, NameEntry
from monitor.text import canonical
from monitor.text.forms.known_spellings import given_spellings, is_place
from monitor.text.forms.particles import PARTICLES
from monitor.text.forms.person_names import split_person
from monitor.text.name_sounds import SoundIndex, likeness

_SHORTEST = 3
_GIVEN_LIKENESS = 0.8
_EVERYWHERE = ("", "ru", "uk")
"""No language, and those whose forms count in most others as well."""
_WRITTEN = ("query", "names.yaml")
"""The sources of forms that are spellings of a user, which other words are compared with."""


@dataclass(frozen=True, slots=True)
class WatchedName:
    """A watched name: the canonical words of its own forms, its given names, and the words that were refused.

    `same` are the names under which it is known: its own and that of its entry in `names.yaml`. `elsewhere` has those
    of the words that are spellings of some languages only, with these; another language has other case forms.
    """

    name: str
    words: frozenset[str]
    given: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    elsewhere: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, word: str, language: str) -> bool:
        """Tell whether a canonical word is one of the name's in articles of a language, or of an unknown one."""
        only = self.elsewhere.get(word)
        return word in self.words and (only is None or not language or language in only)


def watched_name(name: str, forms: Iterable[Form], entry: NameEntry | None) -> WatchedName:
    """Return a name by its forms: the words that stand alone, and the surname of each form of a person.

    `entry` is that of the name in `names.yaml`, or of its surname alone.
    """
    listed = (name, *((entry.name, *entry.also) if entry else ()))
    given = {word for text in listed for word in _given(text) if len(word.rstrip(".")) > 1}
    rows = [
        (canonical(form.text).split(), "" if "," in form.source else form.language)
        for form in forms
        if form.confidence > 0
    ]
    languages: dict[str, set[str]] = defaultdict(set)
    for row, language in rows:
        if len(row) == 1 or (row and given):
            languages[row[-1]].add(language)
    # A name that is turned round ends with its given name, which may be spelled otherwise: Ньюсом Гэвин.
    spelled = given.union(*({one.text for one in given_spellings(word)} for word in given))
    excluded = [canonical(text) for text in (entry.excluded if entry else ())]
    return WatchedName(
        name,
        frozenset(word for word in languages if len(word) >= _SHORTEST and not _sounds_like_any(word, spelled)),
        frozenset(given),
        frozenset(one for text in excluded if text for one in (text, text.split()[-1])),
        frozenset((name, entry.name) if entry else (name,)),
        {word: frozenset(only) for word, only in languages.items() if only.isdisjoint(_EVERYWHERE)},
    )


def _sounds_like_any(word: str, given: Iterable[str]) -> bool:
    return any(likeness(word, one) >= _GIVEN_LIKENESS for one in given)


def _given(text: str) -> list[str]:
    words = text.split()
    if is_place(text.lower()):
        return []
    return [word.lower() for word in split_person(words)[0] if word.lower() not in PARTICLES]


class KnownNames:
    """The forms of every known name, to tell whether a word is, or sounds like, another name than the watched one."""

    def __init__(self, forms: Mapping[str, Iterable[Form]]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        written: set[str] = set()
        for name, several in forms.items():
            for form in several:
                word = canonical(form.text)
                if word and " " not in word and form.confidence > 0:
                    self._names[word].add(name)
                    if form.source in _WRITTEN:
                        written.add(word)
        self._sounds = SoundIndex(written)

    def is_of_another(self, word: str, watched: WatchedName) -> bool:
        """Tell whether a canonical word is a form of another name than the watched one."""
        return bool(self._names.get(word, set()) - watched.same)

    def is_nearer_to_another(self, word: str, watched: WatchedName, alike: float) -> bool:
        """Tell whether a word sounds more like another known name than `alike`, its likeness to the watched one."""
        likely = self._sounds.alike(word, alike).items()
        return any(other > alike and self._names[text].isdisjoint(watched.same) for text, other in likely)
