"""Define `a SENT b`: both in the same sentence."""

from __future__ import annotations

from monitor.query.document import Document
from monitor.query.operators.pairing import Binary


def is_same_sentence(document: Document, _count: int, end: int, start: int) -> bool:
    """Tell whether the word before `end` and the one at `start` are in the same sentence."""
    return document.sentence_at(document.last_position(end)) == document.sentence_at(start)


SENT = Binary("SENT", precedence=2, is_in_reach=is_same_sentence)
