"""Where signs leave it open whether two articles are of one event, what they mean decides, if that is wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.articles import text_of_meaning
from monitor.steps.meanings import Meanings
from monitor.steps.story_memory import StoryMemory
from monitor.store import event_records, story_records
from tests.articles.events import FIRE, FIRE_TOLD_AGAIN, OTHER_FIRE
from tests.peers.http import Outlet
from tests.steps.meaning_models import Model
from tests.steps.test_event_stories import other, stories
from tests.steps.test_story_of_page import poll
from tests.steps.world import Item, World, rss

__all__ = ["other"]
ALIKE, OPPOSITE = b"\x7f\x01", b"\x81\x01"


def _same(text: str) -> bytes:
    return ALIKE


def _unlike(text: str) -> bytes:
    return OPPOSITE if "again" in text else ALIKE


async def _told(world: World, other: Outlet, model: Model, said: str) -> dict[str, int]:
    """Let the second outlet tell what it has to say of what the first one told."""
    object.__setattr__(world.ctx, "meanings", Meanings(model, patience=60))
    other.feed("/rss", rss([Item("again", said, at=world.clock)], "https://other.test"))
    await poll(world)
    return await stories(world)


async def _first(world: World, said: str) -> None:
    while world.ctx.stories.rarity.is_young:
        world.ctx.stories.rarity.see(())
    world.publish(Item("fire", said, at=world.clock))
    await poll(world)


async def test_meaning_says_yes_where_signs_are_not_enough(world: World, other: Outlet) -> None:
    await _first(world, FIRE[1])
    model = Model(_same)
    found = await _told(world, other, model, OTHER_FIRE[1])
    assert found["fire"] == found["again"]
    links = await world.store.read(story_records.links_of, list(range(1, 20)))
    assert [link.why[-1] for link in links.values()] == ["likeness in meaning 1.00"]
    # Of the stored article, too, and both are kept: nothing is asked again.
    both = [one for one in await world.articles() if one.story_id == found["fire"]]
    assert sorted(model.asked) == sorted(text_of_meaning(one.article) for one in both)
    kept = await world.store.read(event_records.of_stories_of, [one.id for one in both])
    assert [one.signs.meaning for one in kept.values()] == [ALIKE, ALIKE]


async def test_without_it_they_are_two_stories(world: World, other: Outlet) -> None:
    world.write({"monitor.yaml": world.settings("stories: {meaning: no}\n")})
    await world.reload()
    await _first(world, FIRE[1])
    model = Model(_same)
    found = await _told(world, other, model, OTHER_FIRE[1])
    assert found["fire"] != found["again"]
    assert model.asked == []


@pytest.mark.parametrize(("answer", "together"), [(_unlike, False), (_same, True)])
async def test_meaning_says_no_where_signs_are_just_enough(
    world: World, other: Outlet, answer: Callable[[str], bytes], together: bool
) -> None:
    await _first(world, FIRE[1])
    found = await _told(world, other, Model(answer), FIRE_TOLD_AGAIN[1][:90])
    assert (found["fire"] == found["again"]) is together


async def test_before_it_is_known_what_is_rare_meaning_makes_no_event_of_one_form(world: World, other: Outlet) -> None:
    """Two fires at two places are told in words that mean alike, and share no name or number."""
    await _first(world, FIRE[1])
    object.__setattr__(world.ctx, "stories", StoryMemory())
    found = await _told(world, other, Model(_same), OTHER_FIRE[1])
    assert found["fire"] != found["again"]
