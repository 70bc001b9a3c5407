"""How outlets are reached: each host of the feeds counts once, and some outlets are asked in a way of their own."""

from __future__ import annotations

import asyncio

import pytest

from monitor.net import Gate
from monitor.steps.work import Work
from monitor.store import poll_records
from tests.steps.page_reading import html, page, work
from tests.steps.world import START, Item, World

assert work


async def test_hosts_are_watched_and_not_feeds(world: World) -> None:
    access = world.ctx.access
    access.network = access.network.after("a.test", "dns", world.clock, world.clock)
    access.watch(["https://a.test/rss", "https://a.test/more", "https://b.test/rss", "https://c.test/rss"])
    assert access.network.watched == 3
    assert access.network.suspects == {"a.test"}, "what is known of the network stays"


async def test_an_outlet_is_asked_its_own_way_for_feeds_pages_and_robots_txt(
    world: World, work: Work, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    key = world.folder / "data" / "key"
    key.write_text("s3cret")
    keys = "language: en, fulltext: always, header_files: {X-Api-Key: key}, user_agent: agency-reader/1"
    agency = f"{{name: news, feed: {world.news.url('/rss')}, {keys}}}"
    other = f"{{name: other, feed: {world.news.url('/other')}}}"
    world.write({"outlets.yaml": f"outlets: [{agency}, {other}]\n"})
    assert not (await world.reload()).problems
    world.publish(Item("weather", at=START), path="/other", etag='"1"')
    rules = b"User-agent: agency-reader\nDisallow: /secret\n\nUser-agent: *\nDisallow: /harbour\n"
    world.news.page("/robots.txt", rules)
    html(world, "/harbour.html", page())
    world.publish(Item("weather", at=world.clock))
    await world.visit_at("/rss")
    link = world.news.url("/harbour.html")
    world.publish(Item("harbour", link=link, at=world.clock), Item("weather", at=START))
    await world.visit_at("/rss")
    await work.hosts.drain()
    asked = {one.path: (one.headers.get("x-api-key"), one.headers["user-agent"]) for one in world.news.requests}
    own = ("s3cret", "agency-reader/1")
    assert asked == {"/rss": own, "/harbour.html": own, "/robots.txt": own, "/other": (None, "monitor-test")}
    feeds_ = await world.store.read(poll_records.states)
    assert "s3cret" not in caplog.text + repr(feeds_) + repr(world.ctx.access.sites)


async def test_a_secret_that_cannot_be_read_costs_its_outlet_alone_and_comes_back(world: World) -> None:
    entry = f"{{name: news, feed: {world.news.url('/rss')}, header_files: {{X-Api-Key: key}}}}"
    keys = "proxy: 'http://me@127.0.0.1:9', proxy_password_file: key"
    proxied = f"{{name: proxied, feed: {world.news.url('/c')}, {keys}}}"
    world.write({"outlets.yaml": f"outlets: [{entry}, {proxied}, {{name: other, feed: {world.news.url('/other')}}}]\n"})
    await world.reload()
    for path in ("/rss", "/other"):
        world.publish(Item("weather", at=START), path=path)
    await world.poll()
    errors = {state.outlet: state.last_error for state in await world.store.read(poll_records.states)}
    assert errors["other"] == ""
    assert errors["news"].startswith("headers: the file ")
    assert errors["proxied"].startswith("proxy: the file ")
    (world.folder / "data" / "key").write_text("k3y")
    await world.visit_at("/rss")
    assert world.news.asked("/rss")[0].headers["x-api-key"] == "k3y"


async def test_a_header_beyond_ascii_goes_out_in_no_charset(world: World) -> None:
    key = world.folder / "data" / "key"
    key.write_text("schlüssel", encoding="utf-8")
    entry = f"{{name: news, feed: {world.news.url('/rss')}, header_files: {{X-Api-Key: key}}}}"
    world.write({"outlets.yaml": f"outlets: [{entry}]\n"})
    await world.reload()
    assert await world.visit()
    assert world.news.requests == []
    said = f"headers: {key} holds no value of the header x-api-key: one line of ASCII"
    assert (await world.feed()).last_error == said


async def test_another_header_and_gate_hold_from_the_next_request_on(world: World) -> None:
    entry = f"outlets: [{{name: news, feed: {world.news.url('/rss')}, headers: {{X-Api-Key: one}}}}]\n"
    world.write({"outlets.yaml": entry})
    await world.reload()
    world.publish(Item("weather", at=START))
    await world.visit()
    world.write({"outlets.yaml": entry.replace("one", "two")})
    await world.reload()
    await world.visit()
    assert [one.headers["x-api-key"] for one in world.news.asked("/rss")] == ["one", "two"]
    own = world.ctx.access.client_for("news")
    before = world.news.open_now
    world.write({"outlets.yaml": world.outlets("/rss")})
    await world.reload()
    assert world.ctx.access.client_for("other") is world.ctx.access.client_for("news") is world.ctx.access.client
    for _ in range(100):
        if world.news.open_now < before:
            break
        await asyncio.sleep(0.01)
    assert (before, world.news.open_now, own.is_idle) == (1, 0, True), "one that no outlet wants any more is closed"
    world.ctx.access.use_gate(Gate())
    await world.store.write(poll_records.make_due, world.clock)
    await world.poll()
    (state,) = await world.store.read(poll_records.states)
    assert state.last_error.startswith("refused")


async def test_feeds_that_were_refused_are_read_at_once_when_an_edit_allows_them(world: World) -> None:
    world.publish(Item("weather", at=START))
    settings = (world.folder / "config" / "monitor.yaml").read_text(encoding="utf-8")
    world.write({"monitor.yaml": settings.replace("private_hosts_allowed", "# private_hosts_allowed")})
    await world.reload()
    await world.poll()
    (state,) = await world.store.read(poll_records.states)
    assert (state.health, state.due_at > world.clock) == ("refused", True)
    await world.reload()
    assert await world.poll() == {}, "an edit of something else makes nothing due"
    world.write({"monitor.yaml": settings})
    await world.reload()
    await world.poll()
    (state,) = await world.store.read(poll_records.states)
    assert state.last_error == ""
