"""A development is muted or refused while it waits: what was silent since it repeats it is told, as what is new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.silence_values import Mute, MuteKind
from monitor.store import mute_records, silence_records
from tests.peers.http import Outlet
from tests.steps.test_said_developments import TOLL
from tests.steps.test_story_of_page import FOOTER, TEXT, other, poll
from tests.steps.world import READER, Item, World, rss, text_of

__all__ = ["other"]

NEWS = "Probably new in a story that you know: 31"
FIRST = TOLL.replace("The harbour", "The old ballet harbour")


async def _waits(world: World, other: Outlet, more: str = "", rules: str = "") -> None:
    """Let a story be told, and let a digest wait for how it goes on, which a copy at the first outlet repeats."""
    begun, after = Item("closure", TEXT, at=world.clock), world.clock + timedelta(minutes=20)
    world.publish(begun)
    await poll(world)
    assert await world.send() == 1
    rule = f"  - {{name: Harbour, to: [{READER}], query: harbour, send: hourly{more}}}\n"
    world.write({"rules.yaml": f"rules:\n{rule}{rules}"})
    await world.reload()
    world.later(minutes=20)
    other.feed("/rss", rss([Item("toll", FIRST, at=after)], "https://other.test"))
    await poll(world)
    world.publish(begun, Item("dead", TOLL + FOOTER, at=after))
    await poll(world)
    assert await world.send() == 0
    world.mail.accepted.clear()


async def _mute(world: World) -> None:
    mute = Mute(MuteKind.OUTLET, "other", READER, world.clock + timedelta(hours=3))
    await world.store.write(mute_records.put, [mute], world.clock)


async def test_a_copy_tells_what_was_muted_in_a_waiting_digest(world: World, other: Outlet) -> None:
    await _waits(world, other)
    await _mute(world)
    world.later(hours=1)
    assert await world.send() == 1
    (mail,) = world.mails()
    assert NEWS in text_of(mail)
    assert "ballet" not in text_of(mail)
    (copy,) = [one.id for one in await world.articles() if one.article.url.endswith("/dead.html")]
    assert await world.store.read(silence_records.of_article, copy) == []
    world.later(hours=9)
    assert await world.send() == 0


@pytest.mark.parametrize("is_told", [False, True])
async def test_a_copy_stays_silent_for_a_rule_that_tells_no_developments(
    world: World, other: Outlet, is_told: bool
) -> None:
    docks = f"  - {{name: Docks, to: [{READER}], query: harbour NOT toll, send: hourly, developments: no}}\n"
    await _waits(world, other, rules=docks)
    await _mute(world)
    if not is_told:
        rule = Mute(MuteKind.RULE, "Harbour", READER, world.clock + timedelta(hours=3))
        await world.store.write(mute_records.put, [rule], world.clock)
    world.later(hours=1)
    assert await world.send() == is_told


@pytest.mark.parametrize("answer", ["554 5.6.0 content rejected", "451 4.3.0 filter"])
async def test_a_copy_tells_what_is_refused_for_its_words(world: World, other: Outlet, answer: str) -> None:
    await _waits(world, other)
    world.mail.filters[b"ballet"] = answer
    for _ in range(8):
        world.later(hours=1)
        await world.send()
    (mail,) = world.mails()
    assert NEWS in text_of(mail)
    assert sorted(await world.states()) == ["merged", "sent", "sent"]


async def test_a_copy_is_silent_where_the_development_is_told_by_another(world: World, other: Outlet) -> None:
    """Another copy is told sooner, by a rule that is urgent and finds it alone."""
    await _waits(world, other, rules=f"  - {{name: Free, to: [{READER}], query: free, urgent: yes}}\n")
    world.publish(Item("third", f"{TOLL}{FOOTER} It is free.", at=world.clock))
    await poll(world)
    before = await world.send()
    await _mute(world)
    world.later(hours=1)
    told = "".join(map(text_of, world.mails()))
    assert (before, await world.send()) == (1, 0), told
