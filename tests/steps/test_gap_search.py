"""A gap is looked for after its first page is told, and again where a request failed, until a source has answered."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

import pytest

from monitor.reports.health import read_health
from tests.peers.http import Request, reply
from tests.steps.sitemaps import paths
from tests.steps.test_further_pages import feed_page
from tests.steps.test_sitemap_filling import gaps, news_sitemap
from tests.steps.world import START, Item, World


def items(world: World, *minutes: int) -> list[Item]:
    """The articles that were published so many minutes after the start, the newest first; one is of the harbour."""
    names = {at: "harbour" if at == HARBOUR else f"ship {at}" for at in minutes}
    return [
        Item(names[at], link=world.news.url(f"/a/{at}"), at=START + timedelta(minutes=at))
        for at in sorted(minutes, reverse=True)
    ]


HARBOUR = 300
PAGES: tuple[Iterable[int], ...] = ((600, 540), (480, 420), (HARBOUR, 240), (0, -5))


def show(world: World, *newer: int) -> None:
    """Show a feed of pages that lead back to before the gap, after what is newer."""
    for number, minutes in enumerate(PAGES, 1):
        shown = items(world, *minutes, *(newer if number == 1 else ()))
        after = f"/rss?page={number + 1}" if number < len(PAGES) else ""
        world.news.page("/rss" if number == 1 else f"/rss?page={number}", feed_page(shown, after))


@pytest.fixture
async def night(world: World) -> World:
    """A world that slept for ten hours after it had read the last page of what its feed shows now."""
    await world.settle(*items(world, 0, -5))
    world.later(hours=10)
    return world


def hold(world: World, path: str, body: bytes) -> tuple[asyncio.Event, asyncio.Event]:
    """Let a page be answered once it may; return what says that it was asked for, and what lets it be."""
    asked, may = asyncio.Event(), asyncio.Event()

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        asked.set()
        await may.wait()
        return await reply(200, body, None)(request, writer)

    world.news.routes[path] = serve
    return asked, may


async def test_what_the_first_page_shows_is_told_before_its_older_pages_are_read(night: World) -> None:
    show(night, HARBOUR + 310)
    night.news.page("/rss", feed_page([Item("harbour", at=night.clock)], "/rss?page=2"))
    asked, may = hold(night, "/rss?page=2", feed_page(items(night, 480, 0)))
    visit = asyncio.create_task(night.visit())
    await asked.wait()
    assert [one.article.title for one in await night.articles()][-1] == "News of the harbour"
    assert await night.send() == 1
    assert await gaps(night) == ([], [])
    may.set()
    ingested = await visit
    # The poll counts all of it, and knows that its first page left a gap although that is stored.
    assert (ingested.new, ingested.matched, ingested.gap, ingested.filled) == (2, 1, False, True)
    assert await night.send() == 0
    state = await night.feed()
    assert (state.last_new_at, state.gap_again_at) == (night.clock, None)
    assert [gap.note for gap in (await gaps(night))[1]] == ["its older pages"]


async def test_news_of_a_first_page_whose_older_page_has_none_count(night: World) -> None:
    night.news.page("/rss", feed_page(items(night, 600), "/rss?page=2"))
    night.news.page("/rss?page=2", feed_page(items(night, 0, -5)))
    assert (await night.visit()).new == 1
    assert (await night.feed()).last_new_at == night.clock


async def test_undated_articles_that_were_stored_first_still_count_as_of_the_gap(night: World) -> None:
    shown = [Item(f"ship {number}", link=night.news.url(f"/a/u{number}")) for number in range(3)]
    night.publish(*shown)
    night.news.page("/sitemap.xml", news_sitemap([shown[0], *items(night, HARBOUR, 0, -5)]))
    assert (await night.visit()).new == 3
    (gap,), _ = await gaps(night)
    assert gap.note == f"{night.news.url('/sitemap.xml')}: it lacks 2 articles that the feed shows"


@pytest.mark.parametrize("is_killed", [False, True])
async def test_a_gap_whose_poll_came_to_no_end_is_looked_for_after_it(night: World, *, is_killed: bool) -> None:
    show(night)
    asked, _ = hold(night, "/rss?page=2", b"")
    visit = asyncio.create_task(night.visit())
    await asked.wait()
    visit.cancel()
    with suppress(asyncio.CancelledError):
        await visit
    if is_killed:
        await night.begin()
    night.later(minutes=20)
    show(night)
    ingested = await night.visit()
    assert (ingested.new, ingested.matched, ingested.filled) == (4, 1, True)
    assert await night.send() == 1
    still_open, (gap,) = await gaps(night)
    assert (still_open, gap.to_at) == ([], night.clock)


async def test_older_pages_that_failed_once_are_read_at_a_later_poll(night: World) -> None:
    show(night)
    night.news.reset("/rss?page=3")
    assert (await night.visit()).gap
    (gap,), _ = await gaps(night)
    # Both are said: what failed, and what else was tried.
    assert f"{night.news.url('/rss?page=3')} could not be read: " in gap.note
    assert "; no sitemap of 127.0.0.1 shows its articles (searched " in gap.note
    assert gap.note.endswith("; tried again at the first poll from 2026-11-23 20:20 UTC on")
    health = await night.store.read(read_health, night.clock)
    assert any(line.endswith(f"; not filled: {gap.note}") for line in health.attention)
    await night.begin()
    show(night, 602)
    night.later(minutes=5)
    await night.visit()
    assert paths(night.news)[-1] == "/rss"
    night.later(minutes=6)
    ingested = await night.visit()
    # Of what is new since, nothing was missed.
    assert (ingested.new, ingested.matched, ingested.gap) == (2, 1, False)
    assert await night.send() == 1
    still_open, (filled,) = await gaps(night)
    assert (still_open, filled.note, filled.from_at) == ([], "its older pages", gap.from_at)
    assert filled.to_at == gap.to_at
    assert (await night.feed()).gap_again_at is None
    paths(night.news)
    night.later(hours=5)
    await night.visit()
    assert paths(night.news) == ["/rss"]


@pytest.mark.parametrize("is_unchanged", [False, True])
async def test_a_sitemap_that_failed_once_is_read_at_a_later_poll(night: World, *, is_unchanged: bool) -> None:
    night.news.feed("/rss", feed_page(items(night, 600, 540)), etag='"1"')
    listed = news_sitemap(items(night, 600, 540, 480, HARBOUR, 0, -5))
    night.news.cut("/sitemap.xml", listed[: len(listed) // 2], len(listed))
    assert (await night.visit()).gap
    (gap,), _ = await gaps(night)
    assert f"{night.news.url('/sitemap.xml')} could not be read: " in gap.note
    night.news.page("/sitemap.xml", listed)
    if not is_unchanged:
        night.news.page("/rss", feed_page(items(night, 605, 600, 540)))
        night.news.page("/sitemap.xml", news_sitemap(items(night, 605, 600, 540, 480, HARBOUR, 0, -5)))
    night.later(minutes=11)
    ingested = await night.visit()
    assert (ingested.new, ingested.matched, ingested.gap) == (2 if is_unchanged else 3, 1, False)
    assert (await gaps(night))[0] == []
    assert await night.send() == 1


async def test_a_known_sitemap_that_failed_once_need_not_wait_for_its_hour(night: World) -> None:
    night.news.page("/rss", feed_page(items(night, 600, 540)))
    night.news.page("/sitemap.xml", news_sitemap(items(night, 600, 540, 0, -5)))
    assert (await night.visit()).filled
    night.later(hours=5)
    night.news.page("/rss", feed_page(items(night, 900, 890)))
    night.news.reset("/sitemap.xml")
    assert (await night.visit()).gap
    night.later(minutes=11)
    night.news.page("/sitemap.xml", news_sitemap(items(night, 900, 890, 700, 600, 540, 0, -5)))
    assert (await night.visit()).new == 1
    assert (await gaps(night))[0] == []


async def test_a_gap_is_given_up_after_six_tries_within_a_day(night: World) -> None:
    show(night)
    night.news.page("/rss?page=2", b"", status=503)
    began, asked = night.clock, []
    for _ in range(24 * 12):
        await night.visit()
        if "/rss?page=2" in paths(night.news):
            asked.append(round((night.clock - began).total_seconds() / 60))
        night.later(minutes=5)
    assert asked == [0, 10, 40, 100, 280, 640, 1240]
    (gap,), _ = await gaps(night)
    assert "tried again" not in gap.note
    assert (await night.feed()).gap_again_at is None


async def test_a_gap_is_looked_for_as_far_back_by_a_poll_that_has_a_gap_of_its_own(
    night: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(night)
    night.news.reset("/rss?page=3")
    assert (await night.visit()).gap
    newer = [(at + 20, at) for at in (900, 840, 780, 720)]
    monkeypatch.setattr(sys.modules[__name__], "PAGES", (*newer, *PAGES))
    night.later(hours=6)
    show(night)
    await night.visit()
    assert await gaps(night) == ([], (await gaps(night))[1])
    assert {f"News of the ship {at}" for at in (240, 420, 720, 920)} <= {
        one.article.title for one in await night.articles()
    }


async def test_a_newer_gap_that_is_filled_leaves_an_older_one_to_be_looked_for(
    night: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(night)
    night.news.reset("/rss?page=3")
    assert (await night.visit()).gap
    monkeypatch.setattr(sys.modules[__name__], "PAGES", ((605, 604), (603, 602), *PAGES))
    night.later(minutes=6)
    show(night)
    assert (await night.visit()).filled
    assert len((await gaps(night))[0]) == 1
    night.later(minutes=6)
    await night.visit()
    assert (await gaps(night))[0] == []


async def test_a_source_that_answers_without_what_is_missing_is_not_asked_again(night: World) -> None:
    show(night)
    night.news.page("/rss?page=2", b"", status=404)
    await night.visit()
    (gap,), _ = await gaps(night)
    assert "tried again" not in gap.note
    night.later(hours=2)
    paths(night.news)
    await night.visit()
    assert paths(night.news) == ["/rss"]


async def test_a_pinned_entry_does_not_close_a_gap_that_is_looked_for_again(world: World) -> None:
    pinned = items(world, -5)
    await world.settle(*pinned)
    world.publish(*pinned, *items(world, 5, 6))
    await world.visit()
    world.later(hours=10)
    world.news.page("/rss", feed_page([*pinned, *items(world, 600, 540, 530)], "/rss?page=2"))
    world.news.page("/rss?page=2", b"", status=500)
    assert (await world.visit()).gap
    world.later(minutes=11)
    world.news.page("/rss?page=2", feed_page(items(world, 480, HARBOUR), "/rss?page=3"))
    world.news.page("/rss?page=3", feed_page(items(world, 6, 5)))
    assert (await world.visit()).matched == 1
    assert (await gaps(world))[0] == []
