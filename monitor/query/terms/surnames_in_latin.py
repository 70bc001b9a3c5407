"""Judge whether a guessed Latin spelling is a surname where it stands, or an ordinary word of the article's language.

Рот is Roth, Rott or Rot in Latin letters, and Rot is a word of German and English. Own heuristic; the words that show a
surname are in `monitor/text/forms/data/titles.txt`.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_same_sentence, is_unexplained_capital, original_words
from monitor.query.terms.gaps import is_enumerated, is_interrupted
from monitor.text.forms.dictionary import is_ordinary_word
from monitor.text.forms.titles import known_words

_CZECH = "cs"
_may_be_possessive = re.compile("ova$").search
"""Noemova archa may be Noah's ark; Noemová, the surname of a woman, has the accent in all cases but -ovou."""
_is_instrumental = re.compile("(?:ou|í)$").search
"""The ends of what Noemovou may belong to: archou, lodí."""
WITH_CAPITAL_NOUNS = frozenset({"de", "lb"})
_SHORTEST_COMPOUNDED = 5
"""How many letters an office has at least that German writes onto another word: Außenminister, but not Mr."""


def is_ordinary_here(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether the word at [start, end) is an ordinary one of the article's language, or a Czech possessive."""
    if end - start != 1:
        return False
    word, language = original_words(start, end, text).lower(), text.document.language
    return is_ordinary_word(word, language) or (language == _CZECH and _is_possessive(word, end, text))


def _is_possessive(word: str, end: int, text: DocumentText) -> bool:
    """Tell whether a Czech word may be a possessive; Merkelovou čeká is no such one, which has its noun behind it."""
    if not word.endswith("ovou"):
        return _may_be_possessive(word) is not None
    has_more = is_same_sentence(end, end - 1, text) and text.word_at(end) != ""
    return has_more and _is_instrumental(original_words(end, end + 1, text).lower()) is not None


def is_surname(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an ordinary word in Latin letters is a surname here.

    An office before it or a verb of saying after it shows that; so does a capital within a sentence, unless the
    language writes nouns so, an article stands before it (the King), or it belongs to what follows (North Korea).
    """
    if is_introduced(start, end, text):
        return True
    if text.document.language in WITH_CAPITAL_NOUNS or text.word_at(start - 1) in known_words("latin", "articles"):
        return False
    return is_unexplained_capital(start, text) and not _goes_on(end, text)


def is_introduced(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an office stands before a word, or a verb of what people do after it."""
    if is_behind_office(start, end, text):
        return True
    after = end + (text.word_at(end) in known_words("latin", "auxiliaries"))
    return is_same_sentence(after, start, text) and text.word_at(after) in known_words("latin", "after")


def is_behind_office(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an office or title in Latin letters stands directly before a word."""
    is_office = is_same_sentence(start - 1, start, text) and _is_office(text.word_at(start - 1))
    return is_office and not is_interrupted(start, end, text) and not is_enumerated(start, text)


def _is_office(word: str) -> bool:
    """Tell whether a word is an office, or a German compound of one."""
    offices = known_words("latin", "before")
    ends = (word[at:] for at in range(1, len(word) - _SHORTEST_COMPOUNDED + 1))
    return word in offices or any(end in offices for end in ends)


def _goes_on(end: int, text: DocumentText) -> bool:
    """Tell whether another word with a capital follows at once, in the same sentence."""
    if not is_same_sentence(end, end - 1, text) or is_interrupted(end, end + 1, text):
        return False
    return original_words(end, end + 1, text)[:1].isupper()
