"""Machines that share a database go by its clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.run.shared_clock import SharedClock
from monitor.run.startup import utc_now
from monitor.store import Place, SideSession

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("wrong", [timedelta(), HOUR, -HOUR])
def test_a_wrong_clock_is_corrected(postgres_url: str, wrong: timedelta) -> None:
    side, clock = SideSession(Place.of(postgres_url)), SharedClock(lambda: utc_now() + wrong)
    clock.measure(side)
    assert abs(clock.now() - utc_now()) < timedelta(seconds=5)
    side.close()


def test_an_answer_that_comes_late_says_nothing(postgres_url: str) -> None:
    side, ahead = SideSession(Place.of(postgres_url)), utc_now() + HOUR
    moments = iter([ahead, ahead + timedelta(seconds=3)])
    clock = SharedClock(lambda: next(moments, utc_now()))
    clock.measure(side)
    assert abs(clock.now() - utc_now()) < timedelta(seconds=5)
    side.close()
