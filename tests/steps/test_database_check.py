"""A running monitor reads its file again, tells of damage once, and of its end."""

from __future__ import annotations

import asyncio
import threading

import pytest

from monitor.steps.database_check import DatabaseCheck
from monitor.store import integrity
from tests.steps.world import OPERATOR, World, text_of


async def test_it_looks_after_a_start_and_then_every_week(world: World) -> None:
    examiner = DatabaseCheck(world.ctx)
    assert await examiner.tick() is not world.store.is_postgres
    assert not await examiner.tick()
    world.later(days=6)
    assert not await examiner.tick()
    world.later(days=1)
    assert await examiner.tick() is not world.store.is_postgres


async def test_damage_is_told_once_and_so_is_its_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if world.store.is_postgres:
        return
    with monkeypatch.context() as patch:
        patch.setattr(integrity.FileCheck, "damage", lambda _: "page 7 is out of order")
        for _ in range(2):
            await DatabaseCheck(world.ctx).tick()
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: database"]
    assert "page 7 is out of order" in text_of(world.mails(OPERATOR)[0])
    await DatabaseCheck(world.ctx).tick()
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: database", "Recovered: database"]


async def test_a_stop_breaks_it_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if world.store.is_postgres:
        return
    begun, ended = threading.Event(), threading.Event()

    def endless(_look: integrity.FileCheck) -> str:
        begun.set()
        ended.wait(30)
        return ""

    monkeypatch.setattr(integrity.FileCheck, "damage", endless)
    monkeypatch.setattr(integrity.FileCheck, "interrupt", lambda _: ended.set())
    task = asyncio.create_task(DatabaseCheck(world.ctx).tick())
    await asyncio.to_thread(begun.wait, 30)
    task.cancel()
    await asyncio.wait((task,))
    assert task.cancelled()
    assert ended.is_set()
