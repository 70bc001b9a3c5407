"""The deliveries that wait meet a real mail server: kept bytes, refusals, trouble with the account, catching up."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from monitor.model import Alert, Kind
from monitor.steps.deliver import deliver
from monitor.steps.incidents import report
from monitor.store import Connection, deliveries, delivery_admin, delivery_attempts
from monitor.store.delivery_admin import DeliveryRow
from tests.peers.http import Outlet
from tests.steps.world import OPERATOR, READER, READERS, SETTINGS, Item, World, rule_for, text_of

BOB = READERS[1]
TWO = rule_for(READERS[:2])


async def _first(world: World, to: str = READER) -> DeliveryRow:
    return next(one for one in await world.deliveries() if one.alert.recipient == to)


async def _kept(world: World) -> int:
    return await world.count("SELECT count(*) FROM messages")


async def test_the_bytes_are_kept_before_any_connection(news: World) -> None:
    news.mail.close()
    await deliver(news.ctx)
    # Only the first of the group was tried, and no byte of it has left.
    assert await _kept(news) >= 1
    assert await news.states() == ["waiting"]
    assert news.mail.heard == []


async def test_a_temporary_refusal_is_tried_again_with_the_same_bytes(news: World) -> None:
    news.mail.fault("rcpt:ann@readers.test=451x1", "dot=451x1")
    assert await news.send() == 0
    kept = await desk_bytes(news)
    assert (await _first(news)).attempts == 1
    news.later(minutes=10)
    assert await news.send() == 2
    sent = [one.raw for one in news.mail.accepted if READER in one.recipients]
    assert sent == [kept]
    assert await news.incidents() == []


async def desk_bytes(world: World) -> bytes:
    found = await world.store.read(delivery_admin.show, (await _first(world)).id)
    assert found is not None
    assert found[1] is not None
    return found[1].raw


async def test_a_permanent_refusal_fails_visibly_and_is_told_to_the_operator(news: World) -> None:
    news.mail.fault("rcpt:ann@readers.test=550")
    assert await news.send() == 2
    assert await news.states() == ["failed"]
    assert "550" in (await _first(news)).last_error
    (notice,) = news.mails(OPERATOR)
    assert notice["Subject"] == "Trouble: delivery to ann@readers.test"
    assert READER in text_of(notice)
    assert f"alerts show {(await _first(news)).id}" in text_of(notice)
    assert len(news.mails(BOB)) == 1


async def test_when_a_reader_can_be_reached_again_the_operator_is_told_so(news: World) -> None:
    news.mail.fault("rcpt:ann@readers.test=550")
    await news.send()
    news.mail.fault()
    await news.store.write(delivery_admin.retry, None, news.clock)
    await news.send()
    assert news.subjects(OPERATOR) == [
        "Trouble: delivery to ann@readers.test",
        "Recovered: delivery to ann@readers.test",
    ]
    assert news.subjects() == ["News of the harbour"]


async def test_a_notice_that_fails_makes_no_further_notice(news: World) -> None:
    news.mail.fault("rcpt=550")
    news.mail.words["rcpt"] = "5.1.1 User unknown"
    for _ in range(4):
        await news.send()
        news.later(minutes=10)
    assert len([one for one in await news.deliveries() if one.alert.kind is Kind.NOTICE]) == 2
    assert await news.states(OPERATOR) == ["failed", "failed"]


async def test_five_days_of_temporary_refusals_end_in_a_visible_failure(news: World) -> None:
    news.mail.fault("rcpt:ann@readers.test=451")
    for _ in range(40):
        await news.send()
        news.later(hours=7)
    assert await news.states() == ["failed"]
    assert "Trouble: delivery to ann@readers.test" in news.subjects(OPERATOR)


# --- the account -----------------------------------------------------------------------------------------------


@pytest.fixture(params=["connection refused", "421 at MAIL", "wrong password", "no greeting"])
async def dead(request: pytest.FixtureRequest, news: World) -> World:
    """The world while its mail account is in trouble."""
    kind = request.param
    if kind == "connection refused":
        news.mail.close()
    elif kind == "421 at MAIL":
        news.mail.fault("mail=421")
    elif kind == "wrong password":
        news.mail.users = {"monitor": "right"}
        (news.folder / "data" / "password").write_text("wrong")
        account = SETTINGS.replace("timeout: 5", "timeout: 5, user: monitor, password_file: password")
        news.write({"monitor.yaml": account.format(operator=OPERATOR, port=news.mail.port)})
        await news.reload()
    else:
        news.mail.fault("connect=554")
    return news


async def _mend(world: World) -> None:
    world.mail.fault()
    (world.folder / "data" / "password").write_text("right\n")
    if world.mail.stopping.is_set():
        world.mail.start()


async def test_trouble_with_the_account_makes_everything_wait_and_blames_nobody(dead: World) -> None:
    for _ in range(3):
        assert await dead.send() == 0
        dead.later(minutes=2)
    everything = await dead.deliveries()
    assert {one.state.value for one in everything if one.alert.kind is Kind.ALERT} == {"waiting"}
    assert {one.attempts for one in everything} == {0}
    (incident,) = await dead.incidents()
    assert incident.kind == "mail account"
    assert len(await dead.states(OPERATOR)) == 1


async def test_an_attempt_says_until_when_the_account_rests(dead: World) -> None:
    dead.later(minutes=30)
    await dead.send()
    (kept, *_) = [one for one in await dead.deliveries() if one.alert.kind is Kind.ALERT]
    (attempt,) = (await dead.store.read(delivery_attempts.of_deliveries, [kept.id]))[kept.id]
    assert (attempt.decision, attempt.again_at) == ("paused", dead.clock + timedelta(minutes=1))
    assert kept.alert.due < attempt.at, "it keeps its turn"


async def test_sending_resumes_by_itself_and_says_so_once(dead: World) -> None:
    await dead.send()
    dead.later(minutes=2)
    await dead.send()
    await _mend(dead)
    dead.later(minutes=2)
    await dead.send()
    await dead.send()
    assert dead.subjects() == dead.subjects(BOB) == ["News of the harbour"]
    assert sorted(dead.subjects(OPERATOR)) == ["Recovered: mail account", "Trouble: mail account"]
    assert await dead.incidents() == []


async def test_while_the_account_rests_the_server_is_left_alone(news: World) -> None:
    news.mail.fault("mail=421")
    await news.send()
    heard = len(news.mail.heard)
    news.later(seconds=30)
    await news.send()
    assert len(news.mail.heard) == heard
    news.later(seconds=31)
    await news.send()
    # One delivery asks for all.
    assert news.mail.heard[heard:].count(news.mail.heard[0]) <= 1


async def test_nothing_expires_while_the_account_is_in_trouble(news: World) -> None:
    news.mail.close()
    for _ in range(30):
        await news.send()
        news.later(hours=8)
    await _mend(news)
    await news.send()
    assert "harbour" in text_of(news.mails()[0])
    assert "harbour" in text_of(news.mails(BOB)[0])


async def test_a_webhook_hears_of_trouble_that_no_mail_can_tell(news: World) -> None:
    async with Outlet() as hook:
        hook.page("/alarm", b"ok")
        settings = SETTINGS.replace("{{to: {operator}}}", f"{{{{to: {{operator}}, webhook: {hook.url('/alarm')}}}}}")
        news.write({"monitor.yaml": settings.format(operator=OPERATOR, port=news.mail.port)})
        assert not (await news.reload()).problems
        news.mail.close()
        await news.send()
        assert [b"mail account" in request.body for request in hook.requests] == [True]
        await _mend(news)
        news.later(minutes=2)
        await news.send()
        await news.send()
        assert [b"Recovered" in request.body for request in hook.requests] == [False, True]
    assert news.subjects(OPERATOR) == []
    assert news.subjects() == ["News of the harbour"]


@pytest.mark.of_conductor
@pytest.mark.parametrize("status", [401, 400])
async def test_trouble_with_the_webhook_is_told_by_mail_and_holds_up_no_news(news: World, status: int) -> None:
    async with Outlet() as hook:
        hook.page("/alarm", b"", status=status)
        settings = SETTINGS.replace("{{to: {operator}}}", f"{{{{to: {{operator}}, webhook: {hook.url('/alarm')}}}}}")
        news.write({"monitor.yaml": settings.format(operator=OPERATOR, port=news.mail.port)})
        await news.reload()
        await report(news.ctx, "disk", "storage", "the disk is nearly full")
        await news.send()
        await news.send()
    assert news.subjects() == news.subjects(BOB) == ["News of the harbour"]
    assert "Trouble: storage" in news.subjects(OPERATOR)
    assert "Trouble: operator webhook" in news.subjects(OPERATOR)
    (incident,) = [one for one in await news.incidents() if "webhook" in one.key]
    assert str(status) in incident.text


# --- one at a time, catching up, what cannot be made -----------------------------------------------------------


async def test_a_recipient_has_at_most_one_mail_in_flight(world: World) -> None:
    await world.settle()
    world.publish(*(Item(f"harbour {number}") for number in range(6)), Item("weather"))
    await world.visit()
    world.mail.fault("dot=slow:0.1")
    await asyncio.gather(*(deliver(world.ctx) for _ in range(3)))
    # A second claim found nothing to send to this reader while the first mail was on its way.
    assert len(world.mails()) == 1
    world.mail.fault()
    await world.send()
    assert sorted(world.subjects()) == [f"News of the harbour {number}" for number in range(6)]


async def test_after_two_hours_of_our_outage_a_reader_gets_one_mail(news: World) -> None:
    news.mail.close()
    for number in range(4):
        items = [Item(f"harbour {done}") for done in range(number + 1)]
        news.publish(*items[::-1], Item("harbour"), Item("weather"))
        await news.visit()
        await news.send()
        news.later(minutes=50)
    await _mend(news)
    news.later(minutes=2)
    await news.send()
    for reader in (READER, BOB):
        (mail,) = news.mails(reader)
        assert all(f"harbour {number}" in text_of(mail) for number in range(4))
        assert sorted(await news.states(reader))[:1] == ["merged"]


async def test_a_delivery_that_cannot_be_rendered_fails_visibly_and_holds_up_no_other(world: World) -> None:
    await world.settle()
    world.publish(*(Item(f"harbour {number}") for number in range(3)), Item("weather"))
    await world.visit()

    def spoil(conn: Connection) -> None:
        conn.exec_driver_sql(
            "UPDATE delivery_items SET article_id = 999999 WHERE delivery_id = (SELECT min(delivery_id) FROM "
            "delivery_items JOIN deliveries ON deliveries.id = delivery_id WHERE deliveries.state = 'waiting')"
        )

    await world.store.write(spoil)
    await world.send()
    assert sorted(await world.states()) == ["failed", "sent", "sent"]
    assert len(world.mails()) == 2
    assert world.subjects(OPERATOR) == ["Trouble: delivery of mail 1"]


async def test_an_address_that_is_none_fails_alone(world: World) -> None:
    await world.settle()
    alert = Alert("not an address", "story:1", 0, Kind.NOTICE, world.clock, subject="x", text="y")
    good = Alert(READER, "story:1", 0, Kind.NOTICE, world.clock, subject="x", text="y")
    await world.store.write(deliveries.add, [alert, good], world.clock)
    await world.send()
    assert await world.states("not an address") == ["failed"]
    assert await world.states() == ["sent"]


async def test_a_mail_shows_the_version_that_the_rule_found(world: World) -> None:
    await world.settle(Item("weather", "Rain over the town."))
    world.publish(Item("harbour", "The old harbour."), Item("weather", "Rain over the town."))
    await world.visit()
    world.publish(Item("harbour", "Nothing of the sort."), Item("weather", "Rain over the town."))
    await world.visit()
    await world.send()
    assert "The old harbour." in text_of(world.mails()[0])


async def test_mails_planned_for_a_server_leave_by_the_maildir_once_the_files_say_so(news: World) -> None:
    settings = "\n".join(line for line in news.settings().splitlines() if not line.startswith("mail:"))
    news.write({"monitor.yaml": settings})
    await news.reload()
    assert await news.send() == 2
    assert len(list((news.folder / "data" / "mail" / "new").iterdir())) == 2
    assert news.mail.accepted == []


async def test_an_outlet_that_was_removed_meanwhile_is_told_of_all_the_same(news: World) -> None:
    news.write({"outlets.yaml": news.outlets("/elsewhere", name="other")})
    await news.reload()
    await news.send()
    assert "News of the harbour" in news.subjects()


async def test_a_mail_names_the_file_that_its_rule_stands_in(world: World) -> None:
    await world.settle()
    (world.folder / "config" / "rules").mkdir()
    world.write({"rules/ports.yaml": TWO.replace("Harbour", "Ports")})
    await world.reload()
    world.publish(Item("harbour"), Item("weather"))
    await world.visit()
    await world.send()
    text = text_of(world.mails()[-1])
    assert "Ports in rules/ports.yaml" in text
    assert "Harbour in rules.yaml" in text
