"""Dates that depend on when the page was answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.relative_dates import parse_relative_date

ANSWERED = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("5 минут назад", "2026-11-29 14:55"),
        ("час назад", "2026-11-29 14:00"),
        ("1 час 20 минут назад", "2026-11-29 13:40"),
        ("полчаса назад", "2026-11-29 14:30"),
        ("2 дня назад", "2026-11-27 15:00"),
        ("год назад", "2025-11-29 15:00"),
        ("2 години тому", "2026-11-29 13:00"),
        ("годину тому", "2026-11-29 14:00"),
        ("15 хв тому", "2026-11-29 14:45"),
        ("2 saat önce", "2026-11-29 13:00"),
        ("10 dk önce", "2026-11-29 14:50"),
        ("3 hours ago", "2026-11-29 12:00"),
        ("an hour ago", "2026-11-29 14:00"),
        ("2 weeks ago", "2026-11-15 15:00"),
        ("vor 3 Std.", "2026-11-29 12:00"),
        ("vor einer Stunde", "2026-11-29 14:00"),
        ("vor 2 Tagen", "2026-11-27 15:00"),
        ("il y a 5 min", "2026-11-29 14:55"),
        ("il y a un an", "2025-11-29 15:00"),
        ("il y a 2 heures", "2026-11-29 13:00"),
        ("منذ ساعتين", "2026-11-29 13:00"),
        ("قبل ٥ دقائق", "2026-11-29 14:55"),
        ("только что", "2026-11-29 15:00"),
        ("à l’instant", "2026-11-29 15:00"),
        ("вчера, 18:20", "2026-11-28 18:20"),
        ("Вчора о 18:20", "2026-11-28 18:20"),
        ("сегодня в 09:05", "2026-11-29 09:05"),
        ("dün 21:40", "2026-11-28 21:40"),
        ("Heute, 11:15 Uhr", "2026-11-29 11:15"),
        ("gestern", "2026-11-28 00:00"),
        ("hier à 18h20", "2026-11-28 18:20"),
        ("أمس 18:20", "2026-11-28 18:20"),
        ("12:34", "2026-11-29 12:34"),
        ("9:05 pm", "2026-11-29 21:05"),
        ("17:45", "2026-11-29 17:45"),  # a site east of Greenwich, without its zone
        ("27 ноября, 18:20", "2026-11-27 18:20"),
        ("30 декабря, 18:20", "2025-12-30 18:20"),
        ("27 Nov", "2026-11-27 00:00"),
        ("27.11. 18:20", "2026-11-27 18:20"),
        ("30.12, 18:20", "2025-12-30 18:20"),
    ],
)
def test_dates_as_people_write_them(text: str, moment: str) -> None:
    assert parse_relative_date(text, ANSWERED) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_time_of_day_far_ahead_is_yesterday_s() -> None:
    assert parse_relative_date("23:50", datetime(2026, 11, 29, 0, 30, tzinfo=UTC)) == datetime(
        2026, 11, 28, 23, 50, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text", ["", "Politics", "2:1 for Dynamo", "comments: 12", "x" * 100, "9999 years ago", "25:61"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_relative_date(text, ANSWERED) is None


def test_nothing_is_relative_to_an_unknown_moment() -> None:
    assert parse_relative_date("5 minutes ago", None) is None


@given(st.text(max_size=70))
def test_no_text_raises(text: str) -> None:
    parse_relative_date(text, ANSWERED)
