"""Learn how many articles a feed brings in each hour of the week, and expect what comes next. Pure functions.

The rates are Poisson rates under a Gamma prior: each hour of the week leans on that hour of all days and on that day of
the week, these on the mean, and the mean on what the feed's dates said when it was first read. What came lately raises
them for half an hour or so (Hawkes, 1971). Hours are counted in UTC since 1970, and smoothed over their neighbours, so
that a clock that is put forward or back costs little until the new hours are learned.
"""

from __future__ import annotations

import math
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

WEEK = 168
KEPT = 0.84  # of what was learned, after a week: half after four weeks
MEAN_PRIOR = 24.0  # hours that the first estimate of the mean counts for
DAY_PRIOR = 2.0  # days that the mean counts for in an hour of the day
WEEKDAY_PRIOR = 12.0  # hours that the mean counts for in a day of the week
HOUR_PRIOR = 8.0  # weeks that hour and weekday count for in an hour of the week
NEIGHBOURS = 0.25  # what each neighbour contributes to an hour's rate
BURST_SHARE = 0.3  # how much of the rate goes by what came lately
BURST_MINUTES = 30.0  # the mean age of what counts as lately
UNKNOWN = 0.5  # articles an hour of a feed of which nothing is known
LEAST = 0.001  # articles an hour: nothing is ever expected never
LOOK_BACK = 10  # dates that the first estimate is computed from, and articles with other dates that one poll teaches
PARTS = 3  # polls between two articles, in intervals from before rhythms were learned
_FADED = [KEPT ** (ago / WEEK) for ago in range(WEEK, 0, -1)]
_LAYOUT = struct.Struct("<IIHff168e")
_MOST = 60_000.0  # what a half-precision number holds


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What was learned of one feed: articles by hour of the week since the hour `since` (both from 1970, UTC).

    `usual` is the first estimate of articles an hour, `shown` the number of entries on its page. `counts` (168) and
    `recent`, the articles of the last half hour or so, hold for the minute `updated` and fade from then on.
    """

    since: int
    updated: int
    shown: int = 0
    usual: float = UNKNOWN
    recent: float = 0.0
    counts: tuple[float, ...] = (0.0,) * WEEK

    def with_arrivals(self, arrivals: Sequence[datetime], now: datetime, shown: int) -> Rhythm:
        """Return the rhythm with articles that came at these moments, the page of `shown` entries read now."""
        minute = _minute(now)
        weeks = max(minute - self.updated, 0) / 60 / WEEK
        counts = [count * KEPT**weeks for count in self.counts]
        recent = self.recent_at(minute)
        for one in arrivals:
            counts[_minute(one) // 60 % WEEK] += 1.0
            recent += math.exp(min(_minute(one) - minute, 0) / BURST_MINUTES)
        bounded = tuple(min(count, _MOST) for count in counts)
        return Rhythm(self.since_by(minute), minute, shown, self.usual, min(recent, _MOST), bounded)

    def since_by(self, minute: int) -> int:
        """Return the hour since which articles are counted; a clock that was set back has watched no less for it."""
        return max(self.since - max(self.updated - minute, 0) // 60, 0)

    def recent_at(self, minute: float) -> float:
        """Return what is left of `recent` at a later minute."""
        return self.recent * math.exp(min(self.updated - minute, 0) / BURST_MINUTES)

    def as_text(self) -> str:
        """Return the rhythm as a short text, to be stored."""
        shown = min(self.shown, 65_535)
        packed = _LAYOUT.pack(self.since, self.updated, shown, self.usual, self.recent, *self.counts)
        return b64encode(packed).decode()


def start(now: datetime, usual: float | None) -> Rhythm:
    """Return the rhythm of a feed of which only a first estimate is known, in articles an hour; None for nothing."""
    return Rhythm(_minute(now) // 60, _minute(now), usual=UNKNOWN if usual is None else max(usual, LEAST))


@dataclass(frozen=True, slots=True)
class PollFindings:
    """What a poll at a moment found: `new` of the `shown` articles on its page, and the dates of all of them.

    `before` is when the feed was read before, None for the first time. A page that did not change shows nothing.
    """

    at: datetime
    before: datetime | None
    new: int = 0
    shown: int = 0
    published: tuple[datetime, ...] = ()


def learn(rhythm: Rhythm | None, found: PollFindings, interval: timedelta) -> Rhythm:
    """Return the rhythm after a poll; `interval` is the one until now, from which a feed read before starts.

    Articles came when they are dated, if that is since the last poll, else they came now. Those of a first poll are of
    the past: they give the first estimate.
    """
    if rhythm is None:
        before_rhythms = 60 / PARTS / max(interval.total_seconds() / 60, 1.0) if found.before else None
        rhythm = replace(start(found.at, _rate(found.published, found.at) or before_rhythms), shown=found.shown)
    if not (found.new and found.before):
        return rhythm
    dated = sorted(one for one in found.published if found.before < one <= found.at)[-found.new :]
    others = [found.at] * min(found.new - len(dated), LOOK_BACK)
    return rhythm.with_arrivals([*dated, *others], found.at, found.shown)


def _rate(published: Sequence[datetime], now: datetime) -> float | None:
    """Return the articles an hour by the last dates and the time since the last; None for fewer than two dates."""
    # A date in the future would make the time since the last article negative.
    known = sorted((moment for moment in published if moment <= now), reverse=True)[:LOOK_BACK]
    return len(known) / max((now - known[-1]).total_seconds() / 3600, 1 / 60) if len(known) >= 2 else None


def rhythm_from_text(text: str) -> Rhythm | None:
    """Return a rhythm that was stored; None where the text is none."""
    try:
        since, updated, shown, usual, recent, *counts = _LAYOUT.unpack(b64decode(text))
    except (struct.error, ValueError):
        return None
    return Rhythm(since, updated, shown, usual, recent, tuple(counts))


def hourly_rates(rhythm: Rhythm, now: datetime, hours: int) -> list[float]:
    """Return the articles an hour to expect in the present hour and in those after it, so many in all."""
    hour = _minute(now) // 60
    fade = KEPT ** (max(_minute(now) - rhythm.updated, 0) / 60 / WEEK)
    since = rhythm.since_by(_minute(now))
    if since == hour and not any(rhythm.counts):
        # At a first poll there is nothing to weigh the first estimate with.
        return [rhythm.usual] * hours
    watched = _watched(hour, since)
    mean = (rhythm.usual * MEAN_PRIOR + sum(rhythm.counts) * fade) / (MEAN_PRIOR + sum(watched))
    rates = []
    for one in range(hour - 1, hour + hours + 1):
        slot, at, day = one % WEEK, slice(one % 24, WEEK, 24), slice(one % WEEK // 24 * 24, one % WEEK // 24 * 24 + 24)
        by_hour = (mean * DAY_PRIOR + sum(rhythm.counts[at]) * fade) / (DAY_PRIOR + sum(watched[at]))
        by_day = (mean * WEEKDAY_PRIOR + sum(rhythm.counts[day]) * fade) / (WEEKDAY_PRIOR + sum(watched[day]))
        prior = by_hour * by_day / mean
        rates.append((prior * HOUR_PRIOR + rhythm.counts[slot] * fade) / (HOUR_PRIOR + watched[slot]))
    return [
        NEIGHBOURS * (before + after) + (1 - 2 * NEIGHBOURS) * rate
        for before, rate, after in zip(rates, rates[1:], rates[2:], strict=False)
    ]


def _watched(hour: int, since: int) -> list[float]:
    """Return how often each hour of the week was watched before this hour, faded as what came in it has."""
    weeks, hours = divmod(max(hour - since, 0), WEEK)
    whole, once_more = ((1 - KEPT**count) / (1 - KEPT) for count in (weeks, weeks + 1))
    # The longest ago first, which is the hour of the week that begins now.
    by_age = [whole * fade for fade in _FADED[: WEEK - hours]] + [once_more * fade for fade in _FADED[WEEK - hours :]]
    return by_age[WEEK - hour % WEEK :] + by_age[: WEEK - hour % WEEK]


def expected(rhythm: Rhythm, now: datetime, hours: int) -> Iterator[float]:
    """Yield the articles to expect in each minute after now, up to so many hours ahead: usual ones, and in a burst."""
    minute = _minute(now)
    rates = hourly_rates(rhythm, now, hours + 1)
    recent, fade = rhythm.recent_at(minute), math.exp(-1 / BURST_MINUTES)
    for ahead in range(1, hours * 60 + 1):
        recent *= fade
        usual = rates[(minute + ahead) // 60 - minute // 60] / 60
        yield (1 - BURST_SHARE) * usual + BURST_SHARE * recent / BURST_MINUTES


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
