"""When to come back: the promises as properties, the policy by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching import PollHistory, PollOutcome, Rhythm, next_poll
from monitor.fetching.poll_interval import BACK_OFF_LIMIT, DAY, LONGEST, NETWORK_RETRY, SHORTEST, back_off
from monitor.fetching.rhythm import WEEK, start
from monitor.model import UpdateHints

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


jitters = st.floats(0, 1)
pasts = st.builds(
    PollHistory,
    every=st.none() | st.timedeltas(MINUTE, 6 * HOUR),
    interval=st.timedeltas(SHORTEST, LONGEST),
    failures=st.integers(0, 10_000),
    rhythm=st.none()
    | st.builds(
        Rhythm,
        since=st.integers(0, 2**32 - 1),
        updated=st.integers(0, 2**32 - 1),
        shown=st.integers(0, 65_535),
        usual=st.floats(0.001, 1e4),
        recent=st.floats(0, 6e4),
        counts=st.tuples(*[st.sampled_from([0.0, 0.5, 12.0, 6e4])] * WEEK),
    ),
)
errors = st.builds(
    PollOutcome,
    error=st.sampled_from(["timeout", "dns", "status", "html page", "refused", "too large"]),
    status=st.sampled_from([None, 400, 403, 404, 410, 429, 500, 503]),
    retry_after=st.none() | st.floats(0, 1e9),
)
successes = st.builds(PollOutcome, gap=st.booleans(), fresh_for=st.none() | st.floats(0, 1e12))


@given(pasts, successes, jitters)
def test_after_success_within_the_interval_and_never_in_the_past(
    past: PollHistory, outcome: PollOutcome, jitter: float
) -> None:
    planned = next_poll(past, outcome, NOW, jitter)
    assert NOW < planned.due <= NOW + planned.interval
    assert (planned.failures, planned.health) == (0, "ok")
    if past.every:
        assert planned.interval == past.every
    else:
        assert SHORTEST <= planned.interval <= LONGEST


@given(pasts, errors, jitters)
def test_no_outlet_is_ever_given_up(past: PollHistory, outcome: PollOutcome, jitter: float) -> None:
    planned = next_poll(past, outcome, NOW, jitter)
    longest = DAY if outcome.retry_after is not None or outcome.status in (404, 410) else BACK_OFF_LIMIT
    assert NOW < planned.due <= NOW + longest
    assert planned.failures == past.failures + 1
    assert planned.health != "ok"


@given(pasts, errors, jitters)
def test_a_dead_network_counts_against_nobody(past: PollHistory, outcome: PollOutcome, jitter: float) -> None:
    planned = next_poll(past, replace(outcome, network_down=True), NOW, jitter)
    assert NOW < planned.due <= NOW + 2 * NETWORK_RETRY
    assert (planned.interval, planned.failures, planned.health) == (past.interval, past.failures, "network")


@pytest.mark.parametrize("error", ["headers", "proxy"])
@given(past=pasts, jitter=jitters)
def test_what_is_ours_to_mend_is_tried_as_often_as_ever(error: str, past: PollHistory, jitter: float) -> None:
    planned = next_poll(past, PollOutcome(error=error), NOW, jitter)
    assert planned.due <= NOW + max(past.every or past.interval, SHORTEST)
    assert (planned.failures, planned.health) == (past.failures + 1, "failing")


@given(pasts, st.sampled_from([None, 429, 500, 503]), jitters)
def test_backing_off_never_gets_shorter(past: PollHistory, status: int | None, jitter: float) -> None:
    outcome = PollOutcome(error="status", status=status)
    dues = [next_poll(replace(past, failures=count), outcome, NOW, jitter).due for count in range(30)]
    assert dues == sorted(dues)
    assert dues[-1] >= NOW + BACK_OFF_LIMIT * 0.75


def test_backing_off_doubles_up_to_six_hours() -> None:
    delays = [back_off(10 * MINUTE, count) / MINUTE for count in range(1, 9)]
    assert delays == [10, 20, 40, 80, 160, 320, 360, 360]


def test_jitter_spreads_feeds_that_failed_together() -> None:
    dues = {next_poll(PollHistory(failures=9), PollOutcome(error="dns"), NOW, n / 10).due for n in range(11)}
    assert len(dues) == 11
    assert max(dues) - min(dues) == BACK_OFF_LIMIT / 4


@pytest.mark.parametrize(
    ("seconds", "interval", "delay"),
    [
        (0, 10 * MINUTE, 8.75 * MINUTE),
        (60, 10 * MINUTE, 8.75 * MINUTE),
        (7200, 10 * MINUTE, 2 * HOUR),
        (8 * 3600, MINUTE, 8 * HOUR),
        (1e9, MINUTE, DAY),
    ],
)
def test_a_server_is_left_alone_as_long_as_it_asks(seconds: float, interval: timedelta, delay: timedelta) -> None:
    planned = next_poll(
        PollHistory(interval=interval), PollOutcome(error="status", status=429, retry_after=seconds), NOW, 0.5
    )
    assert (planned.due, planned.health) == (NOW + delay, "slow down")


@given(pasts, st.none() | st.floats(-1e9, 1e9), jitters)
def test_no_stated_wait_switches_the_doubling_off(past: PollHistory, seconds: float | None, jitter: float) -> None:
    plain = next_poll(past, PollOutcome(error="status", status=503), NOW, jitter)
    asked = next_poll(past, PollOutcome(error="status", status=503, retry_after=seconds), NOW, jitter)
    assert plain.due <= asked.due <= max(plain.due, NOW + DAY)


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("every", [MINUTE, 5 * MINUTE, HOUR, 24 * HOUR])
def test_what_is_missing_backs_off_and_is_probed_daily_after_days_of_it(status: int, every: timedelta) -> None:
    past, now, shown = PollHistory(every=every), NOW, []
    while True:
        planned = next_poll(past, PollOutcome(error="status", status=status), now, 0.5)
        if planned.health == "gone":
            break
        shown.append(planned.due - now)
        past, now = replace(past, failures=planned.failures, missing=True), planned.due
    assert timedelta(days=2) < now - NOW < timedelta(days=5)
    assert shown == sorted(shown)
    assert shown[-1] <= BACK_OFF_LIMIT < planned.due - now <= DAY


def test_one_404_after_days_of_other_errors_is_not_believed() -> None:
    missing = PollOutcome(error="status", status=404)
    assert next_poll(PollHistory(failures=50), missing, NOW, 1).due == NOW + BACK_OFF_LIMIT
    assert next_poll(PollHistory(failures=50, missing=True), missing, NOW, 1).due == NOW + DAY


@pytest.mark.parametrize(
    ("outcome", "health"),
    [
        (PollOutcome(error="timeout"), "failing"),
        (PollOutcome(error="status", status=503), "slow down"),
        (PollOutcome(error="refused"), "refused"),
        (PollOutcome(error="html page"), "failing"),
    ],
)
def test_health_is_one_word(outcome: PollOutcome, health: str) -> None:
    assert next_poll(PollHistory(), outcome, NOW, 0.5).health == health


# --- how often a living feed is asked ------------------------------------------------------------------------


def interval(past: PollHistory, outcome: PollOutcome | None = None) -> float:
    return next_poll(past, outcome or PollOutcome(), NOW, 0.5).interval / MINUTE


def busy(an_hour: float, shown: int = 1000) -> Rhythm:
    """A feed of which nothing is known but its rate, and how many entries its page holds."""
    return replace(start(NOW, an_hour), shown=shown)


def test_a_configured_interval_is_kept_exactly() -> None:
    past = PollHistory(every=5 * MINUTE, interval=30 * MINUTE, rhythm=busy(60), budget=1, polls_today=900)
    planned = next_poll(past, PollOutcome(gap=True, fresh_for=3600), NOW, 1.0)
    assert (planned.due, planned.because) == (NOW + 5 * MINUTE, "`every:` in the files")


def test_a_busy_feed_is_asked_often_and_a_quiet_one_seldom() -> None:
    shown = [interval(PollHistory(interval=30 * MINUTE, rhythm=busy(rate))) for rate in (600, 60, 6, 0.6, 0.01)]
    assert shown == sorted(shown)
    assert shown[0] == 1
    assert shown[-1] == 30
    # Eight times as many articles are worth about two to three times as many requests, not eight.
    eightfold = interval(PollHistory(rhythm=busy(4))) / interval(PollHistory(rhythm=busy(32)))
    assert 2 < eightfold < 8**0.5


def test_no_article_waits_longer_than_ten_minutes_unless_hardly_one_is_expected() -> None:
    shown = [interval(PollHistory(interval=30 * MINUTE, rhythm=busy(rate))) for rate in (1.5, 0.8, 0.5, 0.25, 0.05)]
    assert shown[0] < 10
    assert shown[1:3] == [10, 10]
    assert 10 < shown[3] < shown[4]


def test_it_slows_down_step_by_step_and_speeds_up_at_once() -> None:
    slower = next_poll(PollHistory(interval=2 * MINUTE, rhythm=busy(0.01)), PollOutcome(), NOW, 0.5)
    assert slower.interval == 3 * MINUTE
    assert slower.because.startswith("slowing down step by step")
    first = next_poll(PollHistory(interval=2 * MINUTE, rhythm=busy(0.01), read_before=False), PollOutcome(), NOW, 0.5)
    assert first.interval == slower.interval
    assert first.because.startswith("a new feed is looked at soon again: ")
    assert interval(PollHistory(interval=30 * MINUTE, rhythm=busy(600))) == 1


def test_a_gap_halves_the_interval_whatever_else_is_said() -> None:
    past = PollHistory(interval=8 * MINUTE, rhythm=busy(0.01))
    assert interval(past, PollOutcome(gap=True, fresh_for=3600)) == 4
    assert interval(replace(past, interval=MINUTE), PollOutcome(gap=True)) == 1


def test_at_most_half_of_a_page_is_new() -> None:
    wide, narrow = (PollHistory(interval=30 * MINUTE, rhythm=busy(100, shown)) for shown in (100, 2))
    assert interval(wide) > 1.2 * interval(narrow)
    assert "its page holds 2" in next_poll(narrow, PollOutcome(), NOW, 0.5).because


def test_freshness_is_a_hint_of_ten_minutes_at_most() -> None:
    past = PollHistory(rhythm=busy(600))
    assert interval(past, PollOutcome(fresh_for=300)) == 5
    assert interval(past, PollOutcome(fresh_for=31_536_000)) == 10
    quiet = PollHistory(interval=25 * MINUTE, rhythm=busy(0.01))
    assert interval(quiet, PollOutcome(fresh_for=60)) == 30


def test_a_stated_interval_lengthens_where_no_article_is_expected_within_it() -> None:
    hourly = PollHistory(interval=25 * MINUTE, hints=UpdateHints(60))
    quiet = next_poll(replace(hourly, rhythm=busy(0.9)), PollOutcome(), NOW, 0.5)
    assert (quiet.interval, quiet.because) == (30 * MINUTE, "the feed asks for that long (ttl, sy:updatePeriod)")
    assert interval(replace(hourly, rhythm=busy(0.9), hints=UpdateHints(20))) == 20
    # A feed that publishes more often than it says is asked as if it had said nothing.
    often = replace(hourly, rhythm=busy(3))
    assert interval(often) == interval(replace(often, hints=UpdateHints())) < 15
    assert interval(replace(hourly, rhythm=busy(0.9)), PollOutcome(gap=True)) == 12.5
    assert interval(replace(hourly, every=5 * MINUTE)) == 5


def test_a_stated_interval_is_kept_from_the_first_poll_on() -> None:
    """Only what the rhythm wants comes step by step."""
    young = PollHistory(interval=5 * MINUTE, rhythm=busy(0.01))
    assert interval(young) == 7.5
    assert interval(replace(young, hints=UpdateHints(25))) == 25
    assert interval(replace(young, hints=UpdateHints(24 * 60))) == 30
    assert interval(young, PollOutcome(fresh_for=600)) == 10


def test_hours_that_a_feed_wants_skipped_are_unless_something_comes_in_them() -> None:
    noon = int(NOW.timestamp()) // 3600 % WEEK  # NOW is 12:00
    past = PollHistory(interval=25 * MINUTE, rhythm=busy(0.01), hints=UpdateHints(0, (noon, noon + 1)))
    planned = next_poll(past, PollOutcome(), NOW, 0.5)
    assert planned.due == NOW + 2 * HOUR
    assert planned.because == "the feed wants the hours before to be skipped (skipHours, skipDays)"
    counts = [0.0] * WEEK
    counts[noon + 1] = 1.0
    seen = replace(past, rhythm=replace(busy(0.01), counts=tuple(counts)))
    for other, outcome in ((seen, PollOutcome()), (past, PollOutcome(gap=True)), (replace(past, every=HOUR), None)):
        assert next_poll(other, outcome or PollOutcome(), NOW, 0.5).due < NOW + HOUR
    days = next_poll(replace(past, hints=UpdateHints(0, tuple(range(noon, noon + 48)))), PollOutcome(), NOW, 1)
    assert days.due == NOW + 30 * MINUTE + 12 * HOUR


def polls_of_a_day(rhythm: Rhythm, budget: int, *, gap: bool = False) -> list[datetime]:
    """When a feed is polled on the day after NOW's."""
    now = midnight = datetime(2026, 11, 24, tzinfo=UTC)
    rhythm = replace(rhythm, counts=(rhythm.usual * 5.0,) * WEEK, since=rhythm.since - 10 * WEEK)
    polls, past = [], PollHistory(rhythm=rhythm, budget=budget)
    while now < midnight + DAY:
        polls.append(now)
        past = replace(past, polls_today=len(polls))
        planned = next_poll(past, PollOutcome(gap=gap), now, len(polls) % 7 / 7)
        past, now = replace(past, interval=planned.interval), planned.due
    return polls


@pytest.mark.parametrize("gap", [False, True])
@pytest.mark.parametrize("budget", [1, 20, 100, 300])
def test_no_more_is_asked_than_the_budget_of_the_day(budget: int, gap: bool) -> None:
    polls = polls_of_a_day(busy(60), budget, gap=gap)
    assert 0.75 * budget <= len(polls) <= budget
    if not gap:
        # Spread over the day, and not used up by noon.
        assert len([one for one in polls if one.hour >= 12]) >= 0.35 * (budget - 1)


def test_a_budget_that_suffices_changes_nothing() -> None:
    past = PollHistory(rhythm=busy(6))
    assert next_poll(replace(past, budget=1440), PollOutcome(), NOW, 0.5) == next_poll(past, PollOutcome(), NOW, 0.5)
    spent = next_poll(replace(past, budget=200, polls_today=200), PollOutcome(), NOW, 0.5)
    assert spent.due == datetime(2026, 11, 24, tzinfo=UTC)
    assert spent.because == "`requests_a_day` leaves 0 until midnight UTC"
    failed = next_poll(replace(past, budget=200, polls_today=200), PollOutcome(error="timeout"), NOW, 0.5)
    assert failed.due == datetime(2026, 11, 24, tzinfo=UTC)
