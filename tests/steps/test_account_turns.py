"""Of all processes one at a time sends by an account, and each knows what the others learned of it."""

from __future__ import annotations

from monitor.alerts import AccountHealth
from monitor.steps.account_turns import end_turn, take_turn
from monitor.steps.clock_jumps import repair_store
from monitor.steps.deliver import deliver_by
from monitor.steps.sending_accounts import MAIL, hindrance
from monitor.store import account_records, leases
from tests.steps.test_config_in_force import worker_of
from tests.steps.world import OPERATOR, READERS, SETTINGS, Item, World

ANN, BOB = READERS[:2]


async def test_one_process_at_a_time_sends_by_an_account(world: World) -> None:
    await world.wait_for(ANN, BOB)
    one, other = await worker_of(world, "one"), await worker_of(world, "other")
    turn = await take_turn(one, MAIL)
    assert turn is not None
    assert {due.alert.recipient for due in turn.due} == {ANN, BOB}
    world.publish(Item("lighthouse"), Item("harbour two"), Item("harbour"), Item("weather"))
    await world.visit()
    assert await deliver_by(other, MAIL) == await deliver_by(world.ctx, MAIL) == 0
    await world.store.write(leases.release_all, "one")
    await end_turn(one, turn)
    assert await deliver_by(other, MAIL) == 2, "the one that died, or was silent, has lost its turn"
    assert await world.send() == 2
    for reader in (ANN, BOB):
        assert world.subjects(reader) == ["News of the harbour", "News of the harbour two"]


async def test_what_one_learns_of_an_account_the_others_know(world: World) -> None:
    await world.wait_for(ANN)
    one, other = await worker_of(world, "one"), await worker_of(world, "other")
    world.mail.fault("mail=554")
    assert await deliver_by(one, MAIL) == 0
    world.mail.heard.clear()
    assert await deliver_by(other, MAIL) == 0
    assert world.mail.heard == [], "the account rests for all"
    world.mail.fault()
    world.later(hours=1)
    assert await deliver_by(other, MAIL)
    assert world.subjects(ANN) == ["News of the harbour"]
    stored = AccountHealth.of_text((await world.store.read(account_records.healths))[MAIL], is_shared=True)
    assert not stored.is_failing


async def test_an_edit_while_an_attempt_fails_lets_it_be_made_again_at_once(world: World) -> None:
    await world.wait_for(ANN)
    turn = await take_turn(world.ctx, MAIL)
    assert turn is not None
    turn.health.pause(world.clock, "535 no")
    world.write({"monitor.yaml": world.settings("contact: it@readers.test\n")})
    await world.reload()
    await end_turn(world.ctx, turn)
    stored = AccountHealth.of_text((await world.store.read(account_records.healths))[MAIL], is_shared=True)
    assert not stored.is_paused(world.clock)
    assert stored.is_failing


async def test_mails_into_a_folder_are_left_to_its_machine(world: World) -> None:
    world.write({"monitor.yaml": f"operator: {{to: {OPERATOR}}}\nprivate_hosts_allowed: [127.0.0.1]\n"})
    await world.reload()
    await world.wait_for(ANN)
    assert await take_turn(await worker_of(world), MAIL) is None
    assert await take_turn(world.ctx, MAIL) is not None


async def test_who_lacks_the_password_leaves_mails_to_others(world: World) -> None:
    (world.folder / "data" / "password").write_text("secret")
    account = "user: monitor, password_file: password, host: localhost, security: starttls"
    settings = SETTINGS.replace("host: 127.0.0.1", account).replace(", security: none", "")
    await world.wait_for(ANN)
    world.write({"monitor.yaml": settings.format(operator=OPERATOR, port=world.mail.port)})
    assert not (await world.reload()).problems
    worker = await worker_of(world)
    (world.folder / "data" / "password").unlink()
    assert "password" in hindrance(worker.active.config, MAIL)
    assert await take_turn(worker, MAIL) is None
    assert await world.store.read(account_records.healths) == {}, "its account is in no trouble"
    (world.folder / "data" / "password").write_text("secret")
    assert await take_turn(worker, MAIL) is not None


async def test_a_clock_that_was_set_back_ends_what_an_account_rests_for(world: World) -> None:
    await world.wait_for(ANN)
    world.mail.fault("mail=554")
    await deliver_by(world.ctx, MAIL)
    await world.store.write(repair_store, world.ctx.active.config, world.clock)
    assert await world.store.read(account_records.healths) == {}
