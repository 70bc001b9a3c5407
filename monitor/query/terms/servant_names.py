"""Tell whether a given name stands behind “servant of”, with which it is one name: عبد اللطيف, Abd al-Latif.

Own tables of the word and of the article that may stand between.
"""

from __future__ import annotations

from monitor.query.document import DocumentText
from monitor.text.forms.servant_given_names import SERVANTS

_PREFIXES = "وفبلكשובכלמה"
_ARTICLE = """
al el ul ar er ur as es us an en un ad ed ud at et az ez ash esh ush аль эль ель ар эр ас эс ан эн אל א ال
"""
_ARTICLES = frozenset(_ARTICLE.split())
_ENDINGS = "аумоеяю"
_JOINED = ("abd", "абд", "عبد", "עבד")


def is_servant(word: str) -> bool:
    """Tell whether a canonical word is “servant of”, perhaps with a particle before it or a Slavic ending behind it."""
    return word in SERVANTS or (word[:1] in _PREFIXES and word[1:] in SERVANTS) or word.rstrip(_ENDINGS) in SERVANTS


def begins_with_servant(word: str) -> bool:
    """Tell whether a canonical word is “servant of”, or a name that begins with it: Abdulhamid."""
    return any(joined in word[: len(joined) + 1] for joined in _JOINED)


def without_servant(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the canonical words of a name without “servant of” and the article at its beginning."""
    if not is_servant(tokens[0]):
        return tokens
    return tokens[2 if tokens[1:2] and tokens[1] in _ARTICLES else 1 :]


def is_behind_servant(position: int, text: DocumentText) -> bool:
    """Tell whether “servant of”, perhaps with the article, stands before a position."""
    before = position - 1
    if before > 0 and text.word_at(before) in _ARTICLES:
        before -= 1
    return before >= 0 and is_servant(text.word_at(before))
