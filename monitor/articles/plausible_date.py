"""Reject the dates of a feed that cannot be true, and bring the others to UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# No outlet's site is older than the web's first newspapers; software writes 1970 or 0001 where it has no date.
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
# A clock ahead of ours, or local time marked as UTC (up to +14 h), is a slip; more is a calendar of events or junk.
_MOST_AHEAD = timedelta(days=1)


def plausible_date(moment: datetime | None, now: datetime) -> datetime | None:
    """Return the moment in UTC, at the latest `now`; None where it is unknown, before 1995 or over a day ahead.

    A moment without a zone is taken as UTC.
    """
    if moment is None:
        return None
    if moment.tzinfo is UTC and _EARLIEST <= moment <= now:
        return moment
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment < _EARLIEST or moment - now > _MOST_AHEAD:
        return None
    return min(moment, now).astimezone(UTC)
