"""Rules that wait for the full text are judged by the page, within two minutes, and never not at all."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from functools import partial

import pytest

from monitor.errors import StoreError
from monitor.model import Kind
from monitor.steps.plan_alerts import NOTHING
from monitor.steps.read_page import PAGES_AT_ONCE, read
from monitor.steps.work import Work
from monitor.store import deletion, fulltext_queue, leases
from tests.steps.page_reading import WAITS, html, page, publish, work
from tests.steps.world import OPERATOR, READER, START, TEXT, Item, World, text_of
from tests.store.make import claim_pages

assert OPERATOR

assert work


async def test_the_page_decides_and_not_what_the_feed_shows(world: World, work: Work) -> None:
    html(world, "/harbour.html", page())
    html(world, "/harbour-2.html", page("The dockers are on strike from midnight."))
    await publish(world)
    await publish(world, "harbour-2")
    assert await world.send() == 0
    await work.hosts.drain()
    assert await world.send() == 1
    (mail,) = world.mails()
    assert "harbour" in text_of(mail)
    assert mail["Subject"] == "News of the harbour"
    stored = {one.article.title: one for one in await world.articles()}
    assert stored["News of the harbour"].version == 2
    assert "chairwoman" in stored["News of the harbour"].article.body
    assert "Most read" not in stored["News of the harbour"].article.body
    assert await world.store.read(fulltext_queue.count_waiting) == 0


async def test_rules_that_do_not_wait_are_told_at_once_and_once(world: World, work: Work) -> None:
    world.write({"rules.yaml": WAITS + f"  - {{name: Harbour, to: [{READER}], query: harbour}}\n"})
    await world.reload()
    await world.send()
    world.mail.accepted.clear()
    html(world, "/harbour.html", page())
    await publish(world)
    assert await world.send() == 1
    await work.hosts.drain()
    assert await world.send() == 0


async def test_what_only_the_page_says_is_found_by_every_rule(world: World, work: Work) -> None:
    world.write({"rules.yaml": WAITS + f"  - {{name: Cranes, to: [{READER}], query: cranes}}\n"})
    await world.reload()
    await world.send()
    world.mail.accepted.clear()
    html(world, "/harbour.html", page("A strike is not expected."))
    await publish(world)
    await work.hosts.drain()
    assert await world.send() == 1
    assert world.mails()[0].get_all("X-Monitor-Rule") == ["Cranes"]


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (404, b"", {"Content-Type": "text/html"}),
        (200, b"%PDF-1.7", {"Content-Type": "application/pdf"}),
        (200, b"<html><title>Just a moment...</title><p>Checking your browser</p></html>", {}),
        (200, b"<html><body>" + b"<p>Cookies help us to serve everybody well and better. </p>" * 30 + b"</body>", {}),
        (200, b"", {}),
    ],
)
async def test_without_a_page_the_feed_s_words_decide(
    world: World, work: Work, status: int, body: bytes, headers: dict[str, str]
) -> None:
    world.news.page("/harbour.html", body, status=status, headers=headers)
    await publish(world)
    await work.hosts.drain()
    assert await world.send() == 1
    assert [one.version for one in await world.articles()] == [1, 1]


async def test_robots_txt_is_obeyed_and_asked_once_a_day(world: World, work: Work) -> None:
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /harbour\n")
    html(world, "/harbour.html", page("A strike begins."))
    await publish(world)
    await work.hosts.drain()
    assert world.news.asked("/harbour.html") == []
    assert await world.send() == 1
    html(world, "/open.html", page(head="News of the open harbour"))
    world.publish(
        Item("open", TEXT.format("harbour"), link=world.news.url("/open.html"), at=world.clock), Item("weather")
    )
    await world.visit()
    await work.hosts.drain()
    assert len(world.news.asked("/open.html")) == 1
    assert len(world.news.asked("/robots.txt")) == 1


@pytest.mark.parametrize("status", [502, 429])
async def test_a_busy_server_is_asked_again_while_there_is_time(world: World, work: Work, status: int) -> None:
    html(world, "/harbour.html", b"", status=status)
    await publish(world)
    await work.hosts.round()
    await work.reader.tasks.copy().pop()
    assert await world.store.read(fulltext_queue.count_waiting) == 1
    assert await world.send() == 0
    html(world, "/harbour.html", page("A strike begins."))
    world.later(seconds=31)
    await work.hosts.drain()
    assert await world.send() == 0
    assert [one.version for one in await world.articles()] == [1, 2]


async def fail_for_two_minutes(world: World, work: Work) -> None:
    html(world, "/harbour.html", b"", status=502)
    await publish(world)
    for seconds in (31, 31, 31, 31):
        await work.hosts.round()
        for trip in work.reader.tasks.copy():
            await trip
        world.later(seconds=seconds)


async def test_two_minutes_are_the_end_of_it(world: World, work: Work) -> None:
    await fail_for_two_minutes(world, work)
    assert await world.send() == 1
    assert len(world.news.asked("/harbour.html")) == 4
    assert await world.store.read(partial(fulltext_queue.count_waiting, awaited=True)) == 0


async def test_a_page_that_hangs_is_given_up_in_time(world: World, work: Work) -> None:
    world.news.hang("/harbour.html")
    await publish(world)
    world.later(seconds=119.7)
    (one,) = await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5))
    await world.store.write(fulltext_queue.postpone, one, world.clock)
    await work.hosts.drain()
    assert await world.send() == 1


async def test_a_claim_that_somebody_else_took_over_stores_and_tells_nothing(world: World, work: Work) -> None:
    html(world, "/harbour.html", page("Nothing else happened."))
    await publish(world)
    (lost,) = await world.store.write(claim_pages, world.clock, 5, timedelta(seconds=1))
    world.later(seconds=2)
    (taken,) = await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5))
    assert lost.token != taken.token
    assert await read(world.ctx, work.reader._pages, lost) == NOTHING
    assert [one.version for one in await world.articles()] == [1, 1]
    assert (await read(world.ctx, work.reader._pages, taken)).alerts
    assert sorted(one.version for one in await world.articles()) == [1, 2]


async def test_what_waited_when_we_stopped_is_read_at_the_next_start(world: World, work: Work) -> None:
    world.news.hang("/harbour.html")
    await publish(world)
    await work.hosts.round()
    await work.reader.finish()
    assert await world.store.read(fulltext_queue.count_waiting) == 1
    html(world, "/harbour.html", page("A strike begins."))
    world.later(minutes=30)
    await world.begin()
    await world.store.write(leases.release_all, world.ctx.claims.worker)
    await world.work().hosts.drain()
    assert await world.send() == 0
    assert [one.version for one in await world.articles()] == [1, 2]


async def test_a_rule_that_changed_meanwhile_counts_as_it_is_now(world: World, work: Work) -> None:
    html(world, "/harbour.html", page("A strike begins."))
    await publish(world)
    world.write({"rules.yaml": WAITS.replace("strike", "whales")})
    await world.reload()
    await work.hosts.drain()
    assert await world.send() == 1


async def test_an_adoption_between_match_and_store_has_the_page_matched_again(world: World, work: Work) -> None:
    html(world, "/harbour.html", page("The market is open."))
    await publish(world)
    with world.edited_before("record"):
        await work.hosts.drain()
    assert await world.send() == 1


async def test_articles_without_its_words_are_not_read(world: World, work: Work) -> None:
    world.publish(Item("mayor", link=world.news.url("/mayor.html"), at=world.clock), Item("weather"))
    await world.visit()
    await work.hosts.drain()
    assert world.news.asked("/mayor.html") == []


async def test_a_page_is_asked_for_with_the_credentials_of_its_feed(world: World, work: Work) -> None:
    html(world, "/harbour.html", page())
    secret = world.news.url("/rss").replace("http://", "http://ann:secret@")
    world.write({"outlets.yaml": f"outlets: [{{name: news, feed: '{secret}', language: en}}]\n"})
    assert not (await world.reload()).problems
    await world.settle()
    await publish(world)
    await work.hosts.drain()
    (asked,) = world.news.asked("/harbour.html")
    assert asked.headers["authorization"].startswith("Basic ")
    assert asked.headers["accept"].startswith("text/html,")


async def test_a_rule_far_down_in_robots_txt_counts(world: World, work: Work) -> None:
    filler = b"".join(b"Disallow: /archive/%d/\n" % number for number in range(6_000))
    world.news.page("/robots.txt", b"User-agent: *\n" + filler + b"Disallow: /harbour\n")
    html(world, "/harbour.html", page("A strike begins."))
    await publish(world)
    await work.hosts.drain()
    assert len(filler) > 100_000
    assert world.news.asked("/harbour.html") == []


async def test_a_refused_page_comes_with_the_line_that_allows_it(
    world: World, work: Work, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "monitor")
    world.publish(Item("harbour", link="http://10.1.2.3/harbour.html", at=world.clock), Item("weather", at=START))
    await world.visit()
    await work.hosts.drain()
    (line,) = [one.getMessage() for one in caplog.records if vars(one)["event"] == "fulltext"]
    assert line.startswith("news: judged without its page (")
    assert "to allow it: private_hosts_allowed" in line
    assert await world.send() == 1


async def test_a_bug_that_one_page_meets_costs_that_page_five_minutes(
    world: World, work: Work, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    html(world, "/harbour.html", page())
    html(world, "/harbour-2.html", page())
    await publish(world)
    await publish(world, "harbour-2")
    get = world.ctx.access.client.get

    async def meet_a_bug(url: str, *args: object, **more: object) -> object:
        if url.endswith("/harbour.html"):
            raise KeyError("a bug")
        return await get(url, *args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(world.ctx.access.client, "get", meet_a_bug)
        work.reader.begin(await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5)))
        await asyncio.wait(work.reader.tasks)
    assert await world.send() == 1, "the other one is told"
    (line,) = [one for one in caplog.records if vars(one).get("event") == "fault"]
    assert (line.name, line.levelno, line.exc_info is not None) == ("monitor", logging.ERROR, True)
    world.later(minutes=4)
    assert await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5)) == []
    world.later(minutes=1)
    work.reader.begin(await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5)))
    await asyncio.wait(work.reader.tasks)
    assert await world.send() == 1


async def test_a_reading_that_the_store_did_not_take_is_claimed_again(
    world: World, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    html(world, "/harbour.html", page())
    await publish(world)
    world.ctx.signals.deliveries_planned.clear()
    (request,) = await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5))

    async def fail(*_: object) -> None:
        raise StoreError("away")

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "write", fail)
        work.reader.begin([request])
        assert work.reader.room() == PAGES_AT_ONCE - 1
        await asyncio.wait(work.reader.tasks)
    assert work.reader.room() == PAGES_AT_ONCE
    assert world.ctx.claims.store_health.failed_at is not None
    assert not world.ctx.signals.deliveries_planned.is_set()
    await world.ctx.claims.write_ends()
    work.reader.begin(await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5)))
    await asyncio.wait(work.reader.tasks)
    assert world.ctx.signals.deliveries_planned.is_set(), "the mail leaves at once"
    assert await world.send() == 1


async def test_a_page_that_brings_no_alert_wakes_nobody(world: World, work: Work) -> None:
    html(world, "/harbour.html", page("A strike begins."))
    await publish(world)
    world.ctx.signals.deliveries_planned.clear()
    await work.hosts.drain()
    assert not world.ctx.signals.deliveries_planned.is_set()


async def test_a_host_that_asks_for_patience_is_left_alone_with_its_pages(world: World, work: Work) -> None:
    world.news.page("/harbour.html", b"", status=503, headers={"Retry-After": "60"})
    await publish(world)
    await work.hosts.round()
    await asyncio.wait(work.reader.tasks)
    world.later(seconds=40)
    assert await work.hosts.round() == 0
    world.later(seconds=21)
    (request,) = await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5))
    assert request.attempts == 1


async def test_a_page_that_a_proxy_changed_is_a_page(world: World, work: Work) -> None:
    html(world, "/harbour.html", page("A strike begins."), status=203)
    await publish(world)
    await work.hosts.drain()
    assert await world.send() == 0
    assert [one.version for one in await world.articles()] == [1, 2]


async def test_a_page_of_a_first_poll_is_told_in_the_summary(world: World, work: Work) -> None:
    world.write({"outlets.yaml": world.outlets("/rss", "/top")})
    await world.reload()
    html(world, "/harbour.html", page())
    world.publish(Item("harbour", link=world.news.url("/harbour.html"), at=world.clock), path="/top")
    await world.poll()
    await work.hosts.drain()
    assert [one.alert.kind for one in await world.deliveries()][-1] is Kind.SUMMARY


async def test_an_article_that_was_deleted_meanwhile_waits_no_longer(world: World, work: Work) -> None:
    html(world, "/harbour.html", page())
    await publish(world)
    (request,) = await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5))
    await world.store.write(deletion.delete_articles, world.clock + timedelta(days=1))
    assert await read(world.ctx, work.reader._pages, request) == NOTHING
    assert world.news.asked("/harbour.html") == []
    assert await world.store.read(fulltext_queue.count_waiting) == 0


async def test_what_is_being_read_of_an_outlet_that_is_watched_no_longer_is_not_stored(
    world: World, work: Work
) -> None:
    html(world, "/harbour.html", page())
    await publish(world)
    (request,) = await world.store.write(claim_pages, world.clock, 5, timedelta(minutes=5))
    world.write({"outlets.yaml": world.outlets("/other", name="other")})
    assert not (await world.reload()).problems
    assert await read(world.ctx, work.reader._pages, request) == NOTHING
    assert {one.version for one in await world.articles()} == {1}
    assert await world.store.read(fulltext_queue.count_waiting) == 0
