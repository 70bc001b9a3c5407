"""Dates as outlets write them, each with the moment it means."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.date_parser import parse_date

NINE = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 04 May 2026 09:30:00 GMT",
        "Mon, 04 May 2026 12:30:00 +0300",
        "Mon,04 May 2026 12:30:00 +0300",
        "Mon, 4 May 26 12:30 MSK",
        "Mon, 04 May 2026 12:30:00 (MSK)",
        "Mon, 04 May 2026 12:30:00 GMT+3",
        "Mon, 04 May 2026 12:30:00 EEST",
        "Mon, 04 May 2026 12:30:00 TRT",
        "Mon, 04 May 2026 05:30:00 EDT",
        "04-May-2026 09:30:00",
        "Mon May  4 09:30:00 2026",
        "Monday, May 4, 2026 - 09:30",
        "May 4, 2026 9:30 am",
        "Пн, 04 мая 2026 12:30:00 +0300",
        "4 мая 2026, 12:30 МСК",
        "12:30 МСК, 4 мая 2026",
        "4 травня 2026 р. 09:30",
        "4 Mayıs 2026 12:30 TRT",
        "4. Mai 2026 09:30",
        "lundi 4 mai 2026 à 09:30",
        "4 de mayo de 2026, 09:30",
        "4 maja 2026 09:30",
        "٤ مايو ٢٠٢٦ 09:30",
        "2026年5月4日 09:30",
        "2026-05-04T09:30:00Z",
        "2026-05-04T09:30Z",
        "2026-05-04T12:30:00.123456789+03:00".replace(".123456789", ""),
        "2026-05-04T12:30:00+0300",
        "2026-05-04T12:30:00 +0300",
        "2026-05-04 12:30:00 MSK",
        "2026-05-04T12:30:00+03:00[Europe/Istanbul]",
        "20260504T093000Z",
        "2026/05/04 09:30",
        "04.05.2026 09:30",
        "09:30 04.05.2026",
        "04-05-2026 09:30",
        "1777887000",
        "1777887000000",
    ],
)
def test_a_date_means_its_moment(text: str) -> None:
    assert parse_date(f" {text}\n") == NINE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "сегодня, 12:30",
        "Thu, 31 Feb 2026 10:00:00 GMT",
        "0000-00-00 00:00:00",
        "2026-13-45",
        "99:99",
        "9999-12-31T23:59:59-23:00",
        "0001-01-01T00:00:00+23:00",
        "99999999999999999999",
        "-1",
        "1" * 5000,
    ],
)
def test_nonsense_is_no_date(text: str) -> None:
    assert parse_date(text) is None


NIGHT = datetime(2026, 11, 28, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Sat, 28 Nov 2026 09:30:00 PM GMT",
        "28 Nov 2026 9:30 pm",
        "2026-11-28 09:30:00 p.m.",
        "2026-11-29 12:30:00 AM +0300",
        "Nov. 28, 2026, 4:30 p.m. ET",
        "Sat, 28 Nov 2026 16:30:00 ET",
        "Sun, 29 Nov 2026 00:30:00 Europe/Istanbul",
        "Sat Nov 28 16:30:00 -0500 2026",
        "Sat Nov 28 16:30:00 EST 2026",
        "Sun Nov 29 2026 00:30:00 GMT+0300 (Moscow Standard Time)",
        "28.11.2026 21:30 - 23:00",
        "Saturday, November 28, 2026 21:30-23:00",
        "28 Nov 2026 21:30 - 30 Nov 2026 10:00",
        "28 Nov 2026 9:30 PM - 11:00 PM",
        "28 Nov 2026 21:30 to 23:00",
        "Saturday, November 28, 2026 - 9:30pm to 10:00pm",
        "28.11.2026 21:30 bis 23:00 Uhr",
        "2026-11-28T21:30/2026-11-28T23:00",
        "2026-11-28T21:30:00Z/2026-11-29T23:00:00Z",
        "2026-11-29T00:30:00+03:00/2026-11-29T02:00:00+03:00",
        "2026-11-28 21.30",
        "2026. november 28. 21:30",
        "Sat, 28 Nov 2026 16:30:00 Eastern Standard Time",
        "29.11.2026 00:30 по московскому времени",
        "Sat, 28 Nov 2026 21:30:0 Z",
        "28.11.2026 kl. 21.30",
        "21.30 Uhr, 28. November 2026",
        "28 novembre 2026 21h30",
        "28 novembre 2026 à 21 h 30",
        "Sat, 28 Nov 2026 23.30.00 +0200",
        "2026-11-29T00:30:00 03:00",
        "202611282130",
        "20261128213000",
        "2026年11月28日 下午9:30",
        "2026년 11월 28일 오후 9:30",
        '<time datetime="2026-11-28T21:30:00Z">Sat, 11/28/2026 - 21:30</time>',
        "<span>Sat, 11/28/2026 - 21:30</span>",
        "Saturday 28th of November 2026 21:30",
    ],
)
def test_a_date_is_read_to_its_end(text: str) -> None:
    assert parse_date(text) == NIGHT


@pytest.mark.parametrize("text", ["28-29 November 2026", "28.11.2026 - 29.11.2026", "28 Nov 2026 – 2 Dec 2026"])
def test_of_a_range_of_days_the_first_counts(text: str) -> None:
    assert parse_date(text) == datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Published: 28 November 2026 | Updated: 29 November 2026",
        "28 Nov 2026 21:30 (3 of 7)",
        "Sat, 28 Nov 2026 09:30:00 7 8",
        "2026-11-28 09:30 42",
    ],
)
def test_a_date_of_which_a_part_means_nothing_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_single_letters_are_no_zones_but_z() -> None:
    """RFC 822 gave the military letters with the wrong sign; RFC 5322, 4.3, says that they mean nothing."""
    assert parse_date("Sat, 28 Nov 2026 21:30:00 P") == NIGHT


def test_slashes_are_read_the_outlets_way() -> None:
    assert parse_date("03/04/2026") == datetime(2026, 4, 3, tzinfo=UTC)
    assert parse_date("03/04/2026", month_first=True) == datetime(2026, 3, 4, tzinfo=UTC)
    assert parse_date("03/14/2026 3:04 PM") == datetime(2026, 3, 14, 15, 4, tzinfo=UTC)


def test_midnight_written_as_24_is_the_next_day() -> None:
    assert parse_date("Mon, 04 May 2026 24:00:00 GMT") == datetime(2026, 5, 5, tzinfo=UTC)


@given(st.text(max_size=120))
def test_any_text_gives_a_utc_moment_or_none(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or (moment.tzinfo is UTC and 1970 <= moment.year < 2200)


@given(
    st.from_regex(
        r"\d{1,4}[-/. ][A-Za-zа-я0-9]{1,4}[-/. ]\d{1,4}[T ,]\d{1,3}:\d{1,3}(:\d\d)? ?([+-]\d{1,4}|[A-Z]{1,4})?",
        fullmatch=True,
    )
)
def test_what_almost_is_a_date_never_raises(text: str) -> None:
    parse_date(text)
