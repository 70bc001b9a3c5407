"""Tell spellings of names that are ordinary words of some Cyrillic language, or function words of the article's."""

from __future__ import annotations

from functools import cache, lru_cache

from monitor.text.forms import morphology
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold

_WITH_DICTIONARY = ("ru", "uk")
_APPRENTICE = ("чук", "щук")
"""Ends of nouns that are but surnames today: Ткачук, Ковальчук."""
LONGEST = 5
"""How many letters guesses have that are looked up; longer ones rarely are words."""


def is_cyrillic_word(text: str) -> bool:
    """Tell whether a short lower-case text is a word in Russian, Ukrainian or Bulgarian."""
    if len(text) > LONGEST:
        return False
    return text in _bulgarian() or any(morphology.is_common_word(text, one) for one in _WITH_DICTIONARY)


def is_ordinary_noun(text: str) -> bool:
    """Tell whether a short lower-case text is the nominative of a Russian or Ukrainian noun."""
    return len(text) <= LONGEST and any(morphology.is_common_noun(text, one) for one in _WITH_DICTIONARY)


@lru_cache(maxsize=1024)
def is_subject_noun(text: str) -> bool:
    """Tell whether a lower-case text is the nominative of a Russian or Ukrainian noun, and so a subject of verbs."""
    is_noun = any(morphology.is_common_noun(text, one) for one in _WITH_DICTIONARY)
    return is_noun and not text.endswith(_APPRENTICE)


def is_kind_of_being(text: str) -> bool:
    """Tell whether a lower-case text is a Russian or Ukrainian noun for a kind of person or animal."""
    is_being = any(morphology.is_kind_of_being(text, one) for one in _WITH_DICTIONARY)
    return is_being and not text.endswith(_APPRENTICE)


def is_frequent_bulgarian(text: str) -> bool:
    """Tell whether a lower-case text is a frequent Bulgarian word of at most five letters, and no listed name."""
    return text in _bulgarian()


def is_function_word(text: str, language: str) -> bool:
    """Tell whether a canonical word is a pronoun, conjunction or other function word of `language` in our table."""
    return text in _function_words().get(language, ())


def function_words() -> frozenset[str]:
    """Return the function words of all languages in our table."""
    return frozenset().union(*_function_words().values())


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lines = [line.partition(": ") for line in data_lines("function-words.txt")]
    languages = {language for language, _, _ in lines}
    return {
        one: frozenset(fold(word) for language, _, words in lines if language == one for word in words.split())
        for one in languages
    }


@cache
def _bulgarian() -> frozenset[str]:
    return frozenset(word for line in data_lines("frequent-bulgarian-words.txt") for word in line.split())
