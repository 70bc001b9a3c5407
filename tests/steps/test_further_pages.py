"""A poll is a list of fetches: sitemaps of an index, older pages of a feed, and outlets that misuse either."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from monitor.reports.health import read_health
from monitor.steps.further_pages import MOST_PAGES, MOST_SITEMAPS
from monitor.steps.poll import FURTHER_PAGES_WITHIN
from monitor.store import poll_records
from monitor.store.poll_records import Gap
from tests.steps.sitemaps import index, paths, sitemap
from tests.steps.world import START, Item, World, rss

_ATOM = "xmlns:atom='http://www.w3.org/2005/Atom'"


def feed_page(items: Iterable[Item], next_page: str = "") -> bytes:
    """A page of a feed that says where the next one is (RFC 5005)."""
    link = f"</title><atom:link {_ATOM} rel='next' href='{next_page}'/>" if next_page else "</title>"
    return rss(list(items)).replace(b"</title>", link.encode(), 1)


def named(*names: str, hours: int = 0) -> list[Item]:
    """Articles of these names, published so many hours after the start, a minute apart, the newest first."""
    return [Item(name, at=START + timedelta(hours=hours, minutes=-at)) for at, name in enumerate(names)]


async def titles(world: World) -> list[str]:
    return [stored.article.title for stored in await world.articles()]


async def gaps(world: World) -> list[Gap]:
    return await world.store.read(poll_records.open_gaps)


# --- an index of sitemaps ------------------------------------------------------------------------------------


async def test_an_index_is_followed_into_its_newest_sitemaps(world: World) -> None:
    for day in range(1, 6):
        world.news.page(f"/{day}.xml", sitemap(f"harbour of day {day}".replace(" ", "-")))
    world.news.page("/rss", index({f"/{day}.xml": f"2026-11-0{day}" for day in range(1, 6)}))
    assert (await world.visit()).new == MOST_SITEMAPS
    assert paths(world.news) == ["/rss", "/5.xml", "/4.xml", "/3.xml"]
    assert await titles(world) == [f"News of the harbour of day {day}" for day in (3, 4, 5)]
    state = await world.feed()
    assert (state.health, state.notes, state.last_error) == ("ok", "", "")


async def test_only_sitemaps_that_changed_or_are_new_are_read_again(world: World) -> None:
    days = {"/1.xml": "2026-11-01", "/2.xml": "2026-11-02", "/3.xml": "2026-11-03", "/4.xml": "2026-11-04"}
    for path in (*days, "/5.xml"):
        world.news.page(path, sitemap(f"a-b-{path[1]}"))
    world.news.feed("/rss", index(days), etag='"1"')
    await world.visit()
    paths(world.news)
    await world.visit()
    assert paths(world.news) == ["/rss"]
    world.news.page("/2.xml", sitemap("a-b-2", "c-d-2"))
    world.news.feed("/rss", index(days | {"/2.xml": "2026-11-05", "/5.xml": "2026-11-05"}), etag='"2"')
    assert (await world.visit()).new == 2
    assert sorted(paths(world.news)) == ["/2.xml", "/5.xml", "/rss"]
    assert await gaps(world) == []


async def test_a_new_sitemap_of_new_articles_is_no_gap(world: World) -> None:
    world.news.page("/1.xml", sitemap("a-b-c"))
    world.news.page("/2.xml", sitemap("d-e-f"))
    world.news.page("/rss", index({"/1.xml": "2026-11-01"}))
    await world.visit()
    world.news.page("/rss", index({"/1.xml": "2026-11-01", "/2.xml": "2026-11-02"}))
    ingested = await world.visit()
    assert (ingested.new, ingested.gap) == (1, False)
    assert (await world.feed()).body_hash != b""


async def test_what_one_poll_cannot_read_is_left_for_the_next(world: World) -> None:
    days = {f"/{number}.xml": "2026-11-01" for number in range(5)}
    for path in days:
        world.news.page(path, sitemap(f"a-b-{path[1]}"))
    world.news.feed("/rss", index(days), etag='"1"')
    await world.visit()
    paths(world.news)
    world.news.feed("/rss", index(dict.fromkeys(days, "2026-11-02")), etag='"2"')
    await world.visit()
    await world.visit()
    asked = paths(world.news)
    assert [asked.count(path) for path in ("/rss", *days)] == [2, 1, 1, 1, 1, 1]
    await world.visit()
    await world.visit()
    assert paths(world.news) == ["/rss", "/rss"]


async def test_a_sitemap_that_does_not_say_when_it_changed_is_read_at_each_poll(world: World) -> None:
    world.news.page("/news.xml", sitemap("harbour-of-one"))
    world.news.feed("/rss", index({"/news.xml": ""}), etag='"1"')
    await world.visit()
    world.news.page("/news.xml", sitemap("harbour-of-two", "harbour-of-one"))
    assert (await world.visit()).new == 1
    assert paths(world.news) == ["/rss", "/news.xml"] * 2


async def test_a_sitemap_that_fails_costs_itself_and_is_read_once_it_can_be(world: World) -> None:
    world.news.page("/1.xml", sitemap("harbour-of-one"))
    world.news.page("/2.xml", b"", status=500)
    world.news.feed("/rss", index({"/1.xml": "2026-11-01", "/2.xml": "2026-11-02"}), etag='"1"')
    assert (await world.visit()).new == 1
    said = f"{world.news.url('/2.xml')} could not be read: status: 500"
    assert (await world.feed()).notes == said
    health = await world.store.read(read_health, world.clock)
    assert f"news: {said} ({world.news.url('/rss')})" in health.attention
    world.news.page("/2.xml", sitemap("harbour-of-two"))
    paths(world.news)
    assert (await world.visit()).new == 1
    assert paths(world.news) == ["/rss", "/2.xml"]
    assert (await world.feed()).notes == ""


@pytest.mark.parametrize("day", ["2026-11-05", ""])
async def test_sitemaps_that_always_fail_do_not_keep_others_from_being_read(world: World, day: str) -> None:
    for path in ("/7.xml", "/8.xml", "/9.xml"):
        world.news.page(path, b"", status=404)
    world.news.page("/1.xml", sitemap("harbour-of-one"))
    failing = dict.fromkeys(("/7.xml", "/8.xml", "/9.xml"), day)
    world.news.page("/rss", index(failing))
    await world.visit()
    world.news.page("/rss", index({**failing, "/1.xml": day}))
    assert (await world.visit()).new == 1
    # Those that fail are tried again in turn.
    paths(world.news)
    for _ in range(3):
        await world.visit()
    assert {"/7.xml", "/8.xml", "/9.xml"} <= set(paths(world.news))
    world.news.page("/8.xml", sitemap("harbour-of-two"))
    assert sum([(await world.visit()).new for _ in range(2)]) == 1


@pytest.mark.parametrize("body", [index({"/rss": ""}), index({"/a.xml": "", "/rss": ""}), index({"/a.xml": ""})])
async def test_an_index_of_itself_ends(world: World, body: bytes) -> None:
    world.news.page("/rss", body)
    world.news.page("/a.xml", body)
    await world.visit()
    assert len(paths(world.news)) <= 1 + MOST_SITEMAPS


async def test_an_index_of_ten_thousand_costs_three_requests(world: World) -> None:
    world.news.page("/rss", index({f"/{number}.xml": "2026-11-01" for number in range(10_000)}))
    await world.visit()
    assert len(paths(world.news)) == 1 + MOST_SITEMAPS
    assert len((await world.feed()).known_sitemaps) < 2_000


# --- older pages of a feed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("relation", ["next", "prev-archive"])
async def test_older_pages_are_read_until_they_meet_what_is_known(relation: str, world: World) -> None:
    await world.settle(*named("weather"))
    feed = await world.feed()
    before, interval = feed.last_ok_at, feed.interval
    world.later(hours=3)
    pages = (named("five", "four", hours=3), named("three", "harbour", hours=2), named("one", "weather", hours=1))
    for number, items in enumerate(pages, 1):
        page = feed_page(items, f"/rss?page={number + 1}").replace(b"'next'", f"'{relation}'".encode())
        world.news.page(f"/rss?page={number}" if number > 1 else "/rss", page)
    paths(world.news)
    ingested = await world.visit()
    assert (ingested.new, ingested.gap) == (5, False)
    assert paths(world.news) == ["/rss", "/rss?page=2", "/rss?page=3"]
    assert await gaps(world) == []
    (filled,) = await world.store.read(poll_records.filled_gaps, START)
    assert (filled.from_at, filled.to_at, filled.filled_at) == (before, world.clock, world.clock)
    assert filled.note == "its older pages"
    # More came than its page holds.
    feed = await world.feed()
    assert (feed.interval, feed.due_because) == (interval / 2, "articles may have come and gone unseen")
    assert await world.send() == 1
    assert world.subjects() == ["News of the harbour"]


async def test_a_gap_of_a_listing_is_filled_from_its_next_pages(world: World) -> None:
    def listing(*names: str, older: str) -> bytes:
        cards = "".join(f"<article><a href=/news-of-the-{name}>News of the {name}</a></article>" for name in names)
        return f"<html><body>{cards}<a rel=next href={older}>Older</a>".encode()

    world.write({"outlets.yaml": world.outlets("/rss").replace("feeds:", "page:")})
    await world.reload()
    world.news.page("/rss", listing("weather", "town-hall", older="/rss?page=2"))
    await world.visit()
    world.later(hours=3)
    world.news.page("/rss", listing("five", "four", older="/rss?page=2"))
    world.news.page("/rss?page=2", listing("three", "two", older="/rss?page=3"))
    world.news.page("/rss?page=3", listing("one", "weather", older="/rss?page=4"))
    paths(world.news)
    ingested = await world.visit()
    assert (ingested.new, ingested.gap) == (5, False)
    assert paths(world.news) == ["/rss", "/rss?page=2", "/rss?page=3"]


async def test_no_page_is_read_where_nothing_is_missing(world: World) -> None:
    world.news.page("/rss", feed_page(named("weather"), "/rss?page=2"))
    await world.visit()
    world.news.page("/rss", feed_page(named("harbour", "weather"), "/rss?page=2"))
    await world.visit()
    assert paths(world.news) == ["/rss", "/rss"]


async def test_pages_that_end_leave_a_gap_until_their_oldest_article(world: World) -> None:
    await world.settle(*named("weather"))
    read_at = (await world.feed()).last_ok_at
    world.later(hours=4)
    world.news.page("/rss", feed_page(named("two", hours=4), "/rss?page=2"))
    world.news.page("/rss?page=2", feed_page(named("one", hours=2)))
    assert (await world.visit()).gap
    (gap,) = await gaps(world)
    assert (gap.from_at, gap.to_at) == (read_at, START + timedelta(hours=2))


@pytest.mark.parametrize("next_page", ["/rss", "/rss?page=2", "/rss?page=3"])
async def test_a_loop_of_pages_ends_with_the_gap(world: World, next_page: str) -> None:
    await world.settle(*named("weather"))
    world.later(hours=4)
    world.news.page("/rss", feed_page(named("three", hours=4), "/rss?page=2"))
    world.news.page("/rss?page=2", feed_page(named("two", hours=3), "/rss?page=3"))
    world.news.page("/rss?page=3", feed_page(named("one", hours=2), next_page))
    paths(world.news)
    assert (await world.visit()).gap
    assert paths(world.news) == ["/rss", "/rss?page=2", "/rss?page=3"]
    assert (await world.feed()).health == "ok"


async def test_pages_without_end_are_left_after_five(world: World) -> None:
    await world.settle(*named("weather"))
    world.later(hours=4)
    for number in range(20):
        world.news.page(f"/rss{number or ''}", feed_page(named(f"n{number}", hours=4), f"/rss{number + 1}"))
    paths(world.news)
    ingested = await world.visit()
    assert (ingested.new, ingested.gap) == (1 + MOST_PAGES, True)
    assert paths(world.news) == ["/rss", *(f"/rss{number}" for number in range(1, 1 + MOST_PAGES))]


async def test_a_page_that_fails_costs_itself_and_is_told_with_the_gap(world: World) -> None:
    await world.settle(*named("weather"))
    world.later(hours=4)
    world.news.page("/rss", feed_page(named("harbour", hours=4), "/rss?page=2"))
    world.news.page("/rss?page=2", b"<html><head><title>Please log in</title></head></html>")
    ingested = await world.visit()
    assert (ingested.new, ingested.gap, ingested.error) == (1, True, "")
    state = await world.feed()
    assert "/rss?page=2 could not be read: html page: Please log in" in state.notes
    assert (state.health, state.failures, bool(state.body_hash)) == ("damaged", 0, False)
    assert await world.send() == 1


async def test_robots_txt_decides_about_pages_that_nobody_configured(world: World) -> None:
    await world.settle(*named("weather"))
    world.later(hours=4)
    world.news.page("/robots.txt", b"User-agent: *\nDisallow: /rss\n")
    world.news.page("/rss", feed_page(named("one", hours=4), "/rss?page=2"))
    paths(world.news)
    await world.visit()
    assert paths(world.news) == ["/rss"]
    assert "robots.txt: its host asks not to read it" in (await world.feed()).notes


async def test_a_page_at_an_address_that_is_not_public_is_refused(world: World) -> None:
    await world.settle(*named("weather"))
    world.later(hours=4)
    world.news.page("/rss", feed_page(named("one", hours=4), "http://10.0.0.1/admin"))
    assert (await world.visit()).new == 1
    notes = (await world.feed()).notes
    assert "http://10.0.0.1/admin could not be read: refused" in notes
    assert "private_hosts_allowed" not in notes


async def test_articles_that_move_to_the_next_page_meanwhile_are_stored_once(world: World) -> None:
    await world.settle(*named("weather"))
    world.later(hours=4)
    world.news.page("/rss", feed_page(named("three", "two", hours=4), "/rss?page=2"))
    world.news.page("/rss?page=2", feed_page([*named("three", "two", hours=4), *named("one", "weather")]))
    ingested = await world.visit()
    assert (ingested.read, ingested.new) == (4, 3)
    assert len(await titles(world)) == 4


async def test_a_host_that_wants_longer_pauses_than_a_poll_has_is_told(world: World) -> None:
    await world.settle(*named("weather"))
    world.later(hours=4)
    world.news.page("/rss", feed_page(named("one", hours=4), "/rss?page=2"))
    world.news.page("/robots.txt", b"")
    paths(world.news)
    world.ctx.access.host_limiter.delays["127.0.0.1"] = FURTHER_PAGES_WITHIN + 60
    assert (await world.visit()).new == 1
    assert paths(world.news) == ["/rss"]
    assert "is too slow for so many pages in one poll" in (await world.feed()).notes


@pytest.mark.parametrize("told", ["", "?token=s3cret"])
async def test_a_note_shows_no_credentials(world: World, told: str) -> None:
    world.news.page("/rss", index({f"http://ann:s3cret@127.0.0.1:{world.news.port}/1.xml{told}": "2026-11-01"}))
    await world.visit()
    notes = (await world.store.read(read_health, world.clock)).feeds[0].notes
    assert "/1.xml" in notes
    assert "s3cret" not in notes
