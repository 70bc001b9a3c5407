"""The life of an article from its first sight to the mail, and what may explain that there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model import State
from monitor.steps.life import Life, absence, find, life, site_of
from tests.steps.world import READER, START, Item, World

URL = "https://news.test/harbour.html"


async def lived(world: World, url: str = URL) -> Life | None:
    config = world.ctx.config
    stored = await world.store.read(find, config, url)
    return await world.store.read(life, config, stored, list(config.compiled), world.clock) if stored else None


@pytest.mark.parametrize("url", [URL, "http://www.news.test/harbour.html?utm_source=mail", "news.test/harbour.html"])
async def test_an_article_is_known_by_any_spelling_of_its_address(world: World, url: str) -> None:
    world.publish(Item("harbour"))
    await world.visit()
    assert await lived(world, url) is not None
    assert await lived(world, "https://news.test/other.html") is None


async def test_from_the_first_sight_to_the_mail(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour"), Item("weather", at=START))
    await world.visit()
    await world.send()
    found = await lived(world)
    assert found is not None
    assert [one.url for one in found.sightings] == [world.news.url("/rss")]
    assert [(one.rule, one.match is not None, one.told) for one in found.verdicts] == [("Harbour", True, (1,))]
    assert [(one.alert.recipient, one.state) for one in found.deliveries] == [(READER, State.SENT)]
    assert [one.id for one in found.story] == [found.stored.id]


async def test_a_rule_that_does_not_match_says_by_which_part(world: World) -> None:
    world.write({"rules.yaml": f"rules: [{{name: Both, to: [{READER}], query: harbour AND vote AND Peskov}}]\n"})
    await world.reload()
    world.publish(Item("harbour"))
    await world.visit()
    found = await lived(world)
    assert found is not None
    (verdict,) = found.verdicts
    assert verdict.match is None
    assert [failure.part for failure in verdict.failures] == ["Peskov"]
    assert found.deliveries == []


async def test_an_absence_tells_the_feeds_of_the_site_and_when_nobody_ran(world: World) -> None:
    world.write({"outlets.yaml": "outlets: [{name: news, feed: 'https://feeds.news.test/rss'}]\n"})
    await world.reload()
    span = (START - timedelta(days=1), START)
    told = await world.store.read(absence, URL, span)
    assert [feed.url for feed in told.feeds] == ["https://feeds.news.test/rss"]
    assert (await world.store.read(absence, "https://elsewhere.test/x", span)).feeds == []


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://feeds.bbc.co.uk/x", "bbc.co.uk"),
        ("https://www.aa.com.tr/tr", "aa.com.tr"),
        ("news.test", "news.test"),
        ("https://rss.dw.com/rdf", "dw.com"),
        ("", ""),
    ],
)
def test_a_site_is_what_feeds_and_pages_share(url: str, site: str) -> None:
    assert site_of(url) == site
