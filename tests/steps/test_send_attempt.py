"""One attempt: what was not confirmed is repeated once, told, and never called sent, through stops and crashes."""

from __future__ import annotations

import asyncio
import logging

import pytest

from monitor.channels import smtp_data
from monitor.model import Kind
from monitor.reports.health import read_health
from monitor.steps import send_attempt
from monitor.steps.deliver import deliver, report_unanswered
from monitor.steps.send_attempt import LEASE, send
from monitor.store import Connection, deliveries, delivery_admin, delivery_attempts, leases, outbox
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.lease_tokens import EMBEDDED
from tests.peers.smtp import Accepted
from tests.steps.world import OPERATOR, READER, READERS, Item, World, text_of


async def _first(world: World) -> DeliveryRow:
    return next(one for one in await world.deliveries() if one.alert.recipient == READER)


def _taken(world: World) -> list[Accepted]:
    return [one for one in world.mail.accepted if READER in one.recipients]


async def _try(world: World, times: int) -> None:
    for _ in range(times):
        await world.send()
        world.later(minutes=10)


async def test_what_is_never_confirmed_is_repeated_once_and_ends_in_a_state_of_its_own(news: World) -> None:
    news.mail.fault("dot:ann@readers.test=lost")
    await _try(news, 5)
    first, second = _taken(news)
    assert first.raw == second.raw
    assert (await _first(news)).state.value == "unconfirmed"
    (notice,) = news.mails(OPERATOR)
    assert notice["Subject"] == "Trouble: delivery to ann@readers.test"
    assert f"alerts retry {(await _first(news)).id}" in text_of(notice)
    health = await news.store.read(read_health, news.clock)
    assert any("--state unconfirmed" in line for line in health.attention)


async def test_the_log_names_the_delivery_of_each_attempt(news: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor")
    news.mail.fault("rcpt:ann@readers.test=451x1")
    await news.send()
    ids = {one.alert.recipient: one.id for one in await news.deliveries()}
    lines = {vars(one)["delivery"]: one for one in caplog.records if vars(one)["event"] == "mail"}
    assert set(lines) == {ids[READER], ids[READERS[1]]}
    assert "451" in lines[ids[READER]].getMessage()
    assert vars(lines[ids[READERS[1]]])["recipient"] == READERS[1]


async def test_each_attempt_says_which_server_answered_what(news: World) -> None:
    news.mail.fault("rcpt:ann@readers.test=451x1")
    await _try(news, 2)
    delivery = await _first(news)
    refused, taken = (await news.store.read(delivery_attempts.of_deliveries, [delivery.id]))[delivery.id]
    options = news.ctx.active.config.settings.options
    assert {(one.channel, one.server) for one in (refused, taken)} == {("email", options.server_name)}
    assert options.server_name.startswith("127.0.0.1:")
    assert (refused.decision, refused.answer[:12], taken.decision, taken.answer[:3]) == (
        *("again", "RCPT TO: 451"),
        *("accepted", "250"),
    )
    assert refused.again_at is not None
    assert refused.at < refused.again_at <= taken.at


async def test_what_is_unconfirmed_may_have_been_told_and_is_not_told_again(news: World) -> None:
    news.mail.fault("dot:ann@readers.test=lost")
    await _try(news, 3)
    delivery = await _first(news)
    (item,) = (await news.store.read(deliveries.items_of, [delivery.id]))[delivery.id]
    assert await news.store.read(deliveries.already_told, [(READER, item.story_id)]) == {(READER, item.story_id)}


async def test_what_may_have_arrived_once_and_is_then_refused_was_told_all_the_same(news: World) -> None:
    news.mail.words["rcpt"] = "5.1.1 User unknown"
    news.mail.fault("dot:ann@readers.test=lostx1")
    await _try(news, 1)
    news.mail.fault("rcpt:ann@readers.test=550")
    await _try(news, 1)
    delivery = await _first(news)
    (item,) = (await news.store.read(deliveries.items_of, [delivery.id]))[delivery.id]
    assert delivery.state.value == "failed"
    assert await news.store.read(deliveries.already_told, [(READER, item.story_id)]) == {(READER, item.story_id)}


async def test_an_operator_can_send_it_again_and_hears_that_it_arrived(news: World) -> None:
    news.mail.fault("dot:ann@readers.test=lost")
    await _try(news, 3)
    news.mail.fault()
    assert await news.store.write(delivery_admin.retry, None, news.clock) == [(await _first(news)).id]
    await news.send()
    assert (await _first(news)).state.value == "sent"
    assert len({one.raw for one in _taken(news)}) == 1
    assert news.subjects(OPERATOR) == [
        "Trouble: delivery to ann@readers.test",
        "Recovered: delivery to ann@readers.test",
    ]


async def test_a_repeat_that_is_confirmed_is_simply_sent(news: World) -> None:
    news.mail.fault("dot:ann@readers.test=lostx1")
    await _try(news, 2)
    assert len({one.raw for one in _taken(news)}) == 1
    delivery = await _first(news)
    assert (delivery.state.value, delivery.maybe_delivered, delivery.note[:3]) == ("sent", False, "250")


@pytest.mark.parametrize("fault", ["rcpt:ann@readers.test=451", "data=drop", "dot:ann@readers.test=451"])
async def test_attempts_before_the_dot_use_up_no_repeat(news: World, fault: str) -> None:
    news.mail.fault(fault + "x2")
    await _try(news, 3)
    news.mail.fault("dot:ann@readers.test=lostx1")
    await _try(news, 3)
    assert (await _first(news)).state.value == "sent"


async def test_a_refusal_of_the_repeat_lets_it_wait_for_the_next_one(news: World) -> None:
    news.mail.fault("dot:ann@readers.test=lostx1")
    await _try(news, 1)
    news.mail.fault("dot:ann@readers.test=451x1")
    await _try(news, 1)
    delivery = await _first(news)
    assert (delivery.state.value, delivery.maybe_delivered, delivery.finished_at) == ("waiting", True, None)
    await _try(news, 1)
    assert (await _first(news)).state.value == "sent"


async def test_a_refusal_after_the_first_dot_is_nothing_that_may_have_arrived(news: World) -> None:
    news.mail.fault("dot:ann@readers.test=451x1")
    await news.send()
    delivery = await _first(news)
    assert (delivery.state.value, delivery.maybe_delivered, delivery.attempts) == ("waiting", False, 1)


# --- stops and crashes -----------------------------------------------------------------------------------------


async def _at_the_dot(world: World) -> asyncio.Task[int]:
    """Begin to send; return once a server has heard all of a mail."""
    sending = asyncio.create_task(deliver(world.ctx))
    async with asyncio.timeout(20):
        while not await world.count("SELECT count(*) FROM deliveries WHERE maybe_delivered"):
            await asyncio.wait([sending], timeout=0.02)
    return sending


async def test_a_stop_while_the_answer_is_awaited_ends_as_unconfirmed_at_once(
    news: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send_attempt, "LAST_MOMENT", 0.1)
    news.mail.fault("dot=hang")
    sending = await _at_the_dot(news)
    news.ctx.signals.stop.set()
    async with asyncio.timeout(5):
        assert await sending == 0
    assert [(one.maybe_delivered, one.attempts) for one in await news.deliveries() if one.last_error] == [(True, 1)]


async def test_a_stop_leaves_an_answer_that_is_near_a_moment(news: World) -> None:
    news.mail.fault("dot=slow:0.3")
    sending = await _at_the_dot(news)
    news.ctx.signals.stop.set()
    assert await sending == 1


async def test_a_stop_before_the_dot_leaves_a_delivery_as_it_was(news: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_attempt, "LAST_MOMENT", 0.1)
    news.mail.fault("rcpt=hang")
    sending = asyncio.create_task(deliver(news.ctx))
    async with asyncio.timeout(20):
        while not any("RCPT" in line for line in list(news.mail.heard)):
            await asyncio.wait([sending], timeout=0.02)
    news.ctx.signals.stop.set()
    assert await sending == 0
    assert {(one.state.value, one.maybe_delivered, one.attempts) for one in await news.deliveries()} >= {
        ("waiting", False, 0)
    }


async def _die_at_the_dot(world: World) -> None:
    """Be killed while the answer is awaited, and start again."""
    world.mail.fault("dot:ann@readers.test=hang")
    sending = await _at_the_dot(world)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    world.mail.fault()
    await world.store.write(leases.release_all)
    await world.begin()
    await report_unanswered(world.ctx, EMBEDDED)


async def test_a_crash_there_counts_as_an_attempt_that_may_have_arrived(world: World) -> None:
    await world.wait_for(READER)
    await _die_at_the_dot(world)
    assert ((await _first(world)).state.value, (await _first(world)).maybe_delivered) == ("waiting", True)
    world.mail.fault("dot:ann@readers.test=lost")
    await _try(world, 2)
    assert (await _first(world)).state.value == "unconfirmed"
    assert len(_taken(world)) == 1


async def test_a_second_crash_there_ends_it_and_is_told(world: World) -> None:
    await world.wait_for(READER)
    world.mail.fault("dot:ann@readers.test=lostx1")
    await _try(world, 1)
    world.mail.fault("dot:ann@readers.test=hang")
    sending = asyncio.create_task(deliver(world.ctx))
    async with asyncio.timeout(20):
        while not await world.count("SELECT count(*) FROM deliveries WHERE state = 'unconfirmed'"):
            await asyncio.wait([sending], timeout=0.02)
    assert (await _first(world)).state.value == "waiting", "its answer may still come"
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    world.mail.fault()
    await world.store.write(leases.release_all)
    await world.begin()
    await report_unanswered(world.ctx, EMBEDDED)
    await _try(world, 2)
    assert (await _first(world)).state.value == "unconfirmed"
    assert world.subjects(OPERATOR) == ["Trouble: delivery to ann@readers.test"]
    assert len(_taken(world)) == 1


# --- the claim -------------------------------------------------------------------------------------------------


async def test_a_claim_that_was_lost_meanwhile_sends_nothing(world: World) -> None:
    await world.wait_for(READER)
    (due,) = await world.store.write(outbox.claim, world.clock, 1, LEASE)
    message = await send_attempt.message_of(world.ctx, due)
    assert message is not None
    await world.store.write(delivery_admin.hold_all, "restored")

    class Session:
        async def send(self, message: object, commit: object) -> None:
            await commit()  # type: ignore[operator]
            raise AssertionError("sent all the same")

    assert not await send(world.ctx, Session(), due, message)  # type: ignore[arg-type]
    assert await world.states() == ["held"]


async def test_the_lease_holds_longer_than_an_answer_may_take(world: World) -> None:
    await world.wait_for(READER)
    (due,) = await world.store.write(outbox.claim, world.clock, 1, LEASE)
    world.later(minutes=29)
    assert await world.store.write(outbox.begin, due, world.clock, world.clock + LEASE)
    world.later(seconds=smtp_data.FINAL_SECONDS + smtp_data.BLOCK_SECONDS)

    def again(conn: Connection) -> list[int]:
        return [one.id for one in outbox.claim(conn, world.clock, 9, LEASE)]

    assert await world.store.write(again) == []


async def test_an_unconfirmed_notice_makes_no_further_notice(world: World) -> None:
    await world.settle(Item("weather"))
    await world.wait_for(READER)
    world.mail.fault("rcpt:ann@readers.test=550", "dot:it@desk.test=lost")
    world.mail.words["rcpt"] = "5.1.1 User unknown"
    await _try(world, 4)
    notices = [one for one in await world.deliveries() if one.alert.kind is Kind.NOTICE]
    assert [one.state.value for one in notices] == ["unconfirmed"]


async def test_a_mail_to_an_address_that_several_read_says_that_the_operator_is_asked(world: World) -> None:
    world.write({"people.yaml": f"people: [{{name: desk, mail: {READER}, shared: yes}}]\n"})
    await world.wait_for(*READERS[:2])
    await world.send()
    said = ["Several people read this address" in text_of(world.mails(reader)[-1]) for reader in READERS[:2]]
    assert said == [True, False]
