"""What is said of the page behind an article: read, waiting, refused and why, or not read and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.articles import compose
from monitor.cli.explain_output import lines_of
from monitor.page_values import ArticlePage
from monitor.reports.article_history import JudgedText
from monitor.reports.explanation import KnownArticle, explain
from monitor.reports.health import read_health
from monitor.reports.page_outcome import PageState
from monitor.steps.page_requests import PAGES_A_POLL
from monitor.store import article_pages, articles, backfills, page_yields, poll_records
from monitor.text import when
from tests.steps.page_reading import PARAGRAPHS, html, page
from tests.steps.world import START, Item, World


async def known(world: World, name: str) -> KnownArticle:
    config, span = world.ctx.active.config, (START, world.clock)
    (found,) = await world.store.read(explain, config, [world.news.url(f"/{name}.html")], None, span)
    assert isinstance(found, KnownArticle)
    return found


async def show(world: World, name: str, fulltext: str = "auto", text: str = "") -> None:
    """Let the outlet, set so, show an article whose page is ours."""
    world.write({"outlets.yaml": f"defaults: {{fulltext: {fulltext}}}\n{world.outlets('/rss')}"})
    await world.reload()
    link = world.news.url(f"/{name}.html")
    world.publish(Item(name, text, link=link, at=world.clock), Item("weather"))
    await world.visit()


async def test_a_page_waits_is_read_and_counted(world: World) -> None:
    await world.settle()
    html(world, "/harbour.html", page())
    await show(world, "harbour")
    found = await known(world, "harbour")
    assert (found.judged, found.page.state, found.read_until) == (JudgedText.SUMMARY, PageState.WAITING, None)
    assert "page       is waiting to be read" in lines_of(found)
    assert (await world.store.read(read_health, world.clock)).pages_today == 0
    await world.work().hosts.drain()
    found = await known(world, "harbour")
    assert (found.judged, found.page.state) == (JudgedText.TEXT, PageState.READ)
    assert (await world.store.read(read_health, world.clock)).pages_today == 1
    (dated,) = [line for line in lines_of(found) if line.startswith("published")]
    assert dated.endswith("; version 2, the first with what its page says")
    show_edited = Item("harbour", "Ships wait.", link=found.url, at=START)
    world.publish(show_edited, Item("weather"))
    await world.visit()
    edited = await known(world, "harbour")
    (dated,) = [line for line in lines_of(edited) if line.startswith("published")]
    assert (edited.first_of_page, dated.endswith("; version 3")) == (2, True)


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        (" ".join(PARAGRAPHS), JudgedText.STUB),
        (PARAGRAPHS[0], JudgedText.TEXT),
        (" ".join(PARAGRAPHS * 4), JudgedText.TEXT),
    ],
)
async def test_a_page_that_says_no_more_than_its_feed_is_not_called_the_whole_text(
    world: World, text: str, judged: JudgedText
) -> None:
    await world.settle()
    html(world, "/harbour.html", page())
    await show(world, "harbour", "always", text)
    await world.work().hosts.drain()
    found = await known(world, "harbour")
    assert (found.judged, found.page.state) == (judged, PageState.READ)
    said = [line for line in lines_of(found) if line.startswith("text ")]
    assert said[0].endswith("its page says no more than that") is (judged is JudgedText.STUB)


async def test_the_authors_that_the_page_names_are_shown(world: World) -> None:
    await world.settle()
    byline = b'<head><meta name="author" content="Jane Roe">'
    html(world, "/harbour.html", page().replace(b"<head>", byline))
    await show(world, "harbour", "always")
    await world.work().hosts.drain()
    found = await known(world, "harbour")
    assert found.authors == ("Jane Roe",)
    assert "by         Jane Roe" in lines_of(found)


@pytest.mark.parametrize("was_read", [False, True])
async def test_a_page_that_is_gone_says_since_when_and_whether_a_text_is_kept(world: World, *, was_read: bool) -> None:
    await world.settle()
    world.news.page("/harbour.html", b"", status=404)
    await show(world, "harbour")
    await world.work().hosts.drain()
    found = await known(world, "harbour")
    assert (found.judged, found.page.state, found.page.gone_since) == (JudgedText.UNREAD, PageState.GONE, world.clock)
    if was_read:
        await world.store.write(articles.add_page, found.id, ArticlePage("The harbour."), compose, world.clock)
        await world.store.write(article_pages.note_gone, found.id, world.clock)
        found = await known(world, "harbour")
    line = next(line for line in lines_of(found) if line.startswith("page "))
    kept = "last text kept" if was_read else "no text of it is kept"
    assert line == f"page       gone since {when(world.clock)} ({found.page.reason}); {kept}"
    assert "404" in found.page.reason


@pytest.mark.parametrize(
    ("status", "body", "robots", "reason"),
    [
        (403, b"", b"", "403"),
        (200, page(), b"User-agent: *\nDisallow: /\n", "robots.txt"),
        (200, b"<html><title>Just a moment...</title><p>Checking your browser</p></html>", b"", "captcha"),
    ],
)
async def test_a_page_that_gave_no_text_says_why(
    world: World, status: int, body: bytes, robots: bytes, reason: str
) -> None:
    await world.settle()
    if robots:
        world.news.page("/robots.txt", robots)
    html(world, "/harbour.html", body, status=status)
    await show(world, "harbour", "always")
    await world.work().hosts.drain()
    found = await known(world, "harbour")
    assert (found.judged, found.page.state) == (JudgedText.UNREAD, PageState.REFUSED)
    assert reason in found.page.reason
    assert f"page       gave no text: {found.page.reason}" in lines_of(found)


@pytest.mark.parametrize(
    ("fulltext", "text", "reason"),
    [
        ("never", "", "fulltext: never"),
        ("auto", " ".join(PARAGRAPHS * 5), "the feed gives its whole text"),
        ("auto", "", "the last 20 pages of its feed gave nothing (status: 403)"),
    ],
)
async def test_a_page_that_was_not_read_says_why(world: World, fulltext: str, text: str, reason: str) -> None:
    await world.settle()
    (feed,) = await world.store.read(poll_records.states)
    await world.store.write(page_yields.note_request, feed.id, 100, world.clock, afresh=True)
    for _ in range(20):
        await world.store.write(page_yields.note_reading, feed.id, "status: 403")
    await show(world, "harbour", fulltext, text)
    found = await known(world, "harbour")
    assert found.page.state is PageState.UNREAD
    assert reason in found.page.reason
    assert any(line.startswith("page       not read: ") for line in lines_of(found))


async def test_the_backlog_of_a_first_poll_says_that_it_is_one(world: World) -> None:
    world.publish(Item("mayor", link=world.news.url("/mayor.html"), at=world.clock))
    world.write({"outlets.yaml": f"defaults: {{fulltext: always}}\n{world.outlets('/rss')}"})
    await world.reload()
    await world.visit()
    assert "backlog of a first poll" in (await known(world, "mayor")).page.reason


async def test_what_no_page_was_asked_for_says_whether_it_was_a_first_poll_or_a_burst(world: World) -> None:
    html(world, "/old.html", page())
    await show(world, "old", "always")
    backlog = (await known(world, "old")).page
    assert backlog.reason.startswith("it came in the backlog of a first poll")
    await world.settle()
    world.later(hours=1)
    link, at = world.news.url("/burst.html"), world.clock
    many = [Item(f"piece{number}", at=at) for number in range(PAGES_A_POLL)]
    world.publish(*many, Item("burst", link=link, at=at - timedelta(minutes=1)))
    await world.visit()
    assert (await known(world, "burst")).page.reason.startswith(f"it came in a burst of {PAGES_A_POLL + 1} articles")


@pytest.mark.parametrize(("days", "is_past"), [(30, True), (0, False)])
async def test_what_came_with_the_past_of_its_feed_says_so(world: World, days: int, *, is_past: bool) -> None:
    await world.settle()
    world.write({"outlets.yaml": f"defaults: {{fulltext: auto}}\n{world.outlets('/rss')}"})
    await world.reload()
    await world.store.write(backfills.begin, ["news"], world.clock - timedelta(days=90), world.clock)
    world.later(minutes=10)
    many = [Item(f"piece{number}", at=world.clock) for number in range(PAGES_A_POLL)]
    at = world.clock - timedelta(days=days, minutes=1)
    world.publish(*many, Item("mill", link=world.news.url("/mill.html"), at=at))
    await world.visit()
    assert ("it came with the past of its feed, asked for" in (await known(world, "mill")).page.reason) is is_past
