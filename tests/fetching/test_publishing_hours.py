"""A silence is against an outlet's habit only where its nights, weekends and holidays are no explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetching.publishing_hours import PublishingHours, came_at, silent_from

MONDAY = datetime(2026, 10, 19, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def hours_of(moments: Iterable[datetime]) -> PublishingHours:
    """What is known of an outlet that had news at these moments."""
    known = PublishingHours()
    for moment in moments:
        known = known.with_hour_of(moment)
    return known


def over(days: int, has_news: Callable[[datetime], bool]) -> PublishingHours:
    """An outlet that had news in these hours of so many days from a Monday on."""
    moments = (MONDAY + hour * HOUR for hour in range(days * 24))
    return hours_of(moment for moment in moments if has_news(moment))


def office(moment: datetime) -> bool:
    """Working days, eight to six."""
    return moment.weekday() < 5 and 8 <= moment.hour < 18


def test_an_agency_that_never_sleeps_is_silent_after_six_hours() -> None:
    known = over(28, lambda _: True)
    assert silent_from(known) == MONDAY + 28 * DAY + 6 * HOUR


def test_a_night_is_no_silence() -> None:
    known = over(28, lambda moment: moment.hour >= 7)
    end = silent_from(known)
    assert end is not None
    assert MONDAY + 28 * DAY + 12 * HOUR < end < MONDAY + 29 * DAY


@pytest.mark.parametrize("days", [12, 19, 33])
def test_neither_a_weekend_nor_a_holiday_beside_it_is_a_silence(days: int) -> None:
    known = over(days, office)
    assert known.last_at.weekday() == 4
    end = silent_from(known)
    assert end is not None
    assert known.last_at + 3 * DAY + 14 * HOUR < end < known.last_at + 6 * DAY


def test_a_pause_that_is_usual_is_waited_for_several_times() -> None:
    known = over(28, lambda moment: moment.hour % 8 == 0)
    end = silent_from(known)
    assert end is not None
    assert 5 * 8 * HOUR <= end - known.last_at < 4 * DAY


def test_who_has_no_habit_breaks_none() -> None:
    assert silent_from(PublishingHours()) is None
    assert silent_from(hours_of(MONDAY + month * 30 * DAY for month in range(12))) is None
    assert silent_from(hours_of(MONDAY + week * 7 * DAY for week in range(30))) is None


def test_of_one_afternoon_no_night_is_known() -> None:
    known = hours_of(MONDAY + (9 + hour) * HOUR for hour in range(12))
    end = silent_from(known)
    assert end is not None
    assert end >= MONDAY + 7 * DAY


def test_only_five_weeks_are_remembered_and_their_order_does_not_matter() -> None:
    moments = [MONDAY + hour * HOUR for hour in range(0, 24 * 60, 5)]
    known = hours_of(moments)
    assert known == hours_of(reversed(moments))
    assert known.bits.bit_length() <= 5 * 7 * 24
    assert known.with_hour_of(MONDAY) == known
    assert known.with_hour_of(MONDAY + 3650 * DAY).bits == 1


def test_a_piece_counts_when_it_was_seen_and_an_old_one_when_it_came_out() -> None:
    assert came_at(None, MONDAY) == MONDAY
    assert came_at(MONDAY - 3 * HOUR, MONDAY) == MONDAY
    assert came_at(MONDAY + 3 * HOUR, MONDAY) == MONDAY
    assert came_at(MONDAY - 3 * DAY, MONDAY) == MONDAY - 3 * DAY
