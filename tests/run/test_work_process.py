"""`monitor work`: a process that polls beside the monitor that conducts, by what that has stored."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.config.outlet_rows import PackedOutlets
from monitor.errors import StoreError
from monitor.run import work_process
from monitor.run.startup import utc_now
from monitor.run.stop_signals import SignalState
from monitor.run.work_process import WorkerOptions, is_alive
from monitor.steps.claims import Claims
from monitor.steps.config_in_force import keep_in_force
from monitor.store import Place as DatabasePlace
from monitor.store import Store, config_files, config_generation, poll_records, processes
from monitor.store.processes import Role
from tests.run.daemons import Daemon
from tests.run.place import Place


@dataclass
class Worker(Daemon):
    """`monitor work` with a data folder of its own, and no folder of the configuration."""

    url: str = ""

    def words(self) -> tuple[str, ...]:
        """What is typed after `monitor`."""
        return ("work", "--database", self.url, "--data", str(self.folder))


def worker_options(tmp_path: Path, url: str) -> WorkerOptions:
    """Those of the worker, as its health check has them."""
    (tmp_path / "password").write_text("unused")
    return WorkerOptions(url, tmp_path / "worker", tmp_path / "password")


async def test_a_worker_polls_what_the_conductor_mails(place: Place, postgres_url: str, tmp_path: Path) -> None:
    place.write("monitor.yaml", place.settings(f"database: {postgres_url}\n"))
    async with Worker(tmp_path / "worker", url=postgres_url) as worker:
        await worker.until("waiting")
        async with Daemon(tmp_path, ["--once"]) as conductor:
            try:
                assert await conductor.end() == 0
            finally:
                print(conductor.said)
        await worker.until("working as")
        assert is_alive(worker_options(tmp_path, postgres_url))
        assert not is_alive(WorkerOptions(postgres_url, tmp_path))
        place.publish("harbour", "later harbour")
        with Store.open(postgres_url, worker=True) as store, store.begin() as conn:
            poll_records.make_due(conn, utc_now())
            assert [one.role for one in processes.listing(conn)] == [Role.WORKER]
        await worker.until("1 new, 1 matched")
        async with Daemon(tmp_path, ["--once"]) as conductor:
            assert await conductor.end() == 0
        assert len(place.mail.accepted) == 2
        assert await worker.stop() == 0
        assert worker.lines[-1].endswith("stopped")
    with Store.open(postgres_url, worker=True) as store, store.reading() as conn:
        assert processes.listing(conn) == []


async def test_a_worker_waits_for_files_that_it_can_use(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Those of a newer version may say what it does not know."""
    caplog.set_level("INFO", "monitor")
    monkeypatch.setattr(work_process, "_WAIT", 0.01)
    signals = SignalState(asyncio.Event(), asyncio.Event(), asyncio.Event())
    with Store.open(postgres_url, daemon=True) as store:

        async def keep(text: str) -> None:
            await store.write(config_files.keep, {"monitor.yaml": text}, utc_now())

        await keep("unheard_of: yes\n")
        generation = await store.write(config_generation.advance)
        await store.write(keep_in_force, (), PackedOutlets({}, "[[], {}, [], []]"), generation)
        async with AsyncExitStack() as stack, asyncio.timeout(20):
            beginning = asyncio.create_task(
                work_process._begun(stack, DatabasePlace.of(postgres_url), tmp_path, "name", signals)
            )
            while "unheard_of" not in caplog.text:  # noqa: ASYNC110 - what is logged wakes nobody
                await asyncio.sleep(0.01)
            assert not beginning.done()
            enter = work_process.enter_as_worker

            async def restarting(*_: object) -> Claims:
                monkeypatch.setattr(work_process, "enter_as_worker", enter)
                raise StoreError("the server restarts")

            monkeypatch.setattr(work_process, "enter_as_worker", restarting)
            await keep("takeover: 7s\n")
            begun = await beginning
            assert begun is not None
            assert begun.active.config.settings.keys.takeover.total_seconds() == 7
    assert "cannot be used on this machine" in caplog.text
    assert "the server restarts: waiting" in caplog.text


async def test_a_worker_wants_a_database_that_several_may_write_to(tmp_path: Path) -> None:
    async with Worker(tmp_path, url=str(tmp_path / "monitor.db")) as worker:
        assert await worker.end() == 1
    assert "workers share a PostgreSQL database" in worker.said
