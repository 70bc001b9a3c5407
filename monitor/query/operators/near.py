"""`a NEAR/n b`: at most n words between, in either order, in the same field."""

from __future__ import annotations

from monitor.query.document import Document
from monitor.query.operators.pairing import Binary


def close(_document: Document, count: int, end: int, start: int) -> bool:
    """Whether at most so many words stand between; fields are farther apart than any number."""
    return start - end <= count


NEAR = Binary("NEAR", tightness=5, reach=close, default=4)
