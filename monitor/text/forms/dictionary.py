"""Inflect words of Latin script by word lists of lemmas and their forms, and by regular endings otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from monitor.text.forms import polish_words
from monitor.text.forms.data_files import data_bytes
from monitor.text.forms.frequent_words import is_frequent
from monitor.text.forms.inflection_index import InflectionIndex
from monitor.text.forms.languages import SCRIPTS_WITHOUT_FORMS
from monitor.text.forms.western_endings import english_plurals

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "cs")
"""Polish has a list of another shape, in `polish_words.py`: simplemma's dictionary has 3.7 million forms."""
_POLISH = "pl"

_LONGEST = 40
_SHORTEST_PART = 4
_GUESSED = 0.75
_WITHOUT_LIST = frozenset(
    {code for code, script in SCRIPTS_WITHOUT_FORMS.items() if script == "latin"}
    | {"sk", "ro", "sv", "no", "nb", "nn", "da"}
)
"""Languages of Latin script that no word list is at hand for."""
_LONGEST_UNLISTED = 6
_Forms = list[tuple[str, str, float]]


def inflections(written: str) -> dict[str, _Forms]:
    """Return, by language, the forms of a word as (text, source, confidence); regular endings if it is unknown."""
    word = written.lower()
    if len(word) < 2 or len(word) > _LONGEST or not word.replace("-", "").isalpha():
        return {}
    found = {language: forms for language in LANGUAGES if (forms := _from_dictionary(word, language))}
    polish = _polish_forms(word, is_name=written != word, is_foreign=bool(found))
    if not found and not polish_words.listed_forms(word):
        compound = _compound_forms(word)
        found = {"de": compound} if compound else {"en": [(form, "ending", 0.7) for form in english_plurals(word)]}
    return {language: forms for language, forms in (*found.items(), (_POLISH, polish)) if forms}


def _polish_forms(word: str, *, is_name: bool, is_foreign: bool) -> _Forms:
    """Return the forms of a listed word, and the likely ones of any other, or that is a name and no listed word."""
    listed = polish_words.listed_forms(word)
    found = [(form, "dictionary", 0.95) for form in sorted(listed or ())]
    if listed and not (is_name and not polish_words.is_listed(word)):
        return found
    guessed = polish_words.guessed_forms(word, is_name=is_name, is_foreign=is_foreign)
    return found + [(form, "ending", _GUESSED) for form in guessed]


def is_listed(word: str, language: str) -> bool:
    """Tell whether the word list of `language`, one of LANGUAGES, has the lower-case `word`, perhaps with a capital."""
    return any(_index(language).lemma_of(written) for written in (word, word.capitalize()))


def is_small_word(word: str, language: str) -> bool:
    """Tell whether a language has a word list, and that the word in small letters."""
    return language in LANGUAGES and _index(language).lemma_of(word) is not None


def lemma_of(word: str, language: str) -> str | None:
    """Return the lemma of a word as written, by the list of `language`, one of LANGUAGES; None if it is not listed."""
    return _index(language).lemma_of(word)


@lru_cache(maxsize=4096)
def is_ordinary_word(word: str, language: str) -> bool:
    """Tell whether a language writes a lower-case Latin word so, and not only as a name.

    Short ones are taken for words where the language is of Latin script and has no list. A German noun is told from a
    name by its further forms: Wolf has Wölfe, Merz, Linz and Cooper at most an -s or an apostrophe.
    """
    if language == _POLISH:
        return is_frequent(word, language) or polish_words.listed_forms(word) is not None
    if language not in LANGUAGES:
        return language in _WITHOUT_LIST and len(word) <= _LONGEST_UNLISTED
    index = _index(language)
    if index.lemma_of(word):
        return True
    capital = word.capitalize()
    lemma = index.lemma_of(capital) if language == "de" else None
    return lemma is not None and not index.forms_of(lemma) <= {lemma, f"{lemma}s", f"{lemma}es", f"{lemma}'"}


def noun_forms(name: str, language: str) -> list[str]:
    """Return further forms of a lower-case name that the word list of `language` (pl, cs or de) has as a noun.

    German ones have a capital in the list; one that has neither a genitive in -s nor the ending of a feminine noun
    (Universität) is left out, since its forms are those of a people (Magyaren). Of Czech words, adjectives and
    infinitives are left out; so are other names that the list counts as forms: a woman's, the possessive or the
    diminutive of a man's (Zemanová, Zemanův, Zemánek), and a man's that is a case of a woman's (Marcel). Of names on
    -ek the table of endings has all cases of a man's, and the list those of a people (Turci). Polish ones
    have no plural.
    """
    if language == _POLISH:
        return sorted(polish_words.noun_forms(name) - {name})
    if not name.isalpha() or len(name) > _LONGEST or (language == "cs" and name.endswith("ek")):
        return []
    index, capital = _index(language), name.capitalize()
    if language == "de":
        forms = index.forms_of(capital) if index.lemma_of(capital) == capital else _compounds(name)
        forms = set(forms) if _is_feminine(name) or any(form.endswith("s") for form in forms) else set()
    else:
        lemmas = () if _is_adjective(name) else (capital,) if _is_infinitive(name) else (capital, name)
        forms = {form for lemma in lemmas if index.lemma_of(lemma) == lemma for form in index.forms_of(lemma)}
    found = {form.lower() for form in forms if language != "cs" or not _not_of_a_man(form)}
    return sorted(found - {name, name[:-1]})


_is_feminine = re.compile("(?:ung|heit|keit|schaft|tät|ion)$").search
_is_adjective = re.compile("[ýí]$").search
_is_infinitive = re.compile("t$").search
_not_of_a_man = re.compile("ov[áé]$|ovou$|ův$|ek$").search


def _compound_forms(word: str) -> _Forms:
    """Return the forms of a German compound that the dictionary lacks: Haushaltsstreit, -streits."""
    return [(form, "compound", 0.8) for form in sorted(_compounds(word))]


def _compounds(word: str) -> set[str]:
    """Return the forms of a German compound by those of its last noun."""
    index = _index("de")
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
        first, last = word[:cut], word[cut:]
        lemma = index.lemma_of(last.capitalize()) or ""
        if lemma[:1].isupper() and any(index.lemma_of(part) for part in _first_words(first)):
            return {first + form for form, _, _ in _from_dictionary(last, "de")}
    return set()


def _first_words(first: str) -> Iterator[str]:
    """Yield the words that the first part of a compound may be, without its linking letters."""
    for link in ("", "s", "es", "n", "en", "er", "e"):
        part = first.removesuffix(link)
        if len(part) >= _SHORTEST_PART and (part != first or not link):
            yield from (part, part.capitalize())


def release() -> None:
    """Free the word lists; the next use reads them again."""
    _index.cache_clear()


@cache
def _index(language: str) -> InflectionIndex:
    return InflectionIndex(data_bytes(f"{language}.words"))


def _from_dictionary(word: str, language: str) -> _Forms:
    index = _index(language)
    lemmas = {lemma for written in (word, word.capitalize()) if (lemma := index.lemma_of(written))}
    forms = {form.lower() for lemma in lemmas for form in index.forms_of(lemma)}
    if language == "en" and {f"{word}ed", f"{word.removesuffix('e')}ed"} & forms:
        forms.add(word.removesuffix("e") + "ing")  # "bombing" is a lemma of its own, not a form of "bomb"
    return [(form, "dictionary", 0.95) for form in sorted(forms | {lemma.lower() for lemma in lemmas})]
