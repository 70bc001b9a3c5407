"""Tell when a rule or a story is at five times its habit: what came of late, against the median of what came before.

Own heuristic. A median stays where it is for bursts among the days that it is of; a day of the week that is always
full is a habit as well; and few remain few, however rare they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median_high

from monitor.alerts.planning.situation import MatchedArticle
from monitor.alerts.schedule import DAY, HOUR
from monitor.text import counted

LEAST = 10
"""Fewer stories in 24 hours, or outlets in an hour, are no burst, whatever is usual."""
DAYS = 28
"""Days before the last 24 hours by which the habit of a rule is known."""
HOURS = 48
"""Hours in which the outlets of a story are counted, the last one first."""
_TIMES = 5
_KNOWN_DAYS = 7  # from which on a rule has a habit
_KNOWN_WEEKDAYS = 3
_KNOWN_STORIES = 20


class BurstKind(StrEnum):
    """What may burst."""

    RULE = "rule"
    STORY = "story"


_SPANS = {BurstKind.RULE: DAY, BurstKind.STORY: HOUR}


@dataclass(frozen=True, slots=True)
class Burst:
    """A rule, by name, or a story, by id, at `count` where `usual` is its habit.

    Of a rule these are stories in 24 hours and on a usual day, of a story outlets in an hour and of a usual story.
    """

    kind: BurstKind
    target: str
    count: int
    usual: int

    def is_of_story(self, story_id: int) -> bool:
        """Tell whether this is a burst of that story."""
        return self.kind is BurstKind.STORY and self.target == str(story_id)


@dataclass(frozen=True, slots=True)
class Pace:
    """What came of a rule in each of the last days, or of a story in each of the last hours, the last one first.

    A count is None where that is not known: nothing was watched, or the rule was not there yet. `usual` is None where
    there is no habit so far.
    """

    kind: BurstKind
    target: str
    counts: Sequence[int | None]
    usual: int | None

    @property
    def burst(self) -> Burst | None:
        """The burst that it is at, if it is at one."""
        count = self.counts[0] if self.counts else None
        if count is None or self.usual is None or count < self._level:
            return None
        return Burst(self.kind, self.target, count, self.usual)

    def has_calmed(self, since: timedelta) -> bool:
        """Tell whether a whole day (of a story: hour) of this span up to now had at most half of what makes a burst."""
        span = _SPANS[self.kind]
        later = [count for ago, count in enumerate(self.counts) if ago and (ago + 1) * span <= since]
        return any(count is not None and 2 * count <= self._level for count in later)

    @property
    def _level(self) -> int:
        return max(LEAST, _TIMES * (self.usual or 0))


def usual_stories(counts: Sequence[int | None]) -> int | None:
    """Return how many stories a rule finds on a usual day, from its last days; None where too few are known.

    The first count, of the last 24 hours, is not looked at. Where the same day of the week is usually fuller, that
    counts.
    """
    known = [count for count in counts[1:] if count is not None]
    if len(known) < _KNOWN_DAYS:
        return None
    of_weekday = [count for count in counts[7::7] if count is not None]
    return max(median_high(known), median_high(of_weekday) if len(of_weekday) >= _KNOWN_WEEKDAYS else 0)


def usual_outlets(sizes: Sequence[int]) -> int | None:
    """Return at how many outlets a usual story is, from the sizes of earlier ones; None where too few are known."""
    return median_high(sizes) if len(sizes) >= _KNOWN_STORIES else None


def news(matched: MatchedArticle) -> Iterator[str]:
    """Yield the rules for which an article is news of today.

    The backlog of a first poll, a new rule, our outage or the past that somebody asked for is none, nor is an edit.
    """
    is_backlog = matched.first_poll or matched.backfilled or matched.during_outage or matched.is_old
    if not (is_backlog or matched.is_edit):
        yield from (match.rule for match in matched.matches)


def burst_text(burst: Burst) -> str:
    """Return what a message says of a burst; of a story it stands beside that."""
    if burst.kind is BurstKind.STORY:
        return (
            f"Spreads fast: {counted(burst.count, 'outlet')} within an hour, where a story usually has {burst.usual:,}"
        )
    count = counted(burst.count, "story", "stories")
    return f"“{burst.target}” finds far more than usual: {count} in 24 hours, {burst.usual:,} on a usual day"
