"""Parse dates and moments to come, as the files and commands have them: on a wall clock, without its zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from monitor.config.values import parse_clock, quoted, refuse, text_of
from monitor.model import Holiday

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_DIGEST = re.compile(r",?\s*no digest$", re.IGNORECASE)
_DAY = timedelta(days=1)
_END = "a date like 2026-12-24 (to the end of that day), or 2026-12-24 18:00"
_AWAY = "the first and the last day, like 2026-12-24..2027-01-06, and “, no digest” behind them where none is wanted"


def parse_end(value: Any) -> datetime:
    """Parse when something ends: `2026-12-24 18:00`, or a date, which is the end of that day (naive)."""
    text = text_of(value)
    day, _, clock = text.replace("T", " ").partition(" ")
    try:
        return datetime.combine(_date(day), parse_clock(clock)) if clock else _end_of(_date(day))
    except (ValueError, OverflowError):
        raise refuse(f"{quoted(text)} is no end", _END) from None


def parse_away(value: Any) -> Holiday:
    """Parse the days on which somebody is away, both included: `2026-12-24..2027-01-06`, perhaps `, no digest`."""
    text = text_of(value)
    days = _NO_DIGEST.sub("", text)
    first, _, last = days.partition("..")
    try:
        begin, end = datetime.combine(_date(first.strip()), time()), _end_of(_date(last.strip()))
    except (ValueError, OverflowError):
        raise refuse(f"{quoted(text)} are not the days of a holiday", _AWAY) from None
    if begin >= end:
        raise refuse(f"{quoted(text)} ends before it begins", _AWAY)
    return Holiday(begin, end, has_digest=days == text)


def _date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _DAY, time())


def holiday_in_zone(away: Holiday | None, zone: str) -> Holiday | None:
    """Return a holiday of a wall clock in UTC."""
    return away._replace(begin=in_zone(away.begin, zone), end=in_zone(away.end, zone)) if away else None


def in_zone(moment: datetime, zone: str) -> datetime:
    """Return a moment of a wall clock in UTC."""
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
