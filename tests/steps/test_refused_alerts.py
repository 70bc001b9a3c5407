"""The operator gets the title of each story that is refused for what it says, once, and of nothing else."""

from __future__ import annotations

import pytest

from monitor.steps.incidents import tell_ripe
from tests.steps.test_message_parts import ANN, POISON, _begin, _live, _refuse, _stories
from tests.steps.world import OPERATOR, READER, World, text_of


async def test_what_fails_alone_is_named_and_is_no_trouble_of_the_address(world: World) -> None:
    await _begin(world)
    _refuse(world, POISON, 400)
    await _stories(world, "crane")
    await _live(world, 0.5)
    await _stories(world, "ballet", "crane")
    await world.send()
    (incident,) = await world.incidents()
    assert (incident.kind, world.subjects(OPERATOR)) == ("refused alert", [])
    await _live(world, 1)
    (mail,) = world.mails(OPERATOR)
    assert mail["Subject"] == "Trouble: refused alert"
    assert (
        "an alert to ann by webhook failed, since it is refused for what it says: “News of the harbour ballet”"
        " https://news.test/harbour%20ballet.html: POST: status 400 (monitor alerts show 2)"
    ) in text_of(mail).replace("\r\n", "\n")
    assert (await world.incidents(), await world.states(ANN)) == ([], ["sent", "failed"])


@pytest.mark.parametrize("answer", ["550 5.1.1 User unknown", "552 5.2.2 Mailbox full"])
async def test_who_is_not_there_any_more_is_trouble_of_his_address(world: World, answer: str) -> None:
    await world.settle()
    await _stories(world, "crane")
    await world.send()
    world.mail.filters[POISON] = answer
    await _stories(world, "ballet", "crane")
    await world.send()
    await tell_ripe(world.ctx)
    assert await world.states() == ["sent", "failed"]
    assert world.subjects(OPERATOR) == [f"Trouble: delivery to {READER}"]


async def test_where_nothing_was_taken_lately_it_may_be_the_address(world: World) -> None:
    await _begin(world)
    _refuse(world, b"", 400)
    await _stories(world, "crane")
    await world.send()
    assert [one.kind for one in await world.incidents()] == ["delivery"]
