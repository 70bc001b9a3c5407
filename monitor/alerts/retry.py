"""Whether and when a refused delivery is tried again: how often it failed and why in, the next moment out."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.errors import SendError

GIVE_UP_AFTER = timedelta(days=5)
PERHAPS_REPEATS = 1  # a mail that may have arrived is sent once more, with the same bytes
ACCOUNT_PAUSE = timedelta(minutes=1)  # between probes of an account that is in trouble
LONGEST_PAUSE = timedelta(hours=1)  # as it grows: a password that is refused again and again locks accounts
JITTER = 0.2  # share of a delay that `jitter` (0 to 1) adds, so that a hundred deliveries do not come back together
LONGEST = timedelta(hours=6)
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
# The attempts that fill five days of back-off; a delivery has them all even if our own outage ate the days.
FEWEST_ATTEMPTS = len(DELAYS) + 15


def next_attempt(
    attempts: int, first_attempt_at: datetime, error: SendError, now: datetime, jitter: float
) -> datetime | None:
    """When to try again, or None when the delivery has failed for good.

    `attempts` counts the failures of the error's own sort, this one included: the unconfirmed ones for
    `error.maybe_delivered`, else the recipient's refusals. Account trouble concerns no delivery: it is not counted and
    never expires one.
    """
    if error.maybe_delivered:
        return now + _spread(DELAYS[0], jitter) if attempts <= PERHAPS_REPEATS else None
    if error.permanent or _exhausted(attempts, first_attempt_at, now):
        return None
    return now + _spread(_delay(attempts), jitter)


def longest_pause(failures: int) -> timedelta:
    """How long a delivery waits at most after so many failures, one or more."""
    return _spread(_delay(failures), 1.0)


def _delay(failures: int) -> timedelta:
    return DELAYS[failures - 1] if 0 < failures <= len(DELAYS) else LONGEST


def account_pause(refusals: int) -> timedelta:
    """How long an account rests after so many refusals for good in a row (0: it was merely not there)."""
    doublings = min(max(refusals - 1, 0), 10)
    return min(ACCOUNT_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _exhausted(attempts: int, first_attempt_at: datetime, now: datetime) -> bool:
    """Both must have run out: the five days, and the attempts that belong in them."""
    return attempts >= FEWEST_ATTEMPTS and now - first_attempt_at >= GIVE_UP_AFTER


def _spread(delay: timedelta, jitter: float) -> timedelta:
    return delay * (1 + JITTER * min(max(jitter, 0.0), 1.0))
