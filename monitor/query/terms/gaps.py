"""Judge what stands between the words of a name: a space, a hyphen or an initial's full stop, or a boundary of sense.

`قال نواف: سلام عليكم` (Nawaf said: peace be with you) does not name Nawaf Salam. Own heuristic.
"""

from __future__ import annotations

import re

from monitor.query.document import FIELD_SHIFT, DocumentText

_WITHOUT_SENTENCES = ("url", "tag")
_BOUNDARY = re.compile(r"[:;!?…()\[\]{}|\\\r\n\u2028\u2029•؛؟。！？：；…（）「」『』]|[—―]|(?<=\s)[-–]+(?=\s)")
_QUOTES = '«»‹›„“”‟"＂'
_OPENED = re.compile(rf"\s[{_QUOTES}]$")
_COMMAS = re.compile("[,،、，]")
_LONGEST_ABBREVIATION = 2


def is_interrupted(position: int, end: int, text: DocumentText) -> bool:
    """Tell whether a boundary of sense stands before the word at `position` of a name that ends at `end`.

    A comma is none, as names that are turned round have one (`is_enumerated` judges it), nor are quotes around the
    rest of the name: ЧВК «Вагнер».
    """
    gap = _gap(position, text)
    if gap == " " or text.document.parts[position >> FIELD_SHIFT].field in _WITHOUT_SENTENCES:
        return False
    if _BOUNDARY.search(gap):
        return True
    if "." in gap and len(text.word_at(position - 1)) > _LONGEST_ABBREVIATION:
        sentence_at = text.document.sentence_at
        if sentence_at(position - 1) != sentence_at(position):
            return True
    return any(quote in gap for quote in _QUOTES) and not (_OPENED.search(gap) and _is_quoted_until(end, text))


def is_enumerated(position: int, text: DocumentText) -> bool:
    """Tell whether a comma stands before a word."""
    return _COMMAS.search(_gap(position, text)) is not None


def _gap(position: int, text: DocumentText) -> str:
    """Return the characters between the word at `position` and the one before."""
    original, start, _ = text.original_text(position, position + 1)
    return original[text.original_text(position - 1, position)[2] : start]


def _is_quoted_until(end: int, text: DocumentText) -> bool:
    original, _, last = text.original_text(end - 1, end)
    return original[last : last + 1] in tuple(_QUOTES)
