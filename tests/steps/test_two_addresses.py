"""An outlet with two addresses: what the one says that shows an article later is judged, once, where it says more."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.steps.world import Item, World, rss, text_of

STORM = Item("storm", "Rain over the town and the harbour.")


def titles(*items: Item) -> bytes:
    """A feed of the titles of these pieces alone."""
    return re.sub(rb"<description>.*?</description>", b"", rss(items))


def addresses(*items: Item) -> bytes:
    """A sitemap of these pieces, which gives no titles."""
    urls = "".join(f"<url><loc>https://news.test/{item.name}.html</loc></url>" for item in items)
    return f"<urlset>{urls}</urlset>".encode()


@pytest.fixture
async def pair(world: World) -> World:
    """An outlet of which `/poor` shows less than `/rss`; both were read."""
    entry = world.outlets("/rss").replace("language: en", f"sitemap: {world.news.url('/poor')}, language: en")
    world.write({"outlets.yaml": entry})
    await world.reload()
    world.publish(Item("weather"))
    world.news.feed("/poor", titles(Item("weather")))
    await world.visit_at("/rss")
    world.later(minutes=10)
    await world.send()
    world.mail.accepted.clear()
    return world


@pytest.mark.parametrize("poor", [titles, addresses])
async def test_what_another_feed_says_more_is_judged_and_told_once(pair: World, poor: Callable[..., bytes]) -> None:
    pair.news.feed("/poor", poor(STORM, Item("weather")))
    await pair.visit_at("/rss")
    assert await pair.send() == 0
    pair.publish(STORM, Item("weather"))
    kept = await pair.visit_at("/rss")
    assert (kept.new, kept.matched) == (0, 1)
    await pair.send()
    assert pair.subjects() == ["News of the storm"]
    assert STORM.text in text_of(pair.mails()[0])
    for _ in range(3):
        stored = next(one for one in await pair.articles() if "storm" in one.article.url)
        assert (stored.version, stored.article.title) == (2, "News of the storm"), "each shows what it showed before"
        await pair.visit_at("/rss")
    assert await pair.send() == 0


async def test_a_later_title_of_the_one_that_says_less_keeps_the_text(pair: World) -> None:
    pair.news.feed("/poor", titles(STORM, Item("weather")))
    await pair.visit_at("/rss")
    pair.publish(STORM, Item("weather"))
    await pair.visit_at("/rss")
    pair.publish(Item("weather"))
    for version, title in ((3, "Storm: the latest"), (4, "Storm: the very latest")):
        pair.news.feed("/poor", titles(STORM, Item("weather")).replace(b"News of the storm", title.encode()))
        await pair.visit_at("/rss")
        stored = next(one for one in await pair.articles() if "storm" in one.article.url)
        assert (stored.version, stored.article.title, stored.article.lead) == (version, title, STORM.text)
