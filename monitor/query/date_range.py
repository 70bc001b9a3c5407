"""An ISO 8601 duration, date or interval comes in, a window of time goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?"
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = (365.25, 30.4375, 7, 1, 1 / 24, 1 / 1440, 1 / 86400)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=73_000)


@dataclass(frozen=True, slots=True)
class DateRange:
    """The moments from `since` to before `until`; a duration `back` counts from now."""

    since: datetime | None = None
    until: datetime | None = None
    back: timedelta | None = None

    def holds(self, moment: datetime, now: datetime) -> bool:
        """Whether a moment lies in the window."""
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if self.back is not None and moment < now - self.back:
            return False
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)


def date_range(text: str) -> DateRange:
    """Read `P2D`, `2026-10-01`, `2026-10-01/2026-10-31` (both days included), `2026-10-01/P7D`; else ValueError."""
    first, sign, last = _cut(text.strip())
    if not sign:
        back = _duration(first)
        return DateRange(back=min(back, _LONGEST)) if back is not None else DateRange(_moment(first), _end(first))
    length, size = _duration(first), _duration(last)
    since = _moment(first) if first not in ("", "..") and length is None else None
    until = _end(last) if last not in ("", "..") and size is None else None
    if size is not None and since is not None:
        until = since + size
    if length is not None and until is not None:
        since = until - length
    if (since is None and until is None) or (since and until and since >= until):
        raise ValueError("an interval needs a beginning before its end")
    return DateRange(since, until)


def _cut(text: str) -> tuple[str, str, str]:
    sign = "/" if "/" in text else ".."
    return text.partition(sign)


def _duration(text: str) -> timedelta | None:
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    return timedelta(days=sum(int(number) * days for number, days in zip(match.groups(), _DAYS, strict=True) if number))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _end(text: str) -> datetime:
    """The end of a day where only a date is given, else the moment."""
    return _moment(text) + _DAY if _DATE.fullmatch(text) else _moment(text)
