"""A date that a feed states in, a date that can be true out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# No outlet's site is older than the web's first newspapers; 1970 and 0001 are what software writes for "none".
_FIRST = datetime(1995, 1, 1, tzinfo=UTC)
# A clock ahead of ours, or local time marked as UTC (up to +14 h), is a slip; more is a programme of events or junk.
_AHEAD = timedelta(days=1)


def plausible_date(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment in UTC, at the latest `now`; None where it is unknown, before 1995 or over a day ahead."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment < _FIRST or moment - now > _AHEAD:
        return None
    return min(moment, now).astimezone(UTC)
