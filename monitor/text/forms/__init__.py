"""Expand words and names to the forms that a rule looks for; dictionaries are loaded on first use (`release` frees)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from monitor.model import Form, NameEntry
from monitor.text import WORDS_VERSION

__all__ = ["FORMS_VERSION", "expand_name", "expand_word", "release"]

_LIBRARIES = ("pymorphy3", "pymorphy3-dicts-ru", "pymorphy3-dicts-uk", "babel")


def expand_word(word: str) -> tuple[Form, ...]:
    """Return the word as written, then every inflected form in each supported language of its script."""
    from monitor.text.forms import word_forms

    return word_forms.expand_word(word)


def expand_name(name: str, entries: Mapping[str, NameEntry]) -> tuple[Form, ...]:
    """Return the name as written, then its spellings and case forms in every script; `entries` are names.yaml's."""
    from monitor.text.forms import name_forms

    return name_forms.expand_name(name, entries)


def release() -> None:
    """Free every dictionary (about 40 MB); the next expansion loads again what it needs."""
    from monitor.text.forms import (
        arab_towns,
        chinese_names,
        chinese_places,
        chinese_words,
        consonant_readings,
        dictionary,
        east_asian_persons,
        established_names,
        frequent_words,
        gazetteer,
        japanese_names,
        known_spellings,
        korean_names,
        korean_readings,
        morphology,
        name_endings,
        polish_words,
    )
    from monitor.text.forms import turkish_words as turkish
    from monitor.text.forms.translit import english_names, lost_signs

    tables = (
        arab_towns,
        chinese_names,
        chinese_places,
        chinese_words,
        consonant_readings,
        dictionary,
        east_asian_persons,
        english_names,
        established_names,
        frequent_words,
        gazetteer,
        japanese_names,
        known_spellings,
        korean_names,
        korean_readings,
        lost_signs,
        morphology,
        name_endings,
        polish_words,
        turkish,
    )
    for module in tables:
        module.release()


@cache
def _version() -> str:
    """Return what forms depend on: digests of our tables and rules and of `WORDS_VERSION`'s, versions of libraries.

    The word lists are not read: `data/words.txt` lists their digests.
    """
    from hashlib import blake2b
    from importlib.metadata import PackageNotFoundError, version
    from pathlib import Path

    home = Path(__file__).parent
    files = [home.parent / "designations.py", *home.rglob("*.py"), *home.rglob("*.txt")]
    texts = [file.read_bytes() for file in sorted(files) if file.is_file()]
    found = [blake2b(b"\0".join(texts), digest_size=8).hexdigest(), WORDS_VERSION]
    for library in _LIBRARIES:
        try:
            found.append(f"{library}={version(library)}")
        except PackageNotFoundError:
            found.append(f"{library}=")
    return ";".join(found)


def __getattr__(name: str) -> str:
    # Reading package metadata takes milliseconds, which `monitor --help` need not spend.
    if name == "FORMS_VERSION":
        return _version()
    raise AttributeError(name)
