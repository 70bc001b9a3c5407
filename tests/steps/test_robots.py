"""robots.txt slows us down and never keeps a configured feed from being read."""

from __future__ import annotations

from datetime import timedelta

from monitor.steps.robots import read_robots
from monitor.store import hosts
from tests.steps.world import Item, World

HOST = "127.0.0.1"


async def test_a_crawl_delay_is_kept_and_remembered(world: World) -> None:
    world.publish(Item("weather"))
    await world.visit()
    world.news.page("/robots.txt", b"User-agent: *\nCrawl-delay: 7\nDisallow: /\n")
    assert await read_robots(world.ctx) == 1
    assert world.ctx.delays == {HOST: 7.0}
    assert (await world.store.read(hosts.known))[HOST].crawl_delay == timedelta(seconds=7)
    await world.begin()
    assert await read_robots(world.ctx) == 0
    assert world.ctx.delays == {HOST: 7.0}


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
    assert world.ctx.delays == {HOST: 0.0}


async def test_a_delay_that_is_gone_is_forgotten(world: World) -> None:
    world.publish(Item("weather"))
    await world.visit()
    world.news.page("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    await read_robots(world.ctx)
    world.news.page("/robots.txt", b"User-agent: *\nAllow: /\n")
    world.later(hours=25)
    await read_robots(world.ctx)
    assert world.ctx.delays == {HOST: 0.0}


async def test_what_it_forbids_is_read_all_the_same(world: World) -> None:
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
    world.publish(Item("weather"))
    await world.visit()
    await read_robots(world.ctx)
    world.publish(Item("harbour"), Item("weather"))
    assert (await world.visit()).new == 1
