"""Two workers on one database never ask one host at the same time, whatever leads there."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import FetchError
from monitor.fetching import HostLimiter
from monitor.isolate import Workers
from monitor.net import Client, Gate
from monitor.run.startup import PARSE_JOB
from monitor.steps import host_turns
from monitor.steps.context import Context
from monitor.steps.host_rounds import claim_work
from monitor.steps.host_turns import BUSY, LEASE, redirect_turn, turn
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.poll import poll
from monitor.steps.read_page import JOB
from monitor.steps.signals import Signals
from monitor.steps.work import Work
from monitor.store import Connection, Store, fulltext_queue, host_leases, host_state, leases
from monitor.store.host_claims import Room
from monitor.store.host_leases import HostLease, HostPause
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.busy_hosts import BusyHosts
from tests.steps.page_reading import WAITS, page
from tests.steps.world import Item, World, rss

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


@pytest.fixture
async def three_hosts(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """A world whose outlet answers under three hosts."""
    monkeypatch.setattr(host_turns, "BORROW_EVERY", 0.01)
    async with World(tmp_path, store, Peer(), Outlet(hosts=HOSTS)) as world:
        yield world


@pytest.fixture
async def second(three_hosts: World) -> AsyncIterator[Work]:
    """What carries the road of a second worker on the same database."""
    settings = three_hosts.ctx.active.config.settings
    client = Client(Gate(settings.keys.private_hosts_allowed), user_agent="monitor-test")
    parsers, pages = Workers(PARSE_JOB, count=1), Workers(JOB, count=1)
    access = OutletAccess(client, parsers, HostLimiter(0))
    ctx = three_hosts.ctx
    other = replace(ctx, claims=replace(ctx.claims, worker="two"), access=access, signals=Signals())
    client.host_turn = partial(redirect_turn, other)
    yield Work(other, "", pages)
    await client.close()
    await parsers.close()
    await pages.close()


async def watch(world: World, *addresses: str) -> None:
    """Watch feeds at these addresses, each an outlet of its own."""
    lines = [f"  - {{name: o{n}, feeds: ['{url}'], language: en}}\n" for n, url in enumerate(addresses)]
    world.write({"outlets.yaml": "outlets:\n" + "".join(lines), "rules.yaml": WAITS})
    assert not (await world.reload()).problems


async def test_no_host_is_asked_by_two_workers_at_once_for_feeds_pages_and_robots(
    three_hosts: World, second: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, busy = three_hosts, BusyHosts(three_hosts.news)
    paths = [f"/feed{n}" for n in range(9)]
    for n, path in enumerate(paths):
        link = world.news.url(f"/page{n}", HOSTS[(n + 1) % 3])
        world.news.feed(path, rss([Item(f"harbour {n}", link=link, at=world.clock)]))
        world.news.page(f"/page{n}", page("Nothing else."), headers={"Content-Type": "text/html"})
    world.news.redirect("/elsewhere", world.news.url("/feed9", HOSTS[2]))
    world.news.feed("/feed9", rss([Item("weather")]))
    busy.watch()
    feeds = [world.news.url(path, HOSTS[n % 3]) for n, path in enumerate(paths)]
    await watch(world, *feeds, world.news.url("/elsewhere", HOSTS[0]))
    await asyncio.gather(world.work().hosts.drain(), second.hosts.drain())
    assert busy.overlapped == set()
    assert {path: len(world.news.asked(path)) for path in [*paths, "/feed9"]} == dict.fromkeys([*paths, "/feed9"], 1)
    assert all(len(world.news.asked(f"/page{n}")) == 1 for n in range(9))
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0
    assert await world.store.read(fulltext_queue.count_waiting) == 0


async def test_a_redirect_to_a_host_that_another_worker_asks_is_followed_later(
    three_hosts: World, second: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = three_hosts
    monkeypatch.setattr(host_turns, "REDIRECT_WAIT", 0.05)
    world.news.redirect("/rss", world.news.url("/there", HOSTS[1]))
    world.news.feed("/there", rss([Item("weather")]))
    await watch(world, world.news.url("/held", HOSTS[1]))
    held = await claim_work(second._ctx, Room(9))
    assert [lease.host for lease in held.leases] == [HOSTS[1]]
    await watch(world, world.news.url("/rss"), world.news.url("/held", HOSTS[1]))
    (feed,) = await world.claim()
    await poll(world.ctx, world.road, feed)
    assert world.news.asked("/there") == []
    state = await world.feed()
    assert (state.failures, state.last_error) == (
        0,
        f"busy: {HOSTS[1]} serves others first, or asked to be left alone",
    )
    monkeypatch.setattr(host_turns, "REDIRECT_WAIT", 60.0)
    await world.store.write(leases.release_all, "two")
    world.later(minutes=10)
    await world.work().hosts.drain()
    assert len(world.news.asked("/there")) == 1


async def test_a_feed_that_moved_is_polled_although_its_old_host_is_not_free(
    three_hosts: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = three_hosts
    world.news.redirect("/rss", world.news.url("/new", HOSTS[1]), status=301)
    world.news.feed("/new", rss([Item("weather")]))
    await world.visit()
    world.later(days=2)
    assert await world.store.write(host_leases.borrow, HOSTS[0], "two:1", world.clock, world.clock + LEASE)
    monkeypatch.setattr("monitor.steps.poll.PATIENCE", 0.05)
    world.news.feed("/new", rss([Item("harvest"), Item("weather")]))
    assert (await world.visit()).new == 1
    state = await world.feed()
    assert (state.host, state.last_error) == (HOSTS[1], "")
    assert state.last_full_at is not None
    assert state.last_full_at < world.clock, "the old address is asked as soon as it can be"


async def test_a_redirect_back_to_the_host_of_the_claim_needs_no_other(three_hosts: World) -> None:
    world = three_hosts
    world.news.redirect("/rss", world.news.url("/away", HOSTS[1]))
    world.news.redirect("/away", world.news.url("/back", HOSTS[0]))
    world.news.feed("/back", rss([Item("weather")]))
    await watch(world, world.news.url("/rss"))
    assert [found.new for found in (await world.poll()).values() if found] == [1]


async def test_a_start_after_a_kill_frees_the_claims_of_its_own_name_alone(three_hosts: World, second: Work) -> None:
    world = three_hosts
    for path in ("/a", "/b"):
        world.news.feed(path, rss([Item(path[1:])]))
    await watch(world, world.news.url("/a", HOSTS[0]), world.news.url("/b", HOSTS[1]))
    (mine,) = (await claim_work(world.ctx, Room(1))).feeds
    (others,) = (await claim_work(second._ctx, Room(1))).feeds
    await world.begin()
    second._ctx.active.adopt(world.ctx.active.config, world.ctx.active.generation)
    await world.store.write(leases.release_all, world.ctx.claims.worker)
    assert [feed.id for feed in await world.claim()] == [mine.id]
    assert await poll(second._ctx, second.poller._pipeline, others) is not None
    assert len(await world.articles()) == 1
    await poll(world.ctx, world.road, mine)
    assert len(await world.articles()) == 1, "what the killed process had fetched is discarded"


async def test_a_stop_frees_its_own_claims_alone(three_hosts: World, second: Work) -> None:
    world = three_hosts
    await watch(world, world.news.url("/a", HOSTS[0]), world.news.url("/b", HOSTS[1]))
    await claim_work(world.ctx, Room(1))
    await claim_work(second._ctx, Room(1))
    await second.finish(1.0)
    assert await world.count("SELECT count(*) FROM hosts WHERE substr(token, 1, 4) = 'two:'") == 0
    assert await world.count("SELECT count(*) FROM hosts WHERE substr(token, 1, 9) = 'embedded:'") == 1


async def test_two_feeds_that_redirect_to_each_others_host_are_both_read(three_hosts: World) -> None:
    world = three_hosts
    for n in (0, 1):
        world.news.redirect(f"/from{n}", world.news.url(f"/to{n}", HOSTS[1 - n]))
        world.news.feed(f"/to{n}", rss([Item(f"weather {n}")]))
    await watch(world, *(world.news.url(f"/from{n}", HOSTS[n]) for n in (0, 1)))
    async with asyncio.timeout(host_turns.REDIRECT_WAIT):
        await world.work().hosts.drain()
    assert len(await world.articles()) == 1, "the one that would wait for ever gives way"
    world.later(minutes=4)
    await world.work().hosts.drain()
    assert len(await world.articles()) == 2


async def test_redirects_wait_in_line_at_a_host_that_has_its_own_feeds(three_hosts: World) -> None:
    world, busy = three_hosts, BusyHosts(three_hosts.news)
    for n in range(15):
        world.news.redirect(f"/from{n}", world.news.url(f"/to{n}", HOSTS[2]))
        world.news.feed(f"/to{n}", rss([Item(f"weather {n}")]))
        world.news.feed(f"/own{n}", rss([Item(f"harvest {n}")]))
    busy.watch()
    redirected = [world.news.url(f"/from{n}", HOSTS[n % 2]) for n in range(15)]
    await watch(world, *redirected, *(world.news.url(f"/own{n}", HOSTS[2]) for n in range(15)))
    await world.work().hosts.drain()
    assert (len(await world.articles()), busy.overlapped) == (30, set())
    assert await world.count("SELECT count(*) FROM feeds WHERE last_error <> ''") == 0
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0


async def test_what_a_host_asks_for_is_kept_for_the_next_worker(three_hosts: World, second: Work) -> None:
    world = three_hosts
    world.news.page("/rss", status=429, headers={"Retry-After": "3600"})
    await watch(world, world.news.url("/rss"), world.news.url("/other"))
    await world.poll()
    world.later(minutes=50)
    assert (await claim_work(second._ctx, Room(9))).leases == ()
    world.later(minutes=11)
    assert len((await claim_work(second._ctx, Room(9))).feeds) == 2


async def test_a_host_that_hung_is_paused_for_longer_by_whoever_asks_it_next(three_hosts: World, second: Work) -> None:
    world = three_hosts
    world.ctx.access.client.deadline = 0.05
    world.news.hang("/rss")
    await watch(world, world.news.url("/rss"))
    await world.poll()
    world.later(minutes=30)
    await claim_work(second._ctx, Room(9))
    assert second._ctx.access.host_limiter.hangs(HOSTS[0]) == 1


async def test_a_bug_that_one_feed_meets_does_not_keep_its_host_from_the_others(
    three_hosts: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, work = three_hosts, three_hosts.work()
    world.news.feed("/a", rss([Item("weather")]))

    async def broken(ctx: Context, pipeline: object, feed: object) -> None:
        raise RuntimeError("a bug")

    await watch(world, world.news.url("/a"))
    with monkeypatch.context() as patch:
        patch.setattr("monitor.steps.poller.poll", broken)
        await work.hosts.drain()
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0
    assert await world.claim() == [], "it is not tried again at once"
    world.later(minutes=10)
    await work.hosts.drain()
    assert len(await world.articles()) == 1


async def test_a_host_that_is_never_free_is_given_up_in_time(
    three_hosts: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = three_hosts
    monkeypatch.setattr(host_turns, "REDIRECT_WAIT", 0.05)
    assert await world.store.write(host_leases.borrow, HOSTS[0], "two:1", world.clock, world.clock + LEASE)
    with pytest.raises(FetchError, match=BUSY):
        await _take_turns(world, HOSTS[1], HOSTS[0])
    monkeypatch.setattr(host_turns, "REDIRECT_WAIT", 60.0)
    await world.store.write(leases.release_all, "two")
    await _take_turns(world, HOSTS[1], HOSTS[0], HOSTS[1])
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0


async def test_a_wait_that_is_broken_off_leaves_no_host_leased(
    three_hosts: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, leased, go = three_hosts, threading.Event(), threading.Event()
    borrow = host_leases.borrow

    def slowly(*args: Any) -> HostLease | None:
        lease = borrow(*args)
        leased.set()
        go.wait(30.0)
        return lease

    monkeypatch.setattr(host_leases, "borrow", slowly)
    waiting = asyncio.create_task(_take_turns(world, HOSTS[1]))
    await asyncio.to_thread(leased.wait, 30.0)
    waiting.cancel()
    go.set()
    await asyncio.gather(waiting, return_exceptions=True)
    assert await world.count("SELECT count(*) FROM hosts WHERE host = '127.0.0.2'") == 1
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0


async def test_nobody_waits_for_a_host_that_asked_a_worker_before_to_be_left_alone(
    three_hosts: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, tries, borrow = three_hosts, Counter[str](), host_leases.borrow

    def counted(conn: Connection, host: str, *args: Any) -> HostLease | None:
        tries[host] += 1
        return borrow(conn, host, *args)

    asked = HostPause(HOSTS[0], "two:1", world.clock + timedelta(hours=1))
    assert await world.store.write(borrow, HOSTS[0], asked.token, world.clock, world.clock + LEASE)
    await world.store.write(host_leases.give_back, asked)
    monkeypatch.setattr(host_leases, "borrow", counted)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(5), turn(world.ctx, HOSTS[0], longest=60.0):
            pass
    assert tries[HOSTS[0]] == 1


async def _take_turns(world: World, *hosts: str) -> None:
    async with AsyncExitStack() as stack:
        for host in hosts:
            await stack.enter_async_context(redirect_turn(world.ctx, host))


async def test_a_clock_ahead_leaves_no_pause_at_a_host_that_only_a_redirect_leads_to(three_hosts: World) -> None:
    world = three_hosts
    world.news.redirect("/rss", world.news.url("/there", HOSTS[1]))
    world.news.feed("/there", rss([Item("weather")]))
    world.later(hours=5)
    await world.visit()
    world.later(hours=-5)
    await world.begin()
    hosts = await world.store.read(host_state.known, HOSTS[:2])
    assert all(one.next_allowed_at and one.next_allowed_at <= world.clock for one in hosts.values())
