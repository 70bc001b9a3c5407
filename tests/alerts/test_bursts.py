"""A rule or story at five times its habit is at a burst: few are none, a full weekday is none, backlog is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import Burst, BurstKind, MatchedArticle, Pace, burst_text, news, usual_outlets, usual_stories
from monitor.alerts.bursts import DAYS, LEAST
from monitor.model import Match

NOW = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
DAY = timedelta(days=1)
WEEKS = [3, 2, 4, 3, 3, 1, 3] * 4
DAY_COUNTS = st.lists(st.none() | st.integers(0, 200), min_size=1, max_size=DAYS + 1)


def pace(today: int | None, before: list[int | None] | list[int]) -> Pace:
    counts = [today, *before]
    return Pace(BurstKind.RULE, "Peskov", counts, usual_stories(counts))


@pytest.mark.parametrize(
    ("today", "before", "usual"),
    [
        (15, WEEKS, 3),
        (14, WEEKS, None),
        (10, [0] * 28, 0),
        (9, [0] * 28, None),  # few are no burst, however rare the rule is
        (5, [1] * 28, None),
        (90, [20] * 28, None),
        (100, [20] * 28, 20),
        (16, [3] * 7, 3),
        (16, [3] * 6, None),  # too few days
        (16, [3] * 6 + [None] * 22, None),
        (16, [3] * 7 + [None] * 21, 3),
        (None, WEEKS, None),
        (40, [3, 3, 3, 3, 3, 3, 38] * 4, None),  # a weekday that is always full
        (40, [3, 3, 3, 3, 3, 3, 38] + [3] * 21, 3),  # and one that was so once
        (40, [200, 190] + [3] * 26, 3),  # a burst of yesterday makes no habit
    ],
)
def test_a_burst_is_five_times_the_habit_and_no_few(today: int | None, before: list[int], usual: int | None) -> None:
    burst = pace(today, before).burst
    assert burst == (None if usual is None else Burst(BurstKind.RULE, "Peskov", today or 0, usual))


@given(DAY_COUNTS)
def test_no_burst_is_small_or_near_what_is_usual(counts: list[int | None]) -> None:
    burst = Pace(BurstKind.RULE, "x", counts, usual_stories(counts)).burst
    if burst is not None:
        assert burst.count == counts[0]
        assert burst.count >= max(LEAST, 5 * burst.usual)
        days_above = sum(1 for count in counts[1:] if count is not None and count >= burst.count)
        assert days_above <= len([count for count in counts[1:] if count is not None]) / 2


@pytest.mark.parametrize(
    ("yesterday", "hours", "calmed"),
    [(20, 47, False), (20, 49, False), (7, 47, False), (7, 48, True), (8, 48, False), (None, 48, False)],
)
def test_it_has_calmed_after_a_whole_day_at_half_of_a_burst(yesterday: int | None, hours: int, calmed: bool) -> None:
    assert pace(20, [yesterday, *WEEKS]).has_calmed(timedelta(hours=hours)) is calmed


@given(DAY_COUNTS, st.integers(-100, 24 * 40))
def test_what_was_said_later_has_calmed_no_sooner(counts: list[int | None], hours: int) -> None:
    of_rule = Pace(BurstKind.RULE, "x", counts, usual_stories(counts))
    sooner, later = timedelta(hours=hours), timedelta(hours=hours + 5)
    assert of_rule.has_calmed(later) or not of_rule.has_calmed(sooner)
    assert not of_rule.has_calmed(2 * DAY - timedelta(seconds=1))


def test_a_story_is_counted_by_the_hour() -> None:
    story = Pace(BurstKind.STORY, "7", [12, 3, *[0] * 46], 2)
    assert story.burst == Burst(BurstKind.STORY, "7", 12, 2)
    assert (story.has_calmed(timedelta(minutes=119)), story.has_calmed(timedelta(hours=2))) == (False, True)
    assert Pace(BurstKind.STORY, "7", [12], None).burst is None


def test_a_usual_story_is_known_from_twenty() -> None:
    assert (usual_outlets([1] * 19), usual_outlets([1] * 11 + [40] * 9)) == (None, 1)


PIECE = MatchedArticle(1, 1, 1, "wire", NOW, NOW, first_poll=False, matches=(Match("A"), Match("B")))


@pytest.mark.parametrize(
    "of_before",
    [
        {"first_poll": True},
        {"backfilled": True},
        {"during_outage": True},
        {"published": NOW - timedelta(days=3)},
        {"is_edit": True},
    ],
)
def test_what_is_of_before_is_no_news(of_before: dict[str, object]) -> None:
    assert list(news(PIECE)) == ["A", "B"]
    assert list(news(replace(PIECE, **of_before))) == []  # type: ignore[arg-type]


def test_a_burst_is_said_with_its_figures() -> None:
    said = burst_text(Burst(BurstKind.RULE, "Peskov", 16, 3))
    assert said == "“Peskov” finds far more than usual: 16 stories in 24 hours, 3 on a usual day"
    said = burst_text(Burst(BurstKind.STORY, "7", 12, 2))
    assert said == "Spreads fast: 12 outlets within an hour, where a story usually has 2"
