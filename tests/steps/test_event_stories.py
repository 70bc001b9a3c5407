"""An event that several outlets tell in their own words is one story, across restarts; a wrong guess is put right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from monitor.steps.story_memory import StoryMemory
from monitor.store import story_records
from monitor.story_values import Relation
from tests.articles.events import BUDGET, FIRE, FIRE_IN_RUSSIAN, FIRE_TOLD_AGAIN
from tests.peers.http import Outlet
from tests.steps.test_story_of_page import poll
from tests.steps.world import Item, World, rss


@pytest.fixture
async def other(world: World) -> AsyncIterator[Outlet]:
    """A second outlet, whose first poll is over, as is that of the first one."""
    async with Outlet(("127.0.0.2",)) as other:
        other.feed("/rss", rss([Item("market")], "https://other.test"))
        more = f"  - {{name: other, feed: {other.url('/rss')}}}\n"
        world.write({"outlets.yaml": world.outlets("/rss", more=more)})
        await world.settle()
        await world.reload()
        await poll(world)
        yield other


async def stories(world: World) -> dict[str, int]:
    """Return the story of each article, by the last word of its title."""
    return {one.article.title.split()[-1]: one.story_id for one in await world.articles()}


async def test_outlets_that_tell_of_an_event_in_their_own_words_are_one_story(world: World, other: Outlet) -> None:
    world.publish(Item("fire", FIRE[1], at=world.clock))
    await poll(world)
    # As after a restart: how rare signs are is read from the database again.
    world.ctx = replace(world.ctx, stories=StoryMemory())
    items = [
        Item("again", FIRE_TOLD_AGAIN[1], at=world.clock),
        Item("russian", FIRE_IN_RUSSIAN[1], at=world.clock),
        Item("budget", BUDGET[1], at=world.clock),
    ]
    other.feed("/rss", rss(items, "https://other.test"))
    await poll(world)
    found = await stories(world)
    assert found["fire"] == found["again"] == found["russian"] != found["budget"]
    links = await world.store.read(story_records.links_of, [one.id for one in await world.articles()])
    # The outlet that told it again comes back to it.
    assert sorted(link.relation for link in links.values()) == [Relation.RETOLD, Relation.UPDATE]
    assert all("212" in link.why and link.score >= 0.5 for link in links.values())
