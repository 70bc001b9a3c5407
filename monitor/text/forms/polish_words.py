"""Inflect Polish words by a list of words with their paradigms, and other words by the ends that they have.

The files `words.pl.txt`, `paradigms.pl.txt` and `endings.pl.txt` say how they are written; they are derived from SGJP
by `python -m tests.packaging.polish_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.name_endings import with_ends

BEGINNING = 3
"""How many letters of a form its line in the list of words begins with."""
_not_polish = re.compile("[qvxäöüßñéèêàáíúãõçşğı]|th|ph|sch|ck").search
_NOT_DECLINED = "esy"
_entry = re.compile("(=?)(~?)([^0-9-]*)([0-9.]+|-)").fullmatch


class _Paradigm(NamedTuple):
    """One line of `paradigms.pl.txt`."""

    kind: str
    end: str
    instead: frozenset[str]


class _Word(NamedTuple):
    """A word of the list; one that `is_weak` is more often a form of another word."""

    text: str
    is_weak: bool
    paradigms: tuple[int, ...]

    def forms(self, kind: str = "") -> set[str]:
        """Return the forms of one kind, or of all."""
        return {stem + instead for of, stem, endings in self._inflected() if kind in ("", of) for instead in endings}

    def has(self, form: str) -> bool:
        """Tell whether a word is one of the forms."""
        return any(form.startswith(stem) and form[len(stem) :] in endings for _, stem, endings in self._inflected())

    def _inflected(self) -> Iterator[tuple[str, str, frozenset[str]]]:
        """Yield for each paradigm the kind of its forms, their stem and their endings."""
        table = _paradigms()
        for kind, end, instead in map(table.__getitem__, self.paradigms):
            yield kind, self.text.removesuffix(end), instead


@lru_cache(maxsize=1024)
def is_listed(word: str) -> bool:
    """Tell whether the list has a lower-case word as such, and not only as a form of another word."""
    return any(one.text == word for one in _words_beginning(word[:BEGINNING]))


def listed_forms(word: str) -> set[str] | None:
    """Return all forms of the words that a lower-case word is, or else is a form of; None if it is neither.

    A form that is listed as a word itself is that word: wybory are elections, not choices.
    """
    near = list(_words_beginning(word[:BEGINNING]))
    found = [one for one in near if one.text == word]
    if all(one.is_weak for one in found):
        found += [one for one in near if one.text != word and one.has(word)]
    return {word}.union(*(one.forms() for one in found)) if found else None


def noun_forms(name: str) -> set[str]:
    """Return the forms that a lower-case name has as a noun of the list, in its number, without the vocative."""
    return {form for one in _words_beginning(name[:BEGINNING]) if one.text == name for form in one.forms("noun")}


def guessed_forms(word: str, *, is_name: bool, is_foreign: bool) -> list[str]:
    """Return the forms of a lower-case word that is not listed, by the words or names that end like it.

    A word with letters that Polish does not have gets none, nor does one that `is_foreign`, which the list of another
    language has, with an end that Polish does not decline in such words: city, states.
    """
    if _not_polish(word) or (is_foreign and not is_name and word[-1] in _NOT_DECLINED):
        return []
    return [form for form, _ in with_ends(word, "names.pl.txt" if is_name else "endings.pl.txt")]


def release() -> None:
    """Free the list; the next use reads it again (20 ms)."""
    _lines.cache_clear()
    _paradigms.cache_clear()


@cache
def _paradigms() -> list[_Paradigm]:
    lines = (line.replace(" -", " ").split(" ") for line in data_lines("paradigms.pl.txt"))
    return [_Paradigm(kind, end, frozenset(instead)) for _, kind, end, *instead in lines]


@cache
def _lines() -> dict[str, str]:
    """Return, by how a form begins, the words that it may be of."""
    lines = (line.partition(" ") for line in data_lines("words.pl.txt"))
    return {beginning: words for beginning, _, words in lines}


def _words_beginning(beginning: str) -> Iterator[_Word]:
    """Yield the words that have forms which begin with these letters."""
    for entry in _lines().get(beginning, "").split():
        if match := _entry(entry):
            written_in_full, weak, rest, numbers = match.groups()
            text = rest if written_in_full else beginning + rest
            yield _Word(text, bool(weak), () if numbers == "-" else tuple(map(int, numbers.split("."))))
