"""Interpret what stands behind a time of day: AM or PM, a zone, the end of a range."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.sources.months import REGIONS, ZONES

Clock = tuple[int, int, int]
"""Hour, minute and second."""

UNTIL = "to|till|until|bis|до|à|a|hasta|al|tot|til"
"""Words, as alternatives of a pattern, between the two ends of a range."""

_HALF = re.compile(r"\s*([ap])\.?\s?m\b\.?", re.I)
_OFFSET = re.compile(r"(?:\b(?:gmt|utc)\s?)?([+\u2212-])\s?(\d\d?):?(\d\d)?(?::?\d\d)?(?!\d)", re.I)
_REGION = re.compile(r"\b[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2}")
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(
    rf"(?:(\s*)[-\u2013\u2014](\s*)|\s*({UNTIL})\s+)(\d{{1,2}})[:.](\d\d)(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?", re.I
)
_DIGITS = re.compile(r"\d")


def read_half_day(clock: Clock, tail: str) -> tuple[Clock, str]:
    """Apply AM or PM at the start of `tail`; return the time on 24 hours and the rest: 12:45 AM is 0:45."""
    match = _HALF.match(tail)
    if match is None:
        return clock, tail
    return on_24_hours(clock, match[1]), tail[match.end() :]


def on_24_hours(clock: Clock, half: str) -> Clock:
    """Return a time of AM (`half` is `a`) or PM (`p`) on 24 hours; 21:30 PM stays 21:30."""
    hour, minute, second = clock
    return (hour % 12 + (12 if half.lower() == "p" else 0) if hour <= 12 else hour), minute, second


def without_range_end(clock: Clock, tail: str) -> str:
    """Remove a range's end behind a time: ` - 12:00`, ` to 12:00` behind 10:00; `-05:00` without spaces is a zone."""
    match = _END.match(tail)
    if match is None:
        return tail
    hour, minute = int(match[4]), int(match[5])
    is_later = (hour, minute) > clock[:2] and (hour > 9 or minute not in (0, 30))
    return tail[match.end() :] if is_later or match[3] or (match[1] and match[2]) else tail


def utc_moment(date: tuple[int, int, int], clock: Clock) -> datetime:
    """Return the moment in UTC; 24:00 is the next midnight, and second 60 (a leap second) becomes 59."""
    hour, minute, second = clock
    is_24 = hour == 24
    moment = datetime(*date, 0 if is_24 else hour, minute, min(second, 59), tzinfo=UTC)
    return moment + timedelta(days=1) if is_24 else moment


def in_zone(moment: datetime, tail: str) -> datetime | None:
    """Put a moment into the zone that `tail` names, UTC if none; None if `tail` has digits that are no zone's."""
    zone = _zone(tail)
    return None if zone is None else moment if zone is UTC else moment.replace(tzinfo=zone)


@lru_cache(maxsize=512)
def _zone(text: str) -> tzinfo | None:
    """Return the zone in a text: +0300, GMT+3, (MSK), EST5EDT, Europe/Istanbul; else UTC; None if digits are left."""
    region = _REGION.search(text)
    rest = _REGION.sub(" ", text)
    offset = _OFFSET.search(rest)
    if offset:
        rest = rest[: offset.start()] + rest[offset.end() :]
    named = [word for word in _WORD.findall(rest.lower()) if word in ZONES or word in REGIONS]
    # EST5EDT is how POSIX writes a zone: the digit is its offset.
    if _DIGITS.search(rest) and not (named and re.fullmatch(r"[a-z]{3}\d[a-z]{3}", rest.strip(" ()"), re.I)):
        return None
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return _by_minutes((minutes if offset[1] == "+" else -minutes) if minutes < 24 * 60 else 0)
    found = _by_region(region[0]) if region else None
    if found is None and named:
        found = _by_region(REGIONS[named[0]]) if named[0] in REGIONS else _by_minutes(ZONES[named[0]])
    return found or UTC


def _by_minutes(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


def _by_region(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
