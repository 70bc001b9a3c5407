"""The pages of an outlet are read by its `article:`, and in the general way where that finds nothing."""

from __future__ import annotations

from monitor.cli.explain_output import lines_of
from monitor.reports.explanation import KnownArticle, explain
from monitor.steps.work import Work
from monitor.store.article_queries import StoredArticle
from tests.steps.page_reading import PARAGRAPHS, html
from tests.steps.world import START, Item, World

MORE, ODD, LAST = PARAGRAPHS
BODY = f"<div class=odd><p>{MORE}</p><p>{ODD}</p></div><div class=more><p>{LAST}</p></div>"
PAGE = f"<html lang=en><title>Harbour</title><body><h2>Harbour shut</h2><i>Ann</i>{BODY}</body></html>"


async def begin(world: World, article: str, item: Item | None = None) -> Work:
    """Let an outlet with these selectors show an article, whose page is read."""
    outlets = world.outlets("/rss").replace("language", f"fulltext: always, article: {article}, language")
    world.write({"outlets.yaml": outlets})
    assert not (await world.reload()).problems
    await world.settle()
    html(world, "/harbour.html", PAGE.encode())
    world.publish(item or Item("harbour", link=world.news.url("/harbour.html"), at=START), Item("weather", at=START))
    await world.visit()
    work = world.work()
    await work.hosts.drain()
    return work


async def harbour(world: World) -> StoredArticle:
    (stored,) = [one for one in await world.articles() if "harbour" in one.article.url]
    return stored


async def explained(world: World) -> KnownArticle:
    url, now = world.news.url("/harbour.html"), world.clock
    (found,) = await world.store.read(explain, world.ctx.active.config, [url], None, (now, now))
    assert isinstance(found, KnownArticle)
    return found


async def test_what_is_given_takes_the_place_of_the_general_way(world: World) -> None:
    await begin(world, "{text: .odd, title: h2, authors: i}")
    article = (await harbour(world)).article
    assert ODD in article.body
    assert LAST not in article.body
    assert article.authors == ("Ann",)
    found = await explained(world)
    assert (found.page.title, found.page.selected, found.page.missed) == (
        "Harbour shut",
        ("text", "title", "authors"),
        (),
    )
    assert "`article:` gave its text, title, authors" in [line.strip() for line in lines_of(found)]


async def test_what_finds_nothing_is_read_in_the_general_way_and_said(world: World) -> None:
    await begin(world, "{text: .gone, title: h2, time: time}")
    article = (await harbour(world)).article
    assert all(paragraph in article.body for paragraph in PARAGRAPHS)
    found = await explained(world)
    assert (found.page.selected, found.page.missed) == (("title",), ("text", "time"))
    said = "`article:` gave its title; `article:` finds no text, time, so that the general way is taken"
    assert said in [line.strip() for line in lines_of(found)]


async def test_what_is_removed_is_missing_in_the_general_way_as_well(world: World) -> None:
    await begin(world, "{remove: .more}")
    article = (await harbour(world)).article
    assert LAST not in article.body
    assert ODD in article.body
    assert (await explained(world)).page.missed == ()


async def test_what_removes_the_whole_text_is_blamed_with_its_line(world: World) -> None:
    await begin(world, "{remove: body}")
    found = await explained(world)
    assert (
        found.page.reason
        == "`article:` removes the whole text: remove: body (outlets.yaml:2), read again 2026-11-23 10:25 UTC"
    )


async def test_what_gave_nothing_is_read_at_once_by_other_selectors(world: World) -> None:
    work = await begin(world, "{remove: body}")
    assert ODD not in (await harbour(world)).article.body
    asked = len(world.news.asked("/harbour.html"))
    outlets = world.outlets("/rss").replace("language", "fulltext: always, article: {text: .odd}, language")
    world.write({"outlets.yaml": outlets})
    assert not (await world.reload()).problems
    await work.hosts.drain()
    assert len(world.news.asked("/harbour.html")) == asked + 1
    assert ODD in (await harbour(world)).article.body
    assert not (await world.reload()).problems
    await work.hosts.drain()
    assert len(world.news.asked("/harbour.html")) == asked + 1
