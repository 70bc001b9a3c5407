"""A template of the user's that fails for one mail: the shipped one makes it, and the operator is told once."""

from __future__ import annotations

from tests.steps.world import OPERATOR, READER, Item, World, text_of

GOOD = "{{ mail.story.title.text }}, as we like it\n"
BAD = GOOD + "{% if 'harbour' in mail.subject %}{{ no_such_name }}{% endif %}\n"


async def _told(world: World, template: str, name: str) -> str:
    (world.folder / "config" / "templates").mkdir(exist_ok=True)
    world.write({"templates/alert.txt": template})
    loaded = await world.reload()
    assert not loaded.problems
    world.publish(Item(name, at=world.clock), Item("weather"))
    await world.visit()
    await world.send()
    return text_of(world.mails(READER)[-1])


async def test_a_failing_template_costs_no_mail_and_its_end_is_told(world: World) -> None:
    await world.settle()
    said = await _told(world, BAD, "harbour")
    assert "as we like it" not in said
    assert "News of the" in said
    (notice,) = [one for one in world.mails(OPERATOR) if "template" in one["Subject"]]
    assert "no_such_name" in text_of(notice)
    assert "alert.txt, line 2" in text_of(notice)
    world.later(minutes=5)
    await _told(world, BAD, "harbour crane")
    assert len([one for one in world.mails(OPERATOR) if "template" in one["Subject"]]) == 1, "told once"
    assert "as we like it" in await _told(world, GOOD, "harbour wall")
    assert "templates work again" in text_of(world.mails(OPERATOR)[-1])
