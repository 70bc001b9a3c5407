"""When to come back to a feed, as a pure function: its past and what just happened in, the next due moment out.

The promises: within 6 hours again, except for the daily probe of what is missing for days and a server that asks for
longer (up to a day); never given up; a dead network counts against nobody; a feed that outruns us is asked more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(minutes=30)
FIRST = timedelta(minutes=10)
BACK_OFF_LIMIT = timedelta(hours=6)
DAY = timedelta(days=1)
MISSING = (404, 410)
NETWORK_RETRY = timedelta(minutes=1)

PARTS = 3  # how often to look within the usual time between two pieces: on average a sixth of it late
LOOK_BACK = 10  # pieces that the rate is taken from
CALM = 1.5  # the interval grows by at most this factor at a time, so that one quiet hour does not undo a gap
HINT_LIMIT = timedelta(minutes=10)  # max-age of a year is common and means nothing
GONE_AFTER = 18  # failures in a row: with their back-off two to four days; a 404 or 410 is often a deployment
DOUBLINGS = 12  # a minute doubled twelve times is more than 6 hours; keeps the arithmetic small after a year


@dataclass(frozen=True, slots=True)
class PollHistory:
    """What is known of a feed before this visit: its `every` if configured, else the adaptive interval.

    `missing` says that the visit before found nothing at its address.
    """

    every: timedelta | None = None
    interval: timedelta = FIRST
    failures: int = 0
    missing: bool = False
    published: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What came of a visit: `error` is the reason of a FetchError or ParseError, empty when all went well.

    `gap` says that this poll did not overlap the one before; `fresh_for` is what the server or the feed's ttl states,
    in seconds; `network_down` that everything fails, not just this feed.
    """

    error: str = ""
    status: int | None = None
    retry_after: float | None = None
    new: int = 0
    gap: bool = False
    fresh_for: float | None = None
    network_down: bool = False


@dataclass(frozen=True, slots=True)
class NextPoll:
    """The next visit: when, at what interval, after how many failures in a row, and the feed's health in a word."""

    due: datetime
    interval: timedelta
    failures: int
    health: str


def next_poll(past: PollHistory, outcome: PollOutcome, now: datetime, jitter: float) -> NextPoll:
    """Decide the next visit; `jitter` (0 to 1) spreads feeds that would otherwise come due together."""
    if outcome.error and outcome.network_down:
        return NextPoll(now + NETWORK_RETRY * (1 + jitter), past.interval, past.failures, "network")
    if outcome.error:
        return _after_failure(past, outcome, now, jitter)
    interval = past.every or adaptive(past, outcome, now)
    return NextPoll(now + interval * (0.9 + 0.1 * jitter), interval, 0, "ok")


def _after_failure(past: PollHistory, outcome: PollOutcome, now: datetime, jitter: float) -> NextPoll:
    failures = past.failures + 1
    interval = past.every or past.interval
    if outcome.status in MISSING and past.missing and failures >= GONE_AFTER:
        return NextPoll(now + DAY * (0.9 + 0.1 * jitter), interval, failures, "gone")
    delay = back_off(interval, failures) * (0.75 + 0.25 * jitter)
    # What the server states may lengthen the wait and never shortens it: some state 0 all day long.
    delay = max(delay, min(timedelta(seconds=outcome.retry_after or 0.0), DAY))
    return NextPoll(now + delay, interval, failures, _health(outcome))


def back_off(interval: timedelta, failures: int) -> timedelta:
    """How long to stay away after so many failures in a row: the interval, doubled each time, up to 6 hours."""
    first = min(max(interval, SHORTEST), BACK_OFF_LIMIT)
    doubled: int = 2 ** min(failures - 1, DOUBLINGS)
    return min(first * doubled, BACK_OFF_LIMIT)


def _health(outcome: PollOutcome) -> str:
    if outcome.status in (429, 503):
        return "slow down"
    if outcome.status in MISSING:
        return "missing"
    return "refused" if outcome.error == "refused" else "failing"


def adaptive(past: PollHistory, outcome: PollOutcome, now: datetime) -> timedelta:
    """The interval for a feed without `every`: by its observed rate, faster after a gap, 1 to 30 minutes."""
    calm = _bounded(past.interval * CALM)
    if outcome.gap:
        return _bounded(past.interval / 2)
    return min(max(_wanted(past, outcome, now), _hint(outcome)), calm)


def _wanted(past: PollHistory, outcome: PollOutcome, now: datetime) -> timedelta:
    """By the moments that pieces came out at, else by whether this visit brought any."""
    between = time_between(past.published, now)
    if between is not None:
        return _bounded(between / PARTS)
    return _bounded(past.interval * (2 / 3 if outcome.new else CALM))


def time_between(published: Sequence[datetime], now: datetime) -> timedelta | None:
    """The usual time between two pieces, counting the silence since the last; None when too few moments are known."""
    known = sorted((moment for moment in published if moment <= now), reverse=True)[:LOOK_BACK]
    return (now - known[-1]) / len(known) if len(known) >= 2 else None


def _hint(outcome: PollOutcome) -> timedelta:
    """Asking again while a cache says that nothing will change brings the same answer; believed up to 10 minutes."""
    stated = timedelta(seconds=min(max(outcome.fresh_for or 0.0, 0.0), DAY.total_seconds()))
    return min(stated, HINT_LIMIT)


def _bounded(interval: timedelta) -> timedelta:
    return min(max(interval, SHORTEST), LONGEST)
