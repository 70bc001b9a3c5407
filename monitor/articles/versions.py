"""Decide whether a changed text is stored as the article's next version now or, if it changes all the time, later."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

MANY = 6
"""Versions of an article that are stored as fast as they come."""
SHARE = 4
"""A later version waits for the article's age divided by this."""
LONGEST = timedelta(days=1)
"""The longest such wait."""
RETURNS_AFTER = timedelta(hours=1)
"""How long the words between must have stood before words that the article had once are its next version."""
_LETTERS = re.compile(r"[^\W\d_]+")


def may_wait(version: int, first: datetime, last: datetime, now: datetime) -> bool:
    """Tell whether the next version of an article may wait; it has `version`, was seen `first` and changed `last`.

    From the sixth version on, each waits for a quarter of the article's age, a day at most: a counter in its text makes
    some twenty versions on the first day and one a day later, however often it is polled.
    """
    # A `last` in the future was written before the clock was set back: nothing waits for it.
    return version >= MANY and timedelta() <= now - last < min((now - first) / SHARE, LONGEST)


def return_may_wait(first: datetime, last: datetime, now: datetime) -> bool:
    """Tell whether words that an article had once may wait to be its next version; its present ones came `last`.

    Caches of an outlet may show old and new words in turn for hours. Words that come back to stay are a version after
    an hour, or a quarter of the article's age, a day at most.
    """
    return timedelta() <= now - last < min(max(RETURNS_AFTER, (now - first) / SHARE), LONGEST)


def same_but_numbers(title: str, other: str) -> bool:
    """Tell whether two titles differ in nothing but numbers, punctuation and spaces."""
    return _LETTERS.findall(title.casefold()) == _LETTERS.findall(other.casefold())
