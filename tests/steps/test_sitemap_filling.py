"""A gap of a feed is filled from a sitemap of its site that nobody configured, or it is said why it was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.reports.health import read_health
from monitor.steps.sitemap_filling import MOST_REQUESTS, READ_EVERY, SEARCHED_EVERY
from monitor.store import Connection, gap_sitemaps, poll_records
from monitor.store.poll_records import Gap
from tests.steps.sitemaps import index, paths
from tests.steps.world import START, Item, World

_NAMESPACES = (
    "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
)


def item(world: World, name: str, at: datetime) -> Item:
    return Item(name, link=world.news.url(f"/news-of-the-{name}"), at=at)


def news_sitemap(items: Sequence[Item], *, is_dated: bool = True) -> bytes:
    """A sitemap for news of these articles; without their publication it says when they changed."""
    urls = ""
    for one in items:
        date = (one.at or START).isoformat()
        news = f"<n:news><n:publication_date>{date}</n:publication_date><n:title>On the {one.name}</n:title></n:news>"
        urls += f"<url><loc>{one.link}</loc>{news if is_dated else f'<lastmod>{date}</lastmod>'}</url>"
    return f"<urlset {_NAMESPACES}>{urls}</urlset>".encode()


async def gaps(world: World) -> tuple[list[Gap], list[Gap]]:
    """The open gaps and the filled ones."""

    def both(conn: Connection) -> tuple[list[Gap], list[Gap]]:
        return poll_records.open_gaps(conn), poll_records.filled_gaps(conn, world.clock - timedelta(days=1))

    return await world.store.read(both)


@pytest.fixture
async def night(world: World) -> World:
    """A world that slept for ten hours, so that its feed shows nothing of before; it looks for the harbour."""
    await world.settle(item(world, "weather", START - timedelta(minutes=5)))
    world.later(hours=10)
    return world


def morning(world: World) -> list[Item]:
    """What the feed shows now."""
    return [item(world, name, world.clock - timedelta(hours=1)) for name in ("market", "theatre")]


def published(world: World) -> list[Item]:
    """All that the site published since the day before."""
    return [
        *morning(world),
        item(world, "harbour", world.clock - timedelta(hours=5)),
        item(world, "mill", world.clock - timedelta(hours=6)),
        item(world, "weather", START - timedelta(minutes=5)),
        item(world, "fair", START - timedelta(hours=20)),
    ]


async def test_a_gap_is_filled_from_the_sitemap_that_robots_txt_names(night: World) -> None:
    before = (await night.feed()).last_ok_at
    night.news.page("/robots.txt", b"User-agent: *\nDisallow: /x\nSitemap: /map.xml\nSitemap: /news.xml\n")
    night.news.page("/news.xml", index({"/old.xml": "2026-01-01", "/today-news.xml": "2026-11-23"}))
    night.news.page("/today-news.xml", news_sitemap(published(night)))
    night.news.page("/old.xml", news_sitemap([]))
    night.publish(*morning(night))
    ingested = await night.visit()
    assert (ingested.new, ingested.matched, ingested.gap, ingested.filled) == (4, 1, True, True)
    assert [one.article.title for one in await night.articles()] == [
        "News of the weather",
        # What the feed shows is told before the sitemap is asked.
        *["News of the theatre", "News of the market", "On the mill", "On the harbour"],
    ]
    assert paths(night.news)[-4:] == ["/rss", "/news.xml", "/today-news.xml", "/old.xml"]
    still_open, (gap,) = await gaps(night)
    assert (still_open, gap.from_at, gap.to_at, gap.filled_at) == ([], before, night.clock, night.clock)
    health = await night.store.read(read_health, night.clock)
    assert [line for line in health.notes if f"came by {night.news.url('/news.xml')} (" in line]
    assert health.gaps == []
    # It is mailed as if its feed had shown it, and the poll after that is as any other.
    assert await night.send() == 1
    assert (await night.visit()).gap is False
    assert paths(night.news) == ["/rss"]


async def test_what_came_in_a_gap_with_the_time_of_its_draft_is_no_longer_missed(world: World) -> None:
    shown = [item(world, "weather", START - timedelta(minutes=5)), item(world, "fair", START - timedelta(hours=2))]
    await world.settle(*shown)
    world.later(hours=10)
    drafts = [item(world, "harbour", START - timedelta(hours=1)), item(world, "mill", START - timedelta(hours=3))]
    world.news.page("/sitemap.xml", news_sitemap([*morning(world), *shown, *drafts]))
    world.publish(*morning(world))
    ingested = await world.visit()
    # The mill is older than all that the feed showed: it may have left before.
    assert (ingested.new, ingested.matched, ingested.filled) == (3, 1, True)


@pytest.mark.parametrize("days", [30, None])
async def test_a_pinned_entry_that_the_sitemap_lacks_leaves_no_gap_open(world: World, days: int | None) -> None:
    pinned = replace(item(world, "fair", START), at=days and START - timedelta(days=days))
    await world.settle(pinned)
    world.later(minutes=10)
    world.publish(pinned, item(world, "weather", START - timedelta(minutes=5)))
    await world.visit()
    world.later(hours=10)
    world.news.page("/sitemap.xml", news_sitemap(published(world)[:5]))
    world.publish(pinned, *morning(world))
    ingested = await world.visit()
    assert (ingested.new, ingested.matched, ingested.filled) == (4, 1, True)


async def test_it_is_remembered_and_read_once_an_hour_for_all_gaps_since(night: World) -> None:
    night.news.page("/sitemap.xml", news_sitemap(published(night)))
    night.publish(*morning(night))
    await night.visit()
    assert paths(night.news)[-4:] == ["/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml"]
    shown = published(night)
    for name in ("school", "church", "station"):
        night.later(minutes=25)
        shown.insert(0, item(night, name, night.clock - timedelta(minutes=1)))
        shown.insert(0, item(night, f"{name}-again", night.clock))
        night.publish(shown[0])
        night.news.page("/sitemap.xml", news_sitemap(shown))
        await night.visit()
        (open_, filled), asked = await gaps(night), paths(night.news)
        if name != "station":
            assert asked == ["/rss"]
            assert f"{night.news.url('/sitemap.xml')} was read less than an hour before" in open_[0].note
    assert night.clock - START > READ_EVERY
    assert asked == ["/rss", "/sitemap.xml"]
    assert (open_, len(filled)) == ([], 1)
    assert len({one.article.url for one in await night.articles()}) == len(shown) - 1


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("none", "no sitemap of 127.0.0.1 shows its articles"),
        ("other", "no sitemap of 127.0.0.1 shows its articles"),
        ("lacking", "MAP: it lacks 1 article that the feed shows"),
        ("undated", "MAP: it states no times of publication"),
        ("short", "MAP: it reaches back to 2026-11-23 14:10 UTC only"),
        ("broken", "MAP could not be read: status: 500"),
        ("forbidden", "no sitemap of 127.0.0.1 shows its articles"),
        ("no room", "`requests_a_day` leaves no request for a sitemap"),
        ("watched", "the sitemap that is watched beside it shows none of its articles (searched "),
    ],
)
async def test_a_gap_says_why_it_was_not_filled(night: World, case: str, reason: str) -> None:
    listed = published(night)
    bodies = {
        "other": news_sitemap(listed[2:]),
        "lacking": news_sitemap(listed[1:]),
        "undated": news_sitemap(listed, is_dated=False),
        "short": news_sitemap(listed[:4]),
        "broken": b"",
    }
    if case != "none":
        night.news.page("/sitemap.xml", bodies.get(case, news_sitemap(listed)), 500 if case == "broken" else 200)
    if case == "forbidden":
        night.news.page("/robots.txt", b"User-agent: *\nDisallow: /sitemap\n")
    if case == "no room":
        night.write({"outlets.yaml": night.outlets("/rss").replace("language", "requests_a_day: 2, language")})
    if case == "watched":
        urls = f"feed: {night.news.url('/rss')}, sitemap: {night.news.url('/elsewhere.xml')}"
        night.write({"outlets.yaml": f"outlets:\n  - {{name: news, {urls}}}\n"})
    await night.reload()
    night.publish(*morning(night))
    await night.visit_at("/rss")
    (gap,), filled = await gaps(night)
    said = reason.replace("MAP", night.news.url("/sitemap.xml"))
    assert gap.note.startswith(said)
    assert filled == []
    health = await night.store.read(read_health, night.clock)
    assert any(line.endswith(f"; not filled: {gap.note}") for line in health.attention)
    # What a sitemap that does not reach so far has of it is not lost.
    assert len(await night.articles()) == (5 if case == "short" else 3)


async def test_the_sitemap_that_is_watched_beside_a_feed_fills_its_gaps(night: World) -> None:
    """Whatever robots.txt names, and although the sitemap was not read before."""
    urls = f"feed: {night.news.url('/rss')}, sitemap: {night.news.url('/ours.xml')}"
    night.write({"outlets.yaml": f"outlets:\n  - {{name: news, {urls}, language: en}}\n"})
    await night.reload()
    night.news.page("/robots.txt", b"User-agent: *\nDisallow: /ours\nSitemap: /news.xml\n")
    night.news.page("/ours.xml", index({"/today-news.xml": "2026-11-23"}))
    night.news.page("/today-news.xml", news_sitemap(published(night)))
    night.news.page("/news.xml", news_sitemap(morning(night)))
    before = (await night.feed()).last_ok_at
    night.publish(*morning(night))
    ingested = await night.visit_at("/rss")
    assert (ingested.new, ingested.gap, ingested.filled) == (4, True, True)
    assert "/news.xml" not in paths(night.news)
    still_open, (gap,) = await gaps(night)
    assert (still_open, gap.from_at, gap.filled_at, gap.note) == ([], before, night.clock, night.news.url("/ours.xml"))
    # Asked for once an hour at most, and what it brought is not new when it is polled itself.
    night.later(minutes=20)
    night.publish(item(night, "school", night.clock))
    await night.visit_at("/rss")
    (gap,), _ = await gaps(night)
    assert gap.note.startswith(f"{night.news.url('/ours.xml')} was read less than an hour before")


async def test_a_sitemap_that_is_watched_since_takes_the_place_of_one_that_was_found(night: World) -> None:
    night.news.page("/sitemap.xml", news_sitemap(published(night)))
    night.publish(*morning(night))
    await night.visit()
    urls = f"feed: {night.news.url('/rss')}, sitemap: {night.news.url('/ours.xml')}"
    night.write({"outlets.yaml": f"outlets:\n  - {{name: news, {urls}, language: en}}\n"})
    await night.reload()
    night.later(minutes=20)
    shown = item(night, "school", night.clock)
    night.publish(shown)
    night.news.page("/ours.xml", news_sitemap([shown, *published(night)]))
    assert (await night.visit_at("/rss")).filled
    assert [gap.note for gap in (await gaps(night))[1]] == [night.news.url("/ours.xml")]


async def test_a_site_without_a_sitemap_is_searched_again_after_a_week(night: World) -> None:
    paths(night.news)
    for number in range(3):
        night.publish(item(night, f"market {number}", night.clock))
        await night.visit()
        assert len(paths(night.news)) == (1 if number == 1 else 5)
        night.later(seconds=(SEARCHED_EVERY / 2 + READ_EVERY).total_seconds())


async def test_a_sitemap_that_is_of_no_use_any_more_is_searched_anew(night: World) -> None:
    night.news.page("/sitemap.xml", news_sitemap(published(night)))
    night.publish(*morning(night))
    await night.visit()
    (feed,) = await night.store.read(poll_records.states)
    for path, status in (("/sitemap.xml", 500), ("/sitemap.xml", 404), ("/sitemap-news.xml", 200)):
        night.later(hours=2)
        shown = [item(night, f"market {night.clock.hour}", night.clock)]
        night.news.page(path, news_sitemap(shown), status)
        night.publish(*shown)
        await night.visit()
        known = await night.store.read(gap_sitemaps.get, feed.id)
        assert known is not None
        assert known.url == {500: night.news.url("/sitemap.xml"), 404: "", 200: night.news.url(path)}[status]


async def test_what_is_known_is_no_edit_and_no_request_is_made_without_a_gap(night: World) -> None:
    """The sitemap has other words for what the feed showed."""
    night.news.page("/sitemap.xml", news_sitemap(published(night)))
    shown = [item(night, "weather", START - timedelta(minutes=5))]
    night.publish(*morning(night), *shown)
    paths(night.news)
    assert not (await night.visit()).gap
    assert "/sitemap.xml" not in paths(night.news)
    night.later(hours=3)
    night.publish(item(night, "school", night.clock))
    night.news.page("/sitemap.xml", news_sitemap([item(night, "school", night.clock), *published(night)]))
    assert (await night.visit()).filled
    assert {one.version for one in await night.articles()} == {1}
    (feed,) = await night.store.read(poll_records.states)
    assert feed.polls_today > MOST_REQUESTS / 2


async def test_a_feed_whose_dates_are_hours_behind_has_its_gap_filled_by_its_own_clock(world: World) -> None:
    behind = timedelta(hours=2)
    await world.settle(item(world, "weather", START - behind - timedelta(minutes=5)))
    world.later(minutes=30)
    shown = [item(world, name, world.clock - behind - timedelta(minutes=1)) for name in ("market", "theatre")]
    missed = item(world, "harbour", world.clock - behind - timedelta(minutes=15))
    old = [item(world, name, START - 2 * behind) for name in ("weather", "fair")]
    world.news.page("/sitemap.xml", news_sitemap([*shown, missed, *old]))
    world.publish(*shown)
    ingested = await world.visit()
    assert (ingested.new, ingested.matched, ingested.gap, ingested.filled) == (3, 1, True, True)
    assert (await gaps(world))[0] == []


async def test_a_gap_for_which_nothing_is_asked_says_why(world: World) -> None:
    await world.settle(item(world, "weather", START - timedelta(minutes=5)))
    world.later(minutes=30)
    world.publish(*(item(world, name, START - timedelta(days=9)) for name in ("market", "theatre")))
    assert (await world.visit()).gap
    ((gap,), _) = await gaps(world)
    assert gap.note == "its page shows other articles than before, most of them older than the last poll"
