"""Read an article for names: where known ones stand, and which words may be names that nothing finds yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from monitor.text import sentence_at, tokenize
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.syllable_sounds import transcribing

_SHORTEST = 3
_UNCAPITALISED = frozenset({"arabic", "hebrew", "hangul"})
"""Scripts without capitals whose words may be compared by sound."""
_dotted = re.compile("(?P<given>[ァ-ヺー]{2,10}|[一-鿿]{1,6})[·・•](?P<family>[ァ-ヺー]{2,12}|[一-鿿]{2,8})").finditer
_JOINED = (" ", "\u00a0", "-", "\u2010", "\u2011")


class KnownSpan(NamedTuple):
    """Where a known name stands: the characters [start, end) of one text of the article."""

    name: str
    text: int
    start: int
    end: int


class WordPlace(NamedTuple):
    """A word and what stands directly beside it: at most two words before, the nearest last, and one after.

    `start` and `end` are its characters in text number `part`; `is_first` tells that it begins its sentence.
    """

    word: str
    part: int
    start: int
    end: int
    before: tuple[str, ...] = ()
    after: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article read for names: where each known one stands, the unknown words that may be names, and small words.

    `texts` are title and body; `small` are the canonical words that stand in small letters.
    """

    id: int
    story: int
    outlet: str
    language: str
    when: datetime
    texts: tuple[str, ...]
    known: dict[str, list[WordPlace]]
    unknown: tuple[WordPlace, ...]
    small: frozenset[str]

    def sentence(self, place: WordPlace) -> str:
        """Return the sentence around a place."""
        text = self.texts[place.part]
        start, end = sentence_at(text, place.start, place.end)
        return " ".join(text[start:end].split())


def read_for_names(
    texts: Sequence[str], spans: Sequence[KnownSpan]
) -> tuple[dict[str, list[WordPlace]], tuple[WordPlace, ...], frozenset[str]]:
    """Return where the known names stand, the unknown words that may be names, and the words in small letters."""
    known: dict[str, list[WordPlace]] = {}
    unknown: list[WordPlace] = []
    small: set[str] = set()
    for part, text in enumerate(texts):
        row = tokenize(text)
        bounds = row.spans
        covered = _covered(bounds, [span for span in spans if span.text == part])
        for first, last, name in covered.values():
            known.setdefault(name, []).append(_place(text, part, bounds, (first, last)))
        for at, (start, end) in enumerate(bounds):
            word = text[start:end]
            if word.islower():
                small.add(row.words[at])
            if at not in covered and _may_be_name(word):
                unknown.append(_place(text, part, bounds, (at, at)))
        known_here = [span for span in spans if span.text == part]
        unknown += (one for one in _after_dots(text, part) if not _overlaps(one, known_here))
    return known, tuple(unknown), frozenset(small)


def _after_dots(text: str, part: int) -> Iterator[WordPlace]:
    """Yield the foreign names behind the dot that Chinese and Japanese put between given name and surname."""
    for found in _dotted(text):
        given, family = found["given"], found["family"]
        if script_of(family) == "han":
            # A surname ends where a character writes no sound of a foreign name, and the given name begins so.
            family = "".join(takewhile(transcribing().__contains__, family))
            given = "".join(takewhile(transcribing().__contains__, reversed(given)))[::-1]
        if len(family) > 1 and given:
            start = found.start("family")
            yield WordPlace(family, part, start, start + len(family), (given,))


def _overlaps(place: WordPlace, spans: Sequence[KnownSpan]) -> bool:
    return any(span.start < place.end and place.start < span.end for span in spans)


def _may_be_name(word: str) -> bool:
    script = script_of(word)
    if script in CAPITALISED:
        return len(word) >= _SHORTEST and word[0].isupper()
    return script in _UNCAPITALISED and len(word) >= _SHORTEST


def _covered(bounds: Sequence[tuple[int, int]], spans: Sequence[KnownSpan]) -> dict[int, tuple[int, int, str]]:
    """Return for each word inside a known name the first and last word of that name, and the name."""
    found: dict[int, tuple[int, int, str]] = {}
    for span in spans:
        inside = [at for at, (start, end) in enumerate(bounds) if span.start < end and start < span.end]
        found.update((at, (inside[0], inside[-1], span.name)) for at in inside)
    return found


def _place(text: str, part: int, bounds: Sequence[tuple[int, int]], words: tuple[int, int]) -> WordPlace:
    first, last = words
    start, end = bounds[first][0], bounds[last][1]
    before = tuple(text[slice(*bounds[at])] for at in _beside(text, bounds, first, -1))
    after = [text[slice(*bounds[at])] for at in _beside(text, bounds, last, 1)][:1]
    line = text[:start].rstrip("«\"'„“‘([ \u00a0")
    is_first = not line or line[-1] in "\n.!?:…»”|—–"
    return WordPlace(text[start:end], part, start, end, before[::-1], "".join(after), is_first)


def _beside(text: str, bounds: Sequence[tuple[int, int]], at: int, step: int) -> Iterator[int]:
    """Yield at most two words before (step -1) or behind (1) a word with nothing but a space or hyphen between."""
    for _ in range(2):
        other = at + step
        if not 0 <= other < len(bounds):
            return
        low, high = min(at, other), max(at, other)
        if text[bounds[low][1] : bounds[high][0]] not in _JOINED:
            return
        yield other
        at = other
