"""A story whose first message is refused for its words is told by another article, and a digest is divided in time."""

from __future__ import annotations

import pytest

from tests.peers.http import Outlet
from tests.steps.test_message_parts import ANN, POISON, _begin, _live, _refuse, _taken
from tests.steps.test_story_of_page import poll
from tests.steps.world import READER, Item, World, rss, text_of

LEAD = "The council of Odesa closed the harbour on Monday after a crane had fallen onto the quay, and nobody was hurt."
MORE = "The mayor of the city spoke of luck, and said that work would go on before the weekend came."


async def _watch(world: World, outlet: Outlet) -> None:
    more = f"  - {{name: wire, feeds: ['{outlet.url('/rss')}'], language: en}}\n"
    world.write({"outlets.yaml": world.outlets("/rss", more=more)})
    await world.reload()


async def _copies(world: World, outlet: Outlet, title: str) -> None:
    """Two outlets carry one story; only the words of the first are refused, of which this is the title."""
    await _watch(world, outlet)
    text = f"{LEAD} {MORE}"
    outlet.feed("/rss", rss([Item("wire")], "https://wire.test"))
    await world.visit_at("/rss")
    world.later(minutes=10)
    await world.send()
    world.publish(Item("harbour", f"By our ballet desk: {text}", title=title), Item("weather"))
    await world.visit_at("/rss")
    await world.send()
    same = Item("copy", text, title="Crane falls at Odesa harbour")
    outlet.feed("/rss", rss([same, Item("wire")], "https://wire.test"))
    await world.visit_at("/rss")


@pytest.mark.parametrize("title", ["Crane falls at Odesa harbour", "Crane falls onto ballet hall at Odesa harbour"])
@pytest.mark.parametrize(("status", "first"), [(500, "merged"), (400, "failed")])
async def test_a_copy_tells_what_the_first_article_may_not(world: World, status: int, first: str, title: str) -> None:
    """Nor does it name the outlet of the first among those that have the story besides."""
    await _begin(world)
    _refuse(world, POISON, status)
    async with Outlet() as wire:
        await _copies(world, wire, title)
        world.publish(Item("harbour chess"), Item("weather"))
        await world.visit_at("/rss")
        await _live(world, 8)
    taken = _taken(world)
    assert taken["chess"] == 1, "and what comes later"
    assert taken["Crane falls at Odesa harbour"] == 1
    assert sorted(await world.states(ANN)) == [first, "sent", "sent"]


@pytest.mark.parametrize(("status", "requests"), [(500, 5), (400, 1)])
async def test_a_copy_shows_that_the_words_are_refused_where_nothing_else_was_sent(
    world: World, status: int, requests: int
) -> None:
    await _begin(world)
    _refuse(world, POISON, status)
    async with Outlet() as wire:
        await _watch(world, wire)
        wire.feed("/rss", rss([Item("wire")], "https://wire.test"))
        text, title = f"{LEAD} {MORE}", "Crane falls at Odesa harbour"
        world.publish(Item("harbour", f"By our ballet desk: {text}", title=title), Item("weather"))
        await poll(world)
        wire.feed("/rss", rss([Item("copy", text, title=title)], "https://wire.test"))
        await poll(world)
        await _live(world, 1.5)
    assert _taken(world) == {title: 1}
    assert await world.states(ANN) == ["merged", "sent"]
    assert len(world.news.asked("/ann")) == requests + 1
    assert await world.incidents() == []


async def test_mail_whose_one_story_is_refused_for_now_is_divided_before_all_is_lost(world: World) -> None:
    """A filter that says 451 to some words says it for days; nothing else may come to this reader meanwhile."""
    world.write({"rules.yaml": f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour, send: hourly}}\n"})
    await world.reload()
    await world.settle()
    world.mail.filters[POISON] = "451 4.3.0 filter"
    world.publish(*(Item(f"harbour {name}") for name in ("ballet", "crane", "wheat")), Item("weather"))
    await world.visit()
    await _live(world, 30, minutes=30)
    told = " ".join(text_of(mail) for mail in world.mails())
    assert all(f"News of the harbour {name}" in told for name in ("crane", "wheat"))
    assert "ballet" not in told
