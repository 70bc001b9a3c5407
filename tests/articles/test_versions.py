"""How many versions a piece gets whose text is never the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import may_wait, return_may_wait, same_but_numbers
from monitor.articles.versions import MANY

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def versions(steps: list[timedelta]) -> list[datetime]:
    """When a piece takes its versions whose text is another one at each of these polls."""
    taken, now = [START], START
    for step in steps:
        now += step
        if not may_wait(len(taken), START, taken[-1], now):
            taken.append(now)
    return taken


STEPS = st.lists(st.integers(1, 48 * 60).map(lambda minutes: timedelta(minutes=minutes)), max_size=200)


@given(STEPS)
def test_the_first_versions_come_as_fast_as_they_are_written(steps: list[timedelta]) -> None:
    assert len(versions(steps)) >= min(MANY, len(steps) + 1)


@given(STEPS)
def test_later_ones_are_as_few_as_the_age_allows(steps: list[timedelta]) -> None:
    taken = versions(steps)
    for earlier, later in zip(taken[MANY - 1 :], taken[MANY:], strict=False):
        assert later - earlier >= min((later - START) / 4, DAY)


@given(STEPS)
def test_no_text_waits_longer_than_a_day(steps: list[timedelta]) -> None:
    taken, polls = versions(steps), [START]
    for step in steps:
        polls.append(polls[-1] + step)
    for poll in polls:
        assert any(poll - DAY < moment <= poll for moment in taken)


def test_a_counter_polled_every_minute_for_a_month_is_kept_about_once_a_day() -> None:
    taken = versions([MINUTE] * (30 * 24 * 60))
    assert sum(moment < START + DAY for moment in taken) < 35
    assert len(taken) < 75


@given(st.integers(0, 100 * 24 * 60), st.integers(0, 10 * 24 * 60))
def test_words_that_come_back_wait_an_hour_or_a_quarter_of_the_age_and_a_day_at_most(age: int, present: int) -> None:
    last = START + age * MINUTE
    now = last + present * MINUTE
    longest = min(max(timedelta(hours=1), (now - START) / 4), DAY)
    assert return_may_wait(START, last, now) is (now - last < longest)


def test_nothing_waits_for_words_of_the_future() -> None:
    assert not return_may_wait(START, START + DAY, START)


@pytest.mark.parametrize(
    ("title", "other", "same"),
    [
        ("Talks in Istanbul (1,204 views)", "Talks in Istanbul (1,377 views)", True),
        ("LIVE 12:30: the vote", "Live 12:45 – the vote", True),
        ("Talks in Istanbul", "Talks in Ankara", False),
        ("Talks begin", "Begin talks", False),
        ("Переговоры: 3 дня", "Переговоры: 4 дня", True),
        ("", "New", False),
    ],
)
def test_titles_are_compared_by_their_letters(title: str, other: str, same: bool) -> None:
    assert same_but_numbers(title, other) is same
