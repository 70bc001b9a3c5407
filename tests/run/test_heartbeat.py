"""The mail that says that the monitor is alive comes at its slots, once each, and says what is not well."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.run.heartbeat import heartbeat
from monitor.steps.incident_mails import STORAGE
from monitor.steps.incidents import report
from monitor.store import Store
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import OPERATOR, Item, World, text_of


async def test_it_comes_at_its_slots_once_each_whatever_the_clock_does(store: Store, tmp_path: Path) -> None:
    async with World(tmp_path, store, Peer(), Outlet()) as world:
        settings = world.settings().replace("{to: it@desk.test}", "{to: it@desk.test, heartbeat: daily 08:00}")
        world.write({"monitor.yaml": settings})
        await world.reload()
        await heartbeat(world.ctx)
        world.publish(Item("harbour"), Item("weather"))
        await world.visit()
        await report(world.ctx, "disk", STORAGE, "the disk is full")
        await world.send()
        world.clock = datetime(2026, 11, 24, 7, 59, tzinfo=UTC)
        await heartbeat(world.ctx)
        await world.send()
        assert world.subjects(OPERATOR) == ["Trouble: storage"]
        world.later(minutes=2)
        for _ in range(2):
            await heartbeat(world.ctx)
            await world.send()
        counts = "1 of 1 outlet read, 2 articles came, 2 mails left"
        assert len(world.subjects(OPERATOR)) == 2
        assert world.subjects(OPERATOR)[1].startswith(f"Monitor is alive: {counts}")
        text = text_of(world.mails(OPERATOR)[1])
        assert "The monitor is running since 2026-11-23 10:00 UTC." in text
        assert "storage: the disk is full" in text
        world.later(days=3)
        for _ in range(2):
            await heartbeat(world.ctx)
        await world.send()
        assert len(world.subjects(OPERATOR)) == 3, "one that was missed comes once"
        world.later(days=-2)
        await heartbeat(world.ctx)
        await world.send()
        assert len(world.subjects(OPERATOR)) == 3
        world.later(days=1)
        await heartbeat(world.ctx)
        await world.send()
        assert len(world.subjects(OPERATOR)) == 4
