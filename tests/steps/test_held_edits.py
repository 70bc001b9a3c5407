"""Edits that are not stored at once: words that come back, and texts that are never the same."""

from __future__ import annotations

from monitor.store import article_versions
from tests.steps.world import Item, World

OLD, NEW = "The ship leaves at noon.", "Minister Lavrov was aboard the ship."


async def _shown(world: World, text: str, minutes: int = 10) -> list[str]:
    """Let the feed show a text some minutes later; return the texts of all stored versions."""
    world.publish(Item("ferry", text), Item("market"))
    await world.visit()
    world.later(minutes=minutes)
    (ferry,) = [one for one in await world.articles() if "ferry" in one.article.url]
    return [one.article.body for one in await world.store.read(article_versions.of_article, ferry.id)]


async def test_words_that_come_back_to_stay_are_a_version_after_an_hour(world: World) -> None:
    for text in (OLD, NEW):
        await _shown(world, text)
    assert await _shown(world, OLD) == [OLD, NEW]
    assert await _shown(world, OLD, 45) == [OLD, NEW]
    assert await _shown(world, OLD) == [OLD, NEW, OLD]
    assert await _shown(world, OLD) == [OLD, NEW, OLD]


async def test_caches_that_show_both_in_turn_make_few_versions(world: World) -> None:
    for _ in range(72):
        await _shown(world, OLD)
        stored = await _shown(world, NEW)
    assert 2 <= len(stored) <= 12


async def test_other_words_are_a_version_at_once_also_beside_those_that_wait(world: World) -> None:
    for text in (OLD, NEW, OLD):
        await _shown(world, text)
    assert await _shown(world, "The ship leaves at one.") == [OLD, NEW, "The ship leaves at one."]
