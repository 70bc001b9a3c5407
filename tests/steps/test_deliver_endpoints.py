"""Readers with a webhook: alerts, digests, limits and retries are those of mail, and no address waits for another."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from monitor.model import Alert, Kind
from monitor.reports.health import is_sound, read_health
from monitor.steps.deliver import deliver, deliver_by
from monitor.steps.incidents import tell_ripe
from monitor.steps.sending_accounts import MAIL
from monitor.store import deliveries, delivery_admin
from tests.peers.http import Request
from tests.steps.world import OPERATOR, READER, READERS, Item, World, text_of

ANN, BOB = "ann by webhook", "bob by webhook"


async def _begin(world: World, people: str, to: str = "ann", more: str = "") -> None:
    """Let one story wait for these people; `{ann}` and `{bob}` are webhooks that take what is posted."""
    for path in ("/ann", "/bob"):
        world.news.page(path, b"ok")
    webhooks = {"ann": world.news.url("/ann"), "bob": world.news.url("/bob")}
    rules = f"rules:\n  - {{name: Harbour, to: [{to}], query: harbour{more}}}\n"
    world.write({"people.yaml": f"people:\n{people.format(**webhooks)}", "rules.yaml": rules})
    assert not (await world.reload()).errors
    await world.settle()
    world.news.requests.clear()
    await _story(world, "harbour")


async def _story(world: World, *names: str) -> None:
    world.publish(*map(Item, names), Item("weather"))
    await world.visit()


def _posted(world: World, path: str = "/ann") -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in world.news.asked(path)]


BOTH = f"  - {{{{name: ann, mail: {READER}, webhook: '{{ann}}'}}}}\n"
WEBHOOK = "  - {{name: ann, webhook: '{ann}'}}\n"
TWO = f"{WEBHOOK}  - {{{{name: bob, webhook: '{{bob}}'}}}}\n"


async def test_who_has_two_addresses_is_told_by_both_independently(world: World) -> None:
    await _begin(world, BOTH)
    world.mail.fault(f"rcpt:{READER}=451")
    await world.send()
    (posted,) = _posted(world)
    assert (posted["kind"], posted["to"], posted["subject"]) == ("alert", ANN, "News of the harbour")
    (story,) = posted["stories"]
    assert (story["title"], story["outlet"]) == ("News of the harbour", "news")
    assert [quote["text"][start:end] for quote in story["quotes"] for start, end in quote["spans"]] == ["harbour"]
    assert (await world.states(ANN), await world.states(READER)) == (["sent"], ["waiting"])
    world.mail.fault()
    world.later(minutes=10)
    await world.send()
    assert world.subjects() == ["News of the harbour"]
    assert len(_posted(world)) == 1


@pytest.mark.parametrize(
    ("to", "more", "told"),
    [
        ("ann by webhook", "", [ANN]),
        ("ann by mail", "", [READER]),
        ("ann", ", by: webhook", [ANN]),
        (READER, "", [READER]),
    ],
)
async def test_a_rule_or_the_person_names_one_of_several(world: World, to: str, more: str, told: list[str]) -> None:
    await _begin(world, BOTH.replace("}}", f"{more}}}}}"), to)
    assert [one.alert.recipient for one in await world.deliveries()] == told


async def test_a_webhook_that_hangs_delays_neither_mail_nor_another(world: World) -> None:
    await _begin(world, TWO, f"ann, bob, {READER}")
    asked, let_go = asyncio.Event(), asyncio.Event()

    async def hang(request: Request, writer: asyncio.StreamWriter) -> bool:
        asked.set()
        await let_go.wait()
        return False

    world.news.routes["/ann"] = hang
    mailer = world.work().mailer
    hanging = asyncio.create_task(mailer.round(ANN))
    await asked.wait()
    # Another sender asks what is due: what is being sent is left alone.
    assert await mailer.idle_endpoints() == [BOB]
    await asyncio.gather(mailer.round(BOB), mailer.round(MAIL))
    assert not hanging.done()
    assert [len(_posted(world, path)) for path in ("/ann", "/bob")] == [1, 1]
    assert world.subjects() == ["News of the harbour"]
    let_go.set()
    await hanging


async def test_a_webhook_that_refuses_for_a_week_loses_nothing_and_floods_nobody(world: World) -> None:
    await _begin(world, TWO, "ann, bob")
    world.news.page("/ann", b"", status=500)
    names = ["harbour"]
    for day in range(7):
        names.insert(0, f"harbour {day}")
        await _story(world, *names)
        for _ in range(4):
            await world.send()
            await tell_ripe(world.ctx)
            world.later(hours=6)
    await world.send()
    # Three attempts a round at most, however many stories wait, which show that it is not about one of them.
    assert 1 + 7 * 4 <= len(_posted(world)) < 2 * 7 * 4
    assert len(_posted(world, "/bob")) == 8
    assert world.subjects(OPERATOR) == ["Trouble: webhook"]
    assert "ann by webhook: POST: status 500" in text_of(world.mails(OPERATOR)[0])
    assert set(await world.states(ANN)) <= {"waiting", "merged"}
    health = await world.store.read(read_health, world.clock)
    assert is_sound(replace(health, running=True))
    world.news.page("/ann", b"ok")
    world.news.requests.clear()
    world.later(hours=2)
    await world.send()
    posted = _posted(world)
    assert len(posted) <= 2, "what showed that it is taken, and a digest of all that waited"
    assert posted[-1]["kind"] == "catch-up"
    told = [story["title"] for one in posted for story in one["stories"]]
    assert sorted(told) == sorted(f"News of the {name}" for name in names)
    world.later(minutes=2)
    await tell_ripe(world.ctx)
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: webhook", "Recovered: webhook"]
    assert await world.incidents() == []


async def test_one_that_fails_for_a_moment_is_told_to_nobody(world: World) -> None:
    await _begin(world, WEBHOOK)
    world.news.page("/ann", b"", status=503)
    await world.send()
    await tell_ripe(world.ctx)
    world.news.page("/ann", b"ok")
    world.later(minutes=2)
    await world.send()
    await tell_ripe(world.ctx)
    assert await world.states(ANN) == ["sent"]
    assert (world.subjects(OPERATOR), await world.incidents()) == ([], [])


async def test_one_that_dies_gets_it_with_the_same_key_until_it_answers(world: World) -> None:
    await _begin(world, WEBHOOK)
    world.news.reset("/ann")
    for minutes in (1, 2, 4, 8):
        await world.send()
        await world.send()
        world.later(minutes=minutes)
    assert await world.states(ANN) == ["waiting"]
    await tell_ripe(world.ctx)
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: webhook"]
    world.news.page("/ann", b"ok")
    world.later(minutes=16)
    await world.send()
    assert await world.states(ANN) == ["sent"]
    asked = world.news.asked("/ann")
    assert len(asked) == 6
    assert {one.body for one in asked} == {asked[0].body}
    assert {one.headers["idempotency-key"] for one in asked} == {json.loads(asked[0].body)["id"]}


async def test_one_that_never_says_a_status_in_time_gets_it_once_more_and_no_third_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _begin(world, WEBHOOK)
    monkeypatch.setattr("monitor.net.client.DEADLINE", 0.1)
    world.news.hang("/ann")
    for _ in range(5):
        await world.send()
        world.later(hours=1)
    first, second = world.news.asked("/ann")
    assert first.body == second.body
    assert await world.states(ANN) == ["unconfirmed"]
    assert "Trouble: delivery to ann by webhook" in world.subjects(OPERATOR)


async def test_a_message_that_is_refused_after_trouble_fails_alone(world: World) -> None:
    await _begin(world, WEBHOOK)
    world.news.page("/ann", b"", status=502)
    await world.send()
    world.news.page("/ann", b"", status=413)
    world.later(minutes=5)
    await world.send()
    assert await world.states(ANN) == ["failed"]
    world.news.page("/ann", b"ok")
    await _story(world, "harbour two", "harbour")
    world.later(minutes=5)
    await world.send()
    assert await world.states(ANN) == ["failed", "sent"]


async def test_what_waits_for_an_address_that_is_gone_fails_visibly(world: World) -> None:
    await _begin(world, WEBHOOK)
    world.write({"people.yaml": f"people:\n  - {{name: ann, mail: {READER}}}\n"})
    await world.reload()
    await world.send()
    assert await world.states(ANN) == ["failed"]
    assert world.news.asked("/ann") == []
    assert world.subjects(OPERATOR) == ["Trouble: delivery to ann by webhook"]
    assert "an alert to ann by webhook failed" in text_of(world.mails(OPERATOR)[0])


async def test_a_channel_that_this_program_does_not_know_fails_visibly(world: World) -> None:
    await world.settle()
    alert = Alert("ann by pigeon", "story:1", 0, Kind.NOTICE, world.clock, channel="pigeon", subject="x", text="y")
    await world.store.write(deliveries.add, [alert], world.clock)
    await world.send()
    assert await world.states("ann by pigeon") == ["failed"]


async def test_who_moves_from_mail_to_a_webhook_loses_no_digest_that_waits(world: World) -> None:
    await _begin(world, f"  - {{{{name: ann, mail: {READER}, send: hourly}}}}\n")
    world.write({"people.yaml": f"people:\n  - {{name: ann, webhook: '{world.news.url('/ann')}'}}\n"})
    assert not (await world.reload()).problems
    await _story(world, "harbour two", "harbour")
    world.later(hours=1)
    await world.send()
    assert world.subjects() == ["1 story: Harbour 1"]
    told = [story["title"] for posted in _posted(world) for story in posted["stories"]]
    assert "News of the harbour two" in told
    assert len(told) == len(set(told))


async def test_limits_digests_and_quiet_hours_hold_for_a_webhook(world: World) -> None:
    await _begin(world, WEBHOOK.replace("}}", ", max_per_hour: 2, quiet: '12:00-14:00'}}"))
    await _story(world, *(f"harbour {number}" for number in range(5)), "harbour")
    await world.send()
    assert [posted["kind"] for posted in _posted(world)] == ["alert", "alert"]
    world.later(hours=1)
    await world.send()
    (digest,) = _posted(world)[2:]
    assert (digest["kind"], len(digest["stories"])) == ("digest", 4)
    # It is noon: what a server has not seen waits for the end of the hours, also while the account of mail fails.
    world.later(hours=1)
    world.news.page("/ann", b"", status=500)
    world.mail.close()
    await _story(world, "harbour at noon", "harbour")
    await world.send()
    assert len(_posted(world)) == 3
    world.news.page("/ann", b"ok")
    world.later(hours=2, minutes=30)
    await world.send()
    assert _posted(world)[-1]["stories"][0]["title"] == "News of the harbour at noon"


async def test_hold_drop_and_retry_are_those_of_every_channel(world: World) -> None:
    await _begin(world, WEBHOOK)
    world.news.page("/ann", b"", status=400)
    await world.send()
    assert await world.states(ANN) == ["failed"]
    world.news.page("/ann", b"ok")
    await world.store.write(delivery_admin.retry, None, world.clock)
    await world.store.write(delivery_admin.hold_all, "restored")
    assert await world.send() == 0
    await world.store.write(delivery_admin.release, None, world.clock)
    await world.send()
    first, second = world.news.asked("/ann")
    assert first.body == second.body
    assert await world.states(ANN) == ["sent"]


async def test_one_that_takes_no_more_for_now_is_asked_again_when_it_says_and_nobody_told(world: World) -> None:
    await _begin(world, WEBHOOK)
    world.news.page("/ann", b"", status=429, headers={"Retry-After": "17"})
    for _ in range(2):
        await world.send()
        await tell_ripe(world.ctx)
        world.later(seconds=16)
        assert await world.send() == 0
        world.later(seconds=1)
    assert len(_posted(world)) == 2
    assert (world.subjects(OPERATOR), await world.incidents()) == ([], [])
    await world.send()
    assert [incident.kind for incident in await world.incidents()] == ["webhook"]
    world.news.page("/ann", b"ok")
    world.later(seconds=59)
    assert await world.send() == 0, "one that says so again and again is asked less often"
    world.later(seconds=1)
    await world.send()
    assert (await world.states(ANN), await world.incidents()) == (["sent"], [])


async def test_a_token_is_sent_and_its_file_read_at_each_attempt(world: World) -> None:
    await _begin(world, "  - {{name: ann, webhook: {{url: '{ann}', token_file: token}}}}\n")
    await world.send()
    assert world.news.asked("/ann") == []
    texts = {incident.kind: incident.text for incident in await world.incidents()}
    assert texts.keys() == {"configuration warnings", "webhook"}
    assert "the token cannot be read" in texts["webhook"]
    (world.folder / "data" / "token").write_text("s3cret\n")
    world.later(minutes=2)
    await world.send()
    (request,) = world.news.asked("/ann")
    assert request.headers["authorization"] == "Bearer s3cret"


async def test_notices_that_an_older_program_left_for_the_operators_webhook_go_out(world: World) -> None:
    await world.settle()
    world.news.page("/alarm", b"ok")
    recipient = "operator@webhook.invalid"
    alert = Alert(recipient, "trouble:x", 0, Kind.NOTICE, world.clock, channel="webhook", subject="Disk", text="full")
    await world.store.write(deliveries.add, [alert], world.clock)
    text = world.settings().replace(f"to: {OPERATOR}", f"to: {OPERATOR}, webhook: {world.news.url('/alarm')}")
    world.write({"monitor.yaml": text})
    assert not (await world.reload()).problems
    assert await deliver_by(world.ctx, recipient) == 1
    assert _posted(world, "/alarm")[0]["subject"] == "Disk"


async def test_a_story_that_a_mail_told_before_the_upgrade_is_not_told_again_to_the_person(world: World) -> None:
    """Mail recipients keep their names: a plain address, or a person of that address, are one recipient."""
    await world.wait_for(*READERS[:1])
    await deliver(world.ctx)
    world.write({"people.yaml": f"people:\n  - {{name: ann, mail: {READER}}}\n"})
    world.write({"rules.yaml": "rules:\n  - {name: Harbour, to: [ann], query: harbour}\n"})
    await world.reload()
    world.publish(Item("harbour", "The harbour is closed, the old harbour."), Item("weather"))
    await world.visit()
    await world.send()
    assert world.subjects() == ["News of the harbour"]
