"""Refusals that are about us hold nobody's mail against him; one reader's own hold up nobody else's."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from monitor.alerts.account_health import MIN_RECIPIENTS
from monitor.alerts.retry import account_pause
from monitor.model import Kind, State
from monitor.steps.deliver import deliver_by
from monitor.steps.incidents import report
from monitor.steps.sending_accounts import MAIL
from tests.peers.smtp import certificate
from tests.steps.world import OPERATOR, READERS, SETTINGS, Item, World, text_of

ANN, BOB = READERS[:2]
OURS = {"5.7.1 <ann@readers.test>: Relay access denied": "554", "5.4.5 Daily user sending limit exceeded": "550"}


async def _states(world: World) -> dict[str, int]:
    """How the readers' deliveries stand."""
    return dict(Counter(one.state.value for one in await world.deliveries() if one.alert.kind is Kind.ALERT))


async def _outlive(world: World, hours: int = 5) -> None:
    for _ in range(hours * 2):
        await world.send()
        world.later(minutes=30)


async def _is_repaired(world: World, *readers: str) -> None:
    world.mail.fault()
    world.later(hours=1)
    await world.send()
    assert [world.subjects(reader) for reader in readers] == [["News of the harbour"]] * len(readers)
    assert Counter(world.subjects(OPERATOR)) == {"Trouble: mail account": 1, "Recovered: mail account": 1}
    assert await world.incidents() == []


@pytest.mark.parametrize("words", OURS)
@pytest.mark.parametrize("phase", ["rcpt", "dot"])
@pytest.mark.parametrize("count", [1, 2, 5])
async def test_a_refusal_about_us_lets_everything_wait(world: World, words: str, phase: str, count: int) -> None:
    await world.wait_for(*READERS[:count])
    world.mail.words[phase] = words
    world.mail.fault(f"{phase}={OURS[words]}")
    await _outlive(world)
    assert await _states(world) == {"waiting": count}
    assert [incident.kind for incident in await world.incidents()] == ["mail account"]
    await _is_repaired(world, *READERS[:count])


async def test_three_readers_with_the_same_answer_are_trouble_of_the_account(world: World) -> None:
    await world.wait_for(*READERS)
    world.mail.fault("rcpt=554")
    await _outlive(world)
    assert await _states(world) == {"waiting": len(READERS)}
    await _is_repaired(world, *READERS)


async def test_after_trouble_a_few_ask_whether_the_account_works_again(world: World) -> None:
    await world.wait_for(*READERS)
    world.mail.words["rcpt"] = "5.4.5 Daily user sending limit exceeded"
    world.mail.fault("rcpt=550")
    await _outlive(world, 1)
    world.later(hours=6)
    world.mail.heard.clear()
    assert await deliver_by(world.ctx, MAIL) == 0
    assert sum(line.startswith("RCPT") for line in world.mail.heard) == MIN_RECIPIENTS < len(READERS)


async def test_no_more_ask_where_each_hears_another_answer(world: World) -> None:
    await world.wait_for(*READERS)
    world.mail.words["rcpt"] = "5.4.5 Daily user sending limit exceeded"
    world.mail.fault("rcpt=550")
    await _outlive(world, 1)
    world.later(hours=6)
    del world.mail.words["rcpt"]
    world.mail.fault(*(f"rcpt:{reader}={code}" for code, reader in enumerate(READERS, 550)))
    world.mail.heard.clear()
    assert await deliver_by(world.ctx, MAIL) == 0
    assert sum(line.startswith("RCPT") for line in world.mail.heard) == MIN_RECIPIENTS < len(READERS)


async def test_those_who_had_failed_before_the_third_come_back(world: World) -> None:
    await world.wait_for(ANN)
    world.mail.fault("rcpt=554")
    await deliver_by(world.ctx, MAIL)
    assert await _states(world) == {"failed": 1}
    # The notice of it is the second, and another reader's mail the third.
    await deliver_by(world.ctx, MAIL)
    world.write({"rules.yaml": f"rules:\n  - {{name: Lighthouse, to: [{BOB}], query: lighthouse}}\n"})
    await world.reload()
    world.publish(Item("lighthouse"), Item("harbour"), Item("weather"))
    await world.visit()
    await _outlive(world, 2)
    assert await _states(world) == {"waiting": 2}
    world.mail.fault()
    world.later(hours=1)
    await world.send()
    assert (world.subjects(ANN), world.subjects(BOB)) == (["News of the harbour"], ["News of the lighthouse"])
    assert await world.incidents() == []


@pytest.mark.parametrize("words", ["5.7.1 Message refused by policy", "5.1.1 User unknown", "5.0.0 no"])
async def test_one_reader_who_is_refused_holds_up_nobody(world: World, words: str) -> None:
    await world.wait_for(*READERS)
    world.mail.words["rcpt"] = words
    world.mail.fault(f"rcpt:{ANN}=550")
    await world.send()
    assert await world.states(ANN) == ["failed"]
    assert await _states(world) == {"failed": 1, "sent": len(READERS) - 1}
    assert world.subjects(OPERATOR) == [f"Trouble: delivery to {ANN}"]
    world.publish(Item("harbour two"), Item("weather"))
    await world.visit()
    world.later(minutes=1)
    await world.send()
    assert world.subjects(BOB)[1:] == ["News of the harbour two"]
    assert world.subjects(OPERATOR) == [f"Trouble: delivery to {ANN}"], "told once"


@pytest.mark.parametrize("place", range(5))
async def test_wherever_he_stands_in_the_row(world: World, place: int) -> None:
    await world.wait_for(*READERS)
    world.mail.words["rcpt"] = "5.7.1 Message refused by policy"
    world.mail.fault(f"rcpt:{READERS[place]}=550")
    for _ in range(3):
        await world.send()
        world.later(minutes=2)
    assert await _states(world) == {"failed": 1, "sent": len(READERS) - 1}
    assert world.subjects(OPERATOR) == [f"Trouble: delivery to {READERS[place]}"], "the account was never in trouble"


async def test_an_account_that_breaks_in_the_middle_fails_nobody(world: World) -> None:
    await world.wait_for(*READERS)
    world.mail.words["rcpt"] = "5.7.1 Relay access denied"
    world.mail.fault(f"rcpt:{READERS[4]}=554")
    await deliver_by(world.ctx, MAIL)
    assert await _states(world) == {"sent": 4, "waiting": 1}
    (refused,) = [one for one in await world.deliveries() if one.state is State.WAITING]
    assert refused.alert.due == world.clock + account_pause(0), "he is not tried at once"
    world.mail.fault("rcpt=554")
    world.publish(Item("harbour two"), Item("harbour"), Item("weather"))
    await world.visit()
    await _outlive(world)
    assert await _states(world) == {"sent": 4, "waiting": 6}
    world.mail.fault()
    world.later(hours=1)
    await world.send()
    assert {one.state.value for one in await world.deliveries()} <= {"sent", "merged"}
    assert all("harbour two" in text_of(world.mails(reader)[-1]) for reader in READERS)
    assert await world.incidents() == []


async def test_who_is_refused_alone_waits_until_others_show_whose_it_is(world: World) -> None:
    await world.wait_for(ANN)
    world.mail.words["rcpt"] = "5.7.1 Message refused by policy"
    world.mail.fault(f"rcpt:{ANN}=550")
    await deliver_by(world.ctx, MAIL)
    assert await _states(world) == {"waiting": 1}
    world.later(minutes=1)
    # The notice to the operator is taken: the account works.
    await world.send()
    assert await _states(world) == {"failed": 1}
    assert {incident.kind for incident in await world.incidents()} == {"delivery"}


async def test_many_bad_mailboxes_before_a_good_one_do_not_hold_it_up_for_ever(world: World) -> None:
    await world.wait_for(*READERS)
    world.mail.words["rcpt"] = "5.7.1 Message refused by policy"
    world.mail.fault(*(f"rcpt:{reader}=550" for reader in READERS[:4]), f"rcpt:{OPERATOR}=550")
    await _outlive(world, 2)
    assert world.subjects(READERS[4]) == ["News of the harbour"]
    assert {reader: (await world.states(reader))[-1] for reader in READERS[:4]} == dict.fromkeys(READERS[:4], "failed")


async def test_a_limit_that_lets_some_through_fails_nobody_for_good(world: World) -> None:
    await world.wait_for(*READERS)
    world.mail.words["dot"] = "5.7.1 Too many messages from this account in one hour"
    for _ in range(2):
        world.mail.fault(*(f"dot:{reader}=550x2" for reader in READERS[:4]))
        await world.send()
        world.later(minutes=2)
    assert "failed" not in await _states(world)
    world.mail.fault()
    world.later(hours=1)
    await world.send()
    assert await _states(world) == {"sent": len(READERS)}


async def test_after_a_start_an_open_trouble_is_still_one(world: World) -> None:
    await world.wait_for(ANN, BOB)
    world.mail.words["rcpt"] = "5.7.1 Relay access denied"
    world.mail.fault("rcpt=554")
    await world.send()
    await world.begin()
    # An answer that says nothing by itself, to two readers only.
    world.mail.words["rcpt"] = "5.0.0 no"
    await world.send()
    assert await _states(world) == {"waiting": 2}
    await _is_repaired(world, ANN, BOB)


# --- wrong passwords -------------------------------------------------------------------------------------------


async def _logging_in(world: World) -> None:
    """The account has a user and a wrong password."""
    context, authority = certificate()
    world.mail.tls, world.mail.security, world.mail.users = context, "starttls", {"monitor": "right"}
    (world.folder / "data" / "ca.pem").write_bytes(authority)
    (world.folder / "data" / "password").write_text("wrong")
    more = "host: localhost, security: starttls, user: monitor, password_file: password, ca_file: ca.pem"
    settings = SETTINGS.replace("host: 127.0.0.1", more).replace(", security: none", "")
    world.write({"monitor.yaml": settings.format(operator=OPERATOR, port=world.mail.port)})
    assert not (await world.reload()).problems


def _logins(world: World) -> int:
    return sum(line.startswith("AUTH") for line in world.mail.heard)


async def test_a_refused_password_is_offered_less_and_less_often(news: World) -> None:
    await _logging_in(news)
    for _ in range(12 * 60):
        await deliver_by(news.ctx, MAIL)
        news.later(minutes=1)
    # At 0, 1, 3, 7, 15, 31 and 63 minutes, then every hour; one login each time.
    assert _logins(news) == 7 + 10
    assert await _states(news) == {"waiting": 2}


async def test_an_edit_lets_it_be_offered_at_once(news: World) -> None:
    await _logging_in(news)
    for _ in range(60):
        await deliver_by(news.ctx, MAIL)
        news.later(minutes=1)
    (news.folder / "data" / "password").write_text("right")
    before = _logins(news)
    await deliver_by(news.ctx, MAIL)
    assert _logins(news) == before
    await news.reload()
    await news.send()
    assert news.subjects(ANN) == ["News of the harbour"]


# --- ways beside one another -------------------------------------------------------------------------------------


async def test_no_way_out_waits_for_another(news: World) -> None:
    let_go = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await let_go.wait()
        writer.close()

    async with await asyncio.start_server(hang, "127.0.0.1", 0) as hook:
        port = hook.sockets[0].getsockname()[1]
        webhook = f"{{{{to: {{operator}}, webhook: 'http://127.0.0.1:{port}/'}}}}"
        settings = SETTINGS.replace("{{to: {operator}}}", webhook)
        news.write({"monitor.yaml": settings.format(operator=OPERATOR, port=news.mail.port)})
        await news.reload()
        await report(news.ctx, "disk", "storage", "the disk is nearly full")
        posting = asyncio.create_task(deliver_by(news.ctx, "operator@webhook.invalid"))
        while await deliver_by(news.ctx, MAIL):
            pass
        assert not posting.done()
        assert news.subjects(ANN) == news.subjects(BOB) == ["News of the harbour"]
        assert "Trouble: storage" in news.subjects(OPERATOR)
        let_go.set()
        await posting


async def test_notices_to_a_webhook_that_is_gone_from_the_files_end_visibly(news: World) -> None:
    settings = SETTINGS.replace("{{to: {operator}}}", "{{to: {operator}, webhook: 'http://127.0.0.1:1/'}}")
    news.write({"monitor.yaml": settings.format(operator=OPERATOR, port=news.mail.port)})
    await news.reload()
    await report(news.ctx, "disk", "storage", "the disk is nearly full")
    news.write({"monitor.yaml": news.settings()})
    await news.reload()
    await news.send()
    (notice,) = [one for one in await news.deliveries() if one.alert.channel == "webhook"]
    assert notice.state.value == "failed"
    assert "the disk is nearly full" in text_of(news.mails(OPERATOR)[0])
