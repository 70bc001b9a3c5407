"""Counting by days, drawing and scaling, at midnight, with nothing, and with more days than lines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.steps.backtest import Bar, chart, languages_without_match, mails_per_day, per_day, rate_text, tally

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_days_are_those_of_the_zone_and_none_is_left_out() -> None:
    late = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    span = (NOW - 2 * DAY, NOW)
    assert [(bar.day.day, bar.count) for bar in per_day([late], span, UTC)] == [(21, 1), (22, 0), (23, 0)]
    assert [bar.count for bar in per_day([late], span, ZoneInfo("Europe/Istanbul"))] == [0, 1, 0]


def test_the_span_begins_with_its_first_moment_and_ends_before_its_last() -> None:
    span = (NOW - DAY, NOW)
    assert sum(bar.count for bar in per_day([NOW - DAY, NOW, NOW - 2 * DAY], span, UTC)) == 1
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    assert len(per_day([], (midnight - DAY, midnight), UTC)) == 1
    assert len(per_day([], (midnight, midnight), UTC)) == 1


def test_many_days_are_drawn_as_weeks() -> None:
    bars = per_day([NOW - DAY, NOW - 2 * DAY], (NOW - 60 * DAY, NOW), UTC)
    assert len(bars) == 9
    assert (bars[-1].days, bars[-1].count, bars[0].days) == (5, 2, 7)
    for days, lines in ((35, 35), (36, 6)):
        assert len(per_day([], (NOW - (days - 1) * DAY, NOW), UTC)) == lines


@given(st.lists(st.integers(0, 400 * 24 * 3600 - 1), max_size=40), st.integers(1, 400))
def test_every_moment_of_the_span_is_counted_once(seconds: list[int], days: int) -> None:
    since = NOW - days * DAY
    moments = [since + timedelta(seconds=one) for one in seconds]
    bars = per_day(moments, (since, NOW), ZoneInfo("Europe/Kyiv"))
    assert sum(bar.count for bar in bars) == sum(moment < NOW for moment in moments)
    assert len(bars) <= 60


def test_bars_are_as_long_as_their_share_and_whatever_matched_is_seen() -> None:
    day = date(2026, 11, 23)
    full, half, little, none = chart([Bar(day, 1, count) for count in (1000, 500, 1, 0)], 10)
    assert full == "Mon 2026-11-23  1,000  ██████████"
    assert half == "Mon 2026-11-23    500  █████"
    assert little == "Mon 2026-11-23      1  ▏"
    assert none == "Mon 2026-11-23      0"


def test_days_on_which_nobody_watched_have_one_line_together() -> None:
    first = date(2026, 11, 16)
    seen = [(0, False), (0, False), (0, True), (0, False), (1000, True)]
    bars = [Bar(first + DAY * at, 1, count, is_watched) for at, (count, is_watched) in enumerate(seen)]
    assert chart(bars, 3) == [
        "Mon 2026-11-16      -  not watched, 2 days",
        "Wed 2026-11-18      0",
        "Thu 2026-11-19      -  not watched",
        "Fri 2026-11-20  1,000  ███",
    ]


def test_mails_count_each_story_once_within_the_span() -> None:
    span = (NOW - 2 * DAY, NOW)
    stories = [(1, NOW - DAY), (1, NOW - DAY / 2), (2, NOW - DAY), (3, NOW - 9 * DAY)]
    assert mails_per_day(stories, span) == 1.0
    assert mails_per_day(stories, (NOW - DAY / 2, NOW)) == 2.0
    assert mails_per_day([(1, NOW - timedelta(hours=1)), (2, NOW)], (NOW - timedelta(hours=1), NOW)) == 24.0
    assert mails_per_day(stories, (NOW - timedelta(minutes=59), NOW)) is None


@pytest.mark.parametrize(
    ("mails", "said"),
    [
        (None, "too little past"),
        (0.0, "about 0 mails a day: it would have been silent"),
        (0.1, "about one mail every 10 days"),
        (0.45, "about one mail every 2 days"),
        (0.5, "about one mail every 2 days"),
        (0.51, "about 1 mail a day"),
        (7.6, "about 8 mails a day"),
    ],
)
def test_a_rate_is_said_in_words(mails: float | None, said: str) -> None:
    assert said in rate_text(mails)


def test_tallies_put_the_most_frequent_first_and_silence_names_what_is_watched() -> None:
    assert tally(["b", "a", "c", "c"]) == [("c", 2), ("a", 1), ("b", 1)]
    assert languages_without_match({"ru", "tr", ""}, {"ru", "en"}) == ["tr"]
