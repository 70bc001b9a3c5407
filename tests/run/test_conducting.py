"""Of several monitors on one PostgreSQL database one works; the others take over when it ends or falls silent."""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from monitor.errors import ConductedError, StoreError
from monitor.run import conducting
from monitor.run.conducting import Candidacy, enter_as_worker, open_to_conduct
from monitor.run.shared_clock import SharedClock
from monitor.run.startup import utc_now
from monitor.steps.silent_workers import SILENCES
from monitor.store import Place as DatabasePlace
from monitor.store import Store, account_records, processes
from monitor.store.lease_tokens import new_token
from tests.run.daemons import Daemon
from tests.run.place import Place
from tests.steps.world import Item, rss

SECOND = 1.0


async def opened(stack: AsyncExitStack, url: str, data: Path, on_lost: asyncio.Event | None) -> Store:
    """Open as `monitor run` does."""
    data.mkdir(exist_ok=True)  # noqa: ASYNC240 - at once
    candidacy = Candidacy(DatabasePlace.of(url), data, SECOND, SharedClock(utc_now))
    return (await open_to_conduct(stack, candidacy, on_lost.set if on_lost is not None else None)).store


async def test_one_conducts_and_another_waits_until_it_ends(postgres_url: str, tmp_path: Path) -> None:
    lost = asyncio.Event()
    async with AsyncExitStack() as second:
        async with AsyncExitStack() as first:
            await opened(first, postgres_url, tmp_path / "a", lost)
            with pytest.raises(ConductedError):
                async with AsyncExitStack() as third:
                    await opened(third, postgres_url, tmp_path / "c", None)
            waiting = asyncio.create_task(opened(second, postgres_url, tmp_path / "b", asyncio.Event()))
            # Longer than the silence after which it would take over, if the first said nothing.
            await asyncio.wait((waiting,), timeout=2.5 * SECOND)
            assert not waiting.done()
        store = await waiting
        with store.reading() as conn:
            conducting = processes.conductor(conn)
        assert conducting is not None
        assert conducting.name.endswith((tmp_path / "b" / "process").read_text())
    assert not lost.is_set()


async def test_a_start_after_a_kill_waits_for_no_silence(postgres_url: str, tmp_path: Path) -> None:
    """What is left of the former start is its row, and a session that the server still keeps."""
    lost = asyncio.Event()
    async with AsyncExitStack() as killed, AsyncExitStack() as stack:
        await opened(killed, postgres_url, tmp_path / "a", lost)
        # Another process would find the file's lock free.
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "process").write_text((tmp_path / "a" / "process").read_text())
        async with asyncio.timeout(SECOND):
            await opened(stack, postgres_url, tmp_path / "b", None)
        async with asyncio.timeout(10):
            await lost.wait()
        # It lives, as one does whose machine was copied: it is another process from now on.
        assert (tmp_path / "a" / "process").read_text() != (tmp_path / "b" / "process").read_text()


async def test_a_stop_does_not_wait_for_a_database_that_is_silent(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = threading.Event()
    async with AsyncExitStack() as stack:
        await opened(stack, postgres_url, tmp_path / "a", None)
        monkeypatch.setattr(processes, "leave", lambda *_: silent.wait(60))
        stack.callback(silent.set)
        began = asyncio.get_running_loop().time()
        monkeypatch.setattr(conducting, "_LEAVE_WITHIN", 0.1)
    assert silent.is_set()
    assert asyncio.get_running_loop().time() - began < 30


async def test_a_second_process_in_one_folder_is_refused(postgres_url: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as first, AsyncExitStack() as second:
        await opened(first, postgres_url, tmp_path / "a", None)
        with pytest.raises(StoreError, match=r"another process works in the data folder .*: give each .* with --data"):
            await opened(second, postgres_url, tmp_path / "a", asyncio.Event())


async def test_a_folder_that_is_read_only_needs_no_lock(postgres_url: str, tmp_path: Path) -> None:
    # A folder where the file should be, since root may write anywhere.
    (tmp_path / "a" / "process").mkdir(parents=True)
    async with AsyncExitStack() as first, AsyncExitStack() as second:
        await opened(first, postgres_url, tmp_path / "a", None)
        with pytest.raises(ConductedError):
            await opened(second, postgres_url, tmp_path / "a", None)


async def test_a_database_that_is_away_is_said_once_by_who_stands_by(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "monitor")
    looks = 0
    look = conducting._Presence.look

    def away(presence: conducting._Presence) -> processes.Process | None:
        nonlocal looks
        looks += 1
        if 1 < looks < 6:
            raise StoreError("away")
        return look(presence)

    monkeypatch.setattr(conducting._Presence, "look", away)
    async with AsyncExitStack() as second, asyncio.timeout(20):
        async with AsyncExitStack() as first:
            monkeypatch.setattr(conducting._Presence, "look", look)
            await opened(first, postgres_url, tmp_path / "a", None)
            monkeypatch.setattr(conducting._Presence, "look", away)
            waiting = asyncio.create_task(opened(second, postgres_url, tmp_path / "b", asyncio.Event()))
            while looks < 7:  # noqa: ASYNC110 - it tells nobody that it looked
                await asyncio.sleep(0.01)
        await waiting
    assert caplog.text.count("away: trying again") == 1


@pytest.mark.parametrize("silence", [1, SILENCES])
async def test_who_was_not_heard_for_as_long_as_others_wait_is_not_known_to_live(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silence: int
) -> None:
    """A process that was stopped asks no host before it has been heard again, or knows that it was replaced."""
    candidacy = Candidacy(DatabasePlace.of(postgres_url), tmp_path, SECOND, SharedClock(utc_now))
    lost, moment, slept = asyncio.Event(), conducting._moment, 0.0
    monkeypatch.setattr(conducting, "_moment", lambda: moment() + slept)
    async with AsyncExitStack() as stack:
        claims = await open_to_conduct(stack, candidacy, lost.set if silence == 1 else None)
        if silence > 1:
            claims = await enter_as_worker(stack, candidacy, claims.store, "worker", lost.set)
        async with asyncio.timeout(10):
            # Making the tables may have taken longer on a busy machine.
            while not claims.is_known_alive():  # noqa: ASYNC110 - its thread tells nobody that it was heard
                await asyncio.sleep(0.01)
        slept = SECOND * silence
        assert not claims.is_known_alive()
        async with asyncio.timeout(10):
            while not claims.is_known_alive():  # noqa: ASYNC110 - its thread tells nobody that it was heard
                await asyncio.sleep(0.01)
            await claims.store.write(processes.forget_all)
            await lost.wait()
        assert not claims.is_known_alive()


@pytest.mark.parametrize("works", [False, True])
async def test_who_leaves_lets_go_of_what_it_could_not_release_before(
    postgres_url: str, tmp_path: Path, works: bool
) -> None:
    """Else an account would rest with nobody until its lease ran out, since whoever left is not watched any more."""
    candidacy = Candidacy(DatabasePlace.of(postgres_url), tmp_path, SECOND, SharedClock(utc_now))
    async with AsyncExitStack() as stack:
        claims = await open_to_conduct(stack, candidacy, None)
        async with AsyncExitStack() as leaving:
            if works:
                claims = await enter_as_worker(leaving, candidacy, claims.store, "worker", asyncio.Event().set)
            token, until = new_token(claims.worker), claims.now() + timedelta(hours=1)
            await claims.store.write(account_records.lease, "mail", token, until)
    store = Store.open(candidacy.place, read_only=True)
    with store.reading() as conn:
        assert not account_records.load(conn, "mail").token
    store.close()


async def test_daemons_take_turns(place: Place, postgres_url: str, tmp_path: Path) -> None:
    place.write("monitor.yaml", place.settings(f"database: {postgres_url}\ntakeover: 1s\n"))
    place.news.feed("/more", rss([Item("more harbour", at=datetime.now(UTC))]))
    other = tmp_path / "other"
    copytree(tmp_path / "config", other / "config")
    # Due as soon as that one works, while the other feed was just polled.
    with (other / "config" / "outlets.yaml").open("a") as outlets:
        outlets.write(f"  - {{name: more, feed: {place.news.url('/more')}}}\n")
    async with Daemon(tmp_path) as first:
        await first.until("mail      sent")
        async with Daemon(other) as second:
            await second.until("takes over when it ends or falls silent")
            first.signal(signal.SIGSTOP)
            await second.until("mail      sent")
            first.signal(signal.SIGCONT)
            await first.until("another monitor took over")
            await first.until("takes over when it ends or falls silent")
            second.signal(signal.SIGKILL)
            await first.until("configuration")
        assert await first.stop() == 0
    assert len(place.mail.accepted) == 2
