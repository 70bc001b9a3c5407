"""Parse a range of time, or the end of one, as people write it, in the time zone of the configuration."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.config.dates import in_zone, parse_end
from monitor.config.values import FOREVER, parse_clock, parse_duration
from monitor.steps.past_matches import Span

_BACK = re.compile(r"(\d{1,5})\s*([mhdw])")
_CLOCK, _DATED = re.compile(r"\d{1,2}:\d{2}"), re.compile(r"\d{4}-")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""What reaches back further begins here: before there was a web, no outlet published on it."""
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def parse_span(text: str, now: datetime, zone: str) -> Span:
    """Return [since, until) in UTC for `30d`, a date, or `a..b` (both days included); an empty text bounds nothing.

    None of both is before 1990. Raises ValueError with examples for anything else.
    """
    if not text:
        return None, None
    try:
        first, _, last = text.strip().partition("..")
        since = _parse_moment(first, now, zone) if first else None
        until = _parse_moment(last, now, zone, end=True) if last else None
    except (ValueError, OverflowError):
        raise _bad_span(text) from None
    if not (since or until):
        raise _bad_span(text)
    if since and until and since >= until:
        raise _bad_span(text, "ends before it begins")
    return since, until


def parse_since(text: str, now: datetime, zone: str) -> datetime:
    """Return since when, in UTC, for `30d` or a date, not before 1990; ValueError with examples for anything else."""
    try:
        return _parse_moment(text, now, zone)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no time; expected 30d, 2w, or a date like 2026-10-01") from None


def parse_until(text: str, now: datetime, zone: str) -> datetime | None:
    """Return when something that begins now ends, in UTC; None for `forever`.

    A length of time (`2h`, `3d`), a time of day (`18:00`, the next one), a moment (`2026-12-24 18:00`) or a date, which
    is the end of that day. Raises ValueError with examples for anything else, and for what is past.
    """
    try:
        until = _end(text.strip(), now, zone)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text!r} is no end; expected 2h, 3d, 18:00, 2026-12-24, 2026-12-24 18:00 or forever"
        ) from None
    if until is not None and until <= now:
        raise ValueError(f"{text!r} is past")
    return until


def _end(text: str, now: datetime, zone: str) -> datetime | None:
    if _CLOCK.fullmatch(text):
        here = now.astimezone(ZoneInfo(zone))
        today = in_zone(datetime.combine(here.date(), parse_clock(text)), zone)
        return (
            today
            if today > now
            else in_zone(datetime.combine(here.date() + timedelta(days=1), parse_clock(text)), zone)
        )
    if not _DATED.match(text):
        length = parse_duration(text)
        return None if length == FOREVER else now + length
    return in_zone(parse_end(text), zone)


def _bad_span(text: str, why: str = "is no time") -> ValueError:
    hint = "expected 30d, 12h, 5m, 2w, a date like 2026-10-01, or 2026-10-01..2026-10-31"
    return ValueError(f"{text!r} {why}; {hint}")


def _parse_moment(text: str, now: datetime, zone: str, *, end: bool = False) -> datetime:
    """Return the instant of a part; as an end, the end of that day."""
    if duration := _BACK.fullmatch(text.strip().lower()):
        return max(now - int(duration[1]) * _UNITS[duration[2]], _EARLIEST)
    stripped = text.strip()
    moment = datetime.fromisoformat(stripped)
    if moment.year < _EARLIEST.year:
        return _EARLIEST
    if len(stripped) <= len("2026-10-01"):
        day = moment.date() + timedelta(days=int(end))
        moment = datetime.combine(day, time(), ZoneInfo(zone))
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
