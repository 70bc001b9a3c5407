"""Whoever edits a rule reads in the log how many mails a day it would have made."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from monitor.steps import mail_forecast as steps
from monitor.steps.index_articles import index_new
from monitor.steps.mail_forecast import forecast
from tests.steps.world import READER, RULES, Item, World


async def publish(world: World, count: int, word: str = "ferry") -> None:
    """Fill two days with pieces, the last of them now."""
    items = []
    for number in range(count):
        world.later(hours=48 / count)
        items.append(Item(f"{word} {number}", at=world.clock - timedelta(minutes=1)))
        world.publish(*items[-20:], Item("weather"))
        await world.visit()
    world.later(minutes=1)
    await index_new(world.store, lambda: False)


def said(caplog: pytest.LogCaptureFixture, name: str) -> list[tuple[int, str]]:
    return [(one.levelno, one.getMessage()) for one in caplog.records if one.getMessage().startswith(f"{name}: ")]


async def edit(world: World, *rules: str) -> None:
    world.write({"rules.yaml": RULES + "".join(f"  - {rule}\n" for rule in rules)})
    loaded = await world.reload()
    assert not loaded.problems, loaded.problems


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor")


async def test_new_and_changed_rules_are_tried_and_others_are_not(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.settle()
    await publish(world, 8)
    await edit(
        world, f"{{name: Ferry, to: [{READER}], query: ferry}}", f"{{name: Whales, to: [{READER}], query: whale}}"
    )
    assert await forecast(world.ctx) == 2
    assert said(caplog, "Ferry") == [(logging.INFO, "Ferry: about 4 mails a day (one for each story)")]
    assert said(caplog, "Whales") == [(logging.INFO, "Whales: about 0 mails a day: it would have been silent")]
    assert said(caplog, "Harbour") == []
    caplog.clear()
    assert await forecast(world.ctx) == 0
    await edit(world, f"{{name: Ferry, to: [{READER}], query: ferry AND 7}}")
    assert await forecast(world.ctx) == 1
    assert said(caplog, "Ferry") == [(logging.INFO, "Ferry: about one mail every 2 days (one for each story)")]


async def test_more_than_twenty_a_day_is_a_warning(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.settle()
    await publish(world, 50)
    await edit(world, f"{{name: Ferry, to: [{READER}], query: ferry}}")
    await forecast(world.ctx)
    ((level, text),) = said(caplog, "Ferry")
    assert level == logging.WARNING
    assert text.startswith("Ferry: about 25 mails a day")
    assert "more than 20" in text


async def test_of_many_candidates_a_sample_is_scaled(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.settle()
    await publish(world, 20)
    monkeypatch.setattr(steps, "SAMPLE", 5)
    monkeypatch.setattr(steps, "PAGE", 2)
    await edit(world, f"{{name: Ferry, to: [{READER}], query: ferry}}")
    await forecast(world.ctx)
    assert said(caplog, "Ferry") == [(logging.INFO, "Ferry: about 10 mails a day (one for each story)")]


async def test_without_a_past_it_says_so(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await edit(world, f"{{name: Ferry, to: [{READER}], query: ferry}}")
    await forecast(world.ctx)
    ((_, text),) = said(caplog, "Ferry")
    assert "too little past" in text


async def test_a_rule_that_is_gone_again_is_not_tried(world: World) -> None:
    await edit(world, f"{{name: Ferry, to: [{READER}], query: ferry}}")
    await edit(world)
    assert await forecast(world.ctx) == 0
