"""When mails go out: a cadence and a zone in, the next slot out; correct over daylight saving, in any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.model import Cadence

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DEFAULT_TIMES = (time(8, 0),)  # `daily` and `weekly` without a time
DEFAULT_WEEKDAYS = (0,)  # `weekly` without a day: Monday
AT_ONCE = "at once"

Quiet = tuple[time, time]


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that name; UTC for a name that this machine does not know, since a mail late by hours beats none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def next_slot(cadence: Cadence, timezone: str, now: datetime, previous: datetime | None = None) -> datetime:
    """The first slot of a cadence strictly after `now`, and after `previous` where that slot has already left (UTC).

    Slots are the same whenever they are asked for, so a slot can name its digest: none is skipped and none doubled.
    """
    after = max(now, previous).astimezone(UTC) if previous else now.astimezone(UTC)
    if cadence.kind == AT_ONCE:
        return after if previous is None else after + timedelta(minutes=1)
    if cadence.kind == "every" and cadence.every:
        return EPOCH + ((after - EPOCH) // cadence.every + 1) * cadence.every
    if cadence.kind in ("daily", "weekly"):
        return _next_local(cadence, zone(timezone), after)
    return next_hour(timezone, after)


def next_hour(timezone: str, now: datetime) -> datetime:
    """The next full hour on the wall clock of that zone (not all zones are whole hours away from UTC)."""
    offset = now.astimezone(zone(timezone)).utcoffset() or timedelta()
    wall = now.astimezone(UTC) + offset
    return wall.replace(minute=0, second=0, microsecond=0) + HOUR - offset


def quiet_until(quiet: Quiet | None, timezone: str, moment: datetime) -> datetime | None:
    """When the quiet hours that hold `moment` end (UTC), or None when it is not quiet then."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    where = zone(timezone)
    local = moment.astimezone(where)
    if not _within(local.time(), quiet):
        return None
    ends = (end for days in (0, 1) for end in _readings(local.date() + days * DAY, quiet[1], where))
    return min(end for end in ends if end > moment)


def _readings(day: date, at: time, where: ZoneInfo) -> list[datetime]:
    """The moments at which the wall clock of a day reaches a time (UTC).

    Where the clock is put back it comes twice, and both count, or a night of quiet would last a day longer; where it is
    put forward over that time, it is reached at that very moment.
    """
    first, second = (datetime.combine(day, at.replace(fold=fold), where).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return [first, second]
    before, after = second, first  # of a time that is skipped the readings are the other way round (PEP 495)
    while after - before > SECOND:
        middle = before + ((after - before) / 2 // SECOND) * SECOND
        skipped = middle.astimezone(where).utcoffset() == after.astimezone(where).utcoffset()
        before, after = (before, middle) if skipped else (middle, after)
    return [after]


def after_quiet(quiet: Quiet | None, timezone: str, moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours that hold it (UTC)."""
    return quiet_until(quiet, timezone, moment) or moment.astimezone(UTC)


def _within(wall: time, quiet: Quiet) -> bool:
    start, end = quiet
    return start <= wall < end if start < end else wall >= start or wall < end


def _next_local(cadence: Cadence, where: ZoneInfo, after: datetime) -> datetime:
    """The next moment at which the wall clock of a chosen day shows a chosen time.

    A time that a clock change skips falls just after it, perhaps past a later time of that day: so the least counts.
    """
    weekdays = range(7) if cadence.kind == "daily" else cadence.weekdays or DEFAULT_WEEKDAYS
    today = after.astimezone(where).date()
    moments = (
        datetime.combine(day, at, where).astimezone(UTC)
        for day in (today + n * DAY for n in range(-1, 9))
        if day.weekday() in weekdays
        for at in cadence.times or DEFAULT_TIMES
    )
    return min(moment for moment in moments if moment > after)
