"""What repeats a development is told to whom nothing told that: its outlet was muted, it had other words, it failed."""

from __future__ import annotations

from datetime import timedelta

from monitor.silence_values import Mute, MuteKind
from monitor.store import mute_records
from tests.peers.http import Outlet
from tests.steps.test_story_of_page import FOOTER, TEXT, other, poll, relations
from tests.steps.world import READER, Item, World, rss, text_of

__all__ = ["other"]

TOLL = TEXT.replace("At least 12 people", "At least 31 people")


async def publish(world: World, other: Outlet, *items: Item) -> int:
    """Let the other outlet have these items; return how many mails are sent then."""
    other.feed("/rss", rss(items, "https://other.test"))
    await poll(world)
    sent = await world.send()
    world.later(minutes=10)
    return sent


async def develops(
    world: World, other: Outlet, toll: str = TOLL, copy: str = TOLL + FOOTER, refused: bytes = b""
) -> list[int]:
    """Let a story begin, go on at the other outlet, and that be copied twice; return how many mails each sends.

    The mail server refuses what is `refused` when the story goes on.
    """
    begun, after = Item("closure", TEXT, at=world.clock), world.clock + timedelta(minutes=10)
    world.publish(begun)
    sent = [await publish(world, other)]
    world.mail.filters = {refused: "554 5.7.1 filter"} if refused else {}
    sent.append(await publish(world, other, told := Item("toll", toll, at=after)))
    world.mail.filters = {}
    world.publish(begun, copied := Item("dead", copy, at=after))
    sent.append(await publish(world, other, told))
    world.publish(begun, copied, Item("storm", f"{copy} It is free.", at=after))
    return [*sent, await publish(world, other, told)]


async def mute(world: World) -> None:
    muted = Mute(MuteKind.OUTLET, "other", READER, world.clock + timedelta(minutes=15))
    await world.store.write(mute_records.put, [muted], world.clock)


async def test_a_development_of_a_muted_outlet_is_told_once_by_another_as_what_it_says_anew(
    world: World, other: Outlet
) -> None:
    await mute(world)
    assert await develops(world, other) == [1, 0, 1, 0]
    assert [str(one) for one in await relations(world)] == ["update", "copy", "copy"]
    assert world.subjects() == ["News of the closure", "Re: News of the closure"]
    assert "Probably new in a story that you know: 31" in text_of(world.mails()[-1])


async def test_a_development_in_words_that_no_rule_finds_is_told_by_one_with_others(
    world: World, other: Outlet
) -> None:
    port = TOLL.replace("harbour", "port")
    copy = port.replace("in a letter", "in a letter from the harbour")
    assert await develops(world, other, port, copy) == [1, 0, 1, 0]


async def test_a_development_whose_mail_was_refused_is_told_by_its_copy(world: World, other: Outlet) -> None:
    await develops(world, other, refused=b"/toll")
    assert world.subjects() == ["News of the closure", "Re: News of the closure"]


async def test_what_repeats_a_development_that_was_told_is_silent(world: World, other: Outlet) -> None:
    assert await develops(world, other) == [1, 1, 0, 0]
