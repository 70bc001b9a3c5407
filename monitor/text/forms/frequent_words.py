"""Tell which names, and forms of a name, are frequent words: Turku (of Turek) in Polish, Long in English.

The lists are `data/frequent-words.LANGUAGE.txt`, each with its source.
"""

from __future__ import annotations

from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold

LANGUAGES = ("pl", "cs", "de")
"""Those whose case forms may be such words."""
AS_WRITTEN = ("pl", "cs", "en", "es")
"""Those in which a name itself is asked to be no frequent word; of German, the list lacks nouns."""


def is_frequent(word: str, language: str) -> bool:
    """Tell whether a lower-case word, with its marks, is frequent in `language`, which has a list."""
    return word in _words(language)


def may_be_frequent(form: str, language: str) -> bool:
    """Tell whether a lower-case form is frequent in `language` with the marks that an article may have: Dane, daně."""
    return language in LANGUAGES and fold(form) in _folded(language)


def is_frequent_with_other_marks(name: str) -> bool:
    """Tell whether a lower-case name is no Polish or Czech word itself, but one with other marks: Tim, tím."""
    return any(may_be_frequent(name, one) and not is_frequent(name, one) for one in ("pl", "cs"))


def release() -> None:
    """Free the lists; the next use reads them again (20 ms)."""
    _words.cache_clear()
    _folded.cache_clear()


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(word for line in data_lines(f"frequent-words.{language}.txt") for word in line.split())


@cache
def _folded(language: str) -> frozenset[str]:
    return frozenset(map(fold, _words(language)))
