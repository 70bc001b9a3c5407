"""Translate words with signs that our words do not have, or report why they cannot be kept.

Our matchers ignore the signs at a word's edges: `#war` would find every war, `c++` every c. So such a word is compared
with the original text, character by character; what looks like syntax of another system is reported instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.query.ast import Node, Phrase, Word
from monitor.query.foreign.foreign_tokens import TextSpan
from monitor.query.foreign.terms import function_call

_NAME_SIGNS = frozenset("#@$€£¥+%°§№")
"""Signs that are part of a name: #war, @potus, $TSLA, C++, 100%."""
_SYNTAX_SIGNS = frozenset("=<>~^|\\{}[]")
_operator = re.compile(
    r"(?:not)?-?(?:w|within|adj|near|onear|pre|before|after|n|p|around)[/~:]\w+|(?:adj|near|onear)\d+|[a-z-]+/\d+|"
    r"(?:and|or|not|but)(?:-(?:and|or|not|but|near))+|andnot|notnear|xor",
    re.IGNORECASE,
).fullmatch
_OPERATOR_WORDS = frozenset({"NOT", "NEAR", "ONEAR", "ADJ", "PRE", "SAME", "SENT", "WITHIN", "AROUND"})
_distance = re.compile(r"(?:w|n|p|pre|within)\d+", re.IGNORECASE).fullmatch
_field = re.compile(r"[a-z]{2,}:(?!//)\S", re.IGNORECASE).match


def signed_words(words: Sequence[str], meaningful_signs: str, span: TextSpan) -> Node | None:
    """Return an exact comparison for words side by side where one of them has a sign, else None.

    `meaningful_signs` are those with a meaning in the system itself; they are handled elsewhere.
    """
    if not any(_has_name_sign(word, meaningful_signs) for word in words):
        return None
    return function_call("exact", Word(words[0], span=span) if len(words) == 1 else Phrase(tuple(words), span=span))


def _has_name_sign(word: str, meaningful_signs: str) -> bool:
    signs = _NAME_SIGNS & set(word)
    return bool(signs - set(meaningful_signs)) or word[0] in signs or (word[0] == "." and word[1:2].isalpha())


def _no_operator(word: str) -> str:
    return f"“{word}” is no operator of this system"


def syntax_problem(word: str) -> str:
    """Return why something outside quotation marks is no word, or an empty string."""
    if _SYNTAX_SIGNS & set(word) and not word.startswith("~"):
        return f"“{word}” is not understood"
    if word in _OPERATOR_WORDS or _operator(word):
        return _no_operator(word)
    return f"“{word}” is not understood" if _field(word) else ""


def misplaced_distance(word: str) -> str:
    """Return why something between two words is no word, or an empty string: there, w5 is meant as a distance."""
    return _no_operator(word) if _distance(word) else ""
