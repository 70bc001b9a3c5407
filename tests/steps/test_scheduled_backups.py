"""Backups by themselves: at their times, found whole, and none goes before a good new one."""

from __future__ import annotations

import asyncio
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from monitor.config import Backup
from monitor.model import Cadence
from monitor.steps.scheduled_backups import ScheduledBackups, is_due
from monitor.store import Store, article_queries, backup_records, backup_restore, config_files, sqlite
from tests.steps.world import OPERATOR, START, Item, World, text_of

DAILY = 'backup: {at: "daily 03:00", keep: 2, to: backups}\n'


async def keeping(world: World, more: str = DAILY) -> tuple[ScheduledBackups, Path]:
    """What makes the backups of a world, and their folder."""
    world.write({"monitor.yaml": world.settings(more)})
    await world.reload()
    return ScheduledBackups(world.ctx), world.folder / "data" / "backups"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def test_the_first_is_made_at_once_and_then_one_each_slot(world: World) -> None:
    keeper, folder = await keeping(world)
    assert await keeper.tick()
    assert names(folder) == ["monitor-20261123-100000.db"]
    world.later(hours=16, minutes=59)
    assert not await keeper.tick()
    world.later(minutes=1)
    assert await keeper.tick()
    assert not await keeper.tick()
    world.later(days=1)
    assert await keeper.tick()
    assert names(folder) == ["monitor-20261124-030000.db", "monitor-20261125-030000.db"]


async def test_one_that_was_missed_is_made_after_the_start(world: World) -> None:
    keeper, folder = await keeping(world)
    await keeper.tick()
    world.later(days=3, hours=2)
    assert await ScheduledBackups(world.ctx).tick()
    assert names(folder)[-1] == "monitor-20261126-120000.db"


async def test_without_the_setting_there_is_none(world: World) -> None:
    keeper, folder = await keeping(world, "")
    assert not await keeper.tick()
    assert names(folder) == []


async def test_a_backup_is_for_its_owner_only_and_comes_back(world: World, tmp_path: Path) -> None:
    await world.settle(Item("harbour"))
    keeper, folder = await keeping(world)
    await keeper.tick()
    (made,) = folder.iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with world.store.reading() as conn:
        assert backup_records.last(conn) == backup_records.BackupRecord(world.clock, str(made), made.stat().st_size)
    backup_restore.restore(made, tmp_path / "restored.db", START)
    with Store.open(tmp_path / "restored.db", daemon=True) as back, back.reading() as conn:
        assert article_queries.count(conn) == 1


async def test_what_fails_is_told_once_tried_each_hour_and_its_end_told(world: World) -> None:
    keeper, folder = await keeping(world)
    await keeper.tick()
    (good,) = names(folder)
    folder.rename(folder.with_name("elsewhere"))
    folder.touch()
    world.later(days=1)
    for _ in range(3):
        assert not await keeper.tick()
        world.later(minutes=40)
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: backup"]
    assert "backups cannot be used" in text_of(world.mails(OPERATOR)[0])
    folder.unlink()
    folder.with_name("elsewhere").rename(folder)
    world.later(hours=1)
    assert await keeper.tick()
    await world.send()
    assert world.subjects(OPERATOR) == ["Trouble: backup", "Recovered: backup"]
    assert good in names(folder)


async def test_a_copy_that_is_not_whole_removes_no_older_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper, folder = await keeping(world, DAILY.replace("keep: 2", "keep: 1"))
    await keeper.tick()
    before = names(folder)

    def broken(_store: Store, path: Path, _pulse: sqlite.Heartbeat) -> None:
        path.write_bytes(b"SQLite format 3\x00" + bytes(5000))

    world.later(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(backup_restore, "_write", broken)
        assert not await keeper.tick()
    assert names(folder) == before
    assert ["damaged" in one.text for one in await world.incidents()] == [True]
    world.later(hours=1)
    assert await keeper.tick()
    assert len(names(folder)) == 1
    assert names(folder) != before


async def test_what_a_crash_left_goes_and_what_is_not_ours_stays(world: World) -> None:
    keeper, folder = await keeping(world, DAILY.replace("keep: 2", "keep: 1"))
    folder.mkdir()
    for name in ("monitor-20261101-030000.db.unfinished.part", "monitor-20261101-030000.db", "mine.db", "monitor.db"):
        (folder / name).touch()
    (folder / "monitor-20991231-030000.db").touch()
    assert await keeper.tick()
    assert names(folder) == ["mine.db", "monitor-20261123-100000.db", "monitor.db"]


async def test_backups_of_another_database_in_the_same_folder_stay(world: World) -> None:
    """Of a second monitor, or of a database that was lost: a new one must not clear away what is left of it."""
    keeper, folder = await keeping(world, DAILY.replace("keep: 2", "keep: 1"))
    folder.mkdir()
    other = folder / "monitor-20261101-030000.db"
    with Store.open(world.folder / "other.db") as store:
        with store.begin() as conn:
            config_files.set_value(conn, "installation", "b" * 32)
        backup_restore.backup(store, other)
    await world.store.write(config_files.set_value, "installation", "a" * 32)
    left = {f"monitor-20261101-040000.db.unfinished.{mark * 8}.part": mark == "b" for mark in "ab"}
    for name in left:
        (folder / name).touch()
    for _ in range(2):
        assert await keeper.tick()
        world.later(days=1)
    stays = [name for name, is_of_another in left.items() if is_of_another]
    assert names(folder) == [other.name, *stays, "monitor-20261124-100000.db"]


async def test_a_backup_never_takes_the_place_of_another_one(world: World) -> None:
    keeper, folder = await keeping(world)
    folder.mkdir()
    (folder / "monitor-20261123-100000.db").write_bytes(b"of another monitor")
    assert not await keeper.tick()
    assert (folder / "monitor-20261123-100000.db").read_bytes() == b"of another monitor"
    assert "give each monitor a folder of its own" in (await world.incidents())[0].text
    world.later(hours=1)
    assert await keeper.tick()


async def test_a_disk_without_room_is_not_filled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper, folder = await keeping(world)
    if world.store.is_postgres:
        return
    monkeypatch.setattr("monitor.steps.scheduled_backups._SPACE_FACTOR", 1e12)
    assert not await keeper.tick()
    assert names(folder) == []
    assert "bytes left and needs" in (await world.incidents())[0].text


async def test_a_stop_breaks_it_off_and_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper, folder = await keeping(world)
    begun = threading.Event()

    def endless(_store: Store, path: Path, pulse: Callable[[], None]) -> None:
        path.touch()
        begun.set()
        while True:
            pulse()

    monkeypatch.setattr(backup_restore, "_write", endless)
    task = asyncio.create_task(keeper.tick())
    await asyncio.to_thread(begun.wait, 20)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()
    assert names(folder) == []


def test_slots_are_those_of_the_zone_and_a_clock_that_was_ahead_holds_nothing_up() -> None:
    wanted = Backup(Cadence("every", timedelta(hours=6)), 7, Path())
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert not is_due(wanted, noon, "UTC", noon + timedelta(hours=5))
    assert is_due(wanted, noon, "UTC", noon + timedelta(hours=6))
    assert is_due(wanted, noon + timedelta(days=1), "UTC", noon)
    daily, night = Backup(Cadence("daily", times=(time(3, 0),)), 7, Path()), noon.replace(hour=0)
    assert is_due(daily, night, "Europe/Kyiv", night + timedelta(hours=1))
    assert not is_due(daily, night, "UTC", night + timedelta(hours=1))
