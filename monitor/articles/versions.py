"""When changed words are the next version of a piece, and when they may wait since its text is never the same."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

MANY = 6
"""Versions that every piece may have as fast as they come."""
SHARE = 4
LONGEST = timedelta(days=1)
_LETTERS = re.compile(r"[^\W\d_]+")


def may_wait(version: int, first: datetime, last: datetime, now: datetime) -> bool:
    """Say whether a piece of `version` versions, met `first` and changed `last`, has had enough of them for now.

    From the sixth on, each waits for a quarter of the piece's age, a day at most: a counter in its text makes some
    twenty versions on the first day and one a day later, however often it is polled.
    """
    # A moment that is to come was written by a clock that has been set back since: nothing waits for it.
    return version >= MANY and timedelta() <= now - last < min((now - first) / SHARE, LONGEST)


def same_but_numbers(title: str, other: str) -> bool:
    """Say whether two titles differ in nothing but numbers, marks and spaces."""
    return _LETTERS.findall(title.casefold()) == _LETTERS.findall(other.casefold())
