"""What a silent worker held is given back, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import StoreError
from monitor.model import Message
from monitor.steps import silent_workers
from monitor.steps.account_turns import take_turn
from monitor.steps.host_rounds import claim_work
from monitor.steps.incident_mails import SILENT_PROCESS
from monitor.steps.sending_accounts import MAIL
from monitor.steps.silent_workers import SilentWorkers
from monitor.store import outbox, poll_records, processes
from monitor.store.host_claims import Room
from monitor.store.processes import Process, Role
from tests.steps.test_config_in_force import worker_of
from tests.steps.world import READERS, World

ANN = READERS[0]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was seen twice count as silent."""
    monkeypatch.setattr(silent_workers, "SILENCES", 0)


async def test_a_worker_that_is_silent_is_given_up_with_what_it_held(world: World) -> None:
    process = Process("worker", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    (due,) = (await claim_work(await worker_of(world), Room(1))).feeds
    watch = SilentWorkers(world.ctx)
    await watch.tick()
    assert await world.store.write(processes.beat, process, world.clock + timedelta(seconds=5))
    await watch.tick()
    assert await world.claim() == [], "it was heard since"
    await watch.tick()
    assert [one.id for one in await world.claim()] == [due.id]
    assert not await world.store.write(processes.beat, process, world.clock), "it finds that it was given up"


@pytest.mark.parametrize("role", [Role.CONDUCTOR, Role.WORKER])
async def test_workers_watch_each_other_and_the_conductor(world: World, role: Role) -> None:
    """Where nobody conducts, what a dead process held would rest until its leases run out: an account for hours."""
    await world.wait_for(ANN)
    await world.store.write(poll_records.make_due, world.clock)
    process = Process("silent", "token", role, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    silent = world.ctx if role is Role.CONDUCTOR else await worker_of(world, "silent")
    (due,) = (await claim_work(silent, Room(1))).feeds
    assert await take_turn(silent, MAIL)
    other = await worker_of(world, "other")
    assert await take_turn(other, MAIL) is None
    watch = SilentWorkers(other)
    await watch.tick()
    await watch.tick()
    assert [one.id for one in (await claim_work(other, Room(1))).feeds] == [due.id]
    assert await take_turn(other, MAIL)
    assert not await world.store.write(processes.beat, process, world.clock), "it finds that it was given up"


async def test_a_process_does_not_watch_itself(world: World) -> None:
    own = Process("worker", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, own)
    watch = SilentWorkers(await worker_of(world))
    await watch.tick()
    await watch.tick()
    assert await world.store.read(processes.listing) == [own]


async def test_who_stood_still_itself_has_heard_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent_workers, "_STOOD_STILL", 0)
    process = Process("worker", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    watch = SilentWorkers(world.ctx)
    await watch.tick()
    await watch.tick()
    assert await world.store.read(processes.listing) == [process]


async def test_a_worker_that_has_ended_is_no_concern(world: World) -> None:
    process = Process("worker", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    watch = SilentWorkers(world.ctx)
    await watch.tick()
    await world.store.write(processes.leave, process)
    await claim_work(await worker_of(world), Room(1))
    await watch.tick()
    await watch.tick()
    assert await world.claim() == [], "another start of that name may hold it"
    assert await world.incidents() == [], "it said goodbye"


@pytest.mark.parametrize("role", [Role.WORKER, Role.STANDBY])
async def test_the_operator_is_told_once_of_one_that_fell_silent_and_once_when_it_is_heard(
    world: World, role: Role
) -> None:
    process = Process("there:1", "token", role, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    watch = SilentWorkers(world.ctx)
    for _ in range(4):
        await watch.tick()
    assert await world.store.read(processes.listing) == []
    (incident,) = await world.incidents()
    assert "there:1 (process 7), which" in incident.text
    await world.store.write(processes.enter, replace(process, token="next"))
    await watch.tick()
    assert await world.incidents() == []


async def test_one_that_never_comes_back_is_no_trouble_for_ever(world: World) -> None:
    await world.store.write(
        processes.enter, Process("there:1", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    )
    watch = SilentWorkers(world.ctx)
    for _ in range(3):
        await watch.tick()
    world.clock += timedelta(days=1)
    await watch.tick()
    assert len(await world.incidents()) == 1
    world.clock += timedelta(seconds=1)
    await watch.tick()
    assert await world.incidents() == []


async def test_a_database_that_was_away_is_no_silence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise StoreError("away")

    process = Process("worker", "token", Role.WORKER, "there", 7, world.clock, world.clock)
    await world.store.write(processes.enter, process)
    watch = SilentWorkers(world.ctx)
    await watch.tick()
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "read", away)
        with pytest.raises(StoreError):
            await watch.tick()
    await watch.tick()
    assert await world.store.read(processes.listing) == [process]


async def test_what_it_may_have_sent_twice_is_said(world: World) -> None:
    await world.wait_for(ANN)
    worker = await worker_of(world)
    for _ in range(2):
        turn = await take_turn(worker, MAIL)
        assert turn is not None
        (due,) = turn.due
        message = Message(ANN, "m@desk.test", "<1@desk.test>", "x", b"x")
        assert await world.store.write(outbox.keep_message, due.id, due.token, message, world.clock)
        assert await world.store.write(outbox.begin, due, world.clock, world.clock + timedelta(hours=1))
        process = Process("worker", due.token, Role.WORKER, "there", 7, world.clock, world.clock)
        await world.store.write(processes.enter, process)
        watch = SilentWorkers(world.ctx)
        await watch.tick()
        await watch.tick()
    assert await world.states(ANN) == ["unconfirmed"]
    assert {one.kind for one in await world.incidents()} == {"delivery", SILENT_PROCESS}
