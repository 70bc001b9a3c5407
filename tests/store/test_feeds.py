"""Feeds follow the files; a claim is exclusive, expires by itself, and ends only with its token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.hostnames import host_of
from monitor.model import Feed
from monitor.store import Store, feeds, leases, poll_records, tables
from tests.store.make import LEASE, MINUTE, NOW, again, claim_feeds, feed, leave_alone, watch

LATER = NOW + timedelta(hours=1)


def claim(store: Store, now: Any = NOW, limit: int = 100) -> list[feeds.DueFeed]:
    with store.begin() as conn:
        return claim_feeds(conn, now, limit, LEASE)


def end(store: Store, due: feeds.DueFeed, **how: Any) -> int:
    given: dict[str, Any] = {"at": NOW, "due_at": LATER, "interval": MINUTE}
    with store.begin() as conn:
        return feeds.finish(conn, [feeds.PollEnd(due.id, due.token, **(given | how))])


def states(store: Store, *, active: bool = True) -> dict[str, feeds.FeedState]:
    with store.reading() as conn:
        return {state.url: state for state in poll_records.states(conn, active=active)}


def test_feeds_are_added_removed_and_taken_again_as_the_files_say(store: Store) -> None:
    a, b = feed("a"), feed("b")
    for _ in range(2):
        watch(store, a, b)
        assert set(states(store)) == {a.url, b.url}
    watch(store, b)
    assert list(states(store)) == [b.url]
    assert set(states(store, active=False)) == {a.url, b.url}
    watch(store, a, b)
    assert set(states(store)) == {a.url, b.url}


def test_a_feed_named_twice_is_one_feed(store: Store) -> None:
    watch(store, feed("a"), feed("a", outlet="other"))
    assert list(states(store)) == [feed("a").url]
    assert states(store)[feed("a").url].outlet == "other"


def test_an_edited_entry_changes_the_feed_and_keeps_what_is_known_of_it(store: Store) -> None:
    watch(store, feed("a"))
    end(store, claim(store)[0], etag="x")
    watch(store, feed("a", outlet="renamed", kind="page"))
    state = states(store)[feed("a").url]
    assert (state.outlet, state.kind, state.etag, state.due_at) == ("renamed", "page", "x", LATER)


def test_a_new_feed_is_due_at_once_and_carries_the_epoch_until_its_first_success(store: Store) -> None:
    watch(store, feed("a"), feed("b"), batch_id="start")
    a, b = claim(store)
    assert {a.state.batch_id, b.state.batch_id} == {"start"}
    end(store, a, ok=False, failures=1, error="timeout")
    end(store, b)
    with store.reading() as conn:
        assert [one.url for one in poll_records.states(conn) if one.batch_id == "start"] == [a.state.url]
    end(store, claim(store, LATER)[0])
    with store.reading() as conn:
        assert {one.batch_id for one in poll_records.states(conn)} == {None}


def test_a_returned_feed_is_collected_like_a_new_one(store: Store) -> None:
    watch(store, feed("a"))
    end(store, claim(store)[0])
    watch(store)
    watch(store, feed("a"), batch_id="reload 7")
    assert states(store)[feed("a").url].batch_id == "reload 7"
    assert [due.state.url for due in claim(store)] == [feed("a").url]


def test_claims_take_the_longest_due_first_and_nobody_elses(store: Store) -> None:
    young = feed("young", host="young.example.org")
    watch(store, young, now=NOW)
    watch(store, young, feed("old"), now=NOW - MINUTE)
    assert [due.state.url for due in claim(store, limit=1)] == [feed("old").url]
    assert [due.state.url for due in claim(store)] == [young.url]
    assert claim(store) == []


def test_a_lease_expires_by_itself_and_the_late_holder_changes_nothing(store: Store) -> None:
    watch(store, feed("a"))
    (late,) = claim(store)
    assert claim(store, NOW + LEASE - MINUTE) == []
    (second,) = claim(store, NOW + LEASE)
    assert second.token != late.token
    with store.begin() as conn:
        assert feeds.still_held(conn, [(late.id, late.token)]) == set()
        assert feeds.still_held(conn, [(second.id, second.token)]) == {second.id}
    assert end(store, late, etag="late") == 0
    assert states(store)[feed("a").url].etag == ""
    assert end(store, second, etag="x") == 1


def test_a_feed_that_left_the_files_while_it_was_polled_is_discarded(store: Store) -> None:
    watch(store, feed("a"))
    (due,) = claim(store)
    watch(store)
    with store.begin() as conn:
        assert feeds.still_held(conn, [(due.id, due.token)]) == set()
    assert end(store, due) == 0


def test_a_success_keeps_what_it_learned(store: Store) -> None:
    watch(store, feed("a"))
    (due,) = claim(store)
    learned: dict[str, Any] = {
        "etag": '"1"',
        "last_modified": "Sun, 01 Nov 2026",
        "body_hash": b"\x00\xff",
        "moved_to": "https://tass.example.org/new.rss",
        "newest_published_at": NOW - MINUTE,
    }
    end(store, due, full=True, new=3, health="ok", **learned)
    state = states(store)[feed("a").url]
    assert {name: getattr(state, name) for name in learned} == learned
    assert state.last_full_at == state.last_ok_at == state.last_new_at == state.last_poll_at == NOW
    assert (state.health, state.interval) == ("ok", MINUTE)
    end(store, claim(store, LATER)[0], at=LATER, due_at=LATER + MINUTE, etag='"2"')
    state = states(store)[feed("a").url]
    assert (state.etag, state.last_full_at, state.last_new_at, state.last_ok_at) == ('"2"', NOW, NOW, LATER)
    assert state.moved_to is None


def test_a_failure_keeps_the_validators_of_the_last_complete_body(store: Store) -> None:
    watch(store, feed("a"))
    end(store, claim(store)[0], etag="good", body_hash=b"h")
    end(store, claim(store, LATER)[0], ok=False, failures=2, health="failing", error="timeout\x00", at=LATER)
    state = states(store)[feed("a").url]
    assert (state.etag, state.body_hash, state.failures, state.last_error) == ("good", b"h", 2, "timeout")
    assert (state.last_ok_at, state.last_poll_at) == (NOW, LATER)


def test_a_host_that_asks_for_patience_gets_it(store: Store) -> None:
    watch(store, feed("a", "slow.example.org"), feed("b", "quick.example.org"))
    with store.begin() as conn:
        leave_alone(conn, {"slow.example.org": NOW + MINUTE})
    assert [due.state.host for due in claim(store)] == ["quick.example.org"]
    assert [due.state.host for due in claim(store, NOW + MINUTE)] == ["slow.example.org"]


def test_stopping_and_starting_give_claims_back(store: Store) -> None:
    watch(store, feed("a"), feed("b"))
    a, b = claim(store, limit=2)
    assert a.token == b.token
    with store.begin() as conn:
        assert feeds.release(conn, [(a.id, "another")]) == 0
        assert feeds.release(conn, [(a.id, a.token)]) == 1
        assert feeds.release(conn, []) == 0
    assert claim(store) == [], "the other one still holds their host"
    with store.begin() as conn:
        assert feeds.release(conn, [(b.id, b.token)]) == 1
    assert {due.id for due in claim(store)} == {a.id, b.id}
    with store.begin() as conn:
        assert leases.release_all(conn, "another") == 0
        assert leases.release_all(conn, "embedded") == 3


def test_two_workers_never_claim_the_same_feed(make_store: Any) -> None:
    store = make_store("postgresql")
    watch(store, *[feed(str(n), host=f"{n}.example.org") for n in range(10)])
    with Store.open(again(store)) as other:
        with store.begin() as mine:
            first = claim_feeds(mine, NOW, 4, LEASE)
        with other.begin() as theirs:
            second = claim_feeds(theirs, NOW, 100, LEASE)
    assert (len(first), len(second)) == (4, 6)
    assert not {due.id for due in first} & {due.id for due in second}


_SPELLINGS = ["https://example.org/1", "https://example.org./2", "https://EXAMPLE.org.:8443/3", "https://Example.Org/4"]


@pytest.mark.parametrize("asked", _SPELLINGS)
def test_a_host_that_asked_to_be_left_alone_is_by_every_spelling_of_its_name(store: Store, asked: str) -> None:
    watched = [Feed(url, "outlet", "syndication") for url in _SPELLINGS]
    watch(store, *watched, feed("other"))
    with store.begin() as conn:
        leave_alone(conn, {host_of(asked): LATER})
    assert [due.state.url for due in claim(store)] == [feed("other").url]


def test_hosts_that_an_older_version_spelled_otherwise_are_put_right(store: Store) -> None:
    watched = [Feed(url, "outlet", "syndication") for url in _SPELLINGS]
    watch(store, *watched)
    with store.begin() as conn:
        conn.execute(sa.update(tables.feeds).values(host="example.org."))
    watch(store, *watched)
    with store.begin() as conn:
        assert set(conn.execute(sa.select(tables.feeds.c.host)).scalars()) == {"example.org"}
