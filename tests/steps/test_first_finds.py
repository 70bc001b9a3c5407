"""A rule that finds its first article of a story which another rule told its reader of tells it, whatever it is."""

from __future__ import annotations

import pytest

from tests.peers.http import Outlet
from tests.steps.test_developments_told import NEWS, publish
from tests.steps.test_story_of_page import FOOTER, TEXT, other
from tests.steps.world import READER, Item, World, text_of

__all__ = ["other"]

COPY = "The storm's damage was great. " + TEXT + FOOTER


async def begin(world: World, other: Outlet, more: str = "") -> None:
    """Let a story be told for one rule, while another one of the same reader finds nothing of it."""
    rules = f"  - {{name: Harbour, to: [{READER}], query: harbour}}\n"
    rules += f"  - {{name: Damage, to: [{READER}], query: 'damage'{more}}}\n"
    world.write({"rules.yaml": "rules:\n" + rules})
    assert not (await world.reload()).problems
    world.publish(Item("closure", TEXT, at=world.clock))
    await publish(world, other, Item("market"))
    assert await world.send() == 1
    world.later(minutes=5)


@pytest.mark.parametrize("text", [COPY, "The damage was great. " + NEWS])
async def test_the_first_article_of_a_told_story_that_a_rule_finds_is_a_reply_that_names_it(
    world: World, other: Outlet, text: str
) -> None:
    await begin(world, other, ", developments: no")
    await publish(world, other, Item("storm", text, at=world.clock))
    assert await world.send() == 1
    first, reply = world.mails()
    assert (reply["In-Reply-To"], reply["Subject"]) == (first["Message-ID"], "Re: News of the closure")
    assert "Damage" in reply.get_all("X-Monitor-Rule")
    assert "News of the storm" in text_of(reply)
    # Its next find of a copy is one as of any rule, also after a restart.
    world.later(minutes=5)
    await world.begin()
    await publish(world, other, Item("wind", COPY + " Read on.", at=world.clock))
    assert await world.send() == 0


async def test_an_edit_of_a_copy_that_a_rule_finds_only_then_is_a_reply_that_names_it(
    world: World, other: Outlet
) -> None:
    await begin(world, other)
    await publish(world, other, Item("storm", TEXT + FOOTER, at=world.clock))
    assert await world.send() == 0
    world.later(minutes=5)
    await publish(world, other, Item("storm", COPY, at=world.clock))
    assert await world.send() == 1
    first, reply = world.mails()
    assert (reply["In-Reply-To"], reply.get_all("X-Monitor-Rule")) == (first["Message-ID"], ["Damage"])


async def test_a_rule_that_is_new_looked_at_the_story_and_tells_no_further_copy(world: World, other: Outlet) -> None:
    await begin(world, other)
    rules = (world.folder / "config" / "rules.yaml").read_text()
    world.write({"rules.yaml": rules.replace("Harbour", "Port")})
    await world.reload()
    assert await world.send() == 0
    world.later(minutes=5)
    await publish(world, other, Item("storm", TEXT + FOOTER, at=world.clock))
    assert await world.send() == 0
