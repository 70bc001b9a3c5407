"""What the operator must know is told once, with its end, and never mixed with news."""

from __future__ import annotations

import logging
import re

import pytest

from monitor.errors import SendError
from monitor.steps.incident_mails import BACKUP, BROKEN, GATHER, INCIDENT_KINDS, MAIL_ACCOUNT, STORAGE, incident_mail
from monitor.steps.incidents import record_past, report, settle, tell_directly, tell_ripe
from monitor.store.incident_records import Incident
from tests.peers.http import Outlet
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
    assert "Noticed at 2026-11-23 10:00 UTC, over at 2026-11-23 10:03 UTC:\r\nthe disk is full" in text


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


async def test_what_begins_and_ends_is_logged_once_and_wakes_the_mailer(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "monitor")
    planned = world.ctx.signals.deliveries_planned
    for step in (
        report(world.ctx, "disk", STORAGE, "the disk is full"),
        report(world.ctx, "copy", BACKUP, "no room for a copy"),
        settle(world.ctx, ["disk", "other"]),
    ):
        planned.clear()
        await step
        assert planned.is_set()
    for step in (report(world.ctx, "copy", BACKUP, "still no room"), settle(world.ctx, ["disk"])):
        planned.clear()
        await step
        assert not planned.is_set()
    lines = [(vars(one)["event"], one.levelno, vars(one)["key"]) for one in caplog.records if "key" in vars(one)]
    assert lines == [
        ("incident", logging.WARNING, "disk"),
        ("incident", logging.WARNING, "copy"),
        ("recovered", logging.INFO, "disk"),
    ]
    assert [(one.key, one.text) for one in await world.incidents()] == [("copy", "still no room")]


async def test_what_nobody_could_be_told_of_is_one_mail_when_it_is_over(world: World) -> None:
    past, config = Incident("disk", STORAGE, "the disk was full", START), world.ctx.active.config
    world.later(minutes=7)
    await world.store.write(record_past, config, past, world.clock)
    await settle(world.ctx, ["disk"])
    await world.send()
    (mail,) = world.mails(OPERATOR)
    assert mail["Subject"] == "Recovered: storage"
    assert "Noticed at 2026-11-23 10:00 UTC, over at 2026-11-23 10:07 UTC:\r\nthe disk was full" in text_of(mail)
    assert await world.incidents() == []
    world.later(hours=1)
    await tell_ripe(world.ctx)
    await world.send()
    assert len(world.mails(OPERATOR)) == 1


async def test_outlets_and_the_monitor_are_told_of_at_the_same_moment(world: World) -> None:
    await report(world.ctx, f"{BROKEN}:news", BROKEN, "news does not answer")
    world.clock += GATHER
    await report(world.ctx, "disk", STORAGE, "the disk is full")
    await world.send()
    assert sorted(world.subjects(OPERATOR)) == ["Trouble: broken outlet news", "Trouble: storage"]


async def test_what_was_recorded_by_a_commit_of_which_nobody_heard_is_recorded_again_and_told_once(
    world: World,
) -> None:
    past, config = Incident("disk", STORAGE, "the disk was full", START), world.ctx.active.config
    for _ in range(2):
        world.later(minutes=1)
        await world.store.write(record_past, config, past, world.clock)
        await world.send()
    assert world.subjects(OPERATOR) == ["Recovered: storage"]
    assert await world.incidents() == []


async def test_an_incident_that_was_told_before_is_not_told_as_past(world: World) -> None:
    await report(world.ctx, "disk", STORAGE, "the disk is full")
    await world.send()
    past = Incident("disk", STORAGE, "the disk was full", START)
    await world.store.write(record_past, world.ctx.active.config, past, world.clock)
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: storage"]
    assert await world.incidents() == []


@pytest.mark.parametrize("status", [200, 500])
async def test_without_the_database_webhooks_alone_are_told(world: World, status: int) -> None:
    incident = Incident("disk", STORAGE, "the disk is full", START)
    async with Outlet() as hook:
        hook.page("/alarm", b"ok", status=status)
        more = f"{{to: {OPERATOR}, webhook: {hook.url('/alarm')}}}"
        world.write({"monitor.yaml": world.settings().replace(f"{{to: {OPERATOR}}}", more)})
        assert not (await world.reload()).problems
        if status == 200:
            await tell_directly(world.ctx.active.config, incident, world.clock)
        else:
            with pytest.raises(SendError, match="500"):
                await tell_directly(world.ctx.active.config, incident, world.clock)
        (asked,) = hook.asked("/alarm")
    assert b"the disk is full" in asked.body
    assert await world.deliveries() == []


async def test_trouble_with_the_mail_account_is_not_mailed_where_a_webhook_hears_of_it(world: World) -> None:
    more = f"{{to: {OPERATOR}, webhook: 'http://127.0.0.1:1/'}}"
    world.write({"monitor.yaml": world.settings().replace(f"{{to: {OPERATOR}}}", more)})
    await world.reload()
    await report(world.ctx, "account", MAIL_ACCOUNT, "no mail can be sent")
    await report(world.ctx, "disk", STORAGE, "the disk is full")
    channels = [(one.alert.subject, one.alert.channel) for one in await world.deliveries()]
    assert sorted(channels) == [
        ("Trouble: mail account", "webhook"),
        ("Trouble: storage", "email"),
        ("Trouble: storage", "webhook"),
    ]
