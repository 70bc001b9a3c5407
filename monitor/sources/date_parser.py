"""Parse the dates of feeds: standard forms here (RFC 822 and 5322, ISO 8601, Unix time), others by `informal_dates`.

A text that is understood only in part is no date: such a date may be wrong by hours or centuries.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from monitor.sources.informal_dates import full_year, parse_informal_date
from monitor.sources.months import MONTHS
from monitor.sources.times_of_day import Clock, in_zone, read_half_day, utc_moment, without_range_end

# RFC 822 had years of two digits, which are still to be read (RFC 5322, 4.3).
_RFC822 = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[\s-]([^\W\d]+)\.?,?[\s-](\d{4}|\d\d)[\s,T]+"
    r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*(\S.*)?"
)
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(\S.*)?)?|"
    r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)?()"
)
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})")
_MONTH_ONLY = re.compile(r"(\d{4})(?:-(\d\d))?")
# Seconds from 1973 on, or milliseconds: eight digits are a date such as 20261128.
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_OFFSET_WITHOUT_SIGN = re.compile(r"\d\d:\d\d")
_TIME_ELEMENT = re.compile(r"""<time\b[^>]*\bdatetime\s*=\s*["']([^"'<>]+)""", re.I)
_TAGS = re.compile(r"<[^<>]*>")
_EARLIEST, _LATEST = 1970, 2200  # years
_LONGEST = 100  # characters of a date


def parse_date(text: str, *, month_first: bool = False) -> datetime | None:
    """Return the moment of a feed's date in UTC, or None if it is no date; never raise.

    A date without a zone is in UTC, one without a time at midnight, a range means its beginning. With `month_first`,
    3/4/2026 is in March.
    """
    if "<" in text:
        # Drupal's feeds have the date in markup, and some of them in a `<time>` element, which states it exactly.
        text = text[:1_000]
        stated = _TIME_ELEMENT.search(text)
        text = stated[1] if stated else _TAGS.sub(" ", text)
    text = text.strip()[:_LONGEST]
    if not text:
        return None
    try:
        moment = _parse(text, month_first)
        if moment is None:
            return None
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if _EARLIEST <= moment.year < _LATEST else None


def _parse(text: str, month_first: bool) -> datetime | None:
    # A dot as the 14th character (2026-11-28 20.30) is excluded: Python reads 20.30 as 20 hours and a fraction.
    if text[:4].isdecimal() and text[4:5] in ("-", "") and text[13:14] != ".":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    match = _RFC822.fullmatch(text)
    if match and (month := MONTHS.get(match[2].lower())):
        date = (full_year(match[3]), month, int(match[1]))
        clock = (int(match[4]), int(match[5]), int(match[6] or 0))
        if (moment := _with_tail(date, clock, match[7] or "")) is not None:
            return moment
    if moment := _iso(text):
        return moment
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]) if match[1] else int(match[2]) / 1000, UTC)
    return parse_informal_date(text, month_first)


def _with_tail(date: tuple[int, int, int], clock: Clock, tail: str) -> datetime | None:
    """Return the moment of a date and a clock with the text behind them: AM or PM, a zone, the end of a range."""
    if tail[:1] not in "+GZ":  # the most frequent ones, which can only be a zone
        clock, tail = read_half_day(clock, tail)
        tail = without_range_end(clock, tail)
    return in_zone(utc_moment(date, clock), tail)


def _iso(text: str) -> datetime | None:
    if match := _ISO.fullmatch(text):
        parts = match.groups()[7:] if match[1] is None else match.groups()[:7]
        year, month, day, hour, minute, second = (int(part or 0) for part in parts[:6])
        tail = parts[6] or ""
        # A + that was part of an address has become a space.
        return _with_tail(
            (year, month, day), (hour, minute, second), f"+{tail}" if _OFFSET_WITHOUT_SIGN.fullmatch(tail) else tail
        )
    if match := _DAY_OF_YEAR.fullmatch(text):
        return datetime(int(match[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(match[2]) - 1)
    if match := _MONTH_ONLY.fullmatch(text):
        return datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC)
    return None
