"""Cut the usual endings off a word, so that its forms are one sign of what an article tells.

Own short tables of endings, which need not be right about grammar: two forms of a word should mostly give the same
beginning, and two words mostly not. What rules find never goes by these (`forms` does that).
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.forms.script import script_of

_ENDINGS = {
    "cyrillic": (
        "ами ями ого его ому ему ыми ими ая яя ое ее ые ие ой ей ый ий ую юю ым им ом ем ах ях ам ям ых их ов ев ью "
        "ья ия ию ии ием ией а я о е ы и у ю ь й іями їв ів ові еві ою ею ією ія ії ію ість ості ється ться ется ется "
        "лся лась лись ла ло ли л в ть ти і"
    ),
    "en": "ings ing edly ed es s ly ions ion ers er",
    "de": "ungen ung ern em en er es e n s st t",
}
_LEFT = 4
"""The fewest letters that are left of a word."""
# The longest beginnings that count, by script and language: endings are many behind them, or compounds long.
_LONGEST = {"cyrillic": 8, "de": 9, "en": 40, "latin": 7, "tr": 6}
_doubled_end = re.compile(r"([bdgmnprt])\1$").sub
_ARTICLES = ("وال", "بال", "فال", "كال", "ولل", "ال", "لل")
_JOINED = "وبلفك"
_ARABIC_ENDINGS = ("ات", "ون", "ين", "ها", "ان", "يه", "ه", "ي")
_ARABIC_LEFT, _BEHIND_JOINED = 3, 5


def _longest_first(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(text.split()), key=len, reverse=True))


_BY_LENGTH = {name: _longest_first(text) for name, text in _ENDINGS.items()}


@lru_cache(maxsize=16384)
def stem(word: str, language: str) -> str:
    """Return the beginning of a canonical word of `language` (a code; empty where unknown) that its forms share."""
    script = script_of(word)
    if script == "arabic":
        return _arabic_stem(word)
    if script not in ("latin", "cyrillic"):
        return word
    kind = language if script == "latin" and language in _LONGEST else script
    beginning = _without(word, _BY_LENGTH.get(kind, ()), _LEFT)[: _LONGEST[kind]]
    return _doubled_end(r"\1", beginning) if kind == "en" else beginning


def without_arabic_article(word: str) -> str:
    """Return an Arabic word without the article and the particles that are written in one with it."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _ARABIC_LEFT:
            return word[len(article) :]
    return word[1:] if word[:1] in _JOINED and len(word) >= _BEHIND_JOINED else word


def _arabic_stem(word: str) -> str:
    return _without(without_arabic_article(word), _ARABIC_ENDINGS, _ARABIC_LEFT)


def _without(word: str, endings: tuple[str, ...], left: int) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word
