"""A date as an outlet writes it in; a moment in UTC, or None when it means nothing, out. Never raises."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from monitor.sources.months import MONTHS, ZONES

_RFC822 = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[\s-]([^\W\d]+)\.?,?[\s-](\d{4}|\d\d)[\s,T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s*(\S.*)?"
)
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(\S.*)?)?")
_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_MONTH_ONLY = re.compile(r"(\d{4})(?:-(\d\d))?")
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*([ap]\.?m\b\.?)?", re.I)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+(?: الأول| الثاني)?")
_OFFSET = re.compile(r"([+\u2212-])\s?(\d\d?):?(\d\d)?(?::?\d\d)?(?!\d)")
_NUMBER = re.compile(r"\d+")
_IDEOGRAPHS = str.maketrans("年月日时時分", "--\u0020::\u0020")
_EARLIEST, _LATEST = 1970, 2200


def parse_date(text: str, *, month_first: bool = False) -> datetime | None:
    """The moment that a feed's date means, in UTC; without a zone it is taken as UTC.

    `month_first` reads 3/4/2026 as in March.
    """
    text = text.strip()[:100]
    if not text:
        return None
    try:
        return _checked(_parse(text, month_first))
    except (ValueError, OverflowError, OSError):
        return None


def _checked(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if _EARLIEST <= moment.year < _LATEST else None


def _parse(text: str, month_first: bool) -> datetime | None:
    if text[:4].isdecimal() and text[4:5] in ("-", ""):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    match = _RFC822.fullmatch(text)
    if match and (month := MONTHS.get(match[2].lower())):
        day, year = int(match[1]), _year(match[3])
        moment = _moment((year, month, day), (int(match[4]), int(match[5]), int(match[6] or 0)))
        return _shifted(moment, match[7] or "")
    return _iso(text) or _epoch(text) or _loose(text, month_first)


def _iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match:
        year, month, day, hour, minute, second = (int(number or 0) for number in match.groups()[:6])
        return _shifted(_moment((year, month, day), (hour, minute, second)), match[7] or "")
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


def _loose(text: str, month_first: bool) -> datetime | None:
    """Whatever order the parts stand in: a clock, a zone, and a date by name or by numbers."""
    text = text.translate(_IDEOGRAPHS)
    clock = _CLOCK.search(text)
    time = _clock(clock) if clock else (0, 0, 0)
    before, after = (text[: clock.start()], text[clock.end() :]) if clock else (text, "")
    day = f"{before} {after.replace('+', ' +0')}"
    date = _named_date(day) or _numeric_date(day, month_first)
    return _shifted(_moment(date, time), _NUMERIC.sub("", after)) if date else None


def _clock(match: re.Match[str]) -> tuple[int, int, int]:
    hour = int(match[1])
    half = (match[4] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(match[2]), int(match[3] or 0)


def _named_date(text: str) -> tuple[int, int, int] | None:
    month = next((MONTHS[word] for word in _WORDS.findall(text.lower()) if word in MONTHS), 0)
    numbers = [number for number in _NUMBER.findall(text) if len(number) in (1, 2, 4)]
    if not month or len(numbers) < 2:
        return None
    first, second = numbers[:2]
    if len(first) == 4:
        return int(first), month, int(second)
    return _year(second), month, int(first)


def _numeric_date(text: str, month_first: bool) -> tuple[int, int, int] | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return first, second, third
    if second > 12 or (month_first and match[2] == "/" and first <= 12):
        first, second = second, first
    return _year(match[4]), second, first


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)


def _moment(date: tuple[int, int, int], time: tuple[int, int, int]) -> datetime:
    """The moment in UTC; 24:00 is the next midnight and a leap second the one before it."""
    hour, minute, second = time
    late = hour == 24
    moment = datetime(*date, 0 if late else hour, minute, min(second, 59), tzinfo=UTC)
    return moment + timedelta(days=1) if late else moment


def _shifted(moment: datetime, zone: str) -> datetime:
    offset = _offset(zone)
    return moment if not offset else moment.replace(tzinfo=timezone(timedelta(minutes=offset)))


@lru_cache(maxsize=512)
def _offset(zone: str) -> int:
    """Minutes east of Greenwich: +0300, GMT+3, (MSK), EST5EDT."""
    zone = zone.strip()
    match = _OFFSET.search(zone)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (minutes if match[1] == "+" else -minutes) if minutes < 24 * 60 else 0
    return next((ZONES[word] for word in _WORDS.findall(zone.lower()) if word in ZONES), 0)
