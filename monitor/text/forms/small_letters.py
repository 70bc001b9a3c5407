"""Tell which Cyrillic forms of a name prove it in small letters: no ordinary words (own heuristic)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monitor.text.forms import morphology
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.known_spellings import is_place
from monitor.text.forms.translit import russian_from_ukrainian

_SHORTEST = 5
_LANGUAGES = ("ru", "uk")
# зеленский is an adjective to whoever makes one, though no dictionary has it; in these cases it hardly is.
_like_adjective = re.compile("(?:[иыоі]й|[аоеыи]е|ая|[зсц]ьк[аеі])$").search
_case_of_surname = re.compile("(?:[сц]ь?к)(?:ого|ому)$").search


def is_proof(form: str, name: str) -> bool:
    """Tell whether `form`, a lower-case case form of `name`, is a word of that name alone in Russian and Ukrainian.

    The name itself is none: tags, addresses and brands have it in small letters without any talk of it (#россия).
    """
    if len(form) < _SHORTEST or form == name or not is_only_name(form):
        return False
    if any(morphology.ordinary_lemmas(form, language) is not None for language in _LANGUAGES):
        return True
    # The dictionaries lack most of what is joined by a hyphen.
    return form.isalpha() and not (_like_adjective(name) and not _case_of_surname(form))


def is_given_name_alone(word: str) -> bool:
    """Tell whether a lower-case word is a case of a given name in one of both languages, and no other word."""
    lemmas = (morphology.ordinary_lemmas(word, language) for language in _LANGUAGES)
    return not any(lemmas) and any(morphology.is_given_name_only(word, language) for language in _LANGUAGES)


@lru_cache(maxsize=4096)
def is_only_name(word: str) -> bool:
    """Tell whether both dictionaries know a word as a name or place, or not at all."""
    if (morphology.ordinary_lemmas(word, "ru") or frozenset()) - _unmarked_names()["ru"]:
        return False
    ukrainian = (morphology.ordinary_lemmas(word, "uk") or frozenset()) - _unmarked_names()["uk"]
    return all(map(_is_ukrainian_place, ukrainian))


@cache
def _unmarked_names() -> dict[str, frozenset[str]]:
    """Return by language the lemmas that the dictionary has without a mark, though they nearly always are names."""
    lines = [line.partition(": ") for line in data_lines("unmarked-names.txt")]
    return {
        one: frozenset(word for language, _, words in lines if language == one for word in words.split())
        for one in _LANGUAGES
    }


@lru_cache(maxsize=1024)
def _is_ukrainian_place(lemma: str) -> bool:
    """Tell whether a lemma of the Ukrainian dictionary, which marks no places, is only a name in the Russian one.

    It has no plural, which ordinary words that are written like a place have (сітка, a net, is Sitka).
    """
    if not morphology.has_one_number(lemma, "uk"):
        return False
    russian = (text for text, _ in russian_from_ukrainian(lemma)[:2])
    return is_place(lemma) or any(morphology.ordinary_lemmas(text, "ru") == frozenset() for text in russian)
