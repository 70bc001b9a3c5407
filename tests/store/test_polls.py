"""Schedules, progress and gaps."""

from __future__ import annotations

from datetime import timedelta

from monitor.store import Store, feeds, hosts, polls
from tests.store.make import LEASE, MINUTE, NOW, feed, watch

HOUR = timedelta(hours=1)


def test_the_next_moment_follows_dues_leases_and_held_hosts(store: Store) -> None:
    with store.begin() as conn:
        assert polls.next_due(conn, NOW) is None
    watch(store, feed("a", "slow.example.org"))
    with store.begin() as conn:
        assert polls.next_due(conn, NOW) == NOW
        assert polls.due_count(conn, NOW) == 1
        assert polls.due_count(conn, NOW - MINUTE) == 0
        hosts.hold(conn, {"slow.example.org": NOW + MINUTE})
        assert polls.next_due(conn, NOW) == NOW + MINUTE
        assert polls.next_due(conn, NOW + MINUTE) == NOW
        (due,) = feeds.claim_due(conn, NOW + MINUTE, 1, LEASE)
        assert polls.next_due(conn, NOW + MINUTE) == NOW + MINUTE + LEASE
        feeds.finish(conn, [feeds.Polled(due.id, due.token, NOW, NOW + HOUR, MINUTE)])
        assert polls.next_due(conn, NOW + MINUTE) == NOW + HOUR


def test_a_start_waits_for_feeds_that_were_never_asked(store: Store) -> None:
    watch(store, feed("a"), feed("b"), epoch="start")
    with store.begin() as conn:
        first, second = feeds.claim_due(conn, NOW, 2, LEASE)
        assert polls.untried(conn) == {"start"}
        feeds.finish(conn, [feeds.Polled(first.id, first.token, NOW, NOW + HOUR, MINUTE, ok=False)])
        assert polls.untried(conn) == {"start"}
        feeds.finish(conn, [feeds.Polled(second.id, second.token, NOW, NOW + HOUR, MINUTE, ok=False)])
        assert polls.untried(conn) == set()
        assert polls.epochs(conn) == {"start": 2}


def test_outlets_can_be_polled_now(store: Store) -> None:
    watch(store, feed("a"), feed("b", outlet="other"), now=NOW + HOUR)
    with store.begin() as conn:
        assert polls.make_due(conn, NOW, ["other"]) == 1
        assert [due.state.outlet for due in feeds.claim_due(conn, NOW, 9, LEASE)] == ["other"]
        assert polls.make_due(conn, NOW) == 1


def test_states_are_found_by_address(store: Store) -> None:
    watch(store, feed("a"), feed("b"))
    with store.reading() as conn:
        assert set(polls.by_url(conn, [feed("a").url, "https://nowhere.example.org"])) == {feed("a").url}


def test_a_gap_is_recorded_once_and_can_be_filled(store: Store) -> None:
    watch(store, feed("a"))
    with store.begin() as conn:
        (due,) = feeds.claim_due(conn, NOW, 1, LEASE)
        for until in (NOW, NOW + MINUTE):
            polls.record_gap(conn, due.id, (NOW - HOUR, until), NOW)
        (gap,) = polls.open_gaps(conn)
        assert (gap.url, gap.outlet, gap.from_at, gap.to_at) == (feed("a").url, "tass", NOW - HOUR, NOW + MINUTE)
        assert polls.open_gaps(conn, since=NOW + HOUR) == []
        assert polls.fill_gap(conn, due.id, gap.from_at, NOW) == 1
        assert polls.fill_gap(conn, due.id, gap.from_at, NOW) == 0
        assert polls.open_gaps(conn) == []
