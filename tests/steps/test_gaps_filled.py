"""Gaps of a feed that another feed of its outlet fills, and such that only look filled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.reports.health import read_health
from monitor.store import Connection, poll_records
from monitor.store.poll_records import Gap
from tests.steps.sitemaps import index, sitemap
from tests.steps.world import Item, World


@pytest.fixture
async def two(world: World) -> World:
    """An outlet with a short feed and a sitemap, both read."""
    urls = f"feed: {world.news.url('/rss')}, sitemap: {world.news.url('/s.xml')}"
    world.write({"outlets.yaml": f"outlets:\n  - {{name: news, {urls}, language: en}}\n"})
    await world.reload()
    await show(world, ["weather"], ["weather", "town-hall"])
    return world


async def show(world: World, feed: list[str], listed: list[str]) -> None:
    """Show these articles, and poll both ten minutes later, twice, in whatever order."""
    world.publish(*(Item(name, link=f"https://news.test/news-of-the-{name}") for name in feed))
    world.news.page("/s.xml", sitemap(*listed))
    for _ in range(2):
        world.later(minutes=10)
        await world.visit_at("/s.xml")


async def gaps(world: World) -> tuple[list[Gap], list[Gap]]:
    """The open gaps and the filled ones."""

    def both(conn: Connection) -> tuple[list[Gap], list[Gap]]:
        return poll_records.open_gaps(conn), poll_records.filled_gaps(conn, world.clock - timedelta(days=1))

    return await world.store.read(both)


async def test_a_gap_is_filled_by_a_sitemap_that_shows_all_that_the_feed_shows(two: World) -> None:
    before = two.clock
    await show(two, ["harbour"], ["harbour", "market", "weather", "town-hall"])
    still_open, (gap,) = await gaps(two)
    assert (still_open, gap.from_at, gap.to_at) == ([], before, before + timedelta(minutes=10))
    assert gap.filled_at is not None
    assert gap.filled_at >= gap.to_at
    health = await two.store.read(read_health, two.clock)
    assert health.gaps == []
    assert health.filled_gaps == [gap]
    said = (
        f"what may have been missed from 2026-11-23 10:20 to {gap.to_at:%Y-%m-%d %H:%M} UTC came by another feed of it"
    )
    assert [line for line in health.notes if said in line] == list(health.notes)
    assert not any("missed" in line for line in health.attention)


async def test_a_feed_of_another_section_fills_nothing(two: World) -> None:
    await show(two, ["harbour"], ["sports", "market", "weather", "town-hall"])
    (gap,), filled = await gaps(two)
    assert (gap.filled_at, filled) == (None, [])
    # It comes late to the sitemap, which shows that it has the same articles.
    await show(two, ["harbour"], ["harbour", "sports", "market", "weather", "town-hall"])
    assert [one.from_at for one in (await gaps(two))[1]] == [gap.from_at]


async def test_a_feed_that_has_a_gap_itself_fills_nothing(two: World) -> None:
    await show(two, ["harbour"], ["harbour", "market"])
    still_open, filled = await gaps(two)
    assert ({gap.url for gap in still_open}, filled) == ({two.news.url("/rss"), two.news.url("/s.xml")}, [])


async def test_an_index_of_which_a_sitemap_cannot_be_read_fills_nothing(two: World) -> None:
    two.news.page("/a.xml", sitemap("weather", "town-hall"))
    two.news.page("/b.xml", sitemap("fair"))
    listed = index({"/a.xml": "", "/b.xml": ""})

    async def poll(*names: str) -> tuple[list[Gap], list[Gap]]:
        two.publish(*(Item(name, link=f"https://news.test/news-of-the-{name}") for name in names))
        two.news.page("/s.xml", listed)
        for _ in range(2):
            two.later(minutes=10)
            await two.visit_at("/s.xml")
        return await gaps(two)

    await poll("weather")
    two.news.page("/a.xml", sitemap("harbour", "market", "weather", "town-hall"))
    two.news.page("/b.xml", status=500)
    still_open, filled = await poll("harbour")
    assert (len(still_open), filled) == (1, [])
    two.news.page("/b.xml", sitemap("fair"))
    still_open, filled = await poll("harbour")
    assert (still_open, len(filled)) == ([], 1)


async def test_a_sitemap_that_was_not_read_before_fills_nothing(world: World) -> None:
    await world.settle(Item("weather", link="https://news.test/news-of-the-weather"))
    urls = f"feed: {world.news.url('/rss')}, sitemap: {world.news.url('/s.xml')}"
    world.write({"outlets.yaml": f"outlets:\n  - {{name: news, {urls}, language: en}}\n"})
    await world.reload()
    await show(world, ["harbour"], ["harbour", "market"])
    still_open, filled = await gaps(world)
    assert (len(still_open), filled) == (1, [])


async def test_another_outlet_fills_nothing(two: World) -> None:
    urls = two.news.url("/rss"), two.news.url("/s.xml")
    outlets = f"outlets:\n  - {{name: news, feed: {urls[0]}}}\n  - {{name: other, sitemap: {urls[1]}}}\n"
    two.write({"outlets.yaml": outlets})
    await two.reload()
    await show(two, ["harbour"], ["harbour", "market", "weather", "town-hall"])
    # The sitemap went over to another outlet, where it is read like a new one and has no gap of its own.
    still_open, filled = await gaps(two)
    assert ([gap.url for gap in still_open], filled) == ([urls[0]], [])


async def test_gaps_with_a_poll_between_them_are_several(two: World) -> None:
    listed = ["weather", "town-hall"]
    began = two.clock
    for name in ("one", "two", "three"):
        listed = [name, *listed]
        # Polled twice with the same article, so that the next gap does not begin where this one ends.
        await show(two, [name], listed)
    still_open, filled = await gaps(two)
    assert (still_open, len(filled)) == ([], 3)
    assert filled[-1].from_at == began


async def test_a_feed_that_shows_another_article_at_each_poll_has_one_row(two: World) -> None:
    listed = ["weather", "town-hall"]
    for name in ("one", "two", "three", "four"):
        listed = [name, *listed]
        two.publish(Item(name, link=f"https://news.test/news-of-the-{name}"))
        two.news.page("/s.xml", sitemap(*listed))
        two.later(minutes=10)
        await two.visit_at("/s.xml")
    two.later(minutes=1)
    await two.visit_at("/s.xml")
    still_open, filled = await gaps(two)
    assert (still_open, len(filled)) == ([], 1)
