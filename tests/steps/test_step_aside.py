"""A process whose own password is missing or refused leaves mails to others; only where none can is it trouble."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.fetching import NetworkHealth
from monitor.reports.health import read_health
from monitor.steps import network_outage
from monitor.steps.active_config import ActiveConfig
from monitor.steps.config_in_force import stored_config
from monitor.steps.context import Context
from monitor.steps.deliver import deliver_by
from monitor.steps.sending_accounts import MAIL
from monitor.store import processes
from monitor.store.lease_tokens import EMBEDDED
from monitor.store.processes import Process, Role
from tests.peers.smtp import certificate
from tests.steps.test_config_in_force import worker_of
from tests.steps.world import OPERATOR, READERS, SETTINGS, Item, World

ANN = READERS[0]


async def _crew(world: World, conductors: str, workers: str) -> Context:
    """A conductor and a worker with these passwords (none where empty); a mail waits, and the worker is returned."""
    context, authority = certificate()
    world.mail.tls, world.mail.security, world.mail.users = context, "starttls", {"monitor": "right"}
    own = world.folder / "worker"
    own.mkdir()
    for folder in (world.folder / "data", own):
        (folder / "ca.pem").write_bytes(authority)
        (folder / "password").write_text("right")
    await world.wait_for(ANN)
    more = "host: localhost, security: starttls, user: monitor, password_file: password, ca_file: ca.pem"
    settings = SETTINGS.replace("host: 127.0.0.1", more).replace(", security: none", "")
    world.write({"monitor.yaml": settings.format(operator=OPERATOR, port=world.mail.port)})
    assert not (await world.reload()).problems
    worker = await worker_of(world)
    active = ActiveConfig(await stored_config(world.store, own))
    active.adopt(active.config, worker.active.generation)
    for folder, password in ((world.folder / "data", conductors), (own, workers)):
        (folder / "password").unlink()
        if password:
            (folder / "password").write_text(password)
    await _beat(world)
    return replace(worker, active=active, left={})


async def _beat(world: World, *, worker: bool = True) -> None:
    for name, role in ((EMBEDDED, Role.CONDUCTOR), *([("worker", Role.WORKER)] if worker else [])):
        one = Process(name, "1", role, f"host of {name}", 1, world.clock, world.clock)
        await world.store.write(processes.enter, one)


def _logins(world: World) -> int:
    return sum(line.startswith("AUTH") for line in world.mail.heard)


async def _attention(world: World) -> list[str]:
    found = await world.store.read(read_health, world.clock)
    return [line for line in found.attention if "mail account" in line]


@pytest.mark.parametrize("conductors", ["", "wrong"])
async def test_a_conductor_without_a_good_password_leaves_mails_to_a_worker(world: World, conductors: str) -> None:
    worker = await _crew(world, conductors, "right")
    assert await deliver_by(world.ctx, MAIL) == 0
    assert await world.incidents() == []
    assert await deliver_by(worker, MAIL) == 1, "the account does not rest"
    assert world.subjects(ANN) == ["News of the harbour"]
    assert world.subjects(OPERATOR) == []


async def test_a_worker_that_is_refused_rests_by_itself_and_longer_each_time(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    worker = await _crew(world, "right", "wrong")
    for _ in range(40):
        await _beat(world)
        assert await deliver_by(worker, MAIL) == 0
        world.later(minutes=1)
    assert _logins(world) == 6, "at 0, 1, 3, 7, 15 and 31 minutes"
    said = [one.getMessage() for one in caplog.records if "left to others" in one.getMessage()]
    assert said == ["mails are left to others by worker: AUTH: 535 5.7.8 wrong user or password"]
    await _beat(world)
    (world.folder / "worker" / "password").write_text("right")
    assert await deliver_by(worker, MAIL) == 1, "its password has changed"
    assert await world.incidents() == []


async def test_where_no_process_can_send_the_account_is_in_trouble_which_names_the_machines(world: World) -> None:
    worker = await _crew(world, "wrong", "")
    assert await deliver_by(world.ctx, MAIL) == await deliver_by(worker, MAIL) == 0
    assert await world.incidents() == []
    assert await _attention(world) == [
        "no process here can send by the mail account: host of embedded: AUTH: 535 5.7.8 wrong user or password; host "
        f"of worker: the file {world.folder}/worker/password cannot be read: No such file or directory"
    ]
    assert await deliver_by(world.ctx, MAIL) == 0
    (incident,) = await _attention(world)
    assert "(on host of embedded; on host of worker: the file" in incident
    assert await deliver_by(world.ctx, MAIL) == 0
    logins = _logins(world)
    assert await deliver_by(world.ctx, MAIL) == 0
    assert _logins(world) == logins, "the account rests"
    (world.folder / "worker" / "password").write_text("right")
    assert await deliver_by(worker, MAIL) == 2, "whose password came does not wait"
    assert world.subjects(ANN) == ["News of the harbour"]
    assert world.subjects(OPERATOR) == ["Trouble: mail account"]
    assert await _attention(world) == []


async def test_a_process_alone_has_trouble_at_once(world: World) -> None:
    await _crew(world, "wrong", "")
    world.later(hours=1)
    await _beat(world, worker=False)
    assert await deliver_by(world.ctx, MAIL) == 0
    (line,) = await _attention(world)
    assert line.endswith("wrong user or password")


async def test_a_worker_without_network_leaves_mails_to_others(world: World) -> None:
    worker = await _crew(world, "right", "right")
    worker.access.network = NetworkHealth(watched=3)
    for host in ("a", "b", "c"):
        await network_outage.note_attempt(worker, host, "timeout", world.clock)
    assert worker.access.network.down
    assert await deliver_by(worker, MAIL) == 0
    assert _logins(world) == 0
    assert await deliver_by(world.ctx, MAIL) == 1
    await _beat(world)
    world.publish(Item("harbour wall"), Item("harbour"), Item("weather"))
    await world.visit()
    world.ctx.access.network = worker.access.network
    assert await deliver_by(world.ctx, MAIL) == 1, "the conductor tries: its mail server may be near"
