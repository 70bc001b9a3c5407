"""What a page states of its article is kept: its date where the feed gives none, and its other address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.cli.explain_output import lines_of
from monitor.reports.article_history import find
from monitor.reports.explanation import KnownArticle, explain
from monitor.steps.work import Work
from monitor.store import article_texts
from monitor.store.article_queries import StoredArticle
from tests.steps.page_reading import html, page
from tests.steps.world import READER, START, Item, World, rss

STATED, EARLIER = datetime(2026, 11, 23, 6, 30, tzinfo=UTC), START - timedelta(hours=1)


async def begin(world: World, head: str, at: datetime | None = None) -> Work:
    """Let an outlet that has all pages read show an article whose page says so in its head."""
    world.write({"outlets.yaml": f"defaults: {{fulltext: always}}\n{world.outlets('/rss')}"})
    await world.reload()
    await world.settle()
    html(world, "/harbour.html", page().replace(b"<title>", f"{head}<title>".encode()))
    world.publish(Item("harbour", at=at, link=world.news.url("/harbour.html")), Item("weather", at=START))
    await world.visit()
    work = world.work()
    await work.hosts.drain()
    return work


async def harbour(world: World) -> StoredArticle:
    (stored,) = [one for one in await world.articles() if "harbour" in one.article.url]
    return stored


def published(text: str) -> str:
    return f'<meta property="article:published_time" content="{text}">'


@pytest.mark.parametrize(
    ("text", "at", "expected", "given"),
    [
        ("2026-11-23T09:30:00+03:00", None, STATED, "2026-11-23T09:30:00+03:00"),
        (
            "2026-11-23T09:30:00+03:00",
            START - timedelta(hours=1),
            START - timedelta(hours=1),
            "Mon, 23 Nov 2026 09:00:00 +0000",
        ),
        ("2031-01-01T00:00:00Z", None, None, ""),
        ("2026-11-23T09:30:00", None, None, ""),
    ],
)
async def test_the_date_of_the_page_counts_where_the_feed_gives_none(
    world: World, text: str, at: datetime | None, expected: datetime | None, given: str
) -> None:
    await begin(world, published(text), at)
    stored = await harbour(world)
    assert (stored.article.published, stored.article.published_text) == (expected, given)
    # An edit by the feed, which still gives none, leaves the date as it is known.
    world.publish(Item("harbour", "No ship may leave.", at=at, link=stored.article.url), Item("weather", at=START))
    await world.visit()
    edited = await harbour(world)
    assert (edited.version, edited.article.published, edited.article.published_text) == (3, expected, given)


async def test_the_authors_of_the_page_count_where_the_feed_names_none(world: World) -> None:
    rules = f"rules: [{{name: Ann, to: [{READER}], query: 'author:\"Ann Smith\"'}}]\n"
    world.write({"rules.yaml": rules})
    await begin(world, '<meta name="author" content="Ann Smith">')
    stored = await harbour(world)
    assert (stored.version, stored.article.authors) == (2, ("Ann Smith",))
    assert await world.send() == 1
    # An edit by the feed, which still names none.
    world.publish(Item("harbour", "No ship may leave.", link=stored.article.url), Item("weather", at=START))
    assert (await world.visit()).matched == 1
    assert (await harbour(world)).article.authors == ("Ann Smith",)


async def test_picture_title_and_language_of_the_page_are_kept_and_explained(world: World) -> None:
    head = '<meta property="og:image" content="/a.jpg"><meta property="og:title" content="Harbour shut">'
    await begin(world, head)
    stored = await harbour(world)
    assert stored.article.title == "News of the harbour"
    (found,) = await world.store.read(
        explain, world.ctx.active.config, [stored.article.url], None, (world.clock, world.clock)
    )
    assert isinstance(found, KnownArticle)
    picture = world.news.url("/a.jpg")
    assert (found.page.picture, found.page.title, found.page.language) == (picture, "Harbour shut", "en")
    assert await world.store.read(article_texts.pictures, [stored.id, 99]) == {stored.id: picture}
    lines = [line.strip() for line in lines_of(found)]
    assert f"its picture: {picture}" in lines
    assert "its title: Harbour shut" in lines
    assert world.news.asked("/a.jpg") == []


def untitled(world: World, text: str) -> None:
    """Let the feed show a piece without its title."""
    item = Item("harbour", text, link=world.news.url("/harbour.html"), at=START)
    world.news.feed("/rss", rss([item]).replace(b"News of the harbour", b"Untitled"))


async def test_the_title_of_the_page_counts_where_the_feed_gives_none_and_makes_no_endless_edits(world: World) -> None:
    world.write({"outlets.yaml": f"defaults: {{fulltext: always}}\n{world.outlets('/rss')}"})
    await world.reload()
    await world.settle()
    work, before = world.work(), len(await world.articles())
    html(world, "/harbour.html", page(head="Harbour shut"))
    untitled(world, "The council met on Monday.")
    await world.visit()
    await work.hosts.drain()
    stored = await harbour(world)
    assert (stored.version, stored.article.title) == (2, "Harbour shut")
    # Whatever headline the page has, the feed's poll finds the words that it knows.
    for _ in range(3):
        world.later(minutes=7)
        assert (await world.visit()).new == 0
    assert (await harbour(world)).version == 2
    # An edit of the feed, which still gives no title, keeps the page's; a title of its own takes its place.
    untitled(world, "The council met on Monday. A ship left.")
    await world.visit()
    stored = await harbour(world)
    assert (stored.version, stored.article.title) == (3, "Harbour shut")
    world.publish(
        Item("harbour", "The council met on Monday. A ship left.", link=world.news.url("/harbour.html"), at=START)
    )
    await world.visit()
    stored = await harbour(world)
    assert (stored.version, stored.article.title) == (4, "News of the harbour")
    assert len(await world.articles()) == before + 1


async def test_an_old_date_of_the_page_counts_for_rules_that_wait_for_it(world: World) -> None:
    world.write({"rules.yaml": f"rules: [{{name: Harbour, to: [{READER}], query: harbour, wait: text}}]\n"})
    await begin(world, published("2026-11-20T09:30:00Z"))
    assert await world.send() == 0
    world.later(hours=24)
    assert await world.send() == 1


async def test_the_canonical_address_leads_to_the_article_but_the_front_page_does_not(world: World) -> None:
    head = '<link rel="canonical" href="https://www.news.test/2026/harbour-closed/">'
    work = await begin(world, head)
    stored = await harbour(world)
    config = world.ctx.active.config
    found = await world.store.read(find, config, "https://news.test/2026/harbour-closed")
    assert found is not None
    assert found.id == stored.id
    # The feed moves to the canonical address: it is the same article.
    world.publish(Item("harbour", link="https://news.test/2026/harbour-closed", at=START), Item("weather", at=START))
    assert (await world.visit()).new == 0
    world.news.page(
        "/town.html", page(head="News of the town").replace(b"<title>", b'<link rel=canonical href="/"><title>')
    )
    world.publish(Item("town", link=world.news.url("/town.html"), at=START), Item("weather", at=START))
    await world.visit()
    await work.hosts.drain()
    assert await world.store.read(find, config, world.news.url("/")) is None


async def test_a_page_that_names_another_articles_address_takes_nothing_from_it(world: World) -> None:
    """Templates come with the address of another article, which the feed shows later under its own id."""
    await begin(world, '<link rel="canonical" href="https://news.test/2026/market-burns">')
    before = len(await world.articles())
    guid = b"<guid>https://news.test/2026/market-burns</guid>"
    market = Item(
        "market", "Firemen fought all night for stalls and lorries.", link="https://news.test/2026/market-burns"
    )
    world.news.feed("/rss", rss([market]).replace(b"</item>", guid + b"</item>"))
    world.later(minutes=7)
    assert (await world.visit()).new == 1
    assert len(await world.articles()) == before + 1
