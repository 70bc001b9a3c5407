"""Dates as people write them, in any order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.sources.informal_dates import full_year, parse_informal_date

MORNING = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
MIDNIGHT = MORNING.replace(hour=0, minute=0)


@pytest.mark.parametrize(
    "text",
    [
        *("4 May 2026 09:30", "May 4, 2026 9:30 am", "2026 May 4 09:30", "May 4 09:30 2026", "4th of May 2026, 9.30"),
        *("09:30, 4 мая 2026", "4 de mayo de 2026 9h30", "4. Mai 2026 09:30", "04.05.2026 09:30", "4/5/26 09:30"),
        *(
            "2026-05-04 09:30",
            "2026年5月4日 9時30分",
            "2026年5月4日 上午9:30",
            "4-5 May 2026 09:30",
            "4 May 2026 09:30-11:00",
        ),
        "4 May 2026 09:30 - 6 May 2026 10:00",
    ],
)
def test_a_text_is_its_moment(text: str) -> None:
    assert parse_informal_date(text, month_first=False) == MORNING


@pytest.mark.parametrize("text", ["4 May 2026", "4 mai 2026 00h00", "2026/05/04"])
def test_a_date_without_a_time_is_its_midnight(text: str) -> None:
    assert parse_informal_date(text, month_first=False) == MIDNIGHT


@pytest.mark.parametrize("text", ["4 May 2026 9pm", "4 May 2026 下午9:00", "4 May 2026 21h", "4 Mai 2026 21 Uhr"])
def test_an_evening(text: str) -> None:
    assert parse_informal_date(text, month_first=False) == MIDNIGHT.replace(hour=21)


@pytest.mark.parametrize(
    ("text", "month_first", "month", "day"),
    [
        ("04/05/2026", False, 5, 4),
        ("04/05/2026", True, 4, 5),
        ("04.05.2026", True, 5, 4),
        ("13/05/2026", True, 5, 13),
        ("05/13/2026", False, 5, 13),
    ],
)
def test_the_month_stands_first_where_the_outlet_writes_it_so(
    text: str, month_first: bool, month: int, day: int
) -> None:
    assert parse_informal_date(text, month_first) == datetime(2026, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "May 2026", "4 May", "4 May 2026 123", "12:30", "room 4, May day 77"]
)
def test_what_is_no_date_or_leaves_digits_is_none(text: str) -> None:
    assert parse_informal_date(text, month_first=False) is None


@pytest.mark.parametrize(("text", "year"), [("69", 2069), ("70", 1970), ("00", 2000), ("2026", 2026), ("999", 999)])
def test_a_year_of_two_digits_is_from_1970_to_2069(text: str, year: int) -> None:
    assert full_year(text) == year
