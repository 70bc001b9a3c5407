"""Inflect Arabic words: attached particles, the article, and the most frequent endings.

Own tables; confidences are own estimates.
"""

from __future__ import annotations

from functools import cache

from monitor.text.forms import arabic_plurals
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold
from monitor.text.tokens import plain_word

_INDEFINITE = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_DEFINITE = ("ال", "وال", "فال", "بال", "كال", "لل", "وبال", "ولل", "فلل")
_BEFORE_NAMES = ("و", "ب", "ل", "ك", "ف")
_BEFORE_GUESSES = _BEFORE_NAMES[:3]
_BEFORE_ARTICLES = ("لل", "ولل")
_POSSESSIVES = ("ه", "ها", "هم", "نا", "ي", "ك", "هما", "كم")


@cache
def _frequent_words() -> frozenset[str]:
    return frozenset(word for line in data_lines("frequent-arabic-words.txt") for word in line.split())


def is_frequent(text: str) -> bool:
    """Tell whether a text is a frequent word (سلام, peace): where no capitals are, a name by itself cannot be told."""
    return plain_word(text) in _frequent_words()


def name_forms(name: str, *, guessed: bool) -> list[str]:
    """Return a name with the particles that are attached to its first word.

    A guessed spelling may lack the article (Assad, الأسد), and is not looked for behind the rarer particles ك and ف,
    with which many a guess is another word. The particle ل and the article merge: للسيسي. Egyptian newsrooms write a
    final ي without its dots.
    """
    spellings = [name, f"{name[:-1]}ى"] if name.endswith("ي") else [name]
    forms = spellings[1:]
    for one in spellings:
        forms += [particle + one for particle in (_BEFORE_GUESSES if guessed else _BEFORE_NAMES)]
        if one.startswith("ال"):
            forms += [particle + one[2:] for particle in _BEFORE_ARTICLES]
        elif guessed:
            forms += ["ال" + one, "وال" + one]
    return forms


def word_forms(word: str) -> list[tuple[str, float]]:
    """Return forms of an Arabic word with their confidence: particles, article, plural and possessive endings."""
    stem = _without_article(fold(word))
    forms = {
        particle + text: confidence
        for text, confidence in _singular_and_plural(stem)
        for particle in (*_INDEFINITE, *_DEFINITE)
    }
    # Before a possessive ending ة is written ت.
    bound = stem[:-1] + "ت" if stem.endswith("ة") else stem
    forms |= {
        particle + bound + possessive: 0.8 for possessive in _POSSESSIVES for particle in ("", "و", "ب", "ل", "ف")
    }
    return list(forms.items())


def _without_article(word: str) -> str:
    """Return a word without the article, and without the particles before it."""
    for article in sorted(_DEFINITE, key=len, reverse=True):
        # Three letters stay at least, as many as most roots have.
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def _singular_and_plural(stem: str) -> list[tuple[str, float]]:
    """Return a stem with its plurals, and with the feminine, dual and accusative endings that its own ending allows."""
    found = [(stem, 0.95)]
    found += [(plural, arabic_plurals.CONFIDENCE) for plural in arabic_plurals.broken_plurals(stem)]
    found += [(feminine, 0.8) for feminine in arabic_plurals.feminines(stem)]
    if stem.endswith("ة"):
        found += [(stem[:-1] + "ات", 0.9), (stem[:-1] + "تين", 0.8), (stem[:-1] + "تان", 0.8)]
    elif stem.endswith("ات"):
        found += [(stem[:-2] + "ة", 0.9)]
    elif stem.endswith("ي"):
        found += [(stem + "ة", 0.85), (stem + "ين", 0.85), (stem + "ون", 0.85)]
    else:
        found += [(stem + "ات", 0.7), (stem + "ين", 0.75), (stem + "ون", 0.75), (stem + "ان", 0.7), (stem + "ا", 0.8)]
    return found
