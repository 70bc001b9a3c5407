"""A message names who has its story besides, but where its reader's address refuses it for that."""

from __future__ import annotations

from tests.peers.http import Outlet
from tests.steps.test_said_developments import TOLL
from tests.steps.test_story_of_page import FOOTER, TEXT, other, poll
from tests.steps.world import READER, Item, World, rss, text_of

__all__ = ["other"]


async def _rule(world: World) -> None:
    world.write({"rules.yaml": f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour}}\n"})
    await world.reload()


async def test_how_a_story_goes_on_is_told_without_the_outlet_whose_links_are_blocked(
    world: World, other: Outlet
) -> None:
    """Nothing of that outlet was refused before: its copy was silent."""
    await _rule(world)
    begun = Item("closure", TEXT, at=world.clock)
    other.feed("/rss", rss([begun], "https://other.test"))
    await poll(world)
    assert await world.send() == 1
    world.publish(Item("copy", TEXT + FOOTER, at=world.clock))
    await poll(world)
    world.mail.filters[b"news.test"] = "554 5.6.0 content rejected"
    world.later(minutes=20)
    other.feed("/rss", rss([begun, Item("toll", TOLL, at=world.clock)], "https://other.test"))
    await poll(world)
    assert await world.send() == 1
    told = text_of(world.mails()[-1])
    assert ("31" in told, "news.test" in told) == (True, False)
    assert await world.states() == ["sent", "merged", "sent"]


async def test_what_names_nobody_is_refused_once(world: World) -> None:
    await _rule(world)
    world.mail.filters[b"ballet"] = "554 5.6.0 content rejected"
    await world.settle()
    world.publish(Item("harbour ballet"), Item("weather"))
    await world.visit()
    await world.send()
    assert await world.states(READER) == ["failed"]
