"""A host that allows more at once is leased lane by lane, each with its share of what is due there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest

from monitor.store import Store, clock_repair, fulltext_queue, host_lanes, host_leases, host_state, leases
from monitor.store.host_claims import SLICE, HostWork
from monitor.store.host_leases import HostLease, HostPause
from monitor.store.host_state import HostState
from tests.store.make import LEASE, MINUTE, NOW, feed, watch
from tests.store.test_host_claims import ask_for, claim, end

BIG = "big.test"


def allow(store: Store, at_once: int, delay: timedelta | None = timedelta(0)) -> None:
    with store.begin() as conn:
        if delay is not None:
            host_state.keep_robots(conn, [HostState(BIG, crawl_delay=delay)])
        host_lanes.open_lanes(conn, {BIG: at_once})


@pytest.fixture
def big(store: Store) -> Store:
    """A store with sixty feeds of a host that allows three at once."""
    watch(store, *[feed(str(n), host=BIG) for n in range(6 * SLICE)], feed("a", host="small.test"))
    allow(store, 3)
    return store


def lanes_of(works: Collection[HostWork]) -> list[str]:
    return [lease.lane for work in works for lease in work.leases if lease.host == BIG]


def end_all(store: Store, work: HostWork, now: Any = NOW) -> None:
    assert [end(store, due, now) for due in work.feeds] == [1] * len(work.feeds)


def pause(store: Store, one: HostLease, until: Any, **rest: Any) -> None:
    with store.begin() as conn:
        host_leases.pause(conn, [HostPause(one.host, one.token, until, lane=one.lane, **rest)])


def test_each_claim_gets_a_lane_with_feeds_of_its_own(big: Store) -> None:
    works = [claim(big, worker) for worker in ("one", "two", "one")]
    assert lanes_of(works) == ["", "big.test|2", "big.test|3"]
    assert all(lease.is_shared for work in works for lease in work.leases if lease.host == BIG)
    polled = [due for work in works for due in work.feeds if due.state.host == BIG]
    assert len(polled) == len({due.id for due in polled}) == 3 * SLICE
    assert {due.lane for due in works[1].feeds} == {"big.test|2"}
    assert claim(big, "three") == HostWork(), "more than that may not ask"
    end_all(big, works[1])
    last = claim(big, "three")
    assert (lanes_of([last]), len(last.feeds)) == (["big.test|2"], SLICE)


def test_pages_are_shared_out_as_feeds_are(big: Store) -> None:
    ask_for(big, *range(3 * SLICE), host=BIG)
    works = [claim(big, worker) for worker in ("one", "two")]
    assert [len(work.pages) for work in works] == [SLICE, SLICE]
    assert {page.lane for page in works[1].pages} == {"big.test|2"}
    with big.begin() as conn:
        assert all(fulltext_queue.finish(conn, page) for page in works[1].pages)
    assert claim(big, "three").leases[0].lane == "big.test|3", "feeds are still polled in the second lane"
    end_all(big, works[1])
    assert lanes_of([claim(big, "three")]) == ["big.test|2"]


@pytest.mark.parametrize("delay", [None, timedelta(seconds=1)], ids=["unknown", "stated"])
def test_a_host_is_asked_by_one_while_its_crawl_delay_is_unknown_or_says_how_often(
    store: Store, delay: timedelta | None
) -> None:
    watch(store, *[feed(str(n), host=BIG) for n in range(2 * SLICE)])
    allow(store, 3, delay)
    assert lanes_of([claim(store, "one"), claim(store, "two")]) == [""]
    allow(store, 3)
    assert lanes_of([claim(store, "two")]) == ["big.test|2"]


def test_what_a_host_asks_for_in_one_lane_rests_all(big: Store) -> None:
    works = [claim(big, worker) for worker in ("one", "two", "three")]
    first, second, third = (next(one for one in work.leases if one.host == BIG) for work in works)
    later = NOW + 2 * MINUTE
    pause(big, second, later, rest_until=later, hangs=2)
    pause(big, first, NOW + timedelta(seconds=1))
    pause(big, third, NOW + timedelta(seconds=1), rest_until=later)
    for work in works:
        end_all(big, work)
    early = claim(big, "one", later - timedelta(seconds=1))
    assert lanes_of([early]) == [], "no lane ends the rest of all"
    again = [claim(big, worker, later) for worker in ("one", "two")]
    assert lanes_of(again) == ["", "big.test|2"]
    assert [lease.hangs for work in again for lease in work.leases if lease.host == BIG] == [0, 2]


def test_the_gap_of_one_lane_rests_no_other(big: Store) -> None:
    works = [claim(big, worker) for worker in ("one", "two")]
    own = next(one for one in works[0].leases if one.host == BIG)
    pause(big, own, NOW + MINUTE)
    end_all(big, works[0])
    end_all(big, works[1])
    assert lanes_of([claim(big, "one"), claim(big, "one")]) == ["big.test|2", "big.test|3"]


def test_lanes_that_are_allowed_later_keep_what_the_host_asked_for(store: Store) -> None:
    watch(store, *[feed(str(n), host=BIG) for n in range(3 * SLICE)])
    work = claim(store)
    pause(store, work.leases[0], NOW + MINUTE)
    allow(store, 2)
    assert claim(store, "two") == HostWork()
    assert lanes_of([claim(store, "two", NOW + MINUTE)]) == ["big.test|2"]


def test_a_lane_under_way_goes_on_when_fewer_are_allowed_and_is_not_leased_again(big: Store) -> None:
    works = [claim(big, worker) for worker in ("one", "two", "three")]
    with big.begin() as conn:
        host_lanes.open_lanes(conn, {})
    end_all(big, works[0])
    assert lanes_of([claim(big, "one"), claim(big, "four")]) == [""]
    end_all(big, works[1])
    assert claim(big, "four") == HostWork()
    allow(big, 3)
    assert lanes_of([claim(big, "four"), claim(big, "five")]) == ["big.test|2"], "the third lane has not ended yet"
    end_all(big, works[2])


def test_a_worker_that_died_gives_back_its_lanes(big: Store) -> None:
    for worker in ("one", "two", "two"):
        claim(big, worker)
    with big.begin() as conn:
        leases.release_all(conn, "two")
    assert lanes_of([claim(big, "three"), claim(big, "four")]) == ["big.test|2", "big.test|3"]


def test_a_clock_that_was_ahead_leaves_no_pause_in_a_lane(big: Store) -> None:
    ahead = NOW + timedelta(hours=5)
    works = [claim(big, worker, ahead) for worker in ("one", "two")]
    for work in works:
        pause(big, next(one for one in work.leases if one.host == BIG), ahead + MINUTE)
        end_all(big, work, ahead)
    with big.begin() as conn:
        clock_repair.repair(conn, NOW, LEASE, {True: MINUTE, False: MINUTE})
        waits = conn.exec_driver_sql("SELECT max(next_allowed_at) FROM hosts").scalar_one()
    assert waits == int((NOW + MINUTE).timestamp() * 1_000_000)


def test_only_its_own_lane_is_lent_for_one_request(big: Store) -> None:
    claim(big, "one")
    with big.begin() as conn:
        assert host_leases.borrow(conn, BIG, "two:1", NOW, NOW + LEASE) is None
        lent = host_leases.borrow(conn, BIG, "one:1", NOW, NOW + LEASE)
        assert lent
        assert (lent.lane, lent.is_shared) == ("", True)
