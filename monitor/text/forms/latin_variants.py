"""Spell a Latin name as other newsrooms do: in plain letters, and with other forms of the Arabic article.

Wałęsa is Walesa, Müller is Mueller, al-Sisi is el-Sisi, al-Sharaa is ash-Sharaa. Own table, for letters that have no
decomposition in Unicode or more than one usual spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.text.forms.translit.lost_signs import signed_given_names, signed_readings, told_readings

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
_UNFOLDED = frozenset("łøđæ")
_WITH_UMLAUTS = ("german", "nordic")
_LIKELY = 0.14
"""Up to which cost a surname without a given name that tells its language is spelled so."""
_MOST_SIGNED = 4
_article = re.compile(r"\b(?:[ae]l|[ae](?:sh|[dnrstz]))-(?=(sh|[a-z]))", re.IGNORECASE)
_SUN_LETTERS = ("sh", "d", "n", "r", "s", "t", "z")


def latin_variants(written: str) -> list[str]:
    """Return the other spellings of a name with such letters or an Arabic article."""
    return [*_plain_letter_variants(written), *_article_variants(written)]


def signed_variants(written: str) -> list[tuple[str, float]]:
    """Return the spellings that folding does not find of a name in plain letters, with the cost of each (0 and more).

    They have a letter without decomposition, or two letters for an umlaut: Walesa is Wałęsa, Soder Soeder.
    """
    *others, surname = written.split()
    first = others[0].lower() if others else ""
    given = [(text, language) for text, language in signed_given_names(first) if not _is_folded(text)][:1]
    found = {" ".join([text.capitalize(), *others[1:], surname]): 0.0 for text, _ in given}
    told = told_readings(surname.lower(), first)
    for one in told or [one for one in signed_readings(surname.lower()) if one.cost <= _LIKELY]:
        before = [[text.capitalize(), *others[1:]] for text, language in given if language == one.language] or [others]
        texts = [] if _is_folded(one.text) else [" ".join([*before[0], one.text.capitalize()])]
        if one.language in _WITH_UMLAUTS:
            texts.append(" ".join([*others, _in_two_letters(one.text).capitalize()]))
        for text in texts:
            found.setdefault(text, one.cost)
    found.pop(written, None)
    return list(found.items())[:_MOST_SIGNED]


def _is_folded(word: str) -> bool:
    """Tell whether folding leaves the plain spelling of a lower-case word."""
    return _UNFOLDED.isdisjoint(word)


def _in_two_letters(word: str) -> str:
    return "".join(_plain_letter(letter, -1, frozenset("å")) for letter in word)


def _article_variants(written: str) -> list[str]:
    """Return the name with each other form of the article, which assimilates to some letters (the "sun letters")."""
    found = _article.search(written)
    if found is None:
        return []
    after = found[1].lower() if found[1].lower() in _SUN_LETTERS else ""
    articles = ["al", "el", *(f"{vowel}{after}" for vowel in "ae" if after)]
    texts = [f"{written[: found.start()]}{article}-{written[found.end() :]}" for article in articles]
    return [text for text in texts if text.lower() != written.lower()]


def _plain_letter_variants(written: str) -> list[str]:
    """Return the name in plain letters; Turkish umlauts only lose their dots, which folding does."""
    letters = frozenset(written.lower())
    unchanged = _UMLAUTS if letters & _TURKIC else frozenset()
    if not (letters - unchanged) & _LETTERS.keys():
        return []
    found = ("".join(_plain_letter(letter, choice, unchanged) for letter in written) for choice in (0, -1))
    return [text for text in dict.fromkeys(found) if text != written]


def _plain_letter(letter: str, choice: int, unchanged: frozenset[str]) -> str:
    small = letter.lower()
    if small in unchanged or small not in _LETTERS:
        return letter
    plain = _LETTERS[small][choice]
    return plain if letter == small else plain.capitalize()
