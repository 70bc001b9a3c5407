"""robots.txt slows us down and never keeps a configured feed from being read."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from monitor.errors import FetchError, ParseError
from monitor.steps import crawl_delays
from monitor.steps.crawl_delays import read_robots, refuse_forbidden
from monitor.steps.poll import poll
from monitor.store import host_state, poll_records
from tests.peers.http import Outlet, Request, answer_bytes
from tests.steps.world import Item, World, rss

HOST = "127.0.0.1"


async def test_a_crawl_delay_is_kept_and_remembered(world: World) -> None:
    world.publish(Item("weather"))
    await world.visit()
    world.news.page("/robots.txt", b"User-agent: *\nCrawl-delay: 7\nDisallow: /\n")
    assert await read_robots(world.ctx) == 1
    assert world.ctx.access.host_limiter.delays == {HOST: 7.0}
    assert (await world.store.read(host_state.known))[HOST].crawl_delay == timedelta(seconds=7)
    await world.begin()
    assert await read_robots(world.ctx) == 0
    await world.store.write(poll_records.make_due, world.clock)
    assert await world.claim() == [], "the host is left alone for as long after a restart, too"
    world.later(seconds=7)
    await world.visit()
    assert world.ctx.access.host_limiter.delays == {HOST: 7.0}


async def test_it_is_read_once_a_day_and_after_the_first_good_poll(world: World) -> None:
    assert await read_robots(world.ctx) == 0
    world.publish(Item("weather"))
    await world.visit()
    assert [await read_robots(world.ctx), await read_robots(world.ctx)] == [1, 0]
    world.later(hours=25)
    assert await read_robots(world.ctx) == 1
    assert len(world.news.asked("/robots.txt")) == 2


async def test_a_file_that_cannot_be_had_says_nothing_until_tomorrow(world: World) -> None:
    world.publish(Item("weather"))
    await world.visit()
    world.news.reset("/robots.txt")
    assert [await read_robots(world.ctx), await read_robots(world.ctx)] == [1, 0]
    assert world.ctx.access.host_limiter.delays == {HOST: 0.0}


async def test_a_delay_that_is_gone_is_forgotten(world: World) -> None:
    world.publish(Item("weather"))
    await world.visit()
    world.news.page("/robots.txt", b"User-agent: *\nCrawl-delay: 0.7\n")
    await read_robots(world.ctx)
    world.news.page("/robots.txt", b"User-agent: *\nAllow: /\n")
    world.later(hours=25)
    await read_robots(world.ctx)
    assert world.ctx.access.host_limiter.delays == {HOST: 0.0}


async def test_what_it_forbids_is_read_all_the_same(world: World) -> None:
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
    world.publish(Item("weather"))
    await world.visit()
    await read_robots(world.ctx)
    world.publish(Item("harbour"), Item("weather"))
    assert (await world.visit()).new == 1


async def test_the_second_request_to_a_host_is_for_its_robots(world: World) -> None:
    paths = ["/rss", "/b", "/c"]
    world.news.page("/robots.txt", b"User-agent: *\nCrawl-delay: 0.2\n")
    world.write({"outlets.yaml": world.outlets(*paths)})
    await world.reload()
    for path in paths:
        world.publish(Item(f"weather {path}"), path=path)
    await asyncio.gather(*(poll(world.ctx, world.road, feed) for feed in await world.claim()))
    asked = [request.path for request in world.news.requests]
    assert asked.index("/robots.txt") == 1
    assert len(asked) == 4
    assert (await world.store.read(host_state.known))[HOST].crawl_delay == timedelta(seconds=0.2)
    await world.begin()
    world.later(seconds=1)
    await world.visit_at("/rss")
    assert world.ctx.access.host_limiter.delays == {HOST: 0.2}
    assert len(world.news.asked("/robots.txt")) == 1


async def test_a_crawl_delay_counts_from_the_request_for_it(world: World) -> None:
    world.news.page("/robots.txt", b"User-agent: *\nCrawl-delay: 100\n")
    world.publish(Item("weather"))
    await world.visit()
    kept = await world.visit()
    assert "busy" in kept.error
    assert 90 < world.ctx.access.host_limiter.wait(HOST) <= 100
    assert len(world.news.asked("/rss")) == 1


async def test_one_that_hangs_does_not_hold_a_feed_up_for_long(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl_delays, "TIMEOUT", 0.1)
    world.news.hang("/robots.txt")
    world.publish(Item("weather"))
    await world.visit()
    world.publish(Item("harbour"), Item("weather"))
    assert (await world.visit()).new == 1


async def test_a_host_that_never_answered_is_not_asked_for_it(world: World) -> None:
    world.news.reset("/rss")
    for _ in range(3):
        await world.visit()
    assert world.news.asked("/robots.txt") == []


@pytest.mark.parametrize("status", [429, 503])
async def test_trouble_with_the_file_changes_no_delay(status: int, world: World) -> None:
    world.news.page("/robots.txt", b"User-agent: *\nCrawl-delay: 0.7\n")
    world.publish(Item("weather"))
    await world.visit()
    await read_robots(world.ctx)
    world.later(hours=25)
    world.news.page("/robots.txt", b"", status=status)
    assert await read_robots(world.ctx) == 1
    assert (await world.store.read(host_state.known))[HOST].crawl_delay == timedelta(seconds=0.7)


async def test_many_hosts_are_read_side_by_side(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [f"http://127.0.0.{number}:{world.news.port}/rss" for number in range(2, 8)]
    lines = "".join(f"  - {{name: house{number}, feed: {url}}}\n" for number, url in enumerate(addresses))
    world.write({"outlets.yaml": "outlets:\n" + lines})
    await world.reload()
    world.publish(Item("weather"))
    together = asyncio.Barrier(3)

    async def wait_for_others(request: Request, writer: asyncio.StreamWriter) -> bool:
        await together.wait()
        writer.write(answer_bytes(200, b"User-agent: *\nCrawl-delay: 2\n", {}))
        return True

    async with Outlet(tuple(f"127.0.0.{number}" for number in range(2, 8)), world.news.port) as many:
        many.routes |= world.news.routes | {"/robots.txt": wait_for_others}
        await world.poll()
        monkeypatch.setattr(crawl_delays, "AT_ONCE", 3)
        async with asyncio.timeout(20):
            assert await read_robots(world.ctx) == 6
    assert set(world.ctx.access.host_limiter.delays.values()) == {2.0}


@pytest.mark.parametrize("hung", [True, False])
async def test_a_held_host_holds_up_no_other(hung: bool, world: World) -> None:
    world.publish(Item("weather"))
    await world.visit()
    if hung:
        world.ctx.access.host_limiter.hang(HOST)
    else:
        world.ctx.access.host_limiter.hold(HOST, 3600)
    async with asyncio.timeout(20):
        assert await read_robots(world.ctx) == 0


async def test_a_feed_that_moved_leaves_two_hosts_to_ask(world: World) -> None:
    async with Outlet(("127.0.0.2",), world.news.port) as other:
        other.feed("/rss", rss([Item("weather")]))
        world.news.redirect("/rss", other.url("/rss", "127.0.0.2"), status=301)
        await world.visit()
        assert await read_robots(world.ctx) == 2
        assert [len(one.asked("/robots.txt")) for one in (world.news, other)] == [1, 1]


# --- addresses that nobody configured ------------------------------------------------------------------------


async def _is_allowed(world: World, path: str) -> bool:
    try:
        await refuse_forbidden(world.ctx, world.news.url(path), "news")
    except ParseError:
        return False
    return True


async def test_its_rules_decide_on_paths_with_their_query_for_a_day(world: World) -> None:
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /private\nDisallow: /list?page=\n")
    paths = ["/a", "/private/a", "/list", "/list?page=2"]
    assert [await _is_allowed(world, path) for path in paths] == [True, False, True, False]
    world.news.page("/robots.txt", b"")
    world.later(days=1)
    assert not await _is_allowed(world, "/private/a")
    assert len(world.news.asked("/robots.txt")) == 1
    world.later(seconds=1)
    assert await _is_allowed(world, "/private/a")
    assert len(world.news.asked("/robots.txt")) == 2


@pytest.mark.parametrize("status", [404, 410])
async def test_where_there_is_no_file_all_is_allowed(world: World, status: int) -> None:
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /\n", status=status)
    assert await _is_allowed(world, "/a")


@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_server_is_asked_for_its_file_again_soon(world: World, status: int) -> None:
    world.news.page("/robots.txt", b"", status=status)
    for _ in range(2):
        with pytest.raises(FetchError, match=r"busy: its host cannot give its robots\.txt now"):
            await refuse_forbidden(world.ctx, world.news.url("/a"), "news")
    assert len(world.news.asked("/robots.txt")) == 1
    world.later(minutes=16)
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    assert await _is_allowed(world, "/a")
    assert not await _is_allowed(world, "/private")
    assert len(world.news.asked("/robots.txt")) == 2
