"""What stands behind a time of day: its half of the day, its zone, the end of a range."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.sources.times_of_day import Clock, in_zone, on_24_hours, read_half_day, utc_moment, without_range_end

NINE = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "half", "expected"),
    [
        ((12, 45, 0), "a", (0, 45, 0)),
        ((12, 45, 0), "p", (12, 45, 0)),
        ((1, 0, 7), "A", (1, 0, 7)),
        ((11, 59, 0), "P", (23, 59, 0)),
        ((21, 30, 0), "p", (21, 30, 0)),
        ((13, 0, 0), "a", (13, 0, 0)),
    ],
)
def test_am_and_pm(clock: Clock, half: str, expected: Clock) -> None:
    assert on_24_hours(clock, half) == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (" pm EST", ((21, 30, 0), " EST")),
        ("p.m. EST", ((21, 30, 0), " EST")),
        (" AM", ((9, 30, 0), "")),
        (" amber", ((9, 30, 0), " amber")),
        (" EST", ((9, 30, 0), " EST")),
    ],
)
def test_a_half_day_is_read_where_it_follows(tail: str, expected: tuple[Clock, str]) -> None:
    assert read_half_day((9, 30, 0), tail) == expected


@pytest.mark.parametrize(
    ("tail", "rest"),
    [
        (" - 12:00 EST", " EST"),
        ("\u201311:00", ""),
        (" to 12:00", ""),
        (" bis 9.00", ""),
        ("-05:00", "-05:00"),  # a zone
        ("-11:30", ""),  # later than ten, so the end of a range
        ("-09:30", "-09:30"),
        (" - 09:45", ""),
        (" EST", " EST"),
    ],
)
def test_the_end_of_a_range_is_left_out(tail: str, rest: str) -> None:
    assert without_range_end((10, 0, 0), tail) == rest


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ((9, 30, 0), NINE),
        ((24, 0, 0), datetime(2026, 5, 5, tzinfo=UTC)),
        ((23, 59, 60), datetime(2026, 5, 4, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_moment_may_be_a_leap_second_or_the_end_of_a_day(clock: Clock, expected: datetime) -> None:
    assert utc_moment((2026, 5, 4), clock) == expected


@pytest.mark.parametrize(
    ("tail", "minutes"),
    [
        *(("", 0), (" GMT", 0), (" +0300", 180), (" GMT+3", 180), (" (MSK)", 180), ("-05:30", -330)),
        *((" \u22125", -300), (" Europe/Istanbul", 180), (" EST5EDT", -300), (" eastern", -240), (" +9900", 0)),
        *((" Nowhere/Land", 0), (" somewhere", 0), (" МСК", 180)),
    ],
)
def test_a_moment_is_put_into_its_zone(tail: str, minutes: int) -> None:
    moment = in_zone(NINE, tail)
    assert moment is not None
    assert (NINE - moment).total_seconds() == minutes * 60


@pytest.mark.parametrize("tail", [" 17", " x 2026", " +03 7"])
def test_digits_that_are_no_zone_make_it_no_date(tail: str) -> None:
    assert in_zone(NINE, tail) is None
