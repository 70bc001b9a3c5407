"""Parse what an answer's headers say about time, as bounded seconds whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DAY = 86_400.0

# RFC 9110, 10.2.3, has whole seconds; decimals are harmless. The length bounds what `float` gets.
_SECONDS = re.compile(r"\d{1,12}(\.\d{0,6})?", re.ASCII)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})(?=[\s,\"]|$)", re.ASCII | re.IGNORECASE)


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the seconds of Retry-After (RFC 9110, 10.2.3), at most a day; None without it.

    A moment is counted from the server's own `Date`, or else from `now`.
    """
    text = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), DAY)
    until, since = http_date(text), http_date(headers.get("date", "")) or now
    if until is None or since is None:
        return None
    return min(max((until - since).total_seconds(), 0.0), DAY)


def http_date(text: str) -> datetime | None:
    """Return the moment of an HTTP date (RFC 9110, 5.6.7) in UTC; None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
        # Python makes a time without zone of -0000; every HTTP date is in UTC.
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def fresh_for(headers: Mapping[str, str]) -> float | None:
    """Return the seconds for which an answer stays fresh, at most a day; None when it does not say.

    That is max-age without Age (RFC 9111, 4.2).
    """
    stated = headers.get("cache-control", "")
    found = _MAX_AGE.search(stated)
    # Both forbid to use the answer again unasked (RFC 9111, 5.2.2.4 and 5.2.2.5).
    if found is None or "no-cache" in stated.lower() or "no-store" in stated.lower():
        return None
    age = headers.get("age", "").strip()
    age_seconds = float(age) if _SECONDS.fullmatch(age) else 0.0
    return min(max(float(found[1]) - age_seconds, 0.0), DAY)
