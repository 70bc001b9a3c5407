"""`a SAME b`: both in one paragraph."""

from __future__ import annotations

from monitor.query.document import Document
from monitor.query.operators.pairing import Binary


def one_paragraph(document: Document, _count: int, end: int, start: int) -> bool:
    """Whether the word before `end` and the one at `start` stand in one paragraph."""
    return document.paragraph(document.last(end)) == document.paragraph(start)


SAME = Binary("SAME", tightness=2, reach=one_paragraph)
