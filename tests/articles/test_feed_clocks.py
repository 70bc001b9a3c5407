"""The error of a feed's clock is learned from what it claims of new entries, and a right clock is left alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles import ClockCorrection, FeedClock, clock_sample

START = datetime(2026, 3, 20, tzinfo=UTC)
UNKNOWN = FeedClock()


def watched(
    error: Callable[[int], float],
    *,
    days: int = 6,
    lag: Callable[[random.Random], float],
    seed: int = 1,
    clock: FeedClock = UNKNOWN,
) -> FeedClock:
    """What is known after days of an entry every three hours, polled every ten minutes.

    `error` gives the minutes that the clock is ahead on a day, `lag` those from an entry's date to its sight.
    """
    chance = random.Random(seed)
    for hour in range(0, days * 24, 3):
        at = START + timedelta(hours=hour, minutes=chance.uniform(0, 60))
        claimed = at + timedelta(minutes=error(hour // 24) - lag(chance))
        sample = clock_sample([claimed], at - timedelta(minutes=10), at)
        assert sample is not None
        clock = clock.after(sample)
    return clock


def prompt(chance: random.Random) -> float:
    return chance.uniform(0, 15) if chance.random() < 0.9 else chance.uniform(0, 600)


@pytest.mark.parametrize("ahead", [180, -300, 345, 60, -60, 330, 840, -720])
@pytest.mark.parametrize("seed", range(3))
def test_a_constant_error_is_learned(ahead: int, seed: int) -> None:
    assert watched(lambda _: ahead, lag=lambda chance: chance.uniform(0, 15), seed=seed).ahead == ahead


def test_outliers_do_not_hide_it() -> None:
    assert watched(lambda _: 180, lag=prompt).ahead == 180


@pytest.mark.parametrize(
    "lag",
    [
        prompt,
        lambda chance: chance.uniform(0, 60),
        lambda chance: chance.uniform(0, 300),
        lambda chance: chance.gauss(45, 30),
        lambda chance: chance.gauss(75, 25),
        lambda chance: chance.expovariate(1 / 90),
        lambda _: 30.0,
        lambda chance: -chance.uniform(0, 1440),
        lambda chance: chance.uniform(0, 1440),
    ],
)
def test_a_right_clock_is_left_alone_however_late_entries_come(lag: Callable[[random.Random], float]) -> None:
    for seed in range(3):
        clock = FeedClock()
        for week in range(4):
            clock = watched(lambda _: 0, lag=lag, seed=seed * 100 + week, clock=clock)
            assert clock.ahead == 0


def test_summer_time_is_followed_and_a_clock_that_is_put_right_too() -> None:
    def minute(chance: random.Random) -> float:
        return chance.uniform(0, 9)

    for before, after in ((120, 180), (-300, -240), (60, 0), (180, 0)):
        known = watched(lambda _, before=before: before, lag=minute)  # type: ignore[misc]
        assert known.ahead == before
        assert watched(lambda _, after=after: after, lag=minute, days=2, clock=known).ahead == after  # type: ignore[misc]


def test_a_day_of_samples_is_needed() -> None:
    def at(minutes: int, clock: FeedClock) -> FeedClock:
        seen = START + timedelta(minutes=minutes)
        sample = clock_sample([seen + timedelta(minutes=178)], seen - timedelta(minutes=5), seen)
        assert sample is not None
        return clock.after(sample)

    clock = FeedClock()
    for minutes in range(0, 1440, 15):
        clock = at(minutes, clock)
    assert (clock.ahead, len(clock.samples)) == (0, 10), "one in 150 minutes"
    assert at(1500, clock).ahead == 180
    assert at(-10_000, clock).samples[-1].at < clock.samples[0].at, "a clock of ours that was set back stops nothing"


@pytest.mark.parametrize(("count", "since"), [(1, 21), (1, 0), (1, -5), (6, 5), (0, 5)])
def test_polls_that_tell_nothing(count: int, since: int) -> None:
    assert clock_sample([START] * count, START - timedelta(minutes=since), START) is None


def test_it_is_stored_as_text_and_broken_text_is_forgotten() -> None:
    clock = watched(lambda _: 180, lag=prompt)
    assert FeedClock.read(clock.ahead, clock.text()) == clock
    assert len(clock.text()) < 300
    for broken in ("1:2", "a:b:c", "1:2:3:4"):
        assert FeedClock.read(180, broken) == FeedClock(180)


def test_a_zone_is_followed_through_summer_time() -> None:
    zone = ClockCorrection(zone="America/New_York")
    winter, summer = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 7, 5, 9, tzinfo=UTC)
    assert [zone.true_moment(one).hour for one in (winter, summer)] == [14, 13]
    assert ClockCorrection(timedelta(hours=3)).true_moment(winter).hour == 6
    assert not ClockCorrection()
