"""Bound the polls of a feed by what it says of when it changes, as far as its rhythm does not show otherwise. Pure.

What feeds say is mostly what their software writes by default: of 96 sampled feeds, 12 state a `ttl` (10 to 90 minutes)
and 5 of these publish more often than that, by their dates; 4 say `hourly`, of which 3 in WordPress's words, and none
names hours or days to skip.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.fetching.rhythm import WEEK, Rhythm, expected
from monitor.model import UpdateHints

HOUR = timedelta(hours=1)
LONGEST_SKIP = timedelta(hours=12)
"""How long a feed is left alone at most in hours that it wants to be skipped: a weekend is looked at all the same."""
SEEN = 0.25
"""Articles in an hour of the week, faded, that show that its feed is not silent then: one for eight weeks."""


def believed_interval(hints: UpdateHints, rhythm: Rhythm, now: datetime) -> timedelta:
    """Return the interval that a feed states; zero where an article or more is expected within it."""
    if not hints.minutes:
        return timedelta()
    an_hour = sum(expected(rhythm, now, hours=1))
    return timedelta(minutes=hints.minutes) if hints.minutes / 60 * an_hour < 1 else timedelta()


def after_skipped(due: datetime, hints: UpdateHints, rhythm: Rhythm) -> datetime:
    """Return the moment itself, or the end of the skipped hours that it lies in, at most LONGEST_SKIP later.

    Articles that came in one of these hours tell that all of them are wrong.
    """
    if any(rhythm.counts[hour] >= SEEN for hour in hints.skipped):
        return due
    end, skipped = due, frozenset(hints.skipped)
    while int(end.timestamp()) // 3600 % WEEK in skipped and end < due + LONGEST_SKIP:
        end = end.replace(minute=0, second=0, microsecond=0) + HOUR
    return min(end, due + LONGEST_SKIP)


def hints_as_text(hints: UpdateHints) -> str:
    """Return hints as a short text, to be stored; empty for none."""
    return f"{hints.minutes} {','.join(map(str, hints.skipped))}" if any(hints) else ""


def hints_from_text(text: str) -> UpdateHints:
    """Return hints that were stored; none where the text is no such."""
    minutes, _, skipped = text.partition(" ")
    try:
        hours = tuple(int(hour) for hour in skipped.split(",") if hour)
        return UpdateHints(int(minutes or 0), tuple(hour for hour in hours if 0 <= hour < WEEK))
    except ValueError:
        return UpdateHints()
