"""Learn in which hours an outlet publishes, and compute from when on its silence is unusual. Own heuristic.

The habit is a week of hours: how often each had articles in the five weeks before the last one. A silence is measured
in the hours that usually have articles, so that nights and weekends do not count, however long they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)
SHORTEST = timedelta(hours=6)
"""No shorter silence is unusual."""
WEEK = 168
REMEMBERED = 5 * WEEK
LEAST = 12  # hours with articles in five weeks; an outlet with fewer has no habit
TIMES = 3  # an unusual silence is so many times the longest pause, in hours that usually have articles
STRETCH = 1.5  # and so many times the longest pause by the clock, so that a holiday beside a weekend is none
AHEAD = 5 * WEEK  # hours for which a habit is continued
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class PublishingHours:
    """The hours in which an outlet had articles: bit n of `bits` is n hours before `last`, hours since 1970 (UTC)."""

    last: int = 0
    bits: int = 0

    @property
    def last_at(self) -> datetime:
        """When the last hour with articles began."""
        return datetime.fromtimestamp(self.last * _HOUR, UTC)

    def with_hour_of(self, moment: datetime) -> PublishingHours:
        """Return these hours with one more in which an article came."""
        hour = int(moment.timestamp()) // _HOUR
        ahead = hour - self.last
        if ahead <= 0:
            return PublishingHours(self.last, self.bits | 1 << -ahead) if -ahead < REMEMBERED else self
        return PublishingHours(hour, (self.bits << ahead | 1) & (1 << REMEMBERED) - 1 if ahead < REMEMBERED else 1)


def came_at(published: datetime | None, seen: datetime) -> datetime:
    """Return when an article came: when it was seen, since stated times err by hours; an old one, when it was dated."""
    return published if published and seen - published > SHORTEST else seen


def silent_from(hours: PublishingHours) -> datetime | None:
    """Return from when on an outlet without further articles is silent against its habit; None without a habit.

    That is after three times its longest pause (at least 6 hours), counted in hours that usually have articles, and
    after one and a half times that pause by the clock.
    """
    past = [bool(hours.bits >> ago & 1) for ago in range(hours.bits.bit_length())]
    if sum(past) < LEAST:
        return None
    usual = _usual(past, hours.last)
    longest, longest_weighted = _longest_pause(past, hours.last, usual)
    needed = max(SHORTEST.total_seconds() / _HOUR, TIMES * longest_weighted)
    weighted = 0.0
    for ahead in range(1, AHEAD):
        weighted += usual[(hours.last + ahead) % WEEK]
        if weighted >= needed and ahead >= STRETCH * longest:
            return hours.last_at + timedelta(hours=ahead + 1)
    return None


def _usual(past: list[bool], last: int) -> list[float]:
    """Return for each hour of the week the share of weeks in which it had articles, 0 to 1; 0 where unknown."""
    counts, watched = [0] * WEEK, [0] * WEEK
    for ago, has_articles in enumerate(past):
        counts[(last - ago) % WEEK] += has_articles
        watched[(last - ago) % WEEK] += 1
    return [count / weeks if weeks else 0.0 for count, weeks in zip(counts, watched, strict=True)]


def _longest_pause(past: Iterable[bool], last: int, usual: list[float]) -> tuple[int, float]:
    """Return the longest pause in hours, and the longest in hours that usually have articles."""
    longest, longest_weighted, pause, weighted = 0, 0.0, 0, 0.0
    for ago, has_articles in enumerate(past):
        if has_articles:
            pause, weighted = 0, 0.0
        else:
            pause, weighted = pause + 1, weighted + usual[(last - ago) % WEEK]
        longest, longest_weighted = max(longest, pause), max(longest_weighted, weighted)
    return longest, longest_weighted
