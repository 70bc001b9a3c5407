"""Compute when mails go out from a cadence, a zone and quiet hours, correctly over changes to daylight saving time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.model import Cadence, Holiday, Route

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DEFAULT_TIMES = (time(8, 0),)  # `daily` and `weekly` without a time
DEFAULT_WEEKDAYS = (0,)  # `weekly` without a day: Monday
AT_ONCE = "at once"

Quiet = tuple[time, time]
"""Start and end of quiet hours, on the wall clock of a recipient's zone."""


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone of that name; UTC if this machine does not know it, since a mail some hours late beats none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def next_slot(cadence: Cadence, timezone: str, now: datetime, previous: datetime | None = None) -> datetime:
    """Return the first slot of a cadence strictly after `now`, and after `previous` if that slot was used (UTC).

    A slot does not depend on when it is computed, so it can name its digest: none is skipped and none is sent twice.
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
    """Return the next full hour on the wall clock of that zone (UTC; some zones are half an hour off)."""
    where = zone(timezone)
    following = _full_hour(now, now.astimezone(where))
    # Where the clock is set forward by half an hour until then, it may show a full hour sooner.
    sooner = _full_hour(now, following.astimezone(where))
    return sooner if sooner < following and sooner.astimezone(where).minute == 0 else following


def _full_hour(now: datetime, local: datetime) -> datetime:
    """Return the next full hour after `now` (UTC) by the offset that a zone has at `local`."""
    offset = local.utcoffset() or timedelta()
    wall = now.astimezone(UTC) + offset
    return wall.replace(minute=0, second=0, microsecond=0) + HOUR - offset


def quiet_until(quiet: Quiet | None, timezone: str, moment: datetime) -> datetime | None:
    """Return when the quiet hours around `moment` end (UTC), or None when it is not in quiet hours."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    where = zone(timezone)
    local = moment.astimezone(where)
    if not _is_quiet(quiet, local.time()):
        return None
    ends = [one for days in (0, 1, 2) for one in _moments_of(local.date() + days * DAY, quiet[1], where)]
    later = sorted(one for one in ends if one > moment)
    # Where a zone skips a whole day, the end that falls on it is at midnight, and the night goes on.
    return next((one for one in later if not _is_quiet(quiet, one.astimezone(where).time())), later[0])


def _is_quiet(quiet: Quiet, clock: time) -> bool:
    start, end = quiet
    # Quiet hours that end before they start pass midnight.
    return start <= clock < end if start < end else clock >= start or clock < end


def _moments_of(day: date, at: time, where: ZoneInfo) -> list[datetime]:
    """Return the moments at which the wall clock of a day reaches a time (UTC).

    Where the clock is set back there are two, and both count, or quiet hours would last a day longer; where it is set
    forward over that time, the time is reached at the moment of the change.
    """
    first, second = (datetime.combine(day, at.replace(fold=fold), where).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return [first, second]
    before, after = second, first  # for a skipped time, fold=0 gives the later moment (PEP 495)
    while after - before > SECOND:  # bisect to the second of the change
        middle = before + ((after - before) / 2 // SECOND) * SECOND
        skipped = middle.astimezone(where).utcoffset() == after.astimezone(where).utcoffset()
        before, after = (before, middle) if skipped else (middle, after)
    return [after]


class Rest(NamedTuple):
    """When a recipient is not to be disturbed: in quiet hours on the wall clock of a zone, and on a holiday."""

    quiet: Quiet | None
    timezone: str
    away: Holiday | None = None


def rest_of(route: Route) -> Rest:
    """Return when a route disturbs nobody."""
    return Rest(route.quiet, route.timezone, route.away)


def rest_until(rest: Rest, moment: datetime) -> datetime | None:
    """Return when the quiet hours and the holiday around `moment` are over (UTC), or None when there are none."""
    end = moment
    while later := _away_until(rest.away, end) or quiet_until(rest.quiet, rest.timezone, end):
        end = later
    return end.astimezone(UTC) if end > moment else None


def _away_until(away: Holiday | None, moment: datetime) -> datetime | None:
    return away.end if away and away.begin <= moment < away.end else None


def after_rest(rest: Rest, moment: datetime) -> datetime:
    """Return `moment`, or the end of the rest around it (UTC)."""
    return rest_until(rest, moment) or moment.astimezone(UTC)


def _next_local(cadence: Cadence, where: ZoneInfo, after: datetime) -> datetime:
    """Return the next moment at which the wall clock of a chosen day shows a chosen time.

    A time that a clock change skips is moved past the change, perhaps past a later time of that day: hence the minimum.
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
