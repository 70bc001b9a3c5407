"""A template of the user's that fails for one mail: the shipped one makes it, and the operator is told once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitor.isolate import Workers
from tests.channels.endless_templates import ENDLESS, GREEDY
from tests.steps.world import OPERATOR, READER, Item, World, text_of

GOOD = "{{ mail.story.title.text }}, as we like it\n"
BAD = GOOD + "{% if 'harbour' in mail.subject %}{{ no_such_name }}{% endif %}\n"


def _save(world: World, template: str) -> None:
    (world.folder / "config" / "templates").mkdir(exist_ok=True)
    world.write({"templates/alert.txt": template})


async def _told(world: World, template: str, name: str) -> str:
    _save(world, template)
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
    assert "templates have been changed and are used again." in text_of(world.mails(OPERATOR)[-1])


async def test_only_another_template_ends_the_trouble(world: World) -> None:
    await world.settle()
    await _told(world, BAD, "harbour")
    world.publish(Item("ships", "They left the harbour.", at=world.clock), Item("weather"))
    await world.visit()
    await world.send()
    assert "as we like it" in text_of(world.mails(READER)[-1])
    await world.reload()
    await world.begin()
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: mail template"]
    (world.folder / "config" / "templates" / "alert.txt").unlink()
    await world.reload()
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: mail template", "Recovered: mail template"]


@pytest.mark.parametrize("what", ENDLESS)
async def test_a_template_that_never_ends_for_a_mail_is_set_aside_until_it_is_another(world: World, what: str) -> None:
    await world.settle()
    hostile = GOOD + "{% if 'harbour' in mail.subject %}" + ENDLESS[what] + "{% endif %}\n"
    said = await _told(world, hostile, "harbour")
    assert "as we like it" not in said
    assert "News of the" in said
    (notice,) = [one for one in world.mails(OPERATOR) if "template" in one["Subject"]]
    assert "alert.txt was ended (timeout: more than" in text_of(notice)
    assert [one.kind for one in await world.incidents()] == ["mail template"]
    world.later(minutes=5)
    # No further mail waits for it, not even one for which it would end.
    workers, world.ctx.templates.workers = world.ctx.templates.workers, Workers("tests.isolate.nothing:at_all")
    world.publish(Item("ships", "They left the harbour.", at=world.clock), Item("weather"))
    await world.visit()
    await world.send()
    assert "as we like it" not in text_of(world.mails(READER)[-1])
    world.ctx.templates.workers = workers
    (trouble,) = await world.incidents()
    assert "timeout" in trouble.text, "it was not tried again"
    assert len(world.mails(OPERATOR)) == 1, "told once"
    world.later(minutes=5)
    assert "as we like it" in await _told(world, GOOD, "harbour wall")


@pytest.mark.parametrize("what", GREEDY)
async def test_a_template_that_wants_too_much_for_a_mail_is_told_by_line(world: World, what: str) -> None:
    await world.settle()
    said = await _told(world, GOOD + "{% if 'harbour' in mail.subject %}" + GREEDY[what] + "{% endif %}\n", "harbour")
    assert "as we like it" not in said
    (notice,) = [one for one in world.mails(OPERATOR) if "template" in one["Subject"]]
    assert "alert.txt, line 2" in text_of(notice)


async def test_templates_that_were_set_aside_are_tried_again_once_others_were_in_force(world: World) -> None:
    _save(world, GOOD)
    await world.reload()
    world.ctx.templates.set_aside = world.ctx.active.config.templates
    await world.reload()
    assert world.ctx.templates.set_aside == (("alert.txt", GOOD),)
    (world.folder / "config" / "templates" / "alert.txt").unlink()
    await world.reload()
    assert world.ctx.templates.set_aside == ()


async def test_a_template_that_was_removed_while_it_failed_is_no_trouble(world: World) -> None:
    class Removing(Workers):
        async def run(self, arguments: Sequence[object]) -> list[object]:
            (world.folder / "config" / "templates" / "alert.txt").unlink()
            await world.reload()
            return ["it fails" for _ in arguments]

    await world.settle()
    world.ctx.templates.workers = Removing("tests.isolate.nothing:at_all")
    assert "News of the harbour" in await _told(world, GOOD, "harbour")
    assert await world.incidents() == []
