"""Commands that write go through the daemon while one runs, and do it themselves where none does."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import MonitorError
from monitor.model import State
from monitor.run import admin_client
from monitor.run.admin_commands import BACKFILL, MUTE, STOP_BACKFILL, UNMUTE, packed_mutes, requests
from monitor.silence_values import Mute, MuteKind
from monitor.store import Store, backfills, delivery_admin, mute_records
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.run.daemons import Daemon, command
from tests.run.place import Place
from tests.steps.world import START, World


def _states(place: Place) -> list[State]:
    with Store.open(place.folder / "data" / "monitor.db", read_only=True) as store, store.reading() as conn:
        return [one.state for one in delivery_admin.listing(conn)]


async def test_a_running_daemon_retries_what_failed(place: Place) -> None:
    place.mail.fault("rcpt:ann@readers.test=550")
    async with Daemon(place.folder) as daemon:
        await daemon.until("a mail to ann@readers.test failed")
        place.mail.fault()
        code, said = await command(place.folder, "alerts", "retry", "--all")
        assert (code, said.split()[:2]) == (0, ["1", "mail"])
        await daemon.until("sent to ann@readers.test")
        assert await daemon.stop() == 0
    assert State.FAILED not in _states(place)


async def test_without_a_daemon_the_command_does_it(place: Place) -> None:
    place.mail.fault("rcpt:ann@readers.test=550")
    async with Daemon(place.folder, ["--once"]) as daemon:
        await daemon.end()
    assert State.FAILED in _states(place)
    code, _ = await command(place.folder, "alerts", "retry", "--all")
    assert code == 0
    assert State.FAILED not in _states(place)


async def test_a_running_daemon_takes_up_the_past_of_outlets_and_stops_it(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world:
        answers = requests(world.ctx, asyncio.Event())
        since = START - timedelta(days=30)
        assert await answers[BACKFILL](outlets=["news"], since=since.isoformat()) == 1
        (begun,) = await store.read(backfills.all_of_them)
        assert (begun.outlet, begun.since, begun.asked_at, begun.alerts) == ("news", since, world.clock, False)
        assert await answers[BACKFILL](outlets=["news"], since=since.isoformat(), alerts=True) == 1
        assert await store.read(backfills.unfinished) == {world.clock}
        assert await answers[STOP_BACKFILL](outlets=["news"]) == 1
        assert await store.read(backfills.all_of_them) == []


async def test_a_running_daemon_mutes_and_unmutes(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world:
        answers = requests(world.ctx, asyncio.Event())
        mutes = [
            Mute(MuteKind.RULE, "Harbour", "", START + timedelta(hours=1)),
            Mute(MuteKind.STORY, "7", "ann@x.test"),
        ]
        # As the socket passes it on.
        packed = json.loads(json.dumps(packed_mutes(mutes)))
        assert await answers[MUTE](mutes=packed)
        assert await store.read(mute_records.in_force, START) == mutes
        assert await answers[UNMUTE](mutes=packed[:1]) == 1
        assert await store.read(mute_records.in_force, START) == mutes[1:]


async def test_a_command_mutes_through_the_daemon(place: Place) -> None:
    async with Daemon(place.folder) as daemon:
        await daemon.until("sent to ann@readers.test")
        code, said = await command(place.folder, "mute", "rule:Harbour", "--until", "2h")
        assert (code, "muted: the rule Harbour" in said) == (0, True), said
        assert await daemon.stop() == 0
    code, said = await command(place.folder, "mute")
    assert "Harbour" in said


def test_a_daemon_that_is_starting_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds the database before it answers: the command asks again, and writes nothing beside it."""
    answers: list[Any] = [None, None, {"ok": True, "result": 3}]
    monkeypatch.setattr(admin_client, "ask", lambda *_, **__: answers.pop(0))
    monkeypatch.setattr(admin_client, "_PAUSE", 0.0)
    (tmp_path / "monitor.yaml").write_text("timezone: UTC\n")
    with Store.open(tmp_path / "data" / "monitor.db"):
        done = admin_client.begin_backfill(["news"], START, tmp_path, tmp_path / "data")
    assert (done.feeds, done.by_daemon, answers) == (3, True, [])


def test_a_start_that_lasts_is_told_without_advice_to_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin_client, "_PAUSE", 0.0)
    monkeypatch.setattr(admin_client, "_ATTEMPTS", 2)
    (tmp_path / "monitor.yaml").write_text("timezone: UTC\n")
    with (
        Store.open(tmp_path / "data" / "monitor.db"),
        pytest.raises(MonitorError, match=r"takes no requests yet.*try again in a minute") as caught,
    ):
        admin_client.stop_backfill(["news"], tmp_path, tmp_path / "data")
    assert "kill" not in str(caught.value)
