"""The trip of one feed over real sockets, through a real worker, into a real database."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b

import pytest

from monitor.isolate import Workers
from monitor.model import Page
from monitor.steps import network_outage
from monitor.steps.parse_page import ParsedPage, ParseJob
from monitor.steps.poll import _parse_pages, poll
from monitor.store import Connection, host_state, poll_records
from tests.peers.http import Outlet, Request, answer_bytes
from tests.steps.world import START, Item, World, rss, text_of

OLD = START - timedelta(days=3)
FRESH = START - timedelta(hours=2)


async def test_the_first_poll_makes_one_summary_of_the_last_24_hours(world: World) -> None:
    world.publish(*(Item(f"harbour {number}", at=FRESH) for number in range(5)), Item("harbour of old", at=OLD))
    kept = await world.visit()
    assert (kept.read, kept.new, kept.matched) == (6, 6, 6)
    world.later(minutes=10)
    assert await world.send() == 1
    (summary,) = world.mails()
    text = text_of(summary)
    assert all(f"harbour {number}" in text for number in range(5))
    assert "harbour of old" not in text


async def test_a_later_article_is_one_mail_at_once(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour", at=world.clock), Item("weather"))
    assert (await world.visit()).new == 1
    assert await world.send() == 1
    assert world.subjects() == ["News of the harbour"]
    assert world.mails()[0]["X-Monitor-Rule"] == "Harbour"
    await world.visit()
    assert await world.send() == 0


async def test_an_unchanged_feed_is_answered_with_304_and_not_parsed(world: World) -> None:
    world.publish(Item("harbour"), etag='"1"')
    await world.visit()
    kept = await world.visit()
    assert world.news.asked("/rss")[1].headers["if-none-match"] == '"1"'
    assert kept.read == 0
    assert not kept.error
    assert (await world.feed()).health == "ok"


async def test_the_same_body_is_not_parsed_twice(world: World) -> None:
    world.publish(Item("harbour"))
    assert (await world.visit()).read == 1
    assert (await world.visit()).read == 0


async def test_once_a_day_a_feed_is_asked_without_conditions(world: World) -> None:
    world.publish(Item("harbour"), etag='"1"')
    await world.visit()
    world.later(hours=25)
    await world.visit()
    await world.visit()
    asked = ["if-none-match" in request.headers for request in world.news.asked("/rss")]
    assert asked == [False, False, True]


async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(world: World) -> None:
    world.news.redirect("/rss", "/moved", status=301)
    world.publish(Item("harbour"), path="/moved")
    await world.visit()
    await world.visit()
    assert len(world.news.asked("/rss")) == 1
    assert len(world.news.asked("/moved")) == 2


async def test_a_feed_that_moved_for_a_while_keeps_its_address(world: World) -> None:
    world.news.redirect("/rss", "/elsewhere", status=302)
    world.publish(Item("harbour"), path="/elsewhere")
    await world.visit()
    await world.visit()
    assert len(world.news.asked("/rss")) == 2


async def test_a_redirect_to_a_host_that_no_table_could_hold_is_a_failure_of_the_feed_alone(world: World) -> None:
    name = "".join(blake2b(bytes([number])).hexdigest() for number in range(25))
    world.news.redirect("/rss", f"http://{name}.test/rss")
    assert (await world.visit()).error
    assert world.ctx.claims.store_health.unavailable_since is None


@pytest.mark.parametrize("status", [404, 410])
async def test_what_is_gone_for_days_is_probed_daily_and_never_given_up(status: int, world: World) -> None:
    world.news.page("/rss", b"", status=status)
    began = world.clock
    while (state := await world.feed()).health != "gone":
        world.clock = state.due_at
        assert world.clock - began < timedelta(days=4)
        assert str(status) in (await world.visit()).error
    assert world.clock - began > timedelta(days=2)
    assert state.health == "gone"
    assert timedelta(hours=20) < state.due_at - world.clock <= timedelta(days=1)
    world.publish(Item("harbour"))
    assert (await world.visit()).new == 1
    assert (await world.feed()).failures == 0


async def test_an_outlet_that_fails_is_left_alone_for_six_hours_at_most(world: World) -> None:
    world.news.page("/rss", b"", status=500)
    waits = []
    for _ in range(9):
        await world.visit()
        waits.append((await world.feed()).due_at - world.clock)
    assert waits[0] < waits[3] < waits[-1] <= timedelta(hours=6)


async def test_a_server_that_asks_for_patience_holds_all_feeds_of_its_host(world: World) -> None:
    world.write({"outlets.yaml": world.outlets("/rss", "/other")})
    await world.reload()
    world.news.page("/rss", b"", status=429, headers={"Retry-After": "1800"})
    world.publish(Item("harbour"), path="/other")
    due = sorted(await world.claim(), key=lambda feed: feed.state.url, reverse=True)
    async with asyncio.timeout(20):
        for feed in due:
            await poll(world.ctx, world.road, feed)
    assert not world.news.asked("/other")
    assert (await world.feed("/other")).failures == 0
    world.later(minutes=29)
    assert await world.claim() == []
    world.later(minutes=2)
    assert len(await world.claim()) == 2


async def test_patience_outlives_a_restart(world: World) -> None:
    world.news.page("/rss", b"", status=503, headers={"Retry-After": "3600"})
    await world.visit()
    held = (await world.store.read(host_state.known))["127.0.0.1"].next_allowed_at
    assert held is not None
    assert timedelta(minutes=59) < held - world.clock <= timedelta(hours=1)


async def test_a_private_address_is_refused_with_the_line_to_paste(world: World) -> None:
    world.publish(Item("harbour"))
    world.write({"monitor.yaml": world.settings().replace("127.0.0.0/8", "127.9.9.9")})
    await world.reload()
    kept = await world.visit()
    line = f'private_hosts_allowed: [127.9.9.9, "127.0.0.1:{world.news.port}"]'
    assert line in kept.error
    state = await world.feed()
    assert state.health == "refused"
    assert line in state.last_error
    assert world.news.requests == []


async def test_a_web_page_in_the_place_of_a_feed_is_said(world: World) -> None:
    page = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Subscribe!</p></body></html>"
    world.news.page("/rss", page, headers={"Content-Type": "text/html", "ETag": '"page"'})
    kept = await world.visit()
    assert "html" in kept.error
    state = await world.feed()
    assert "html" in state.last_error
    assert (state.etag, state.body_hash) == ("", b"")


async def test_a_body_that_breaks_off_leaves_the_validators_as_they_were(world: World) -> None:
    world.publish(Item("weather"), etag='"1"')
    await world.visit()
    whole = rss([Item("harbour"), Item("weather")])
    world.news.cut("/rss", whole[:-40], len(whole))
    assert (await world.visit()).error
    assert (await world.feed()).etag == '"1"'
    world.publish(Item("harbour"), Item("weather"), etag='"2"')
    assert (await world.visit()).new == 1
    assert (await world.feed()).etag == '"2"'


async def test_validators_are_saved_with_the_articles_or_not_at_all(world: World) -> None:
    world.publish(Item("harbour"), etag='"1"')
    (feed,) = await world.claim()

    def break_items(conn: Connection) -> None:
        conn.exec_driver_sql("ALTER TABLE delivery_items RENAME TO away")

    def mend_items(conn: Connection) -> None:
        conn.exec_driver_sql("ALTER TABLE away RENAME TO delivery_items")

    await world.store.write(break_items)
    # The transaction fails at its last step, where the delivery is written.
    assert await poll(world.ctx, world.road, feed) is None
    await world.store.write(mend_items)
    assert await world.articles() == []
    assert (await world.feed()).etag == ""
    await world.ctx.claims.write_ends()
    assert (await world.visit()).new == 1
    assert (await world.feed()).etag == '"1"'


@pytest.mark.of_conductor
async def test_a_dead_network_counts_against_nobody(world: World) -> None:
    addresses = [f"http://127.0.0.{number}:{world.news.port}/rss" for number in (11, 12, 13, 14)]
    lines = "".join(f"  - {{name: house{number}, feed: {url}}}\n" for number, url in enumerate(addresses))
    world.write({"outlets.yaml": "outlets:\n" + lines})
    await world.reload()
    await world.poll()
    assert world.ctx.access.network.down
    assert await world.store.read(network_outage.down_since) == START
    world.later(minutes=3)
    assert addresses[-1] in await world.poll()
    blamed = [state for state in await world.store.read(poll_records.states) if state.failures]
    # Before the third host failed it might have been just theirs.
    assert len(blamed) <= 2
    assert (await world.feed_at(addresses[-1])).health == "network"
    async with Outlet(("127.0.0.11",), world.news.port) as back:
        back.feed("/rss", rss([Item("harbour")]))
        world.later(minutes=3)
        await world.poll()
        assert not world.ctx.access.network.down
        assert await world.store.read(network_outage.down_since) is None


@pytest.mark.parametrize("status", [200, 500])
async def test_an_outlet_that_answers_at_all_proves_the_network(world: World, status: int) -> None:
    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(answer_bytes(status, rss([]), {}))
        return True

    world.news.routes["/rss"] = serve
    await world.visit()
    assert not world.ctx.access.network.down


async def at_once(world: World) -> None:
    """Poll everything side by side, as the daemon does; made due first."""
    await world.store.write(poll_records.make_due, world.clock)
    await asyncio.gather(*(poll(world.ctx, world.road, feed) for feed in await world.claim()))


async def test_feeds_of_a_host_that_hangs_fail_with_the_one_that_was_asked(world: World) -> None:
    paths = [f"/{number}" for number in range(5)]
    for path in paths:
        world.news.hang(path)
    world.write({"outlets.yaml": world.outlets(*paths)})
    await world.reload()
    world.ctx.access.client.deadline = 1.0
    await at_once(world)
    assert len(world.news.requests) == 1
    states = [await world.feed(path) for path in paths]
    assert {(state.failures, state.health) for state in states} == {(1, "failing")}
    assert all(state.last_error.startswith("timeout: ") for state in states)
    world.later(minutes=2)
    await world.store.write(poll_records.make_due, world.clock)
    assert await world.claim() == [], "the host is left alone, and its feeds wait"
    world.later(minutes=2)
    assert len(await world.claim()) == 5


async def test_a_feed_that_hangs_does_not_starve_the_others_of_its_host(world: World) -> None:
    world.news.hang("/rss")
    world.publish(Item("harbour"), path="/other")
    world.write({"outlets.yaml": world.outlets("/rss", "/other")})
    await world.reload()
    world.ctx.access.client.deadline = 1.0
    await at_once(world)
    world.ctx.access.host_limiter.end_hang_pauses()  # three minutes later
    world.later(minutes=20)
    await world.store.write(poll_records.make_due, world.clock)
    for feed in await world.claim():
        if feed.state.url.endswith("/other"):
            await poll(world.ctx, world.road, feed)
    state = await world.feed("/other")
    assert (state.failures, state.health) == (0, "ok")


@pytest.mark.of_conductor
async def test_a_dead_network_leaves_no_host_alone(world: World) -> None:
    world.news.hang("/rss")
    world.ctx.access.client.deadline = 1.0
    world.ctx.access.network = replace(world.ctx.access.network, watched=2)
    await world.visit()
    assert world.ctx.access.host_limiter.wait("127.0.0.1") > 100
    for host in ("a", "b"):
        await network_outage.note_attempt(world.ctx, host, "timeout", world.clock)
    assert world.ctx.access.network.down
    await world.visit()
    assert len(world.news.requests) == 2
    assert world.ctx.access.host_limiter.wait("127.0.0.1") == 0


@pytest.mark.parametrize(("key", "reason"), [("sitemap", ""), ("feed", "too large")])
async def test_a_sitemap_may_be_larger_than_a_feed(key: str, reason: str, world: World) -> None:
    urls = "<url><loc>https://news.test/a-b-c</loc></url>" + " " * 11_000_000
    world.news.page("/rss", gzip.compress(f"<urlset>{urls}</urlset>".encode()))
    world.write({"outlets.yaml": f"outlets:\n  - {{name: news, {key}: {world.news.url('/rss')}}}\n"})
    await world.reload()
    ingested = await world.visit()
    assert (ingested.error.partition(":")[0], ingested.new) == (reason, 0 if reason else 1)


class CountingWorkers(Workers):
    """Workers that count the bytes of the pages of each message, and parse nothing."""

    def __init__(self) -> None:
        self.messages: list[list[int]] = []

    async def run(self, arguments: Sequence[object]) -> list[object]:
        jobs = [argument for argument in arguments if isinstance(argument, ParseJob)]
        self.messages.append([len(job.page.body) for job in jobs])
        return [([], (job.page.url,), 0, "", [], (0, ())) for job in jobs]


async def test_large_pages_do_not_share_a_message_to_a_worker() -> None:
    workers = CountingWorkers()
    sizes = [1, 50_000_000, 2, 50_000_000, 3, 4]
    pages = [Page(str(number), 200, {}, bytes(size)) for number, size in enumerate(sizes)]
    parsed = await _parse_pages(workers, [ParseJob("feed", page, page.url, "o", "", (), START) for page in pages])
    assert workers.messages == [[1, 50_000_000, 2], [50_000_000, 3, 4]]
    assert [page.notes for page in parsed if isinstance(page, ParsedPage)] == [(page.url,) for page in pages]
