"""Judge what stands between the words of a name: a space, a hyphen or an initial's full stop, or a boundary of sense.

`قال نواف: سلام عليكم` (Nawaf said: peace be with you) does not name Nawaf Salam. Own heuristic.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from monitor.query.document import FIELD_SHIFT, DocumentText
from monitor.query.terms.evidence import is_capital, is_same_sentence
from monitor.text.forms.known_spellings import is_arabic_given_name, is_given_name
from monitor.text.forms.script import script_of

_WITHOUT_SENTENCES = ("url", "tag")
# The mark before the last letter of a Hebrew abbreviation, which many names are, is written as a quote: צה"ל, כ"ץ.
_GERSHAYIM = frozenset('"״”')
_BOUNDARY = re.compile(r"[:;!?…()\[\]{}|\\\r\n\u2028\u2029•؛؟。！？：；…（）「」『』，、]|[—―]|(?<=\s)[-–=]+(?=\s)")
_SIGNS = re.compile("[/&+*<>→←⇒]")
"""Signs that divide two names, unless the name itself has them: Johnson & Johnson."""
_QUOTES = '«»‹›„“”‟"＂'
_OPENED = re.compile(rf"\s[{_QUOTES}]$")
_SPACED_DOT = re.compile(r"\s·|·\s")
_DOTTED_SCRIPTS = frozenset({"han", "kana"})
"""Scripts that divide a given name and surname by a dot: 唐纳德 · 特朗普."""
_COMMAS = re.compile("[,،、，]")
_LONGEST_ABBREVIATION = 2
# Patronymics in all cases: Сергеевич, Сергеевне, Ильинична, Сергійовича. Own table.
_patronymic = re.compile("(?:[оеёєі]вич|[оеёєії]вн|ьич|[иі]ничн)[а-яії]{0,3}$").search


def signs_between_words(text: str) -> str:
    """Return the signs of a name that would end another: & of Johnson & Johnson."""
    return "".join(_SIGNS.findall(text))


def gap_before(position: int, text: DocumentText) -> str:
    """Return the characters between the word at `position` and the one before."""
    original, start, _ = text.original_text(position, position + 1)
    return original[text.original_text(position - 1, position)[2] : start]


def is_interrupted(position: int, end: int, text: DocumentText, signs: str = "") -> bool:
    """Tell whether a boundary of sense stands before the word at `position` of a name that ends at `end`.

    A comma is none, as names that are turned round have one (`is_enumerated` judges it), nor are quotes around the
    rest of a name other than a person's: ЧВК «Вагнер». `signs` are those that the name itself has.
    """
    gap = gap_before(position, text)
    if gap in _GERSHAYIM and script_of(text.word_at(position)) == "hebrew":
        return False
    if gap == " " or text.document.parts[position >> FIELD_SHIFT].field in _WITHOUT_SENTENCES:
        return False
    if _BOUNDARY.search(gap) or any(sign not in signs for sign in _SIGNS.findall(gap)):
        return True
    if _SPACED_DOT.search(gap) and script_of(text.word_at(position)) not in _DOTTED_SCRIPTS:
        return True
    if "." in gap and len(text.word_at(position - 1)) > _LONGEST_ABBREVIATION:
        sentence_at = text.document.sentence_at
        if sentence_at(position - 1) != sentence_at(position):
            return True
    if not any(quote in gap for quote in _QUOTES):
        return False
    before = text.word_at(position - 1)
    return (
        is_given_name(before)
        or is_arabic_given_name(before)
        or not (_OPENED.search(gap) and _is_quoted_until(end, text))
    )


def is_enumerated(position: int, text: DocumentText) -> bool:
    """Tell whether a comma stands before a word."""
    return _COMMAS.search(gap_before(position, text)) is not None


def is_turned_round(start: int, end: int, text: DocumentText, middle: Collection[str] = ()) -> bool:
    """Tell whether the words [start, end), which a comma divides, may be a surname and its given name.

    In “Melania Trump, Donald Tusk” they belong to two people: no other name may stand directly before the surname, nor
    directly after the given name, except for initials, a patronymic and one that begins with a `middle` letter.
    """
    if _touches(start, text) and is_capital(start - 1, text):
        return False
    after = text.word_at(end)
    is_rest = len(after) == 1 or after[:1] in middle or _patronymic(after) is not None
    return is_rest or not (_touches(end, text) and is_capital(end, text))


def _touches(position: int, text: DocumentText) -> bool:
    """Tell whether nothing but spaces stands between the word at `position` and the one before, in one sentence."""
    return (
        bool(text.word_at(position))
        and is_same_sentence(position - 1, position, text)
        and gap_before(position, text).isspace()
    )


def _is_quoted_until(end: int, text: DocumentText) -> bool:
    original, _, last = text.original_text(end - 1, end)
    return original[last : last + 1] in tuple(_QUOTES)
