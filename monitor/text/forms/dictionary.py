"""Inflected forms of Latin-script words: simplemma's dictionaries turned round, and regular endings for the rest.

The dictionaries map a form to its lemma, sorted by form. The forms of a lemma begin alike, so that only the stretch of
the dictionary with its first letters is read (milliseconds), and nothing is turned round in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any

from monitor.text.forms.western import regular_endings

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "cs")
"""Polish is left to ending tables: its dictionary has 3.7 million forms and takes 3 s and 60 MB to open."""

_UMLAUTS = str.maketrans("aouAOU", "äöüÄÖÜ")
_PARTICIPLES = frozenset({"de", "nl"})
_SHARED_LETTERS = {"en": 2}
_USUALLY_SHARED = 3
_LONGEST = 40
_Forms = list[tuple[str, str, float]]


def inflections(word: str) -> dict[str, _Forms]:
    """For each language: the forms of `word` as (text, source, confidence); regular endings where it is unknown."""
    word = word.lower()
    if len(word) < 2 or len(word) > _LONGEST or not word.replace("-", "").isalpha():
        return {}
    found = {language: _from_dictionary(word, language) for language in LANGUAGES}
    known = {language: forms for language, forms in found.items() if forms}
    for language, form, sure in regular_endings(word, any_language=not known):
        if language not in known:
            found.setdefault(language, []).append((form, "ending", sure))
    return {language: forms for language, forms in found.items() if forms}


def release() -> None:
    """Let the dictionaries go; the next use opens them again (2 s for all)."""
    _dictionary.cache_clear()


@cache
def _dictionary(language: str) -> Any:
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    return StreamDictionaryFactory(cache_max_size=0).get_dictionary(language)


def _from_dictionary(word: str, language: str) -> _Forms:
    dictionary = _dictionary(language)
    lemmas = {dictionary.get(written) for written in (word, word.capitalize())} - {None}
    # The word may be a lemma as well as a form of another (talks: talk).
    lemmas |= {written for written in (word, word.capitalize()) if dictionary.get(written) == written}
    forms = {form.lower() for lemma in lemmas for form in _forms_of(lemma, language, dictionary)}
    return [(form, "dictionary", 0.95) for form in sorted(forms | {lemma.lower() for lemma in lemmas})]


def _forms_of(lemma: str, language: str, dictionary: Any) -> Iterator[str]:
    shared = lemma[: _SHARED_LETTERS.get(language, _USUALLY_SHARED)]
    beginnings = {shared}
    if language == "de":
        beginnings.add(shared.translate(_UMLAUTS))
    if language in _PARTICIPLES:
        beginnings.add("ge" + shared)
    for beginning in beginnings:
        yield from (form for form, its in _stretch(dictionary, beginning) if its == lemma)


def _stretch(dictionary: Any, beginning: str) -> Iterator[tuple[str, str]]:
    """Every (form, lemma) whose form begins so. Reads simplemma's blocks, which its version is pinned for."""
    from simplemma.strategies.dictionaries import frontcode

    wanted = beginning.encode()
    if dictionary._rev:
        yield from ((form, dictionary[form]) for form in dictionary if form.startswith(beginning))
        return
    block = max(bisect_right(dictionary._firsts, wanted) - 1, 0)
    for _, form, lemma in frontcode._iter_records(dictionary._data, *dictionary._blocks[block]):
        if form.startswith(wanted):
            yield form.decode(), lemma.decode()
        elif form > wanted:
            return
