"""`a SENT b`: both in one sentence."""

from __future__ import annotations

from monitor.query.document import Document
from monitor.query.operators.pairing import Binary


def one_sentence(document: Document, _count: int, end: int, start: int) -> bool:
    """Whether the word before `end` and the one at `start` stand in one sentence."""
    return document.sentence(document.last(end)) == document.sentence(start)


SENT = Binary("SENT", tightness=2, reach=one_sentence)
