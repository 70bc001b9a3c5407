"""Parse an ISO 8601 duration, date or interval into a range of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?"
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# The lengths of the units in days; a year is 365.25 days, a month a twelfth of that.
_DAYS = (365.25, 30.4375, 7, 1, 1 / 24, 1 / 1440, 1 / 86400)
_DAY = timedelta(days=1)
# Two hundred years; longer durations would leave the range of datetime.
_LONGEST = timedelta(days=73_000)


@dataclass(frozen=True, slots=True)
class DateRange:
    """The instants from `since` up to, but not including, `until`; `back` is a duration that counts from now."""

    since: datetime | None = None
    until: datetime | None = None
    back: timedelta | None = None

    def contains(self, moment: datetime, now: datetime) -> bool:
        """Tell whether an instant lies in the range; one without a time zone is taken as UTC."""
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if self.back is not None and moment < now - self.back:
            return False
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)


def date_range(text: str) -> DateRange:
    """Parse `P2D`, `2026-10-01`, `2026-10-01/2026-10-31` (both days included) or `2026-10-01/P7D`.

    The notation is ISO 8601; years and months have their mean length. Raises ValueError on anything else, OverflowError
    on a date out of range.
    """
    # ISO 8601 separates with a slash; two dots are how `--since` of the commands writes an interval.
    first, sign, last = text.strip().partition("/" if "/" in text else "..")
    if not sign:
        back = _duration(first)
        return (
            DateRange(back=min(back, _LONGEST)) if back is not None else DateRange(_instant(first), _range_end(first))
        )
    length, size = _duration(first), _duration(last)
    since = _instant(first) if first not in ("", "..") and length is None else None
    until = _range_end(last) if last not in ("", "..") and size is None else None
    if size is not None and since is not None:
        until = since + size
    if length is not None and until is not None:
        since = until - length
    if (since is None and until is None) or (since and until and since >= until):
        raise ValueError("an interval needs a beginning before its end")
    return DateRange(since, until)


def _duration(text: str) -> timedelta | None:
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    return timedelta(days=sum(int(number) * days for number, days in zip(match.groups(), _DAYS, strict=True) if number))


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _range_end(text: str) -> datetime:
    """Return the end of the day where the text is only a date, else the instant itself."""
    return _instant(text) + _DAY if _DATE.fullmatch(text) else _instant(text)
