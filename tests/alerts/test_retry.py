"""When a refused delivery comes back, and when it has failed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from monitor.alerts import next_attempt
from monitor.alerts.retry import account_pause
from monitor.errors import SendError

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
LATER = SendError("451")


def test_a_permanent_refusal_is_final() -> None:
    assert next_attempt(1, NOW, SendError("550", permanent=True), NOW, 0) is None


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_temporary_refusals_back_off_and_end_after_five_days(jitter: float) -> None:
    now, delays = NOW, []
    for attempts in count(1):
        moment = next_attempt(attempts, NOW, LATER, now, jitter)
        if moment is None:
            break
        delays.append(moment - now)
        now = moment
    assert delays == sorted(delays)
    assert delays[0] <= timedelta(minutes=2)
    assert delays[-1] <= timedelta(hours=8)
    assert timedelta(days=5) <= now - NOW <= timedelta(days=5, hours=8)


def test_the_days_of_our_own_outage_do_not_use_up_a_delivery() -> None:
    long_after = NOW + timedelta(days=9)
    assert next_attempt(2, NOW, LATER, long_after, 0) is not None


def test_an_account_that_refuses_us_is_asked_less_and_less() -> None:
    minutes = [account_pause(refusals) / timedelta(minutes=1) for refusals in range(10)]
    assert minutes == [1, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert account_pause(100_000) == timedelta(hours=1)


def test_what_was_perhaps_sent_is_repeated_once() -> None:
    error = SendError("lost", maybe_delivered=True)
    assert next_attempt(1, NOW, error, NOW, 0) is not None
    assert next_attempt(2, NOW, error, NOW, 0) is None


def test_jitter_spreads_what_failed_together() -> None:
    moments = {next_attempt(5, NOW, LATER, NOW, step / 10) for step in range(11)}
    assert len(moments) == 11
