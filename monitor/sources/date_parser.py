"""A date as an outlet writes it in; a moment in UTC, or None when it means nothing, out. Never raises.

The forms of standards are read here, anything else by `loose_dates`. A text of which only a part is understood is no
date: half of one is hours, or centuries, beside the truth.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from monitor.sources.informal_dates import full_year, loose_date
from monitor.sources.months import MONTHS
from monitor.sources.times_of_day import Clock, half_day, leap_safe, range_end, zoned

_RFC822 = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[\s-]([^\W\d]+)\.?,?[\s-](\d{4}|\d\d)[\s,T]+"
    r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*(\S.*)?"
)
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(\S.*)?)?|"
    r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)?()"
)
_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_MONTH_ONLY = re.compile(r"(\d{4})(?:-(\d\d))?")
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_LOST_PLUS = re.compile(r"\d\d:\d\d")
_ATTRIBUTE = re.compile(r"""<time\b[^>]*\bdatetime\s*=\s*["']([^"'<>]+)""", re.I)
_TAGS = re.compile(r"<[^<>]*>")
_EARLIEST, _LATEST = 1970, 2200
_LONGEST = 100


def parse_date(text: str, *, month_first: bool = False) -> datetime | None:
    """The moment that a feed's date means, in UTC; without a zone it is taken as UTC, without a time as midnight.

    `month_first` reads 3/4/2026 as in March. Of a range the beginning counts.
    """
    if "<" in text:
        text = _without_markup(text[:1_000])
    text = text.strip()[:_LONGEST]
    if not text:
        return None
    try:
        return _checked(_parse(text, month_first))
    except (ValueError, OverflowError, OSError):
        return None


def _without_markup(text: str) -> str:
    """What a `<time>` element states, where a date stands in markup (Drupal's feeds)."""
    stated = _ATTRIBUTE.search(text)
    return stated[1] if stated else _TAGS.sub(" ", text)


def _checked(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if _EARLIEST <= moment.year < _LATEST else None


def _parse(text: str, month_first: bool) -> datetime | None:
    # Python reads 20.30 as 20 hours and a fraction of a second.
    if text[:4].isdecimal() and text[4:5] in ("-", "") and text[13:14] != ".":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    match = _RFC822.fullmatch(text)
    if match and (month := MONTHS.get(match[2].lower())):
        date = (full_year(match[3]), month, int(match[1]))
        clock = (int(match[4]), int(match[5]), int(match[6] or 0))
        if (moment := _ending(date, clock, match[7] or "")) is not None:
            return moment
    return _iso(text) or _epoch(text) or loose_date(text, month_first)


def _ending(date: tuple[int, int, int], clock: Clock, tail: str) -> datetime | None:
    """The moment of a date and a clock with what stands behind: half of the day, a zone, the end of a range."""
    if tail[:1] not in "+GZ":  # all but the commonest, which say nothing but a zone
        clock, tail = half_day(clock, tail)
        tail = range_end(clock, tail)
    return zoned(leap_safe(date, clock), tail)


def _iso(text: str) -> datetime | None:
    if match := _ISO.fullmatch(text):
        parts = match.groups()[7:] if match[1] is None else match.groups()[:7]
        year, month, day, hour, minute, second = (int(part or 0) for part in parts[:6])
        tail = parts[6] or ""
        # A + in an address becomes a space on its way.
        return _ending((year, month, day), (hour, minute, second), f"+{tail}" if _LOST_PLUS.fullmatch(tail) else tail)
    if match := _ORDINAL.fullmatch(text):
        return datetime(int(match[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(match[2]) - 1)
    if match := _MONTH_ONLY.fullmatch(text):
        return datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC)
    return None


def _epoch(text: str) -> datetime | None:
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    return datetime.fromtimestamp(int(match[1]) if match[1] else int(match[2]) / 1000, UTC)
