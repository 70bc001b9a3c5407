"""What the operator must know is told once, with its end, and never mixed with news."""

from __future__ import annotations

import logging
import re

import pytest

from monitor.steps.incident_mails import INCIDENT_KINDS, STORAGE, incident_mail
from monitor.steps.incidents import report, settle
from monitor.store.incident_records import Incident
from tests.steps.world import OPERATOR, READER, START, Item, World, text_of


async def test_a_trouble_is_told_once_however_often_it_is_reported(world: World) -> None:
    for size in (1, 2, 3):
        await report(world.ctx, "disk", "storage", f"only {size} MB left")
        await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: storage"]
    (incident,) = await world.incidents()
    assert incident.text == "only 3 MB left"


async def test_no_mail_of_trouble_holds_the_token_of_a_feed(world: World) -> None:
    await report(world.ctx, "feed", "outlets", "news: 404 (https://news.test/rss?token=s3cret)")
    await world.send()
    assert "https://news.test/rss?token=…" in text_of(world.mails(OPERATOR)[0])
    assert "s3cret" not in str(await world.incidents())


async def test_its_end_is_told_once(world: World) -> None:
    await report(world.ctx, "disk", "storage", "the disk is full")
    await world.send()
    world.later(minutes=3)
    for _ in range(2):
        await settle(world.ctx, ["disk"])
        await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: storage", "Recovered: storage"]
    text = text_of(world.mails(OPERATOR)[1])
    assert "The database can be used again." in text
    assert "This was so from 2026-11-23 10:00 UTC to 2026-11-23 10:03 UTC:\r\nthe disk is full" in text


@pytest.mark.parametrize("kind", [*INCIDENT_KINDS, "something new"])
def test_the_end_of_every_kind_reads_as_a_sentence(kind: str) -> None:
    over = Incident("a", kind, "the configuration has errors", START, closed_at=START)
    first = incident_mail(over).text.partition("\n")[0]
    assert re.fullmatch(r"[A-Z][^\n]+ (again|over|at)\.", first)
    assert incident_mail(over).subject == f"Recovered: {kind}"


async def test_the_log_says_what_is_well_again(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor")
    await report(world.ctx, "disk", STORAGE, "the disk is full")
    await settle(world.ctx, ["disk"])
    assert "the database can be used again (storage)" in caplog.text


async def test_the_same_trouble_again_is_told_again(world: World) -> None:
    for _ in range(2):
        await report(world.ctx, "disk", "storage", "the disk is full")
        await settle(world.ctx, ["disk"])
        await world.send()
        world.later(minutes=1)
    assert world.subjects(OPERATOR).count("Trouble: storage") == 2


async def test_what_never_began_has_no_end(world: World) -> None:
    await settle(world.ctx, ["disk"])
    assert await world.deliveries() == []


async def test_readers_hear_of_no_trouble_and_the_operator_of_no_news(world: World) -> None:
    await world.settle()
    await report(world.ctx, "disk", "storage", "the disk is full")
    world.publish(Item("harbour"), Item("weather"))
    await world.visit()
    await world.send()
    assert world.subjects(READER) == ["News of the harbour"]
    assert world.subjects(OPERATOR) == ["Trouble: storage"]


async def test_without_an_operator_trouble_is_kept_and_nobody_mailed(world: World) -> None:
    world.write({"monitor.yaml": "\n".join(world.settings().splitlines()[1:])})
    await world.reload()
    await report(world.ctx, "disk", "storage", "the disk is full")
    assert [incident.key for incident in await world.incidents()] == ["disk"]
    assert await world.deliveries() == []
