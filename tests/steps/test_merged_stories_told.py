"""Two stories turn out to be one: whoever was told of either is not told again, and all goes in one thread."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.model import State
from monitor.store import poll_records
from tests.peers.http import Outlet
from tests.steps.world import READER, START, Item, World, rss, text_of

FIRST = "The harbour is closed for ships since Monday, says the council of the town in a letter to all of its captains."
SECOND = (
    "No ship has left the harbour for two days now, complain the captains who have come to the town hall on Tuesday."
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


async def two_stories(world: World) -> None:
    world.publish(Item("closure", FIRST), Item("captains", SECOND), Item("weather", at=START))
    await poll(world)


async def bridge(world: World, other: Outlet) -> None:
    """Let the second outlet show the second story's text at the first story's address."""
    other.feed("/rss", rss([Item("captains", SECOND, link="https://news.test/closure.html")], "https://other.test"))
    await poll(world)


async def stories(world: World) -> set[int]:
    return {one.story_id for one in await world.articles() if "harbour" in one.article.body}


async def test_who_was_told_of_either_story_is_not_told_of_the_merged_one(world: World, other: Outlet) -> None:
    await two_stories(world)
    assert len(await stories(world)) == 2
    assert await world.send() == 2
    await bridge(world, other)
    assert len(await stories(world)) == 1
    assert await world.send() == 0
    (story,) = await stories(world)
    threads = [(one.alert.thread, one.alert.sequence) for one in await world.deliveries()]
    assert sorted(threads) == [(f"story:{story}", 0), (f"story:{story}", 1)]


async def test_who_was_told_of_the_younger_story_alone_is_not_told_of_the_older(world: World, other: Outlet) -> None:
    world.write({"rules.yaml": f"rules:\n  - {{name: Captains, to: [{READER}], query: complain OR whales}}\n"})
    await world.reload()
    await two_stories(world)
    assert await world.send() == 1
    await bridge(world, other)
    world.publish(Item("closure", FIRST + " No whales were seen."), Item("weather", at=START))
    await poll(world)
    assert await world.send() == 0
    (story,) = await stories(world)
    (told,) = await world.deliveries()
    assert (told.alert.thread, told.alert.sequence, told.state) == (f"story:{story}", 0, State.SENT)
    assert {item.story_id for item in told.alert.items} == {story}


async def test_two_mails_that_wait_become_one_that_tells_both_articles(world: World, other: Outlet) -> None:
    await two_stories(world)
    await bridge(world, other)
    assert await world.send() == 1
    (mail,) = world.mails()
    assert "closed for ships" in text_of(mail) or "closure" in text_of(mail)
    gone, sent = sorted(await world.deliveries(), key=lambda one: one.state is State.SENT)
    assert (gone.state, gone.note) == (State.MERGED, f"told in delivery {sent.id}")
    assert len(sent.alert.items) == 2


async def test_what_waits_in_a_digest_and_is_no_copy_is_told_there_where_the_other_story_was_told(
    world: World, other: Outlet
) -> None:
    world.write(
        {
            "rules.yaml": "rules:\n"
            f"  - {{name: Closure, to: [{READER}], query: closure}}\n"
            f"  - {{name: Captains, to: [{READER}], query: complain, send: hourly}}\n"
        }
    )
    await world.reload()
    await two_stories(world)
    assert await world.send() == 1
    await bridge(world, other)
    world.later(hours=2)
    assert await world.send() == 1
    assert [one.state for one in await world.deliveries()] == [State.SENT, State.SENT]
    digest = text_of(world.mails()[-1])
    assert ("closed for ships" in digest, "https://news.test/captains.html" in digest) == (False, True)


async def test_a_summary_that_was_read_before_the_merge_counts_what_was_told_by_then(
    world: World, other: Outlet
) -> None:
    """Articles are read and matched before the transaction that plans their summary; the stories merge in between."""
    await two_stories(world)
    assert await world.send() == 2
    rules = (world.folder / "config" / "rules.yaml").read_text()
    world.write({"rules.yaml": rules + f"  - {{name: Ships, to: [{READER}], query: letter}}\n"})
    written = world.store.write

    async def merged_in_between(work, *args, **more):  # type: ignore[no-untyped-def]
        if work.__name__ == "_plan_summary":
            world.store.write = written  # type: ignore[method-assign]
            await bridge(world, other)
        return await written(work, *args, **more)

    world.store.write = merged_in_between  # type: ignore[method-assign]
    await world.reload()
    world.later(minutes=10)
    await world.send()
    assert len(world.mails()) == 2
