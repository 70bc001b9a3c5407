"""From when on an outlet counts as broken or silent: to the minute, by its own failures and by those of others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.fetching.publishing_hours import PublishingHours
from monitor.model import Feed, Outlet
from monitor.steps.outlet_alarms import broken, silent
from monitor.store.column_types import EPOCH
from monitor.store.feeds import FeedState
from tests.steps.feed_states import NOW, feed_state

MINUTE = timedelta(minutes=1)


def failing(outlet: str, failures: int, minutes: float | None, url: str = "/rss", error: str = "timeout") -> FeedState:
    """A feed that failed so often in a row and was last read so many minutes ago, or never."""
    read_at = None if minutes is None else NOW - minutes * MINUTE
    return feed_state(
        url=f"https://{outlet}.test{url}",
        outlet=outlet,
        failures=failures,
        health="unreachable",
        last_ok_at=read_at,
        last_new_at=read_at,
        last_error=error,
    )


def outlets(count: int = 100, feeds: int = 1) -> dict[str, Outlet]:
    names = [f"o{number}" for number in range(count)]
    return {name: Outlet(name, name, tuple(Feed(f"https://{n}.test", name) for n in range(feeds))) for name in names}


@pytest.mark.parametrize(
    ("failures", "minutes", "is_broken"),
    [(3, 30, True), (9, 90, True), (2, 90, False), (3, 29.9, False), (3, None, True), (2, None, False)],
)
def test_an_outlet_is_broken_after_three_failures_and_half_an_hour(
    failures: int, minutes: float | None, is_broken: bool
) -> None:
    assert list(broken([failing("o1", failures, minutes)], outlets(), NOW)) == (["o1"] if is_broken else [])


@pytest.mark.parametrize(
    ("count", "watched", "minutes", "are_broken"),
    [(5, 50, 5, True), (4, 20, 5, False), (5, 51, 5, False), (6, 51, 5, True), (5, 50, 4.9, False)],
)
def test_where_a_tenth_and_five_fail_they_are_broken_sooner(
    count: int, watched: int, minutes: float, are_broken: bool
) -> None:
    states = [failing(f"o{number}", 3, minutes) for number in range(count)]
    assert len(broken(states, outlets(watched), NOW)) == (count if are_broken else 0)


def test_where_many_fail_those_that_failed_twice_are_broken_too() -> None:
    states = [failing(f"o{number}", 3, 5) for number in range(5)]
    more = [failing("o7", 2, 0), failing("o8", 1, 90), failing("o9", 2, 0)]
    assert list(broken([*states, *more], outlets(50), NOW)) == ["o0", "o1", "o2", "o3", "o4", "o7", "o9"]
    assert list(broken([*states[1:], *more], outlets(50), NOW)) == []


def test_a_text_is_about_the_worst_feed_of_an_outlet_that_is_watched() -> None:
    states = [
        failing("o1", 3, 40, "/1", "refused"),
        failing("o1", 4, 50, "/2", "no answer from https://user:secret@o1.test/2"),
        failing("o2", 3, None, error=""),
        failing("gone", 3, 40),
    ]
    found = broken(states, outlets(3, feeds=2), NOW)
    assert list(found) == ["o1", "o2"]
    for said in ("no answer", "https://o1.test/2", "one of 2 feeds", "2026-11-23 09:10 UTC"):
        assert said in found["o1"]
    assert "secret" not in found["o1"]
    assert all(said in found["o2"] for said in ("unreachable", "never read"))
    assert "feeds" not in broken(states, outlets(3), NOW)["o2"]


def hourly(last: datetime, hours: int = 24 * 20) -> PublishingHours:
    """An outlet that had something in each hour until this one."""
    found = PublishingHours()
    for ago in range(hours)[::-1]:
        found = found.with_hour_of(last - timedelta(hours=ago))
    return found


@pytest.mark.parametrize(
    ("newest", "hours", "is_silent"),
    [
        (EPOCH, 6, False),
        (EPOCH, 7, True),
        (NOW, 7, True),
        (NOW + timedelta(hours=1), 7, False),
        (NOW + timedelta(hours=1), 8, True),
    ],
)
def test_an_outlet_is_silent_from_the_later_of_its_hours_and_its_newest_article(
    newest: datetime, hours: int, is_silent: bool
) -> None:
    known = {"o1": (hourly(NOW), newest)}
    found = silent(known, NOW + timedelta(hours=hours))
    assert list(found) == (["o1"] if is_silent else [])


def test_an_outlet_without_a_habit_is_never_silent() -> None:
    assert silent({"o1": (hourly(NOW, 3), EPOCH)}, NOW + timedelta(days=9)) == {}


def test_silent_outlets_are_told_each_with_its_moment() -> None:
    known = {"o2": (hourly(NOW), EPOCH), "o1": (hourly(NOW), NOW + 20 * MINUTE)}
    found = silent(known, NOW + timedelta(days=1))
    assert list(found) == ["o1", "o2"]
    assert "since 2026-11-23 10:20 UTC" in found["o1"]
    assert "since 2026-11-23 10:00 UTC" in found["o2"]


def test_what_to_do_about_a_feed_that_wants_to_know_who_asks_is_told() -> None:
    found = broken(
        [failing("o1", 3, None, error="status: 401"), failing("o2", 3, None, error="status: 403")], outlets(), NOW
    )
    assert found["o1"].endswith(
        "never read; write USER:PASSWORD@ before the host of its address, or give header_files: or login:"
    )
    assert found["o2"].endswith("never read")
