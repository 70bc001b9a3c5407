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
    health = after(NetworkHealth(watched=6), *((f"h{n}", "dns", n, n + 1) for n in range(4)))
    assert health.down
    assert health.suspects == {"h0", "h1", "h2", "h3"}


def test_it_is_down_since_the_first_attempt_that_failed() -> None:
    health = after(NetworkHealth(watched=2), ("alive", "", 0, 1), ("b", "dns", 5, 9), ("a", "dns", 4, 10))
    assert (health.down, health.since) == (True, at(4))
    assert after(health, ("b", "", 11, 12)).since is None


def test_the_first_answer_ends_it_whatever_it_says() -> None:
    down = after(NetworkHealth(watched=12), *((f"h{n}", "connect", n, n + 1) for n in range(9)))
    assert down.down
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


@pytest.mark.parametrize(
    ("watched", "first", "later"), [(2, 2, 2), (3, 3, 3), (4, 3, 3), (16, 11, 6), (60, 40, 20), (1000, 50, 50)]
)
def test_how_many_must_fail_is_a_share_of_how_many_there_are(watched: int, first: int, later: int) -> None:
    new = NetworkHealth(watched=watched)
    known = after(new, *((f"h{n}", "", n, n + 0.5) for n in range(watched)))
    for health, needed in ((new, first), (known, later)):
        failures = [(f"h{n}", "dns", 2000, 2001) for n in range(needed)]
        assert not after(health, *failures[1:]).down
        assert after(health, *failures).down


def test_hosts_that_do_not_answer_count_for_nothing_until_they_do() -> None:
    health = after(NetworkHealth(watched=6), *((host, "", 0, 1) for host in "abcde"), ("a", "dns", 2, 3))
    health = after(health, ("b", "", 3, 4), ("c", "timeout", 2, 60))
    assert health.living == {"b", "d", "e"}
    health = after(health, *((host, "dns", 61, 62) for host in "acdfb"))
    assert not health.down
    assert after(health, ("e", "dns", 63, 64)).down
    assert after(health, ("a", "status", 63, 64)).living == {"a", "e"}


def test_what_failed_in_an_outage_is_living_still() -> None:
    health = after(NetworkHealth(watched=3), *((host, "", 0, 1) for host in "abc"))
    down = after(health, *((host, "dns", 2, 3) for host in "abc"))
    assert down.down
    assert after(down, ("a", "", 4, 5)).living == {"a", "b", "c"}


def ask(health: NetworkHealth, order: list[float], failing: int) -> list[NetworkHealth]:
    """What is thought after each request to a host, named by its place; the first ones fail at once."""
    states = [health]
    for place in order:
        number, second = int(place * health.watched), len(states)
        states.append(after(states[-1], (str(number), "connect" if number < failing else "", second, second + 0.5)))
    return states


PLACES = st.lists(st.integers(0, 999).map(lambda number: number / 1000), max_size=99)
WATCHED = st.integers(4, 60)


@given(WATCHED, PLACES, PLACES, PLACES, st.floats(0, 1), st.floats(0, 1))
def test_fewer_than_a_third_that_die_together_are_not_the_network_in_any_order(
    watched: int, first: list[float], then: list[float], order: list[float], early: float, late: float
) -> None:
    dead = int(early * (2 * watched / 3 - 0.01))
    begun = ask(NetworkHealth(watched=watched), [*first, 0.999, *then], dead)
    living = watched - dead
    known = ask(begun[-1], [number / watched + 0.001 for number in range(watched)], dead)
    more = int(late * (max(min(living, 3), living / 3) - 0.01))
    assert not any(health.down for health in (*begun, *known, *ask(known[-1], order, dead + more)))


@given(WATCHED, PLACES, st.floats(0, 0.9), st.permutations(range(60)))
def test_a_dead_network_is_noticed_after_a_third_of_the_hosts_that_answered(
    watched: int, before: list[float], early: float, order: list[int]
) -> None:
    dead = int(early * watched)
    known = [*before, *(number / watched + 0.001 for number in range(watched))]
    health, asked = ask(NetworkHealth(watched=watched), known, dead)[-1], 0
    for number in (one for one in order if one < watched):
        if not health.down:
            health = after(health, (str(number), "timeout", 1000 + number, 2000))
            asked += number >= dead
    assert health.down
    assert asked <= max(3, (watched - dead + 2) // 3)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "dns", "timeout", "status"])), max_size=30))
def test_never_down_right_after_an_answer(outcomes: list[tuple[str, str]]) -> None:
    health = NetworkHealth(watched=6)
    for second, (host, reason) in enumerate(outcomes):
        health = after(health, (host, reason, second, second + 0.5))
        assert not (health.down and reason not in CONNECTION_ERRORS)
