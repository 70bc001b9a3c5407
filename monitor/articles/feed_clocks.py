"""Learn by how much the clock of a feed is wrong, from what it claims and when that was first seen; own heuristic.

Software that writes local time and calls it UTC is wrong by whole quarters of an hour, and by an hour at least. An
entry that is new at a poll appeared since the poll before: with those close together, what it claims tells the error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from monitor.model import Article

CLOSE = timedelta(minutes=20)
"""The longest time between two polls that tells something."""
MOST_NEW = 5
"""New entries of one poll that are news; more are a backlog or a feed that was built anew."""
KEPT = 14
"""Samples of a feed that are kept, the latest ones."""
SLOT = 150
"""Minutes between two samples at least, so that those that are kept cover more than a day."""
_SPAN = 1440  # minutes that the samples for an error cover at least
# Samples that must agree on an error: nothing is claimed ahead of its time but by a wrong clock, while a feed that
# shows its entries late looks like a clock that is slow.
_AGREE_AHEAD, _AGREE_BEHIND, _AGREE_SUMMER_TIME = 10, 12, 8
_STEP, _LEAST, _MOST = 15, 60, 14 * 60
_SKEW, _LAG = 2, 10  # minutes that an entry may be dated after it was seen, and before the poll that did not show it


@dataclass(frozen=True, slots=True)
class ClockCorrection:
    """What makes true moments of those that a feed claims: how far it is `ahead`, or the `zone` whose time it writes.

    It is false where there is nothing to correct.
    """

    ahead: timedelta = timedelta()
    zone: str = ""

    def true_moment(self, claimed: datetime) -> datetime:
        """Return when it was, in UTC, at the moment that a feed claims as UTC."""
        if not self.zone:
            return claimed - self.ahead
        return claimed.astimezone(UTC).replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def __bool__(self) -> bool:
        return bool(self.ahead or self.zone)


RIGHT = ClockCorrection()


def claimed_date(article: Article | None) -> datetime | None:
    """Return the date by which an article is told from others: as its feed claims it, but not after it was seen.

    It stays the same whatever is learned of the feed's clock.
    """
    if article is None or article.claimed is None:
        return article.published if article else None
    return min(article.claimed, article.seen or article.claimed)


class ClockSample(NamedTuple):
    """What one poll tells: at minute `at` (since 1970), that a clock is ahead by `low` to `high` minutes."""

    at: int
    low: int
    high: int

    def allows(self, ahead: int) -> bool:
        """Whether a clock may be ahead by so many minutes."""
        return self.low <= ahead <= self.high


def clock_sample(claimed: Sequence[datetime], before: datetime, at: datetime) -> ClockSample | None:
    """Return what the entries tell that were new at `at` and not there at the poll `before`; None if nothing."""
    if not claimed or len(claimed) > MOST_NEW or not timedelta() < at - before <= CLOSE:
        return None
    latest = max(claimed)
    return ClockSample(
        _minutes(at), _minutes(latest) - _minutes(at) - _SKEW, _minutes(latest) - _minutes(before) + _LAG
    )


@dataclass(frozen=True, slots=True)
class FeedClock:
    """By how many minutes the clock of a feed is ahead (less than 0: behind), and the samples that tell."""

    ahead: int = 0
    samples: tuple[ClockSample, ...] = ()

    @classmethod
    def read(cls, ahead: int, samples: str) -> FeedClock:
        """Return the clock that was stored as its error and the text of its samples."""
        try:
            return cls(ahead, tuple(ClockSample(*map(int, one.split(":"))) for one in samples.split()))
        except (TypeError, ValueError):
            return cls(ahead)

    def text(self) -> str:
        """Return the samples as text."""
        return " ".join(":".join(map(str, sample)) for sample in self.samples)

    def after(self, sample: ClockSample) -> FeedClock:
        """Return the clock with one more sample; itself too soon after the last one.

        An error is believed once most samples of at least a day allow it, and until half of them do not any more; one
        that is known changes by an hour at once with most of them, as summer time begins and ends.
        """
        if self.samples and 0 <= sample.at - self.samples[-1].at < SLOT:
            return self
        kept = (*self.samples, sample)[-KEPT:]
        found = max(_CANDIDATES, key=lambda ahead: (_votes(kept, ahead), ahead % 60 == 0, ahead % 30 == 0, -abs(ahead)))
        if _is_sure(kept, found, self.ahead):
            return FeedClock(found, kept)
        is_kept = 2 * _votes(kept, self.ahead) >= len(kept)
        return FeedClock(self.ahead if is_kept else 0, kept)


_CANDIDATES = [ahead for ahead in range(-_MOST, _MOST + 1, _STEP) if not ahead or abs(ahead) >= _LEAST]


def _votes(samples: Sequence[ClockSample], ahead: int) -> int:
    return sum(sample.allows(ahead) for sample in samples)


def _is_sure(samples: Sequence[ClockSample], found: int, before: int) -> bool:
    votes = [sample for sample in samples if sample.allows(found)]
    if before and abs(found - before) == _LEAST:
        return len(votes) >= _AGREE_SUMMER_TIME
    needed = _AGREE_AHEAD if found >= 0 else _AGREE_BEHIND
    return len(votes) >= needed and votes[-1].at - votes[0].at >= _SPAN


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp() // 60)
