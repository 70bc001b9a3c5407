"""Compute when a feed is next polled, from its history and the latest outcome. Pure functions.

A feed is polled again within 6 hours, or within a day where it has been missing for days or the server asks for that.
No feed is given up; a network that is down is no failure of a feed; after a gap a feed is polled more often.
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

PARTS = 3  # polls within the usual time between two articles, so that one is found late by a sixth of it on average
LOOK_BACK = 10  # articles that the rate is computed from
GROWTH = 1.5  # the interval grows by at most this factor at a time, so that a quiet hour does not undo a gap
HINT_LIMIT = timedelta(minutes=10)  # the longest max-age that is believed: one of a year is common
GONE_AFTER = 18  # failures in a row, two to four days with their back-off: a 404 or 410 is often a deployment
DOUBLINGS = 12  # a minute doubled so often is more than 6 hours; bounds the power after a year of failures


@dataclass(frozen=True, slots=True)
class PollHistory:
    """What is known of a feed before this poll: `every` if configured, and the interval until now.

    `missing` says that the poll before was answered 404 or 410; `published` are the dates of the articles on the page.
    """

    every: timedelta | None = None
    interval: timedelta = FIRST
    failures: int = 0
    missing: bool = False
    published: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """The outcome of a poll: `error` is the reason of its FetchError or ParseError, empty for success.

    `retry_after` and `fresh_for` (max-age) are seconds that the server states; `gap` says that the page shares no
    article with the poll before, `network_down` that all requests fail.
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
    """When the next poll is due, the interval, the number of failures in a row, and the feed's health.

    `health` is `ok`, or what is wrong: `slow down` (429 or 503), `missing` (404 or 410), `gone` (missing for days),
    `refused` (by our address gate), `network` (ours is down), else `failing`.
    """

    due: datetime
    interval: timedelta
    failures: int
    health: str


def next_poll(past: PollHistory, outcome: PollOutcome, now: datetime, jitter: float) -> NextPoll:
    """Return the next poll; `jitter` (0 to 1) spreads feeds that would otherwise be due together."""
    if outcome.error and outcome.network_down:
        return NextPoll(now + NETWORK_RETRY * (1 + jitter), past.interval, past.failures, "network")
    if outcome.error:
        return _after_failure(past, outcome, now, jitter)
    interval = past.every or adaptive(past, outcome, now)
    # Up to a tenth earlier and never later than `every` or the rate asks for.
    return NextPoll(now + interval * (0.9 + 0.1 * jitter), interval, 0, "ok")


def _after_failure(past: PollHistory, outcome: PollOutcome, now: datetime, jitter: float) -> NextPoll:
    failures = past.failures + 1
    interval = past.every or past.interval
    if outcome.status in MISSING and past.missing and failures >= GONE_AFTER:
        return NextPoll(now + DAY * (0.9 + 0.1 * jitter), interval, failures, "gone")
    delay = back_off(interval, failures) * (0.75 + 0.25 * jitter)
    # Retry-After can only lengthen the wait: some servers state 0 all day long.
    delay = max(delay, min(timedelta(seconds=outcome.retry_after or 0.0), DAY))
    return NextPoll(now + delay, interval, failures, _health(outcome))


def back_off(interval: timedelta, failures: int) -> timedelta:
    """Return the wait after so many failures in a row: the interval, doubled for each further one, up to 6 hours."""
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
    """Return the interval for a feed without `every`: by its rate, halved after a gap, 1 to 30 minutes.

    The rate is that of its articles' dates; where these are unknown, a poll with new articles shortens the interval.
    """
    if outcome.gap:
        return _bounded(past.interval / 2)
    between = time_between(past.published, now)
    by_rate = past.interval * (2 / 3 if outcome.new else GROWTH) if between is None else between / PARTS
    # Before max-age has passed, a cache gives the same answer.
    max_age = timedelta(seconds=min(max(outcome.fresh_for or 0.0, 0.0), HINT_LIMIT.total_seconds()))
    return min(max(_bounded(by_rate), max_age), _bounded(past.interval * GROWTH))


def time_between(published: Sequence[datetime], now: datetime) -> timedelta | None:
    """Return the mean time between the last articles, with the time since the last; None for fewer than two dates."""
    # A date in the future would make the time since the last article negative.
    known = sorted((moment for moment in published if moment <= now), reverse=True)[:LOOK_BACK]
    return (now - known[-1]) / len(known) if len(known) >= 2 else None


def _bounded(interval: timedelta) -> timedelta:
    return min(max(interval, SHORTEST), LONGEST)
