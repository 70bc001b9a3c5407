"""Define `a SAME b`: both in the same paragraph."""

from __future__ import annotations

from monitor.query.document import Document
from monitor.query.operators.pairing import Binary


def is_same_paragraph(document: Document, _count: int, end: int, start: int) -> bool:
    """Tell whether the word before `end` and the one at `start` are in the same paragraph."""
    return document.paragraph_at(document.last_position(end)) == document.paragraph_at(start)


SAME = Binary("SAME", precedence=2, is_in_reach=is_same_paragraph)
