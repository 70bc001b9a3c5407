"""Inflect Arabic words: attached particles, the article, and the most frequent endings.

Own tables; confidences are own estimates.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from monitor.text.forms import arabic_plurals
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold
from monitor.text.tokens import plain_word

_INDEFINITE = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_DEFINITE = ("ال", "وال", "فال", "بال", "كال", "لل", "وبال", "ولل", "فلل")
BEFORE_NAMES = ("و", "ب", "ل", "ك", "ف")
"""The particles that are written onto a name: and, in or with, to or for, as, so."""
_BEFORE_GUESSES = BEFORE_NAMES[:3]
_BEFORE_ARTICLES = ("لل", "ولل")
_POSSESSIVES = ("ه", "ها", "هم", "نا", "ي", "ك", "هما", "كم")

# Words without any other form: pronouns, particles, demonstratives, and كان and ليس (K. Ryding, A Reference Grammar of
# Modern Standard Arabic, 2005, chapters 12 to 20); the first ones also stand with each pronoun behind them (لديه).
_WITH_PRONOUNS = "ب ل من عن في الي علي لدي عند مع بين قبل بعد ان لان كان لكن كل بعض نفس غير حول دون خلال ضد نحو"
_PRONOUNS = " ني ي ك ه ها هما هم هن نا كم"
_FUNCTION_WORDS = """
انا نحن انت انتم هو هي هم هن هما هذا هذه ذلك تلك هولاء هناك هنا التي الذي الذين ما لا لم لن لو قد هل ام او ثم اذا اذ كي
حتي بل اي ايضا لقد منذ عندما بينما كما مما عما فيما انما ربما لماذا ماذا متي اين كيف هكذا حيث سوي امس
ليس ليست ليسوا لست لسنا كنت كنا كانت كانوا يكون تكون نكون اكون يكن تكن نكن
"""
_attached = re.compile("[وف]?(?:ال|لل|بال|كال)(?=...)|[وف](?=..)").match


@cache
def _frequent_words(language: str) -> frozenset[str]:
    return frozenset(word for line in data_lines(f"frequent-{language}-words.txt") for word in line.split())


@cache
def _function_words() -> frozenset[str]:
    pairs = product(_WITH_PRONOUNS.split(), _PRONOUNS.split(" "))
    return frozenset([*_FUNCTION_WORDS.split(), *(word + pronoun for word, pronoun in pairs)])


@lru_cache(maxsize=4096)
def is_frequent(text: str) -> bool:
    """Tell whether a text is a frequent word (سلام, peace): where no capitals are, a name by itself cannot be told.

    The word may stand behind the article or `and` (الحالي, وليس).
    """
    word = plain_word(text)
    if word in _frequent_words("arabic") or word in _function_words():
        return True
    found = _attached(word)
    if found is None:
        return False
    known = _frequent_words("arabic") if found[0][-1] == "ل" else _function_words()
    return word[found.end() :] in known


def is_persian(text: str) -> bool:
    """Tell whether a text is a frequent Persian word, such as كار (work), which Carr is in Arabic."""
    return plain_word(text) in _frequent_words("persian")


def name_forms(name: str, *, guessed: bool, takes_article: bool = False) -> list[str]:
    """Return a name with the particles that are attached to its first word.

    A guessed spelling is not looked for behind the rarer particles ك and ف, with which many a guess is another word,
    and with the article only if it `takes_article`: the name is Arabic, and was written without (Assad, الأسد). The
    particle ل and the article merge: للسيسي. Egyptian newsrooms write a final ي without its dots.
    """
    spellings = [name, f"{name[:-1]}ى"] if name.endswith("ي") else [name]
    forms = spellings[1:]
    for one in spellings:
        forms += [particle + one for particle in (_BEFORE_GUESSES if guessed else BEFORE_NAMES)]
        if one.startswith("ال"):
            forms += [particle + one[2:] for particle in _BEFORE_ARTICLES]
        elif takes_article:
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
