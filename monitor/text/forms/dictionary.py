"""Inflect words of Latin script by inverting simplemma's dictionaries, and by regular endings if they lack a word.

The dictionaries map a form to its lemma, sorted by form. The forms of a lemma begin alike, so only the range of the
dictionary with its first letters is read (milliseconds), and no inverted dictionary is kept in memory.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any

from monitor.text.forms.western_endings import regular_endings

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "cs")
"""Polish has ending tables instead: its dictionary has 3.7 million forms and takes 3 s and 60 MB to open."""

_UMLAUTS = str.maketrans("aouAOU", "äöüÄÖÜ")
_WITH_GE_PARTICIPLE = frozenset({"de", "nl"})
_PREFIX_OF_SHORT, _SHORT, _PREFIX_OF_LONG = 2, 4, 3
"""The forms of a lemma of at most 4 letters share its first 2 letters, those of a longer one its first 3."""
_LONGEST = 40
_SHORTEST_PART = 4
_ONSET = re.compile("([^aeiouäöü]*)([aeiouäöü]*)", re.IGNORECASE)
_OTHER_VOWELS = {
    "es": {"e": "i ie", "o": "ue u", "a": "i e", "ue": "uie ui"},
    "it": {"o": "uo uò u", "i": "e"},
    "pt": {"e": "i", "o": "u ô", "a": "e i"},
    "fr": {"ou": "eu", "oi": "u", "e": "ie"},
    "nl": {"e": "ee a aa o i", "i": "o a", "ij": "ee e", "o": "oo a", "ie": "oo o", "a": "aa ie oe", "u": "o"},
    "de": {"e": "a i o ie", "i": "a u o", "a": "u ie ä", "ei": "ie i", "ie": "o", "au": "äu", "o": "ö", "u": "ü"},
    "en": {"u": "ou", "i": "a o ou", "ea": "o", "ee": "e ou", "a": "o oo", "o": "e a"},
}
"""First vowels of lemmas, and what they become in other forms (own table, of strong verbs and umlauts)."""
_Forms = list[tuple[str, str, float]]


def inflections(word: str) -> dict[str, _Forms]:
    """Return, by language, the forms of `word` as (text, source, confidence); regular endings if it is unknown."""
    word = word.lower()
    if len(word) < 2 or len(word) > _LONGEST or not word.replace("-", "").isalpha():
        return {}
    found = {language: _from_dictionary(word, language) for language in LANGUAGES}
    known = {language: forms for language, forms in found.items() if forms}
    if not known and (compound := _compound_forms(word)):
        found["de"] = known["de"] = compound
    for language, form, confidence in regular_endings(word, any_language=not known):
        if language not in known:
            found.setdefault(language, []).append((form, "ending", confidence))
    return {language: forms for language, forms in found.items() if forms}


def _compound_forms(word: str) -> _Forms:
    """Return the forms of a German compound that the dictionary lacks, by its last noun: Haushaltsstreit, -streits."""
    dictionary = _dictionary("de")
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
        first, last = word[:cut], word[cut:]
        lemma = dictionary.get(last.capitalize()) or ""
        if lemma[:1].isupper() and any(dictionary.get(part) for part in _first_words(first)):
            forms = {first + form for form, _, _ in _from_dictionary(last, "de")}
            return [(form, "compound", 0.8) for form in sorted(forms)]
    return []


def _first_words(first: str) -> Iterator[str]:
    """Yield the words that the first part of a compound may be, without its linking letters."""
    for link in ("", "s", "es", "n", "en", "er", "e"):
        part = first.removesuffix(link)
        if len(part) >= _SHORTEST_PART and (part != first or not link):
            yield from (part, part.capitalize())


def release() -> None:
    """Free the dictionaries; the next use opens them again (2 s for all)."""
    _dictionary.cache_clear()


@cache
def _dictionary(language: str) -> Any:
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    return StreamDictionaryFactory(cache_max_size=0).get_dictionary(language)


def _from_dictionary(word: str, language: str) -> _Forms:
    dictionary = _dictionary(language)
    lemmas = {dictionary.get(written) for written in (word, word.capitalize())} - {None}
    # The word may be both a lemma and a form of another (talks: talk).
    lemmas |= {written for written in (word, word.capitalize()) if dictionary.get(written) == written}
    forms = {form.lower() for lemma in lemmas for form in _forms_of(lemma, language, dictionary)}
    if language == "en" and {f"{word}ed", f"{word.removesuffix('e')}ed"} & forms:
        forms.add(word.removesuffix("e") + "ing")  # "bombing" is a lemma of its own, not a form of "bomb"
    return [(form, "dictionary", 0.95) for form in sorted(forms | {lemma.lower() for lemma in lemmas})]


def _beginnings(lemma: str, language: str) -> set[str]:
    """Return how the forms of a lemma may begin: like it, or with another first vowel (poder, puede; winnen, won)."""
    shared = lemma[: _PREFIX_OF_SHORT if len(lemma) <= _SHORT or language == "en" else _PREFIX_OF_LONG]
    first, vowels = _ONSET.findall(lemma)[0]
    following = lemma[len(first + vowels) :][:1]
    others = [first + other for other in _OTHER_VOWELS.get(language, {}).get(vowels.lower(), "").split()]
    return {shared, *(one if len(one) >= _PREFIX_OF_LONG else one + following for one in others)}


def _forms_of(lemma: str, language: str, dictionary: Any) -> Iterator[str]:
    beginnings = _beginnings(lemma, language)
    if language == "de":
        beginnings.add(lemma[:_PREFIX_OF_LONG].translate(_UMLAUTS))
    if language in _WITH_GE_PARTICIPLE:
        beginnings |= {"ge" + one for one in beginnings}
    for beginning in beginnings:
        if not any(beginning != other and beginning.startswith(other) for other in beginnings):
            yield from (form for form, entry_lemma in _entries_beginning(dictionary, beginning) if entry_lemma == lemma)


def _entries_beginning(dictionary: Any, beginning: str) -> Iterator[tuple[str, str]]:
    """Yield every (form, lemma) with this beginning. Reads private blocks of simplemma, hence its pinned version."""
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
