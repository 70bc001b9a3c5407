"""Read when a feed says that it changes: `ttl`, `skipHours` and `skipDays` of RSS 2.0, the syndication of 1.0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.model import Entry, UpdateHints
from monitor.sources.element_names import Element
from monitor.sources.element_text import Fields, first_text

WEEK = 168
LONGEST = WEEK * 60
"""Minutes that a feed can say at most."""
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
# RSS 1.0 Syndication module; `daily` where it is not stated.
_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_HOURLY = ("hourly", 1)
# As 1970 began, from which hours of the week are counted.
_DAYS = ("thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday")
_MOST = 24  # elements that are read of a list


def update_hints(fields: Fields, entries: Sequence[Entry]) -> UpdateHints:
    """Return when a feed says that it changes, by the fields of its channel.

    Of several intervals the shortest counts. Hours to skip are none if they are all hours, or if the feed itself shows
    an entry that was published in one of them.
    """
    minutes = [one for one in (_number(fields, "ttl"), _syndication_minutes(fields)) if one]
    skipped = {*_skipped_hours(fields), *_skipped_days(fields)}
    is_contradicted = len(skipped) == WEEK or any(hour_of_week(entry.published) in skipped for entry in entries)
    return UpdateHints(min(minutes, default=0), () if is_contradicted else tuple(sorted(skipped)))


def hour_of_week(moment: datetime | None) -> int:
    """Return the hour of the week of a moment; -1 for none."""
    return int(moment.timestamp()) // 3600 % WEEK if moment else -1


def _syndication_minutes(fields: Fields) -> int:
    """Return the minutes of the syndication module; 0 for none."""
    period = first_text(fields.get("x:updateperiod")).lower()
    frequency = _number(fields, "x:updatefrequency")
    if not (period or frequency):
        return 0
    # WordPress writes "hourly, once" into each of its feeds (wp-includes/feed-rss2.php), however often it publishes.
    if (period, frequency or 1) == _HOURLY and "x:updatebase" not in fields:
        return 0
    return min(max(_PERIODS.get(period, _PERIODS["daily"]) // (frequency or 1), 1), LONGEST)


def _number(fields: Fields, key: str) -> int:
    """Return a number, at most LONGEST; 0 where there is none."""
    text = first_text(fields.get(key))
    return min(int(text), LONGEST) if _NUMBER.fullmatch(text) else 0


def _skipped_hours(fields: Fields) -> Iterator[int]:
    for text in _listed(fields, "skiphours"):
        # Midnight was 24 before RSS 0.92.
        if _NUMBER.fullmatch(text) and int(text) <= 24:
            yield from range(int(text) % 24, WEEK, 24)


def _skipped_days(fields: Fields) -> Iterator[int]:
    for text in _listed(fields, "skipdays"):
        if text.lower() in _DAYS:
            first = _DAYS.index(text.lower()) * 24
            yield from range(first, first + 24)


def _listed(fields: Fields, key: str) -> Iterator[str]:
    lists: list[Element] = fields.get(key, [])[:1]
    return (first_text([child]) for one in lists for child in one[:_MOST])
