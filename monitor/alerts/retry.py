"""Decide whether and when a refused delivery is tried again, by how often and why it failed."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.errors import SendError

GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321, 4.5.4.1: the give-up time should be at least 4 to 5 days
MAX_UNCONFIRMED_REPEATS = 1  # a mail that may have arrived is sent once more, with the same bytes
ACCOUNT_PAUSE = timedelta(minutes=1)  # between attempts with an account that fails
MAX_ACCOUNT_PAUSE = timedelta(hours=1)  # after doubling: a password that is refused again and again locks accounts
JITTER = 0.2  # share of a delay that `jitter` (0 to 1) adds, so that a hundred deliveries are not retried together
MAX_DELAY = timedelta(hours=6)
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
# As many attempts as fit into five days; a delivery gets them all even if we were down for part of that time.
MIN_ATTEMPTS = len(DELAYS) + 15


def next_attempt(
    attempts: int, first_attempt_at: datetime, error: SendError, now: datetime, jitter: float
) -> datetime | None:
    """Return when to try again, or None when the delivery has failed for good.

    `attempts` counts the failures of the error's kind, this one included: the unconfirmed ones for
    `error.maybe_delivered`, else the recipient's refusals. Failures of our account are never passed here: they count
    against no delivery and expire none.
    """
    if error.maybe_delivered:
        return now + _with_jitter(DELAYS[0], jitter) if attempts <= MAX_UNCONFIRMED_REPEATS else None
    # Both must have run out: the five days, and the attempts that fit into them.
    is_exhausted = attempts >= MIN_ATTEMPTS and now - first_attempt_at >= GIVE_UP_AFTER
    if error.permanent or is_exhausted:
        return None
    return now + _with_jitter(_delay(attempts), jitter)


def longest_pause(failures: int) -> timedelta:
    """Return how long a delivery waits at most after so many failures, one or more."""
    return _with_jitter(_delay(failures), 1.0)


def _delay(failures: int) -> timedelta:
    return DELAYS[failures - 1] if 0 < failures <= len(DELAYS) else MAX_DELAY


def account_pause(refusals: int) -> timedelta:
    """Return the pause of an account after so many permanent refusals in a row (0: the server was unreachable)."""
    # Ten are far beyond the longest pause; without a bound the number would grow with every refusal.
    doublings = min(max(refusals - 1, 0), 10)
    return min(ACCOUNT_PAUSE * (1 << doublings), MAX_ACCOUNT_PAUSE)


def _with_jitter(delay: timedelta, jitter: float) -> timedelta:
    return delay * (1 + JITTER * min(max(jitter, 0.0), 1.0))
