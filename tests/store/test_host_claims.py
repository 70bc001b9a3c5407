"""Hosts are claimed whole: one worker at a time asks a host, for a bounded part of what is due there."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from monitor.store import Store, feeds, fulltext_queue, host_claims, host_lanes, host_leases, host_state, leases
from monitor.store.feeds import DueFeed
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.host_claims import SLICE, HostWork, Room
from monitor.store.host_leases import HostPause
from monitor.store.host_state import HostState
from tests.store.make import LEASE, MINUTE, NOW, feed, leave_alone, watch

ROOM = Room(100, 20, 10)
SHARED = "0.test"
DAY = timedelta(days=1)


def claim(store: Store, worker: str = "one", now: Any = NOW, room: Room = ROOM, lease: timedelta = LEASE) -> HostWork:
    with store.begin() as conn:
        return host_claims.claim(conn, worker, now, room, lease)


def end(store: Store, due: DueFeed, now: Any = NOW) -> int:
    with store.begin() as conn:
        return feeds.finish(conn, [feeds.PollEnd(due.id, due.token, now, now + MINUTE, MINUTE)])


def ask_for(
    store: Store, *articles: int, host: str, until: Any = NOW + MINUTE, awaited: bool = True, due: Any = NOW
) -> None:
    requests = [FulltextRequest(id_, due, until, host, awaited=awaited) for id_ in articles]
    with store.begin() as conn:
        fulltext_queue.request(conn, requests)


def hosts_of(work: HostWork) -> set[str]:
    return {lease.host for lease in work.leases}


def test_feeds_and_pages_of_a_host_go_to_one_worker_until_all_of_them_have_ended(store: Store) -> None:
    watch(store, feed("a", host="x.test"), feed("b", host="x.test"))
    ask_for(store, 7, host="x.test")
    work = claim(store)
    assert (hosts_of(work), len(work.feeds), len(work.pages)) == ({"x.test"}, 2, 1)
    tokens = [due.token for due in work.feeds] + [page.token for page in work.pages]
    assert set(tokens) == {work.leases[0].token}
    assert work.leases[0].token.startswith("one:")
    ask_for(store, 8, host="x.test")
    for due in work.feeds:
        assert claim(store, "two") == HostWork()
        end(store, due)
    assert claim(store, "two") == HostWork(), "a page is still being read there"
    with store.begin() as conn:
        assert fulltext_queue.finish(conn, work.pages[0])
    assert [page.article_id for page in claim(store, "two").pages] == [8]


def test_a_page_is_claimed_with_its_own_host_and_not_with_that_of_its_feed(store: Store) -> None:
    watch(store, feed("a", host="feeds.test"))
    ask_for(store, 7, host="pages.test")
    assert hosts_of(claim(store)) == {"feeds.test", "pages.test"}


def test_very_many_feeds_of_one_host_take_turns_with_the_others(store: Store) -> None:
    many = [feed(str(n), host="aggregator.test") for n in range(3 * SLICE)]
    watch(store, *many, now=NOW - MINUTE)
    watch(store, *many, feed("a", host="small.test"))
    counts = Counter(due.state.host for due in claim(store, room=Room(SLICE)).feeds)
    assert counts == {"aggregator.test": SLICE - 1, "small.test": 1}
    first = claim(store, now=NOW + LEASE)
    assert Counter(due.state.host for due in first.feeds)["aggregator.test"] == SLICE
    for due in first.feeds:
        end(store, due, NOW + LEASE)
    second = claim(store, now=NOW + LEASE)
    assert [due.state.host for due in second.feeds] == ["aggregator.test"] * SLICE
    assert not {due.id for due in first.feeds} & {due.id for due in second.feeds}


def test_a_host_with_a_long_crawl_delay_is_given_out_one_by_one(store: Store) -> None:
    delays = {"slow.test": timedelta(seconds=5), "quick.test": timedelta(seconds=4)}
    with store.begin() as conn:
        host_state.keep_robots(conn, [HostState(host, crawl_delay=delay) for host, delay in delays.items()])
    watch(store, *[feed(str(n), host=host) for n in range(3) for host in delays])
    for first, host in enumerate(delays):
        ask_for(store, *range(10 * first, 10 * first + 3), host=host)
    work = claim(store)
    assert Counter(due.state.host for due in work.feeds) == {"slow.test": 1, "quick.test": 3}
    assert Counter(page.host for page in work.pages) == {"slow.test": 1, "quick.test": 3}
    for due in work.feeds:
        end(store, due)
    with store.begin() as conn:
        assert all(fulltext_queue.finish(conn, page) for page in work.pages)
    assert {due.state.host for due in claim(store, "two").feeds} == {"slow.test"}


def test_pages_that_no_rule_waits_for_come_one_by_one_after_all_else(store: Store) -> None:
    watch(store, *[feed(str(n), host="x.test") for n in range(3)])
    ask_for(store, 1, 2, 3, host="x.test", awaited=False, due=NOW - MINUTE)
    ask_for(store, 4, 5, host="x.test")
    work = claim(store)
    assert len(work.feeds) == 3
    assert [(page.article_id, page.awaited) for page in work.pages] == [(4, True), (5, True), (1, False)]


def test_pages_of_both_kinds_together_are_no_more_than_there_is_room_for(store: Store) -> None:
    ask_for(store, 101, 102, 103, host="one.test")
    ask_for(store, 104, 105, 106, host="two.test")
    for number in range(30):
        ask_for(store, number, host=f"host{number}.test", awaited=False)
    pages = claim(store, room=Room(0, 8, 4)).pages
    assert (len(pages), sum(page.awaited for page in pages)) == (8, 6)


def test_a_host_with_such_pages_alone_is_claimed_after_all_others(store: Store) -> None:
    ask_for(store, 1, host="background.test", awaited=False, due=NOW - DAY)
    ask_for(store, 2, host="awaited.test")
    watch(store, feed("a", host="feeds.test"))
    assert hosts_of(claim(store, room=Room(2, 2, 1))) == {"awaited.test", "feeds.test"}
    assert hosts_of(claim(store, "two", room=Room(2, 2, 0))) == set()
    assert hosts_of(claim(store, "three", room=Room(0, 1, 1))) == {"background.test"}


def test_such_a_page_waits_for_its_host_for_as_long_as_that_takes(store: Store) -> None:
    ask_for(store, 1, host="x.test", awaited=False)
    ask_for(store, 2, host="x.test")
    with store.begin() as conn:
        leave_alone(conn, {"x.test": NOW + DAY})
    assert [page.article_id for page in claim(store, now=NOW + MINUTE).pages] == [2]
    with store.reading() as conn:
        assert host_claims.is_due_by(conn, NOW + MINUTE, NOW + MINUTE), "a rule waits"
    with store.begin() as conn:
        fulltext_queue.request(conn, [FulltextRequest(2, NOW, NOW, "x.test", awaited=False)])
    with store.reading() as conn:
        assert not host_claims.is_due_by(conn, NOW + MINUTE, NOW + 2 * MINUTE)
        assert host_claims.is_due_by(conn, NOW + MINUTE, NOW + DAY)


def test_a_host_for_which_there_is_no_room_stays_free(store: Store) -> None:
    watch(store, *[feed("a", host=f"{n}.test") for n in range(5)])
    assert len(hosts_of(claim(store, room=Room(3)))) == 3
    assert len(hosts_of(claim(store, "two"))) == 2
    assert claim(store, room=Room(0)) == HostWork()


def test_what_a_host_asked_for_counts_for_the_next_worker(store: Store) -> None:
    watch(store, feed("a", host="x.test"))
    work = claim(store)
    later = NOW + 2 * MINUTE
    with store.begin() as conn:
        host_leases.pause(conn, [HostPause("x.test", work.leases[0].token, later, hangs=2)])
        host_leases.pause(conn, [HostPause("x.test", "another:token", later + LEASE, hangs=9)])
    end(store, work.feeds[0])
    assert claim(store, "two", later - timedelta(seconds=1)) == HostWork()
    (lease,) = claim(store, "two", later).leases
    assert lease.hangs == 2


def test_a_network_that_was_down_is_no_reason_to_leave_hosts_alone(store: Store) -> None:
    watch(store, feed("a", host="hung.test"), feed("b", host="busy.test"))
    work = claim(store)
    with store.begin() as conn:
        pauses = [HostPause(one.host, one.token, NOW + LEASE, hangs=int("hung" in one.host)) for one in work.leases]
        host_leases.pause(conn, pauses)
        host_leases.end_hang_pauses(conn)
        leases.release_all(conn, "one")
    assert hosts_of(claim(store)) == {"hung.test"}


def test_a_page_whose_deadline_passed_is_judged_although_its_host_is_not_free(store: Store) -> None:
    watch(store, feed("a", host="x.test"))
    claim(store)
    ask_for(store, 7, host="x.test")
    assert claim(store, "two").pages == ()
    (page,) = claim(store, "two", NOW + MINUTE).pages
    assert (page.article_id, page.host) == (7, ""), "it comes without the right to ask the host"


def test_a_host_is_leased_for_one_request_only_while_nobody_has_it(store: Store) -> None:
    watch(store, feed("a", host="x.test"))
    work = claim(store)
    with store.begin() as conn:
        assert host_leases.borrow(conn, "x.test", "two:1", NOW, NOW + LEASE) is None
        lent = host_leases.borrow(conn, "elsewhere.test", "two:1", NOW, NOW + LEASE)
        assert lent is not None
        assert host_leases.borrow(conn, "elsewhere.test", "one:1", NOW, NOW + LEASE) is None
        host_leases.give_back(conn, HostPause("elsewhere.test", lent.token, NOW + MINUTE))
        assert host_leases.borrow(conn, "elsewhere.test", "one:1", NOW, NOW + LEASE) is None
        assert host_leases.borrow(conn, "elsewhere.test", "one:1", NOW + MINUTE, NOW + LEASE)
    end(store, work.feeds[0])
    with store.begin() as conn:
        assert host_leases.borrow(conn, "x.test", "two:2", NOW, NOW + LEASE)


def test_a_host_that_the_worker_has_already_is_shared_until_both_have_ended(store: Store) -> None:
    watch(store, *[feed("a", host=f"{n}.test") for n in range(2)])
    work = claim(store)
    lent = [lend(store, f"{n}.test", "one:1") for n in range(2)]
    assert [bool(lease) for lease in lent] == [True, True]
    assert lend(store, "0.test", "two:1") is None
    end(store, work.feeds[0])
    give_back(store, "1.test", "one:1")
    assert [lend(store, f"{n}.test", "two:2") for n in range(2)] == [None, None]
    give_back(store, "0.test", "one:1", until=NOW + MINUTE)
    end(store, work.feeds[1])
    assert lend(store, "0.test", "two:3") is None, "what the host asked for meanwhile is kept"
    assert [bool(lend(store, f"{n}.test", "two:4", NOW + MINUTE)) for n in range(2)] == [True, True]
    give_back(store, "0.test", "one:1", NOW + DAY)
    assert claim(store, "three", NOW + MINUTE) == HostWork(), "a second end of a lease ends nobody else's"


def test_a_lease_that_was_given_back_too_late_to_be_written_frees_nothing_that_goes_on(store: Store) -> None:
    watch(store, feed("a", host="x.test"))
    work = claim(store)
    # The end of the first could not be written before the second began.
    assert lend(store, "x.test", "one:1")
    assert lend(store, "x.test", "one:2")
    for token in ("one:1", "one:2", "one:1"):
        give_back(store, "x.test", token)
        assert lend(store, "x.test", "two:1") is None, "its feed is still being polled"
    end(store, work.feeds[0])
    assert lend(store, "x.test", "two:1")


def lend(store: Store, host: str, token: str, now: Any = NOW) -> host_leases.HostLease | None:
    with store.begin() as conn:
        return host_leases.borrow(conn, host, token, now, now + LEASE)


def give_back(store: Store, host: str, token: str, until: Any = NOW) -> None:
    with store.begin() as conn:
        host_leases.give_back(conn, HostPause(host, token, until))


def test_a_worker_that_was_killed_gets_back_its_own_claims_alone(store: Store) -> None:
    watch(store, *[feed("a", host=f"{n}.test") for n in range(4)])
    mine, others = claim(store, "one", room=Room(2)), claim(store, "two")
    with store.begin() as conn:
        assert leases.release_all(conn, "one") == 4
    assert hosts_of(claim(store, "one")) == hosts_of(mine)
    assert [end(store, due) for due in others.feeds] == [1, 1]
    assert [end(store, due) for due in mine.feeds] == [0, 0], "tokens of the process that was killed are void"


def test_a_feed_that_moved_is_claimed_with_the_host_that_it_moved_to(store: Store) -> None:
    watch(store, feed("a", host="old.test"))
    (due,) = claim(store).feeds
    moved: dict[str, Any] = {"moved_to": "https://new.test/a.rss", "host": "new.test"}
    with store.begin() as conn:
        feeds.finish(conn, [feeds.PollEnd(due.id, due.token, NOW, NOW, MINUTE, **moved)])
    watch(store, feed("a", host="old.test"))
    work = claim(store)
    assert (hosts_of(work), [one.id for one in work.feeds]) == ({"new.test"}, [due.id])
    with store.begin() as conn:
        feeds.finish(conn, [feeds.PollEnd(due.id, work.feeds[0].token, NOW, NOW, MINUTE, host="old.test")])
    assert hosts_of(claim(store)) == {"old.test"}


def test_whether_something_is_due_soon_is_known_without_claiming_it(store: Store) -> None:
    watch(store, feed("a", host="x.test"))
    with store.begin() as conn:
        assert host_claims.is_due_by(conn, NOW, NOW)
        work = host_claims.claim(conn, "one", NOW, ROOM, LEASE)
        host_leases.pause(conn, [HostPause("x.test", work.leases[0].token, NOW + MINUTE)])
        feeds.release(conn, [(work.feeds[0].id, work.feeds[0].token)])
        assert not host_claims.is_due_by(conn, NOW, NOW)
        assert host_claims.is_due_by(conn, NOW, NOW + MINUTE)


class ClaimsOfTwoWorkers(RuleBasedStateMachine):
    """Two workers claim, end, stop and lose claims in any order, and one host allows more at once, or fewer again."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        watch(self.store, now=NOW)
        watch(self.store, *[feed(f"{n}", host=f"{n % 3}.test") for n in range(9)], now=NOW)
        with self.store.begin() as conn:
            leases.release_all(conn)
            host_state.keep_robots(conn, [HostState(SHARED, crawl_delay=timedelta(0))])
        self.held: dict[str, list[DueFeed]] = {"one": [], "two": []}
        self.allow(1)

    @rule(worker=st.sampled_from(["one", "two"]), room=st.integers(1, 9))
    def claims(self, worker: str, room: int) -> None:
        work = claim(self.store, worker, self.now, Room(room), DAY)
        self.held[worker] += work.feeds
        lanes = {due.lane for held in self.held.values() for due in held if due.state.host == SHARED}
        assert SHARED not in hosts_of(work) or len(lanes) <= self.at_once

    @rule(at_once=st.integers(1, 3))
    def allow(self, at_once: int) -> None:
        self.at_once = at_once
        with self.store.begin() as conn:
            host_lanes.open_lanes(conn, {SHARED: at_once} if at_once > 1 else {})

    @rule(worker=st.sampled_from(["one", "two"]), which=st.integers(0, 8))
    def ends(self, worker: str, which: int) -> None:
        if self.held[worker]:
            due = self.held[worker].pop(which % len(self.held[worker]))
            assert end(self.store, due, self.now) == 1

    @rule(worker=st.sampled_from(["one", "two"]))
    def restarts(self, worker: str) -> None:
        with self.store.begin() as conn:
            leases.release_all(conn, worker)
        self.held[worker] = []

    @rule()
    def waits(self) -> None:
        self.now += MINUTE

    @rule()
    def all_leases_run_out(self) -> None:
        self.now += DAY
        lost = [due for held in self.held.values() for due in held]
        self.held = {"one": [], "two": []}
        claim(self.store, "three", self.now, ROOM)
        assert [end(self.store, due, self.now) for due in lost] == [0] * len(lost)
        with self.store.begin() as conn:
            leases.release_all(conn, "three")

    @invariant()
    def no_lane_of_a_host_is_with_two(self) -> None:
        asked = {worker: {(due.state.host, due.lane) for due in held} for worker, held in self.held.items()}
        assert not asked["one"] & asked["two"]

    @invariant()
    def exactly_the_hosts_at_work_are_leased(self) -> None:
        with self.store.reading() as conn:
            leased = dict(conn.exec_driver_sql("SELECT host, token FROM hosts WHERE token IS NOT NULL").all())
        assert leased == {due.lane or due.state.host: due.token for held in self.held.values() for due in held}


def test_no_order_of_claims_and_ends_gives_a_host_to_two(store: Store) -> None:
    machine = type("Machine", (ClaimsOfTwoWorkers,), {"store": store})
    few = settings(max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=few)
