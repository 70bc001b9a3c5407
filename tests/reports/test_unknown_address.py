"""What may explain that an address is unknown: never what is not so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.reports.absence_reasons import absence_reasons, by_likelihood, date_in, next_poll
from monitor.reports.article_history import look_up
from monitor.reports.explanation import unknown_article
from monitor.reports.unknown_address import UnknownAddress, address_of, unknown_address
from monitor.store import deletion
from monitor.store.poll_records import Gap
from monitor.text import when
from tests.steps.world import START, Item, World

URL = "https://news.test/harbour.html"
SPAN = (START - timedelta(days=1), START)


async def test_an_absence_tells_the_feeds_of_the_site_and_when_nobody_ran(world: World) -> None:
    world.write({"outlets.yaml": "outlets: [{name: news, feed: 'https://feeds.news.test/rss'}]\n"})
    await world.reload()
    told = await world.store.read(unknown_address, URL, SPAN)
    assert [feed.url for feed in told.feeds] == ["https://feeds.news.test/rss"]
    assert (await world.store.read(unknown_address, "https://elsewhere.test/x", SPAN)).feeds == []


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" <https://news.test/x> ", "https://news.test/x"),
        ("'news.test/x'", "https://news.test/x"),
        ("//news.test/x", "https://news.test/x"),
        ("HTTP://NEWS.TEST:8080/x", "HTTP://NEWS.TEST:8080/x"),
        ("news.test:8080/x", "https://news.test:8080/x"),
        ("https://news.test./x", "https://news.test./x"),
        ("https://новости.рф/x", "https://новости.рф/x"),
        ("http://127.0.0.1/x", "http://127.0.0.1/x"),
        ("http://[::1]/x", "http://[::1]/x"),
        *((text, "") for text in ("", " ", "harbour", "hello world", "http://[::1", "mailto:ann@news.test")),
        *(
            (text, "")
            for text in ("javascript:alert(1)", "ftp://news.test/x", "http://news.test:99999/", "news.test:x")
        ),
        *((text, "") for text in ("http://a b.test/", f"https://{'a' * 300}.test/", "https:///x")),
    ],
)
def test_what_is_typed_or_pasted_is_an_address_or_none(text: str, url: str) -> None:
    assert address_of(text) == url


async def test_what_is_no_address_is_said(world: World) -> None:
    for text in ("harbour", "http://[::1"):
        (missing,) = await world.store.read(look_up, world.ctx.active.config, [text], None, SPAN)
        assert isinstance(missing, UnknownAddress)
        assert not missing.is_address


async def test_a_feed_is_no_article(world: World) -> None:
    await world.settle()
    told = await world.store.read(unknown_address, f"{world.news.url('/rss')}?utm_source=x", SPAN)
    assert (told.is_feed, [feed.outlet for feed in told.feeds]) == (True, ["news"])
    assert not (await world.store.read(unknown_address, world.news.url("/x"), SPAN)).is_feed


async def test_a_piece_that_is_kept_no_more_was_known(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour", at=world.clock), Item("weather", at=START))
    await world.visit()
    await world.send()
    await world.store.write(deletion.delete_articles, world.clock + timedelta(days=1))
    (missing,) = await world.store.read(look_up, world.ctx.active.config, [URL], None, SPAN)
    assert isinstance(missing, UnknownAddress)
    assert (missing.removed, [mail.state.value for mail in missing.mails]) == (True, ["sent"])


async def test_an_outlet_whose_feed_is_at_another_host_is_watched(world: World) -> None:
    await world.settle()
    told = await world.store.read(unknown_address, "https://www.news.test/unknown.html", SPAN)
    assert [feed.url for feed in told.feeds] == [world.news.url("/rss")]
    assert (await world.store.read(unknown_address, "https://news.example/unknown.html", SPAN)).feeds == []


async def test_what_came_before_the_first_run_was_never_seen(world: World) -> None:
    told = await world.store.read(unknown_address, world.news.url("/x"), SPAN)
    assert told.first_run == START
    later = (START + timedelta(days=1), START + timedelta(days=2))
    assert (await world.store.read(unknown_address, world.news.url("/x"), later)).first_run is None


async def test_an_outlet_that_broke_explains_an_unknown_address(world: World) -> None:
    await world.settle()
    world.news.page("/rss", b"", status=503)
    await world.visit()
    told = await world.store.read(unknown_address, world.news.url("/x"), (START - timedelta(days=1), world.clock))
    assert [(feed.outlet, feed.failures) for feed in told.broken] == [("news", 1)]
    world.publish(Item("weather"))
    await world.visit()
    told = await world.store.read(unknown_address, world.news.url("/x"), (START - timedelta(days=1), world.clock))
    assert told.broken == []
    world.news.page("/rss", b"<rss version='2.0'><channel><title>News</title></channel></rss>")
    await world.visit()
    told = await world.store.read(unknown_address, world.news.url("/x"), (START - timedelta(days=1), world.clock))
    assert (told.broken, [feed.notes for feed in told.odd]) == ([], ["no entries"])


async def test_a_post_is_of_its_own_channel_alone(world: World) -> None:
    world.write({"outlets.yaml": "outlets: [{telegram: watched_one}]\n"})
    await world.reload()
    known = await world.store.read(unknown_address, "https://t.me/Watched_One/5", SPAN)
    assert [feed.url for feed in known.feeds] == ["https://t.me/s/watched_one"]
    other = await world.store.read(unknown_address, "https://t.me/other_one/5", SPAN)
    assert (other.feeds, other.channel) == ([], "https://t.me/s/other_one")
    assert [reason.text for reason in absence_reasons(other, "outlets.yaml")] == [
        "its channel, https://t.me/s/other_one, is not watched (outlets.yaml)"
    ]
    assert (await world.store.read(unknown_address, "https://t.me/+secret", SPAN)).feeds == []


async def test_what_may_have_come_since_the_last_poll_is_said_before_the_first_run(world: World) -> None:
    await world.settle()
    told = await world.store.read(unknown_address, world.news.url("/new"), (START - timedelta(days=1), world.clock))
    first, *_, last = (reason.text for reason in absence_reasons(told, "outlets.yaml"))
    (feed,) = told.feeds
    assert feed.last_ok_at is not None
    assert first == next_poll("news", feed.last_ok_at, feed.due_at)
    assert "is polled next" in first
    assert last.startswith("the monitor first ran at")


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def _several(world: World) -> UnknownAddress:
    """What may explain an address: two gaps, two outages, the times since the last poll and before the first run."""
    await world.settle()
    told = await world.store.read(unknown_address, world.news.url("/x"), (START - DAY, world.clock))
    gaps = [
        Gap(1, "", "news", START - began * HOUR, START - ended * HOUR, START, None) for began, ended in ((9, 8), (3, 2))
    ]
    outages = [(START - 7 * HOUR, START - 6 * HOUR), (START - 6 * HOUR, START - 4 * HOUR)]
    return replace(told, gaps=gaps, outages=outages, first_run=START - 20 * HOUR)


async def test_of_several_reasons_the_likeliest_is_first(world: World) -> None:
    said = [reason.text for reason in absence_reasons(await _several(world), "outlets.yaml")]
    beginnings = [
        f"news may have shown it between two polls, {when(START - 3 * HOUR)}",
        f"news may have shown it between two polls, {when(START - 9 * HOUR)}",
        "if it came since news was last read",
        f"the monitor was not running from {when(START - 6 * HOUR)}",
        f"the monitor was not running from {when(START - 7 * HOUR)}",
        "the monitor first ran at",
    ]
    assert [text.startswith(one) for text, one in zip(said, beginnings, strict=True)] == [True] * 6


async def test_a_gap_says_why_it_is_not_filled_and_when_that_is_tried_again(world: World) -> None:
    missing = await _several(world)
    told = "its sitemap could not be read: timeout; tried again at the first poll from 2026-11-23 10:20 UTC on"
    first, *_ = absence_reasons(replace(missing, gaps=[replace(missing.gaps[-1], note=told)]), "outlets.yaml")
    assert first.text.endswith(f", which is not filled: {told}")


@pytest.mark.parametrize(
    ("published", "first"),
    [
        (START - 8.5 * HOUR, f"news may have shown it between two polls, {when(START - 9 * HOUR)}"),
        (START - 5 * HOUR, f"the monitor was not running from {when(START - 6 * HOUR)}"),
        (START - 30 * HOUR, "the monitor first ran at"),
        (START + HOUR, "if it came since news was last read"),
    ],
)
async def test_when_it_was_published_decides(world: World, published: datetime, first: str) -> None:
    reasons = absence_reasons(await _several(world), "outlets.yaml")
    ranked = by_likelihood(reasons, (published, published))
    assert ranked[0].text.startswith(first)
    assert {one.text for one in ranked} == {one.text for one in reasons}


async def test_the_date_in_an_address_ranks_and_the_page_decides(world: World) -> None:
    missing = await _several(world)
    old = unknown_article("https://news.test/2026/11/20/harbour.html", missing, "outlets.yaml")
    assert old.why[0].startswith("the monitor first ran at")
    assert old.decides == "when it was published: --fetch reads that from its page"
    only = replace(missing, gaps=(), outages=(), first_run=None)
    assert unknown_article("https://news.test/harbour.html", only, "outlets.yaml").decides == ""


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.test/2026/11/29/harbour.html", 29),
        ("https://news.test/harbour-20261129", 29),
        ("https://news.test/2026-11-29-harbour", 29),
        ("https://news.test/2026/11/harbour", None),
        ("https://news.test/2026/11/31/harbour", None),
        ("https://news.test/120261129", None),
        ("https://news.test/harbour", None),
    ],
)
def test_the_day_that_an_address_names(url: str, day: int | None) -> None:
    found = datetime(2026, 11, day, tzinfo=UTC) if day else None
    assert date_in(url) == ((found - DAY / 2, found + DAY * 1.5) if found else None)
