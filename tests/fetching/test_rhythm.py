"""What is learned of when a feed brings articles: by hour and weekday, across restarts and changes of the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import mean

import pytest

from monitor.fetching import poll_interval
from monitor.fetching.rhythm import (
    UNKNOWN,
    PollFindings,
    Rhythm,
    expected,
    hourly_rates,
    learn,
    rhythm_from_text,
    start,
)
from tests.bench.rhythm import POLICIES, follow, total
from tests.bench.rhythm_traces import START, own_traces

MONDAY = datetime(2026, 10, 5, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def taught(weeks: int, began: datetime = MONDAY) -> Rhythm:
    """So many weeks of six articles an hour from 9 to 17 h on working days, polled every hour."""
    rhythm = start(began, None)
    for hour in range(weeks * 7 * 24):
        now = began + hour * HOUR
        if 9 <= now.hour < 17 and now.weekday() < 5:
            articles = [now + minute * MINUTE for minute in range(0, 60, 10)]
            rhythm = rhythm.with_arrivals(articles, now + HOUR, 30)
    return rhythm


def rate(rhythm: Rhythm, now: datetime) -> float:
    return hourly_rates(rhythm, now, 1)[0]


def test_until_an_hour_was_watched_the_first_estimate_holds_unless_something_came() -> None:
    rhythm = start(MONDAY, 2.5)
    assert hourly_rates(rhythm, MONDAY + 59 * MINUTE, 3) == [2.5] * 3
    came = rhythm.with_arrivals([MONDAY] * 5, MONDAY, 30)
    assert rate(came, MONDAY) > 2.5


def test_hours_and_weekdays_are_learned_in_weeks_and_guessed_within_days() -> None:
    learned, after = taught(4), MONDAY + 28 * DAY
    working, night, weekend = after + 12 * HOUR, after + 3 * HOUR, after + 5 * DAY + 12 * HOUR
    assert rate(learned, working) == pytest.approx(6, rel=0.2)
    assert rate(learned, night) < 0.2
    assert rate(learned, weekend) < 1.2
    # After two days, the third one's noon is expected to be like theirs.
    early = start(MONDAY, None)
    for day in (0, 1):
        noon = MONDAY + day * DAY + 12 * HOUR
        early = early.with_arrivals([noon + minute * MINUTE for minute in range(0, 60, 5)], noon + HOUR, 30)
    assert rate(early, MONDAY + 2 * DAY + 12 * HOUR) > 4 * rate(early, MONDAY + 2 * DAY + 3 * HOUR)


def test_what_is_not_known_yet_is_the_first_estimate() -> None:
    assert hourly_rates(start(MONDAY, 7.5), MONDAY, 24) == pytest.approx([7.5] * 24, rel=0.1)
    assert rate(start(MONDAY, None), MONDAY) == pytest.approx(UNKNOWN, rel=0.1)
    assert rate(start(MONDAY, 0.0), MONDAY) > 0


def test_silence_is_learned_and_old_habits_fade() -> None:
    learned, noon = taught(4), MONDAY + 28 * DAY + 12 * HOUR
    assert rate(learned, noon + 84 * DAY) < 0.2 * rate(learned, noon)
    assert rate(start(MONDAY, 6.0), MONDAY + 14 * DAY) < 1


def test_summer_time_costs_little_and_a_clock_that_is_set_back_nothing() -> None:
    learned, nine = taught(4), MONDAY + 28 * DAY + 9 * HOUR
    # The hour before the learned ones already counts on some, since its neighbour does.
    assert rate(learned, nine - HOUR) > 0.2 * rate(learned, nine)
    for back in (HOUR, 7 * DAY, 3000 * DAY):
        moved = learned.with_arrivals([nine - back], nine - back, 30)
        assert moved.updated * 60 == (nine - back).timestamp()
        assert 0 < rate(moved, nine - back) < 20


def test_a_burst_raises_what_is_expected_and_fades() -> None:
    calm, now = start(MONDAY, 1.0), MONDAY + 12 * HOUR
    stirred = calm.with_arrivals([now] * 10, now, 30)
    soon, later = (next(expected(stirred, now + ahead, 1)) * 60 for ahead in (MINUTE, 3 * HOUR))
    assert soon > 4 * next(expected(calm, now, 1)) * 60
    assert later < soon / 2
    assert len(list(expected(calm, now, 2))) == 120


def test_it_is_stored_as_a_short_text() -> None:
    learned = taught(2)
    text = learned.as_text()
    assert len(text) < 500
    stored = rhythm_from_text(text)
    assert stored is not None
    assert stored.as_text() == text
    assert (stored.since, stored.updated, stored.shown) == (learned.since, learned.updated, 30)
    assert stored.counts == pytest.approx(learned.counts, rel=0.001)
    for other in ("", "x", "=", "AAAA", text[:-4], text + "AAAA"):
        assert rhythm_from_text(other) is None


FOUND = PollFindings(MONDAY, MONDAY - 20 * MINUTE, new=3, shown=30)


def learned_hours(found: PollFindings) -> dict[int, int]:
    """The hours of Monday (UTC, before its midnight negative) in which articles count as having come."""
    counts = learn(start(MONDAY - DAY, 1.0), found, HOUR).counts
    monday = int(MONDAY.timestamp()) // 3600 % 168
    return {(slot - monday + 84) % 168 - 84: round(count) for slot, count in enumerate(counts) if count}


def test_articles_came_when_they_are_dated_if_that_can_be_and_else_when_they_were_seen() -> None:
    at = replace(FOUND, at=MONDAY + 5 * MINUTE, before=MONDAY - 30 * MINUTE)
    dates = (MONDAY - MINUTE, MONDAY - 3 * HOUR, MONDAY + 3 * HOUR)
    assert learned_hours(replace(at, published=dates)) == {-1: 1, 0: 2}
    assert learned_hours(at) == {0: 3}
    # Hundreds at once that are dated otherwise are an archive.
    assert learned_hours(replace(at, new=500)) == {0: 10}


def test_a_first_poll_gives_an_estimate_and_one_without_news_teaches_nothing() -> None:
    dates = tuple(MONDAY - minutes * MINUTE for minutes in range(0, 300, 6))
    first = learn(None, PollFindings(MONDAY, None, 50, 50, dates), HOUR)
    assert first.usual == pytest.approx(10 / 0.9)
    assert (first.shown, sum(first.counts)) == (50, 0)
    assert learn(first, PollFindings(MONDAY, MONDAY - HOUR), HOUR) is first
    # A feed that was polled before rhythms were learned: three polls between two articles.
    assert learn(None, PollFindings(MONDAY, MONDAY - HOUR), 5 * MINUTE).usual == pytest.approx(4)


# --- the floor -----------------------------------------------------------------------------------------------

EQUAL_PRICE = 21.0
SOME = ("agency, working days", "daily, Berlin", "news site that erupts", "evening paper", "ministry", "club", "blog")


def test_articles_are_seen_sooner_than_with_as_many_requests_at_even_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    # At this price of a request, these outlets are asked as often as every ten minutes.
    monkeypatch.setattr(poll_interval, "PRICE", EQUAL_PRICE)
    days, seeds = 21, (0, 1)
    drawn = [own_traces(days, seed, SOME) for seed in seeds]
    planned, fixed = (
        [
            total(follow(policy(seed), one, days, START + 14 * DAY) for one in traces)
            for seed, traces in zip(seeds, drawn, strict=True)
        ]
        for policy in (POLICIES["monitor"], POLICIES["every 10 minutes"])
    )
    assert mean(one.a_day for one in planned) <= mean(one.a_day for one in fixed)
    assert mean(one.delay(50) for one in planned) <= mean(one.delay(50) for one in fixed) / 2
    # With room: the few articles of quiet outlets make the tail, and a lucky draw must not hide it.
    assert mean(one.delay(99) for one in planned) <= 0.97 * mean(one.delay(99) for one in fixed)
    assert sum(one.missed + one.shown_longer for one in planned) == 0
