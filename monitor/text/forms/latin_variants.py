"""A Latin name as other newsrooms write it: without letters that no mark comes off from, with the other article.

Wałęsa is Walesa, Müller is Mueller, al-Sisi is el-Sisi, al-Sharaa is ash-Sharaa.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_LETTERS: Mapping[str, tuple[str, ...]] = {
    "ł": ("l",),
    "ø": ("o", "oe"),
    "đ": ("d", "dj"),
    "æ": ("ae", "a"),
    "œ": ("oe",),
    "ə": ("a", "e"),
    "å": ("aa",),
    "ð": ("d",),
    "þ": ("th",),
    "ħ": ("h",),
    "ŋ": ("ng",),
    "ä": ("ae",),
    "ö": ("oe",),
    "ü": ("ue",),
}
_TURKIC = frozenset("şğıçə")
_UMLAUTS = frozenset("äöü")
_article = re.compile(r"\b(?:[ae]l|[ae](?:sh|[dnrstz]))-(?=(sh|[a-z]))", re.IGNORECASE)
_SUN = ("sh", "d", "n", "r", "s", "t", "z")


def plainly(written: str) -> list[str]:
    """The other ways to write a name that has such letters or an Arabic article."""
    return [*_letters(written), *_articles(written)]


def _articles(written: str) -> list[str]:
    """The same with each other form of the article, which takes the sound of some letters that follow it."""
    found = _article.search(written)
    if found is None:
        return []
    after = found[1].lower() if found[1].lower() in _SUN else ""
    articles = ["al", "el", *(f"{vowel}{after}" for vowel in "ae" if after)]
    texts = [f"{written[: found.start()]}{article}-{written[found.end() :]}" for article in articles]
    return [text for text in texts if text.lower() != written.lower()]


def _letters(written: str) -> list[str]:
    """Without such letters; Turkish umlauts only lose their dots, which folding does."""
    letters = frozenset(written.lower())
    kept = _UMLAUTS if letters & _TURKIC else frozenset()
    if not (letters - kept) & _LETTERS.keys():
        return []
    found = ("".join(_written(letter, choice, kept) for letter in written) for choice in (0, -1))
    return [text for text in dict.fromkeys(found) if text != written]


def _written(letter: str, choice: int, kept: frozenset[str]) -> str:
    small = letter.lower()
    if small in kept or small not in _LETTERS:
        return letter
    plain = _LETTERS[small][choice]
    return plain if letter == small else plain.capitalize()
