"""The figures beside a digest's stories: days of a zone, bars, outlets that are behind, rules that told most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from monitor.alerts.digest_figures import DAYS, MOST_A_DAY, DigestFigures, FeedReading, watched, week_bounds, week_of

NOW = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)  # a Monday, 14:05 in Istanbul
HOUR = timedelta(hours=1)
ZONE = "Europe/Istanbul"


def test_a_week_is_days_of_the_readers_zone_and_ends_now() -> None:
    bounds = week_bounds(NOW, ZONE)
    assert len(bounds) == DAYS + 1
    assert bounds[0] == datetime(2026, 11, 16, 21, tzinfo=UTC)
    assert bounds[-2:] == (datetime(2026, 11, 22, 21, tzinfo=UTC), NOW)


def test_the_day_on_which_the_clock_changes_is_an_hour_longer_or_shorter() -> None:
    bounds = week_bounds(datetime(2026, 10, 28, 12, tzinfo=UTC), "Europe/Berlin")
    lengths = [after - before for before, after in pairwise(bounds)]
    assert lengths.count(25 * HOUR) == 1
    bounds = week_bounds(datetime(2026, 3, 31, 12, tzinfo=UTC), "Europe/Berlin")
    assert [after - before for before, after in pairwise(bounds)].count(23 * HOUR) == 1


def test_a_bar_is_as_high_as_its_share_and_never_nothing_where_something_was_found() -> None:
    week = week_of((0, 1, 500, 1000, 0, 3, MOST_A_DAY), NOW, ZONE)
    assert [day.day for day in week] == ["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]
    assert [day.share for day in week] == [0, 1, 5, 10, 0, 1, 100]
    assert [day.count for day in week] == ["0", "1", "500", "1,000", "0", "3", "10,000+"]


def test_days_before_the_monitor_began_have_no_bar() -> None:
    week = week_of((0, 0, 0, 1, 0, 0, 9), NOW, ZONE, NOW - timedelta(days=2))
    assert [(day.day, day.count) for day in week] == [("Fri", "1"), ("Sat", "0"), ("Sun", "0"), ("Mon", "9")]


@pytest.mark.parametrize("counts", [(), (0,) * DAYS])
def test_a_week_without_a_match_is_not_drawn(counts: tuple[int, ...]) -> None:
    assert week_of(counts, NOW, ZONE) == ()


def lines(*readings: FeedReading, **told: int) -> tuple[str, ...]:
    return watched(DigestFigures({}, readings, told), lambda name: {"tass": "TASS"}.get(name, name), NOW, ZONE)


def test_the_end_says_which_outlets_are_behind_and_since_when() -> None:
    good = [FeedReading(f"o{number}", 0, HOUR, NOW - 2 * HOUR) for number in range(58)]
    late = FeedReading("wire", 0, HOUR, NOW - 3 * HOUR)
    down = FeedReading("tass", 3, 6 * HOUR, NOW - timedelta(hours=4, minutes=53))
    assert lines(*good, down, late) == (
        "58 of 60 outlets up to date; TASS unreachable since 09:12; wire not read since 11:05",
    )
    other_feed = FeedReading("tass", 0, HOUR, NOW)
    assert lines(other_feed, down) == ("0 of 1 outlet up to date; TASS unreachable since 09:12",)
    assert lines(good[0]) == ("1 of 1 outlet up to date",)


def test_a_feed_that_failed_once_is_no_trouble_for_half_an_hour() -> None:
    assert lines(FeedReading("tass", 1, HOUR, NOW - HOUR / 3)) == ("1 of 1 outlet up to date",)
    assert lines(FeedReading("tass", 1, HOUR, NOW - HOUR)) == (
        "0 of 1 outlet up to date; TASS unreachable since 13:05",
    )


def test_another_day_is_named_and_of_many_outlets_the_longest_away_are() -> None:
    down = [FeedReading(f"o{number}", 9, HOUR, NOW - number * 24 * HOUR) for number in range(1, 9)]
    (line,) = lines(*down, FeedReading("new", 1, HOUR, None))
    assert line.startswith("0 of 9 outlets up to date; new never read; o8 unreachable since 15 Nov 14:05; o7 ")
    assert line.endswith("; o5 unreachable since 18 Nov 14:05; and 4 more")


def test_the_rules_that_told_most_come_first() -> None:
    told = {"a": 1, "b": 12, "c": 3, "d": 1, "e": 1, "f": 1, "g": 1_000}
    assert lines(**told) == ("Stories told by rule in 7 days: g 1,000, b 12, c 3, a 1, d 1, and 2 more rules",)
    told.pop("f")
    assert lines(**told) == ("Stories told by rule in 7 days: g 1,000, b 12, c 3, a 1, d 1, and 1 more rule",)
    assert lines() == ()
