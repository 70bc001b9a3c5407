"""`--since`: a stretch of time as people write it, in the zone of the files."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

Since = Annotated[
    str, typer.Option("--since", metavar="30d|DATE|A..B", help="How far back: 30d, 12h, 2w, a date, or two dates.")
]

_BACK = re.compile(r"(\d{1,5})\s*([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}

Span = tuple[datetime | None, datetime | None]


def span_of(text: str, now: datetime, zone: str) -> Span:
    """Return [since, until) for `30d`, a date, or `a..b` (both days counted); no text bounds nothing."""
    if not text:
        return None, None
    try:
        first, _, last = text.strip().partition("..")
        since = _begin(first, now, zone) if first else None
        until = _begin(last, now, zone, end=True) if last else None
    except (ValueError, OverflowError):
        raise _unreadable(text) from None
    if not (since or until) or (since and until and since >= until):
        raise _unreadable(text)
    return since, until


def _unreadable(text: str) -> typer.BadParameter:
    hint = "expected 30d, 12h, 2w, a date like 2026-10-01, or 2026-10-01..2026-10-31"
    return typer.BadParameter(f"{text!r} is no time; {hint}", param_hint="--since")


def _begin(text: str, now: datetime, zone: str, *, end: bool = False) -> datetime:
    """The moment that a part stands for; as an end, the end of that day."""
    if back := _BACK.fullmatch(text.strip().lower()):
        return now - int(back[1]) * _UNITS[back[2]]
    written = text.strip()
    moment = datetime.fromisoformat(written)
    if len(written) <= len("2026-10-01"):
        day = moment.date() + timedelta(days=int(end))
        return datetime.combine(day, time(), ZoneInfo(zone))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
