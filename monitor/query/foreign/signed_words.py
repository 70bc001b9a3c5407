"""Words with signs that our words do not have come in; what they are here, or why they cannot be kept, goes out.

Our reader passes over the signs at a word's edges: `#war` would find every war, `c++` every c. So such a word is
compared with the original text, sign by sign; what looks like syntax that its system does not have is told instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.query.ast import Node, Phrase, Word
from monitor.query.foreign.terms import Place, called

_SPOKEN = frozenset("#@$€£¥+%°§№")
"""Signs that are part of a name: #war, @potus, $TSLA, C++, 100%."""
_SYNTAX = frozenset("=<>~^|\\{}[]")
_operator = re.compile(
    r"(?:not)?-?(?:w|within|adj|near|onear|pre|before|after|n|p|around)[/~:]\w+|(?:adj|near|onear)\d+|[a-z-]+/\d+|"
    r"(?:and|or|not|but)(?:-(?:and|or|not|but|near))+|andnot|notnear|xor",
    re.IGNORECASE,
).fullmatch
_loud = frozenset({"NOT", "NEAR", "ONEAR", "ADJ", "PRE", "SAME", "SENT", "WITHIN", "AROUND"})
_distance = re.compile(r"(?:w|n|p|pre|within)\d+", re.IGNORECASE).fullmatch
_field = re.compile(r"[a-z]{2,}:(?!//)\S", re.IGNORECASE).match


def spelled(words: Sequence[str], own: str, place: Place) -> Node | None:
    """What words side by side are where one of them has a sign; None where our words say the same.

    `own` are the signs that mean something in the system itself, and are read elsewhere.
    """
    if not any(_is_spoken(word, own) for word in words):
        return None
    return called("exact", Word(words[0], place=place) if len(words) == 1 else Phrase(tuple(words), place=place))


def _is_spoken(word: str, own: str) -> bool:
    signs = _SPOKEN & set(word)
    return bool(signs - set(own)) or word[0] in signs or (word[0] == "." and word[1:2].isalpha())


def not_a_word(word: str) -> str:
    """Why something outside quotation marks is no word, or an empty string."""
    if _SYNTAX & set(word) and not word.startswith("~"):
        return f"“{word}” is not understood"
    if word in _loud or _operator(word):
        return f"“{word}” is no operator of this system"
    return f"“{word}” is not understood" if _field(word) else ""


def between_words(word: str) -> str:
    """Why something between two words is no word itself, or an empty string: w5 is meant for a distance there."""
    return f"“{word}” is no operator of this system" if _distance(word) else ""
