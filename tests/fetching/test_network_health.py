"""Telling a dead network from dead outlets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching import NetworkHealth
from monitor.fetching.network_health import CONNECTION_ERRORS

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def after(health: NetworkHealth, *attempts: tuple[str, str, float, float]) -> NetworkHealth:
    for host, reason, started, ended in attempts:
        health = health.after(host, reason, at(started), at(ended))
    return health


def test_everything_failing_at_once_is_the_network() -> None:
    health = after(NetworkHealth(watched=60), *((f"h{n}", "dns", n, n + 1) for n in range(4)))
    assert health.down
    assert health.suspects == {"h0", "h1", "h2", "h3"}


def test_it_is_down_since_the_first_attempt_that_failed() -> None:
    health = after(NetworkHealth(watched=2), ("alive", "", 0, 1), ("b", "dns", 5, 9), ("a", "dns", 4, 10))
    assert (health.down, health.since) == (True, at(4))
    assert after(health, ("b", "", 11, 12)).since is None


def test_the_first_answer_ends_it_whatever_it_says() -> None:
    down = after(NetworkHealth(watched=60), *((f"h{n}", "connect", n, n + 1) for n in range(9)))
    for reason in ("", "status", "too large", "html page", "protocol"):
        recovered = after(down, ("h", reason, 10, 11))
        assert not recovered.down
        assert recovered.suspects == frozenset()


def test_a_few_dead_outlets_among_living_ones_are_not_the_network() -> None:
    health = NetworkHealth(watched=60)
    for n in range(50):
        health = after(health, (f"dead{n}", "dns", n, n + 0.5), (f"alive{n}", "", n, n + 0.7))
        assert not health.down


def test_a_hundred_that_hang_together_are_not_the_network() -> None:
    health = after(NetworkHealth(watched=1000), ("alive", "", 0, 30))
    health = after(health, *((f"hang{n}", "timeout", 0, 60) for n in range(100)))
    assert not health.down


def test_one_host_failing_again_and_again_is_that_host() -> None:
    health = after(NetworkHealth(watched=60), *(("a", "connect", n, n + 1) for n in range(99)))
    assert not health.down
    alone = after(NetworkHealth(watched=1), *(("a", "connect", n, n + 1) for n in range(99)))
    assert not alone.down


def test_without_a_route_one_word_is_enough_for_one_host_and_not_for_many() -> None:
    assert not after(NetworkHealth(watched=60), ("six-only", "network", 0, 1)).down
    health = after(NetworkHealth(watched=1), ("a", "network", 0, 1))
    assert health.down
    assert not after(health, ("a", "", 2, 3)).down


def test_a_refusal_by_our_own_gate_says_nothing() -> None:
    health = after(NetworkHealth(watched=60), *((f"h{n}", "dns", n, n + 1) for n in range(4)))
    assert after(health, ("x", "refused", 5, 6)) == health


@pytest.mark.parametrize(("watched", "needed"), [(0, 2), (1, 2), (2, 2), (3, 3), (60, 4), (1000, 23)])
def test_how_many_must_fail_grows_with_how_many_there_are(watched: int, needed: int) -> None:
    assert NetworkHealth(watched=watched).needed == needed


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "dns", "timeout", "status"])), max_size=30))
def test_never_down_right_after_an_answer(outcomes: list[tuple[str, str]]) -> None:
    health = NetworkHealth(watched=6)
    for second, (host, reason) in enumerate(outcomes):
        health = after(health, (host, reason, second, second + 0.5))
        assert not (health.down and reason not in CONNECTION_ERRORS)
