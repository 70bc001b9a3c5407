"""Summaries and the mails after an outage leave once the polls and pages that they wait for are over, not before."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from monitor.steps.clock import Outage
from monitor.steps.poll import poll
from monitor.steps.work import Work
from monitor.store import poll_records
from monitor.store.feeds import DueFeed
from tests.steps.page_reading import WAITS, html, page, work
from tests.steps.world import READER, START, Item, World

assert work


@pytest.fixture
async def two_feeds(world: World) -> World:
    """A world at its start, with a second feed, `/top`."""
    world.write({"outlets.yaml": world.outlets("/rss", "/top")})
    assert not (await world.reload()).problems
    world.publish(Item("harbour one", at=START))
    world.publish(Item("harbour two", at=START), path="/top")
    return world


async def _both_due(world: World) -> list[DueFeed]:
    await world.store.write(poll_records.make_due, world.clock)
    due: list[DueFeed] = []
    while claimed := await world.claim():
        due += claimed
    assert len(due) == 2
    return due


async def _release(world: World, work: Work) -> list[str]:
    """Return the subjects of the mails that leave after a round."""
    world.mail.accepted.clear()
    await work.summaries.round()
    await world.send()
    return world.subjects()


async def test_a_summary_waits_for_the_first_poll_of_every_feed(two_feeds: World) -> None:
    world, work = two_feeds, two_feeds.work()
    first, second = await _both_due(world)
    await poll(world.ctx, world.road, first)
    assert await _release(world, work) == []
    await poll(world.ctx, world.road, second)
    (subject,) = await _release(world, work)
    assert subject.startswith("2 stories")
    assert await _release(world, work) == []


async def test_a_summary_waits_for_the_pages_by_which_its_rules_judge(world: World) -> None:
    world.write({"rules.yaml": WAITS + "  - {name: Weather, to: [ann@readers.test], query: weather}\n"})
    assert not (await world.reload()).problems
    html(world, "/harbour.html", page())
    world.publish(Item("harbour", link=world.news.url("/harbour.html"), at=START), Item("weather", at=START))
    await world.poll()
    work = world.work()
    assert await _release(world, work) == []
    await work.hosts.drain()
    (subject,) = await _release(world, work)
    assert subject.startswith("2 stories")


async def test_the_news_of_an_outage_wait_until_every_feed_was_polled(two_feeds: World) -> None:
    world, work = two_feeds, two_feeds.work()
    world.publish(Item("weather"))
    world.publish(Item("weather"), path="/top")
    await world.poll()
    world.later(days=3)
    world.ctx.clock.outage = outage = Outage(START, world.clock)
    news = [Item(f"harbour {number}", at=START + timedelta(days=number)) for number in (1, 2)]
    world.publish(news[0], Item("weather"))
    world.publish(news[1], Item("weather"), path="/top")
    first, second = await _both_due(world)
    await poll(world.ctx, world.road, first)
    assert await _release(world, work) == []
    assert world.ctx.clock.outage == outage
    await poll(world.ctx, world.road, second)
    (subject,) = await _release(world, work)
    assert subject.startswith("2 stories that waited")
    assert world.ctx.clock.outage is None


async def test_the_mail_of_an_outage_waits_for_the_pages_of_its_news(world: World, work: Work) -> None:
    html(world, "/harbour.html", page())
    world.later(days=3)
    world.ctx.clock.outage = Outage(world.clock - timedelta(days=3), world.clock)
    world.publish(Item("harbour", link=world.news.url("/harbour.html"), at=world.clock - timedelta(days=2)))
    await world.visit()
    assert await _release(world, work) == []
    assert world.ctx.clock.outage is not None, "not every page is read"
    await work.hosts.drain()
    (subject,) = await _release(world, work)
    assert "that waited" in subject
    assert world.ctx.clock.outage is None


async def test_the_mail_of_an_outage_waits_for_pages_that_no_rule_waits_for_once(world: World) -> None:
    """One is found by what its feed says, one by its page alone; a third fails at first, and is tried again later."""
    world.write({"monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    rule = f"  - {{name: Cranes, to: [{READER}], query: cranes}}\n"
    world.write({"rules.yaml": f"rules:\n{rule}"})
    assert not (await world.reload()).problems
    await world.settle()
    html(world, "/harbour.html", page(head="News of the harbour"))
    told = "Tram drivers of the town went home by noon. Some said that they had seen all of the cranes at work there."
    html(world, "/town.html", f"<html><title>News of the town</title><body><article><p>{told}".encode())
    html(world, "/mill.html", b"", status=503)
    world.later(days=3)
    world.ctx.clock.outage = Outage(world.clock - timedelta(days=3), world.clock)
    texts = {"harbour": "New cranes.", "town": "Tram drivers of the town went home.", "mill": "It stands still."}
    before = world.clock - timedelta(days=2)
    world.publish(*(Item(one, text, link=world.news.url(f"/{one}.html"), at=before) for one, text in texts.items()))
    await world.visit()
    work = world.work()
    assert await _release(world, work) == []
    assert world.ctx.clock.outage is not None, "not every page was tried"
    await work.hosts.drain()
    (subject,) = await _release(world, work)
    assert subject.startswith("2 stories that waited")
    assert world.ctx.clock.outage is None
    assert await world.count("SELECT count(*) FROM fulltext_requests") == 1


async def test_the_end_of_the_first_poll_is_logged_once_it_is_over(
    two_feeds: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    def ends() -> int:
        return [getattr(record, "event", "") for record in caplog.records].count("polled")

    world, work = two_feeds, two_feeds.work()
    first, second = await _both_due(world)
    await poll(world.ctx, world.road, first)
    await work.summaries.round()
    assert ends() == 0, "a feed was never polled"
    work.poller.begin([second])
    await work.hosts.drain()
    world.news.hang("/rss")
    work.poller.begin(await _both_due(world))
    await work.summaries.round()
    assert ends() == 0, "a poll is under way"
    await work.poller.finish(0)
    await work.summaries.round()
    await work.summaries.round()
    assert ends() == 1
