"""Define `a NEAR/n b`: at most n words between them, in either order, in the same field."""

from __future__ import annotations

from monitor.query.document import Document
from monitor.query.operators.pairing import Binary


def is_close(_document: Document, count: int, end: int, start: int) -> bool:
    """Tell whether at most `count` words stand between; two fields are always farther apart."""
    return start - end <= count


NEAR = Binary("NEAR", precedence=5, is_in_reach=is_close, default=4)
