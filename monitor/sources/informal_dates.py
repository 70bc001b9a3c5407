"""Parse dates in no standard form, as people write them in any language, with their parts in any order.

Each part is removed from the text when it is read; a text with digits left over is no date. Own heuristic.
"""

from __future__ import annotations

import re
from datetime import datetime

from monitor.sources.months import MONTHS
from monitor.sources.times_of_day import (
    UNTIL,
    Clock,
    in_zone,
    on_24_hours,
    read_half_day,
    utc_moment,
    without_range_end,
)

Date = tuple[int, int, int]
"""Year, month and day."""

_IDEOGRAPHS = str.maketrans("年月日时時分년월일시분", "--\u0020::\u0020--\u0020:\u0020")
_HALVES = {"上午": "a", "午前": "a", "오전": "a", "凌晨": "a", "下午": "p", "午後": "p", "오후": "p", "晚上": "p"}
_HALF_BEFORE = re.compile("(" + "|".join(_HALVES) + r")\s*(?=\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_MONTH = re.compile(r"[^\W\d_]+(?: الأول| الثاني)?")
_DAY_BEFORE = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s?[-\u2013]\s?\d{1,2})?(?:st|nd|rd|th|er|[º°.]|-?го)?[\s-]*(?:de|of|del|d['’])?[\s-]*$", re.I
)
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})[\s,.-]*$")
_YEAR_AFTER = re.compile(r"^[.,]?[\s-]*(?:de|del|of|,)?\s*(\d{4}|\d{2})(?!\d|\s?[:h]\s?\d)", re.I)
_DAY_AFTER = re.compile(r"^[.,]?[\s-]*(\d{1,2})(?:st|nd|rd|th)?(?!\d|\s?[:h]\s?\d)", re.I)
_YEAR = re.compile(r"(?<![\d+\u2212:.-])((?:19|20)\d\d)(?![\d:.])")
_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:(?::\s?|\s?h\s?|\s?ч\.?\s?)(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?|\.(\d\d)(?:\.(\d\d))?)"
    r"(?!\.?\d)",
    re.I,
)
_HOUR = re.compile(r"(?<![\d:.+\u2212-])(\d{1,2})(?=\s?(?:[ap]\.?m\b|h\b|Uhr\b))\s?(?:h\b|Uhr\b)?", re.I)
_RANGE = re.compile(rf"\s+(?:[-\u2013\u2014]|{UNTIL})\s+|(?<=[\dZ])/(?=\d{{4}}-)")  # ISO 8601 writes start/end


def parse_informal_date(text: str, month_first: bool) -> datetime | None:
    """Return the moment of a text with a date in any order; None if there is none, or if unread digits are left."""
    text = _HALF_BEFORE.sub(lambda match: f" {_HALVES[match[1]]}m ", text).translate(_IDEOGRAPHS)
    found = _date(text, month_first)
    if found is None:
        return None
    date, rest = found
    clock, rest = _clock(rest)
    moment = in_zone(utc_moment(date, clock), rest)
    return moment if moment is not None else _range_start(text, month_first)


def _range_start(text: str, month_first: bool) -> datetime | None:
    """Return the beginning of a range of two dates: 28.11.2026 - 30.11.2026."""
    ends = _RANGE.split(text, maxsplit=1)
    if len(ends) < 2 or _date(ends[1], month_first) is None or _RANGE.search(ends[1]):
        return None
    return parse_informal_date(ends[0], month_first)


def _date(text: str, month_first: bool) -> tuple[Date, str] | None:
    """Find a date with the month as a name or a number; return it and the text without it."""
    return _named(text) or _numeric(text, month_first)


def _named(text: str) -> tuple[Date, str] | None:
    for match in _MONTH.finditer(text.lower()):
        month = MONTHS.get(match[0])
        if month and (found := _day_and_year(text[: match.start()], month, text[match.end() :])):
            return found
    return None


def _day_and_year(left: str, month: int, right: str) -> tuple[Date, str] | None:
    """Find day and year beside a month's name: 4 May 2026; May 4, 2026; 2026 May 4; May 4 09:30 2026."""
    if day := _DAY_BEFORE.search(left):
        left, right = left[: day.start()], f" {right}"
        return _with_year(left, month, day[1], right)
    year, day = _YEAR_BEFORE.search(left), _DAY_AFTER.search(right)
    if day is None:
        return None
    right = right[day.end() :]
    if year:
        return (int(year[1]), month, int(day[1])), f"{left[: year.start()]} {right}"
    return _with_year(left, month, day[1], right)


def _with_year(left: str, month: int, day: str, right: str) -> tuple[Date, str] | None:
    if year := _YEAR_AFTER.search(right):
        return (full_year(year[1]), month, int(day)), f"{left} {right[year.end() :]}"
    if year := _YEAR.search(right):
        return (int(year[1]), month, int(day)), f"{left} {right[: year.start()]} {right[year.end() :]}"
    if year := _YEAR.search(left):
        return (int(year[1]), month, int(day)), f"{left[: year.start()]} {left[year.end() :]} {right}"
    return None


def _numeric(text: str, month_first: bool) -> tuple[Date, str] | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return (first, second, third), rest
    if second > 12 or (month_first and match[2] == "/" and first <= 12):
        first, second = second, first
    return (full_year(match[4]), second, first), rest


def _clock(text: str) -> tuple[Clock, str]:
    """Return the time of day, midnight if there is none, and the text without it."""
    match = _CLOCK.search(text) or _HOUR.search(text)
    if match is None:
        return (0, 0, 0), text
    minute, second = [*(int(number) for number in match.groups()[1:] if number), 0, 0][:2]
    clock = (int(match[1]), minute, second)
    before, after = text[: match.start()], text[match.end() :]
    if half := re.search(r"(?<!\w)([ap])m\s*$", before):
        clock, before = on_24_hours(clock, half[1]), before[: half.start()]
    clock, after = read_half_day(clock, after)
    return clock, f"{without_range_end(clock, after)} {before}"


def full_year(text: str) -> int:
    """Return a year of four digits; one of two digits is from 1970 to 2069."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)
