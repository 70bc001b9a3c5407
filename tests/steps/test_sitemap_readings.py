"""Indexes that do not tell which of their sitemaps changed: what is new is found, with as few requests as before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Article, SitemapLink
from monitor.steps.further_pages import MOST_INDEXES, MOST_SITEMAPS
from monitor.steps.parse_page import ParsedPage
from monitor.steps.sitemap_readings import BEST, SitemapReadings
from tests.steps.sitemaps import index, paths
from tests.steps.world import START, World

_XML = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
_EVERY = timedelta(minutes=10)


def links(*names: str, changed: str = "") -> list[SitemapLink]:
    return [SitemapLink(f"https://e.test/{name}.xml", changed) for name in names]


def page(*times: datetime) -> ParsedPage:
    """A sitemap of articles of these times."""
    keys = ((str(at).encode(),) for at in times)
    return ParsedPage(tuple(Article("e", "", "", published=at, keys=key) for at, key in zip(times, keys, strict=True)))


def dated(*ages: timedelta, now: datetime) -> bytes:
    """A sitemap of articles published so long before now."""
    urls = ""
    for age in ages:
        at = now - age
        news = f"<news:news><news:publication_date>{at.isoformat()}</news:publication_date></news:news>"
        urls += f"<url><loc>https://news.test/news-of-{int(at.timestamp())}</loc>{news}</url>"
    return f"<urlset {_XML}>{urls}</urlset>".encode()


def again(readings: SitemapReadings, after: timedelta = _EVERY) -> SitemapReadings:
    """What is remembered at a later poll."""
    return SitemapReadings(readings.tokens(), readings._now + after)


def test_those_with_news_come_first_then_those_that_were_read_longest_ago() -> None:
    a, b, c, d, e = links("a", "b", "c", "d", "e")
    readings = SitemapReadings((), START)
    for link, days in ((a, 9), (b, 0), (c, 0)):
        readings.add(link, page(START - timedelta(days=days)), is_said_same=False)
    readings = again(readings)
    assert readings.in_turn([a, b, c, d, e]) == [b, c, d, e, a]
    readings.add(d, page(START), is_said_same=True)
    assert again(readings).in_turn([a, e]) == [e, a]


@pytest.mark.parametrize(
    ("changed", "after", "may"),
    [
        ("", timedelta(days=9), True),
        ("2026-11-23", timedelta(minutes=10), True),
        ("2026-11-23", timedelta(days=3), True),
        ("2026-11-20", timedelta(minutes=10), False),
        ("2026-11-23T09:00:00Z", timedelta(minutes=10), False),
    ],
)
def test_a_date_alone_says_nothing_of_what_was_read_on_that_day(changed: str, after: timedelta, *, may: bool) -> None:
    (link,) = links("a", changed=changed)
    readings = SitemapReadings((), START)
    readings.add(link, page(START), is_said_same=False)
    assert again(readings, after).may_have_changed(link) == may


def test_one_that_changed_while_its_index_said_the_same_is_doubted_until_it_says_so_again() -> None:
    (link,) = links("a", changed="2026-11-20T09:00:00Z")
    readings = SitemapReadings((), START)
    for is_said_same, times, is_doubted in ((False, 1, False), (True, 1, False), (True, 2, True), (False, 3, False)):
        readings = again(readings)
        readings.add(link, page(*[START + timedelta(hours=at) for at in range(times)]), is_said_same=is_said_same)
        assert again(readings).may_have_changed(link) == is_doubted


def test_the_best_are_due_after_an_hour() -> None:
    listed = links("a", "b", "c", "d", "e", changed="2026-11-20T09:00:00Z")
    readings = SitemapReadings((), START)
    for days, link in enumerate(listed):
        readings.add(link, page(START - timedelta(days=days)), is_said_same=False)
    assert (again(readings).due(listed), again(readings).any_due) == ([], False)
    later = again(readings, timedelta(hours=1))
    assert (later.due(listed), later.any_due) == (listed[:BEST], True)


def test_hostile_tokens_cost_themselves() -> None:
    broken = ["=", "=zz.1.1.00000000", "=0123456789abcdef.1", "=0123456789abcdef.9999999999999.1.00000000", "!x"]
    assert SitemapReadings(broken, datetime(2026, 11, 1, tzinfo=UTC)).tokens() == []


# --- through polls -------------------------------------------------------------------------------------------


async def polls(world: World, count: int, each: Callable[[], None]) -> int:
    """Poll so often, ten minutes apart; return how many articles came."""
    came = 0
    for _ in range(count):
        world.later(minutes=10)
        each()
        came += (await world.visit()).new
        assert len(paths(world.news)) <= 1 + MOST_SITEMAPS + MOST_INDEXES
    return came


def grow(world: World, path: str) -> None:
    """Show an article of this very minute, and the ones of each ten minutes of two hours before."""
    ages = [timedelta(minutes=10 * at) for at in range(12) if world.clock - timedelta(minutes=10 * at) > START]
    world.news.page(path, dated(*ages, now=world.clock))


@pytest.mark.parametrize("changed", ["", "now"])
async def test_the_newest_are_found_wherever_they_stand(changed: str, world: World) -> None:
    def show() -> None:
        stated = world.clock.isoformat() if changed else ""
        world.news.page("/rss", index({f"/{number}.xml": stated for number in range(12, 0, -1)}))
        grow(world, "/1.xml")

    for number in range(2, 13):
        world.news.page(f"/{number}.xml", dated(timedelta(days=number), now=START))
    show()
    await world.visit()
    paths(world.news)
    await polls(world, 5, show)
    titles = [one.article.published for one in await world.articles()]
    assert sum(at is not None and at > START for at in titles) >= 4
    assert await polls(world, 6, show) == 6


async def test_a_sitemap_of_the_day_is_read_all_day(world: World) -> None:
    world.news.page("/rss", index({"/day.xml": f"{START:%Y-%m-%d}"}))
    grow(world, "/day.xml")
    await world.visit()
    paths(world.news)
    assert await polls(world, 6, lambda: grow(world, "/day.xml")) == 6


@pytest.mark.parametrize("is_nested", [False, True])
async def test_one_whose_date_stays_is_found_out_within_the_hour(world: World, *, is_nested: bool) -> None:
    stuck = "2026-11-20T09:00:00+00:00"
    inner = "/inner.xml" if is_nested else "/1.xml"
    world.news.feed("/rss", index({inner: stuck, "/2.xml": stuck}), etag='"always"')
    world.news.page("/2.xml", dated(timedelta(days=2), now=START))

    def show() -> None:
        world.news.page("/inner.xml", index({"/1.xml": world.clock.isoformat()}))
        grow(world, "/1.xml")

    show()
    await world.visit()
    paths(world.news)
    assert await polls(world, 7, show) >= 6
    assert await polls(world, 6, show) == 6


async def test_what_was_passed_over_gives_nothing_but_news(world: World) -> None:
    world.news.page("/rss", index({f"/{number}.xml": "" for number in range(6, 0, -1)}))
    for number in range(1, 7):
        world.news.page(f"/{number}.xml", dated(timedelta(days=number), now=START))
    assert (await world.visit()).new == MOST_SITEMAPS
    paths(world.news)
    assert await polls(world, 4, lambda: None) == 0
