"""A host that allows several requests at once gets so many of all processes, never more; what it asks rests all."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from monitor.steps.host_rounds import claim_work
from monitor.steps.host_turns import LEASE, turn, under_claim
from monitor.steps.poll import poll
from monitor.steps.work import Work
from monitor.store import fulltext_queue, host_leases, host_state
from monitor.store.host_claims import SLICE, Room
from monitor.store.host_leases import HostLease
from monitor.store.host_state import HostState
from tests.steps.busy_hosts import BusyHosts
from tests.steps.page_reading import WAITS, page
from tests.steps.test_host_rounds import HOSTS, second, three_hosts
from tests.steps.world import Item, World, rss

assert second
assert three_hosts
BIG = HOSTS[0]


async def share(world: World, at_once: int, *addresses: str) -> None:
    """Let the big host, which states no crawl-delay, be asked by so many at once, and watch these addresses."""
    read = HostState(BIG, robots_at=world.clock, crawl_delay=timedelta(0), robots="")
    await world.store.write(host_state.keep_robots, [read])
    settings = (world.folder / "config" / "monitor.yaml").read_text().partition("hosts:")[0]
    outlets = "".join(f"  - {{name: o{n}, feeds: ['{url}'], language: en}}\n" for n, url in enumerate(addresses))
    shared = f"hosts: {{{BIG}: {{at_once: {at_once}}}}}\n" if at_once else ""
    world.write({"monitor.yaml": settings + shared, "outlets.yaml": f"outlets:\n{outlets}", "rules.yaml": WAITS})
    assert not (await world.reload()).problems


def many(world: World, count: int, *, pages: int = 0) -> list[str]:
    """Publish so many feeds at the big host; of some of them a page, at the same host, is read as well."""
    for n in range(count):
        name = "harbour" if n < pages else "weather"
        world.news.feed(f"/feed{n}", rss([Item(f"{name} {n}", link=world.news.url(f"/page{n}"), at=world.clock)]))
        world.news.page(f"/page{n}", page("Nothing else."), headers={"Content-Type": "text/html"})
    return [world.news.url(f"/feed{n}") for n in range(count)]


async def free_lanes(world: World) -> int:
    """How many rows of the big host nobody has leased."""
    return await world.count(f"SELECT count(*) FROM hosts WHERE '{BIG}' IN (host, lane_of) AND token IS NULL")


async def test_two_workers_ask_a_host_as_often_at_once_as_it_allows(three_hosts: World, second: Work) -> None:
    world, busy, count = three_hosts, BusyHosts(three_hosts.news, together=2), SLICE + 1
    feeds = many(world, count, pages=2)
    world.news.redirect("/elsewhere", world.news.url("/there"))
    world.news.feed("/there", rss([Item("weather")]))
    busy.watch()
    await share(world, 2, *feeds, world.news.url("/elsewhere", HOSTS[1]))
    await asyncio.gather(world.work().hosts.drain(), second.hosts.drain())
    assert busy.most == {BIG: 2, HOSTS[1]: 1}
    assert all(len(world.news.asked(f"/feed{n}")) == 1 for n in range(count))
    assert all(len(world.news.asked(f"/page{n}")) == 1 for n in range(2))
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0
    assert await world.store.read(fulltext_queue.count_waiting) == 0


async def test_one_process_alone_asks_it_so_often_while_the_files_say_so(three_hosts: World) -> None:
    world, busy = three_hosts, BusyHosts(three_hosts.news, together=2)
    await share(world, 2, *many(world, SLICE + 1))
    busy.watch()
    await world.work().hosts.drain()
    assert busy.most == {BIG: 2}
    busy.most.clear()
    await share(world, 0, *[world.news.url(f"/feed{n}") for n in range(SLICE + 1)])
    world.later(hours=6)
    await world.work().hosts.drain()
    assert busy.most == {BIG: 1}


async def test_what_it_asks_of_one_worker_is_obeyed_by_all_at_once(three_hosts: World, second: Work) -> None:
    world = three_hosts
    await share(world, 2, *many(world, 3))
    (mine,) = (await claim_work(world.ctx, Room(1))).feeds
    others = (await claim_work(second._ctx, Room(2))).feeds
    assert [feed.lane for feed in (mine, *others)] == ["", f"{BIG}|2", f"{BIG}|2"]
    await poll(second._ctx, second.poller._pipeline, others[0])
    world.news.page(urlsplit(mine.state.url).path, status=429, headers={"Retry-After": "3600"})
    await poll(world.ctx, world.road, mine)
    await poll(second._ctx, second.poller._pipeline, others[1])
    assert len(world.news.requests) == 2, "the last one was not made"
    world.later(minutes=50)
    assert (await claim_work(second._ctx, Room(9))).leases == ()
    world.later(minutes=11)
    assert len((await claim_work(second._ctx, Room(9))).feeds) == 3


async def test_a_crawl_delay_that_turns_up_wins_over_it(three_hosts: World, second: Work) -> None:
    world = three_hosts
    await share(world, 2, *many(world, 2))
    await claim_work(world.ctx, Room(1))
    (lease,) = (await claim_work(second._ctx, Room(1))).leases
    assert lease.lane
    second._ctx.access.host_limiter.delays[BIG] = 1.0
    with under_claim(second._ctx, lease), pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1), turn(second._ctx, BIG):
            pass
    second._ctx.access.host_limiter.delays[BIG] = 0.0
    with under_claim(second._ctx, lease):
        async with turn(second._ctx, BIG):
            assert await free_lanes(world) == 0


async def test_a_lane_whose_claim_ran_out_is_asked_no_more(three_hosts: World) -> None:
    world = three_hosts
    await share(world, 2, *many(world, 2))
    with under_claim(world.ctx, HostLease(BIG, "embedded:1", lane=f"{BIG}|2")):
        async with turn(world.ctx, BIG):
            assert await free_lanes(world) == 2, "the claim was made before"
        world.later(seconds=LEASE.total_seconds())
        async with turn(world.ctx, BIG):
            token = await world.store.write(host_leases.borrow, BIG, "two:1", world.clock, world.clock + LEASE)
            assert token is None, "its own lane is lent for the one request"
