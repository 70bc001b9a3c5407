"""Judge whether a form of a name has the capitals that it needs where it stands, or may do without them."""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_capital, is_joined, is_unmarked, original_words
from monitor.query.terms.name_spellings import NameSpelling, takes_cases_in
from monitor.query.terms.small_letters_in_latin import has_no_capitals, is_name_without_capitals
from monitor.text.forms.script import script_of
from monitor.text.forms.small_letters import is_given_name_alone

_SHORTEST = 5
"""How many letters a name has in its first word that may count in small letters."""
_BULGARIAN = "bg"
_is_bulgarian_surname = re.compile("(?:[ое]ва?|ск[иа])$").search
_IN_SMALL_LETTERS = 0.5
"""The confidence of a form that lacks its capital: it asks for a second signal; own choice."""
_SIGNS = frozenset("#@./\\_=-")
"""What stands beside a word of a tag, an address or a compound."""


def as_it_stands(spelling: NameSpelling, position: int, text: DocumentText) -> NameSpelling | None:
    """Return a form as it counts at a position where it stands: weaker without its capital; None if it does not count.

    Comments and posts write names in small letters. In Russian and Ukrainian, a form that is no ordinary word may lack
    its capital, if it is no part of a tag or address (#россия). So may a full name whose given name is no such word,
    which is the second sign of a surname that is one: андрія білецького. In Latin letters names lack them where the
    text has no capitals at all, and so does a full name with a Bulgarian surname. A Czech possessive whose vowel is
    marked is the surname of a woman: Babišová.
    """
    if spelling.is_possessive and not spelling.common and not is_unmarked(position, text):
        return None
    if _has_capitals(spelling, position, text):
        return spelling
    if spelling.is_latin:
        is_name = _stands_apart(spelling, position, text) and is_name_without_capitals(spelling, position, text)
        return spelling if is_name else None
    if text.document.language == _BULGARIAN:
        return spelling if _is_bulgarian_without_capitals(spelling, position, text) else None
    may_be_weak = spelling.is_sufficient and spelling.capitals and not (spelling.common or spelling.partial)
    if may_be_weak and _has_given_name(spelling, position, text) and _may_lack_capitals(spelling, position, text):
        return spelling
    if may_be_weak and len(spelling.tokens[0]) >= _SHORTEST and _may_lack_capitals(spelling, position, text):
        return spelling._replace(confidence=_IN_SMALL_LETTERS)
    return None


def _is_bulgarian_without_capitals(spelling: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether a full name with a Bulgarian surname stands in text without any capital: благомир коцев."""
    is_full = len(spelling.tokens) > 1 and spelling.is_sufficient and not spelling.common
    is_name = is_full and _is_bulgarian_surname(spelling.tokens[-1]) is not None
    return is_name and _stands_apart(spelling, position, text) and has_no_capitals(position, text)


def _has_given_name(spelling: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether a full name has a given name that is no ordinary word, so that it proves the surname beside it."""
    if len(spelling.tokens) == 1:
        return False
    words = original_words(position, position + len(spelling.tokens), text).lower().split()
    return any(map(is_given_name_alone, (words[0], words[-1])))


def _has_capitals(spelling: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether the tokens of a form that stands at a position have the capitals they need."""
    if spelling.is_proof_in_small_letters:
        return is_capital(position, text) or _may_lack_capitals(spelling, position, text)
    due = (position + offset for offset, capital in enumerate(spelling.capitals) if capital)
    return all(is_capital(at, text) or (at > position and is_joined(at, text)) for at in due)


def _may_lack_capitals(spelling: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether a form in small letters is Cyrillic in an article with cases, and no part of something longer."""
    is_cyrillic = script_of(spelling.tokens[0]) == "cyrillic"
    return is_cyrillic and takes_cases_in(text.document.language) and _stands_apart(spelling, position, text)


def _stands_apart(spelling: NameSpelling, position: int, text: DocumentText) -> bool:
    """Tell whether a form that stands at a position is no part of a tag or address (#россия)."""
    original, first, last = text.original_text(position, position + len(spelling.tokens))
    is_followed = original[last : last + 1] in _SIGNS and original[last + 1 : last + 2].isalnum()
    return original[max(first - 1, 0) : first] not in _SIGNS and not is_followed
