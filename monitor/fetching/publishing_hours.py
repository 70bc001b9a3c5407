"""When an outlet has news, as the hours in which it had some, and how long it may be silent without breaking its habit.

The habit is a week of hours: how often each had news in the five weeks before the last piece. A silence is measured in
the hours that usually have some, so that nights and weekends count for nothing, however long they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)
SHORTEST = timedelta(hours=6)
"""No silence is remarkable before."""
WEEK = 168
REMEMBERED = 5 * WEEK
LEAST = 12  # hours with news: who had fewer in five weeks has no habit
TIMES = 3  # the longest usual pause, in hours that usually have news
STRETCH = 1.5  # the same by the clock, so that a holiday beside a weekend is none
AHEAD = 5 * WEEK  # no habit foretells more
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class PublishingHours:
    """The hours in which an outlet had news: bit n of `bits` is n hours before `last`, which counts from 1970 (UTC)."""

    last: int = 0
    bits: int = 0

    @property
    def last_at(self) -> datetime:
        """When the last hour with news began."""
        return datetime.fromtimestamp(self.last * _HOUR, UTC)

    def and_at(self, moment: datetime) -> PublishingHours:
        """The same with news at one more moment."""
        hour = int(moment.timestamp()) // _HOUR
        ahead = hour - self.last
        if ahead <= 0:
            return PublishingHours(self.last, self.bits | 1 << -ahead) if -ahead < REMEMBERED else self
        return PublishingHours(hour, (self.bits << ahead | 1) & (1 << REMEMBERED) - 1 if ahead < REMEMBERED else 1)


def came_at(published: datetime | None, seen: datetime) -> datetime:
    """When a piece counts as news: when it was seen, since stated times err by hours; of an old one, when it was."""
    return published if published and seen - published > SHORTEST else seen


def silent_from(hours: PublishingHours) -> datetime | None:
    """The moment from which an outlet that has had no news since is silent against its habit; None without a habit.

    That is after three times its longest usual pause (at least 6 hours), counted in hours that usually have news, and
    one and a half times by the clock.
    """
    past = [bool(hours.bits >> ago & 1) for ago in range(hours.bits.bit_length())]
    if sum(past) < LEAST:
        return None
    usual = _usual(past, hours.last)
    longest, longest_weighed = _longest_pause(past, hours.last, usual)
    needed = max(SHORTEST.total_seconds() / _HOUR, TIMES * longest_weighed)
    weighed = 0.0
    for ahead in range(1, AHEAD):
        weighed += usual[(hours.last + ahead) % WEEK]
        if weighed >= needed and ahead >= STRETCH * longest:
            return hours.last_at + timedelta(hours=ahead + 1)
    return None


def _usual(past: list[bool], last: int) -> list[float]:
    """For each hour of the week how often it had news, 0 to 1; 0 where none was watched."""
    had, watched = [0] * WEEK, [0] * WEEK
    for ago, news in enumerate(past):
        had[(last - ago) % WEEK] += news
        watched[(last - ago) % WEEK] += 1
    return [number / times if times else 0.0 for number, times in zip(had, watched, strict=True)]


def _longest_pause(past: Iterable[bool], last: int, usual: list[float]) -> tuple[int, float]:
    """The longest pause in hours, and the longest in hours that usually have news."""
    longest, longest_weighed, pause, weighed = 0, 0.0, 0, 0.0
    for ago, news in enumerate(past):
        if news:
            pause, weighed = 0, 0.0
        else:
            pause, weighed = pause + 1, weighed + usual[(last - ago) % WEEK]
        longest, longest_weighed = max(longest, pause), max(longest_weighed, weighed)
    return longest, longest_weighed
