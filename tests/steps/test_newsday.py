"""A few hours of news on the whole road: few messages, and no story untold. `tests.bench.newsday` plays whole days."""

from __future__ import annotations

from tests.bench.newsday import RULES, labelled_day, play, prepare, wire
from tests.steps.world import World

TOPICS = ("ferry-fire", "prisoner-swap")


async def test_a_day_makes_two_thirds_of_a_message_a_match_and_leaves_no_story_untold(world: World) -> None:
    pieces = labelled_day(TOPICS)
    await prepare(world, pieces, RULES)
    played = await play(world, pieces)
    assert len(played.matches) > 30
    assert played.messages <= len(played.matches) * 2 / 3
    assert played.untold == set()


async def test_a_wire_story_at_forty_outlets_makes_no_more_messages_than_a_tenth_of_them(world: World) -> None:
    played = await wire(world)
    assert len(played.matches) > 30
    # Its languages come in any order: at most one message for each.
    assert 1 <= played.messages <= 4
    assert played.untold == set()
