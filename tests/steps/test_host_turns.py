"""A turn at a host that the task has not claimed leases it: others wait until the turn ends, or its process died."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from monitor.errors import FetchError
from monitor.steps import host_turns
from monitor.steps.host_rounds import claim_work
from monitor.steps.host_turns import BUSY, LEASE, REDIRECT_WAIT, redirect_turn, turn, under_claim
from monitor.steps.poll import poll
from monitor.steps.work import Work
from monitor.store import host_leases, host_state
from monitor.store.host_claims import Room
from monitor.store.host_leases import HostLease
from monitor.store.lease_tokens import new_token
from tests.peers.http import Request, reply
from tests.steps.page_reading import WAITS
from tests.steps.test_host_rounds import HOSTS, second, three_hosts
from tests.steps.world import Item, World, rss

assert second
assert three_hosts
HOST = "other.test"


async def is_free(world: World) -> bool:
    """Whether another worker could lease the host now; if so, it does and gives it back."""
    token = new_token("another")
    lease = await world.store.write(host_leases.borrow, HOST, token, world.clock, world.clock + LEASE)
    if lease is not None:
        await give_back(world, token)
    return lease is not None


async def borrow(world: World) -> str:
    """Let another worker lease the host; return its token."""
    token = new_token("another")
    assert await world.store.write(host_leases.borrow, HOST, token, world.clock, world.clock + LEASE)
    return token


async def give_back(world: World, token: str, *, seconds: float = 0.0, hangs: int = 0) -> None:
    """Let another worker give the host back, which asked it for a pause."""
    pause = host_leases.HostPause(HOST, token, world.clock + timedelta(seconds=seconds), hangs)
    await world.store.write(host_leases.give_back, pause)


async def test_a_host_is_leased_for_the_turn_alone(world: World) -> None:
    async with turn(world.ctx, HOST):
        assert not await is_free(world)
        async with turn(world.ctx, HOST):
            assert not await is_free(world)
        assert not await is_free(world), "the inner turn was the same one"
    assert await is_free(world)


async def test_a_host_under_whose_claim_the_task_works_is_not_leased_again(world: World) -> None:
    with under_claim(world.ctx, HostLease(HOST, "")):
        async with turn(world.ctx, HOST):
            assert await is_free(world)
    async with turn(world.ctx, HOST):
        assert not await is_free(world), "the claim is over"


async def test_a_lease_of_a_process_that_died_runs_out(world: World) -> None:
    async with turn(world.ctx, HOST):
        world.clock += LEASE - timedelta.resolution
        assert not await is_free(world)
        world.clock += timedelta.resolution
        assert await is_free(world)


async def test_a_host_that_is_paused_for_long_is_given_up_at_once(world: World) -> None:
    world.ctx.access.host_limiter.hold(HOST, 30.0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(20), turn(world.ctx, HOST, longest=10.0):
            raise AssertionError("it had its turn")
    assert await is_free(world)


async def _ask(world: World) -> None:
    async with turn(world.ctx, HOST, longest=10.0):
        pass


async def _try_some_times(world: World) -> None:
    for _ in range(5):
        await world.store.read(host_state.known)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_turns, "BORROW_EVERY", 0.01)


@pytest.mark.usefixtures("_impatient")
async def test_a_host_that_another_worker_has_is_waited_for(world: World) -> None:
    token = await borrow(world)
    asking = asyncio.create_task(_ask(world))
    await _try_some_times(world)
    assert not asking.done()
    await give_back(world, token)
    async with asyncio.timeout(20):
        await asking


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize(("seconds", "is_waited_for"), [(10.0, True), (10.1, False)])
async def test_a_pause_that_another_worker_was_asked_for_is_waited_for_if_it_is_short(
    world: World, seconds: float, is_waited_for: bool
) -> None:
    await give_back(world, await borrow(world), seconds=seconds)
    asking = asyncio.create_task(_ask(world))
    if is_waited_for:
        await _try_some_times(world)
        assert not asking.done()
        world.later(seconds=seconds)
    done, _ = await asyncio.wait([asking], timeout=20)
    assert done
    assert isinstance(asking.exception(), TimeoutError) is not is_waited_for


async def test_what_other_workers_met_at_a_host_holds_for_its_turn_and_after(world: World) -> None:
    await give_back(world, await borrow(world), hangs=2)
    await world.store.write(host_state.keep_robots, [host_state.HostState(HOST, crawl_delay=timedelta(seconds=7))])
    limiter = world.ctx.access.host_limiter
    async with turn(world.ctx, HOST):
        assert (limiter.gap(HOST), limiter.hangs(HOST)) == (7.0, 2)
        limiter.hang(HOST)
    known = (await world.store.read(host_state.known, [HOST]))[HOST]
    assert known.next_allowed_at is not None
    assert timedelta(seconds=700) < known.next_allowed_at - world.clock <= timedelta(seconds=720), "the third hang"
    world.later(hours=1)
    lease = await world.store.write(host_leases.borrow, HOST, new_token("x"), world.clock, world.clock + LEASE)
    assert lease is not None
    assert lease.hangs == 3


async def test_the_gap_after_a_turn_holds_for_other_workers(world: World) -> None:
    world.ctx.access.host_limiter.delays[HOST] = 7.0
    async with turn(world.ctx, HOST):
        pass
    known = (await world.store.read(host_state.known, [HOST]))[HOST]
    assert known.next_allowed_at == world.clock + timedelta(seconds=7)


async def test_a_redirect_has_its_turn_or_says_that_the_host_is_busy(world: World) -> None:
    async with redirect_turn(world.ctx, HOST):
        assert not await is_free(world)
    assert await is_free(world)
    world.ctx.access.host_limiter.hold(HOST, REDIRECT_WAIT + 5)
    with pytest.raises(FetchError) as raised:
        async with asyncio.timeout(20), redirect_turn(world.ctx, HOST):
            raise AssertionError("it had its turn")
    assert raised.value.reason == BUSY
    assert HOST in str(raised.value)


async def test_a_worker_that_stood_still_beyond_its_lease_asks_a_host_no_more_that_another_has(
    three_hosts: World, second: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, taken = three_hosts, []

    async def stand_still(request: Request, writer: asyncio.StreamWriter) -> bool:
        world.clock += LEASE
        taken.append(await claim_work(second._ctx, Room(9)))
        return await reply(404)(request, writer)

    monkeypatch.setattr("monitor.steps.poll.PATIENCE", 0.2)
    paths = ("/rss", "/second")
    world.news.routes.update(dict.fromkeys(paths, stand_still))
    world.write({"outlets.yaml": world.outlets(*paths)})
    await world.reload()
    await asyncio.gather(*(poll(world.ctx, world.road, feed) for feed in await world.claim()))
    assert [len(work.feeds) for work in taken] == [2]
    assert sum(len(world.news.asked(path)) for path in paths) == 1


async def test_a_worker_that_stood_still_goes_on_where_nobody_has_taken_its_host(three_hosts: World) -> None:
    world = three_hosts
    world.news.feed("/rss", rss([Item("weather")]))
    (feed,) = await world.claim()
    with under_claim(world.ctx, feed.lease):
        world.later(seconds=LEASE.total_seconds())
        async with turn(world.ctx, feed.state.host):
            assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 1
    assert (await world.visit()).new == 1


async def test_who_asks_to_be_left_alone_is_and_not_who_led_there(three_hosts: World) -> None:
    world, limiter = three_hosts, three_hosts.ctx.access.host_limiter
    world.news.redirect("/rss", world.news.url("/busy", HOSTS[1]))
    world.news.page("/busy", b"", status=429, headers={"Retry-After": "3000"})
    await world.poll()
    assert limiter.wait(HOSTS[0]) < 2000 < limiter.wait(HOSTS[1])


async def test_so_is_who_asks_it_of_the_reader_of_a_page(three_hosts: World) -> None:
    world, limiter = three_hosts, three_hosts.ctx.access.host_limiter
    world.write({"rules.yaml": WAITS})
    await world.reload()
    await world.settle()
    world.news.redirect("/harbour.html", world.news.url("/busy", HOSTS[1]))
    world.news.page("/busy", b"", status=429, headers={"Retry-After": "3000"})
    world.publish(Item("harbour", link=world.news.url("/harbour.html"), at=world.clock), Item("weather"))
    await world.visit()
    work = world.work()
    await work.hosts.round()
    await asyncio.wait(work.reader.tasks)
    assert len(world.news.asked("/busy")) == 1
    assert limiter.wait(HOSTS[0]) < 2000 < limiter.wait(HOSTS[1])


async def test_a_process_that_stood_still_asks_nobody(world: World) -> None:
    """It has its turn, and its host may be another's by now."""
    async with turn(world.ctx, HOST):
        world.ctx.claims.is_known_alive = lambda: False
        with pytest.raises(FetchError, match=BUSY):
            await world.ctx.access.client.get(world.news.url("/all"))
    assert world.news.requests == []
