"""Copies are told once, and so is an article whose page shows that it is one; what says something new has its words."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.store import poll_records, silence_records, story_records
from monitor.story_values import Relation
from tests.peers.http import Outlet
from tests.steps.page_reading import WAITS, html, page
from tests.steps.world import READER, START, Item, World, rss, text_of

TEXT = (
    "The harbour is closed for ships since Monday, says the governor of the town in a letter to all of its captains. "
    "At least 12 people were killed in the storm that came from the sea, and 340 houses have lost their roofs. Schools "
    "stay shut until Thursday, and no ferry leaves before the wind drops below 60 kilometres an hour, he writes."
)
FOOTER = " Subscribe to the letter of our newsroom, which comes every evening at six, and to our channel."
BULLETIN = (
    "The harbour office gives the heights of water for tomorrow: at the mill {} centimetres, at the bridge {} "
    "centimetres, at the lock {} centimetres, and at the mole {} centimetres above the usual. Captains of larger ships "
    "are asked to mind the sandbank and to call the harbour office before they enter the canal by night."
)


@pytest.fixture
async def other(world: World) -> AsyncIterator[Outlet]:
    """A second outlet, whose first poll is over, as is that of the first one."""
    async with Outlet(("127.0.0.2",)) as other:
        other.feed("/rss", rss([Item("market")], "https://other.test"))
        more = f"  - {{name: other, feed: {other.url('/rss')}, language: en}}\n"
        world.write({"outlets.yaml": world.outlets("/rss", more=more)})
        await world.settle()
        await world.reload()
        await poll(world)
        yield other


async def poll(world: World) -> None:
    await world.store.write(poll_records.make_due, world.clock)
    await world.poll()


async def relations(world: World) -> list[Relation]:
    stored = await world.articles()
    links = await world.store.read(story_records.links_of, [one.id for one in stored])
    return [links[one.id].relation for one in stored if one.id in links]


async def test_a_copy_under_another_title_with_a_footer_is_not_told_again(world: World, other: Outlet) -> None:
    world.publish(Item("closure", TEXT, at=world.clock))
    await poll(world)
    assert await world.send() == 1
    other.feed("/rss", rss([Item("storm", TEXT + FOOTER, at=world.clock)], "https://other.test"))
    await poll(world)
    assert await world.send() == 0
    assert await relations(world) == [Relation.COPY]


async def test_bulletins_of_two_days_are_both_told(world: World) -> None:
    await world.settle()
    for day in range(3):
        numbers = [200 + 7 * day + place for place in range(4)]
        world.publish(Item(f"water-{day}", BULLETIN.format(*numbers), at=world.clock), Item("weather", at=START))
        await poll(world)
        assert await world.send() == 1
        world.later(days=1)
    assert await relations(world) == []


async def test_an_article_whose_page_is_a_copy_joins_what_was_told(world: World, other: Outlet) -> None:
    work = world.work()
    world.write({"rules.yaml": WAITS})
    await world.reload()
    await world.send()
    world.mail.accepted.clear()
    html(world, "/one.html", page())
    other.page("/two.html", page("Subscribe to our letter."), headers={"Content-Type": "text/html; charset=utf-8"})
    world.publish(Item("harbour", "The council met on Monday.", link=world.news.url("/one.html"), at=world.clock))
    await poll(world)
    await work.hosts.drain()
    assert await world.send() == 1
    shown = Item("harbour", "It was a long evening for the fishermen.", link=other.url("/two.html"), at=world.clock)
    other.feed("/rss", rss([shown], "https://other.test"))
    await poll(world)
    await work.hosts.drain()
    assert await world.send() == 0
    assert await relations(world) == [Relation.COPY]
    assert len({one.story_id for one in await world.articles() if "cranes" in one.article.body}) == 1


ARREST = b"<p>Nine fishermen were arrested in the night.</p>"


async def waiting_beside_what_was_told(world: World, other: Outlet, *, is_told_first: bool, lead: bytes) -> None:
    """Let an article be told without its page, and one wait in a digest; then read both pages, in one order."""
    work = world.work()
    rules = f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour, send: 'daily 11:00, 23:00'}}\n"
    world.write({"rules.yaml": rules, "monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    await world.reload()
    world.news.page("/one.html", status=404)
    title = "Fishermen arrested in the harbour"
    link = world.news.url("/one.html")
    world.publish(Item("harbour", "The council met in the harbour.", at=world.clock, link=link, title=title))
    await poll(world)
    await work.hosts.drain()
    world.later(hours=1)
    assert await world.send() == 1
    html(world, "/one.html", page().replace(b"</h1>", b"</h1>" + lead))
    other.page("/two.html", page(), headers={"Content-Type": "text/html; charset=utf-8"})
    later = Item("harbour", "It was a long evening in the harbour.", at=world.clock, link=other.url("/two.html"))
    if is_told_first:
        world.later(hours=5)
        await work.hosts.drain()
    other.feed("/rss", rss([later], "https://other.test"))
    await poll(world)
    await work.hosts.drain()
    if not is_told_first:
        world.later(hours=5)
        await work.hosts.drain()


@pytest.mark.parametrize("is_told_first", [True, False])
async def test_what_waits_in_a_digest_is_told_there_where_pages_make_one_story_of_it_and_of_what_was_told(
    world: World, other: Outlet, is_told_first: bool
) -> None:
    await waiting_beside_what_was_told(world, other, is_told_first=is_told_first, lead=ARREST)
    assert await relations(world) == [Relation.UPDATE]
    assert len({one.story_id for one in await world.articles() if "harbour" in one.article.body}) == 1
    world.later(hours=10)
    assert await world.send() == 1
    digest = text_of(world.mails()[-1])
    assert other.url("/two.html") in digest
    assert "in a story that you know" in digest


@pytest.mark.parametrize("is_told_first", [True, False])
async def test_what_waits_in_a_digest_is_silent_where_pages_make_a_copy_of_it_and_of_what_was_told(
    world: World, other: Outlet, is_told_first: bool
) -> None:
    await waiting_beside_what_was_told(world, other, is_told_first=is_told_first, lead=b"")
    assert await relations(world) == [Relation.COPY]
    world.later(hours=10)
    assert await world.send() == 0
    (waiting,) = [one.id for one in await world.articles() if one.article.url == other.url("/two.html")]
    kept = await world.store.read(silence_records.of_article, waiting)
    assert [one.silence.reason in ("already told", "a copy of what was told") for one in kept] == [True]
