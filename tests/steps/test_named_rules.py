"""A message that waits names a rule that was added meanwhile and finds what it tells."""

from __future__ import annotations

from monitor.store import silence_records
from tests.steps.world import READER, START, Item, World, text_of

HARBOUR = f"  - {{name: Harbour, to: [{READER}], query: harbour, send: hourly}}\n"
DOCKS = f"  - {{name: Docks, to: [{READER}], query: governor, send: hourly}}\n"
TEXT = "The harbour is closed since Monday, says the governor of the town in a letter to all of its captains."


async def test_a_digest_that_waits_names_a_rule_that_was_added_meanwhile(world: World) -> None:
    world.write({"rules.yaml": f"rules:\n{HARBOUR}"})
    await world.reload()
    await world.settle()
    world.publish(Item("closure", TEXT, at=world.clock), Item("weather", at=START))
    await world.visit()
    world.write({"rules.yaml": f"rules:\n{HARBOUR}{DOCKS}"})
    await world.reload()
    world.later(hours=1)
    assert await world.send() == 1
    (mail,) = world.mails()
    assert all(said in text_of(mail) for said in ("== Docks (1) ==", "also Harbour"))
    (told,) = [one for one in await world.articles() if one.article.body == TEXT]
    assert await world.store.read(silence_records.of_article, told.id) == []


async def test_a_rule_that_is_added_once_the_digest_left_is_silent_as_told(world: World) -> None:
    world.write({"rules.yaml": f"rules:\n{HARBOUR}"})
    await world.reload()
    await world.settle()
    world.publish(Item("closure", TEXT, at=world.clock), Item("weather", at=START))
    await world.visit()
    world.later(hours=1)
    assert await world.send() == 1
    world.write({"rules.yaml": f"rules:\n{HARBOUR}{DOCKS}"})
    await world.reload()
    world.later(hours=1)
    assert await world.send() == 0
    (told,) = [one for one in await world.articles() if one.article.body == TEXT]
    (silent,) = await world.store.read(silence_records.of_article, told.id)
    assert (silent.silence.rule, silent.silence.reason) == ("Docks", "already told")
