"""`monitor work`: a process that polls beside the monitor that conducts, by what that has stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monitor.run.startup import utc_now
from monitor.run.work_process import WorkerOptions, is_alive
from monitor.store import Store, poll_records, processes
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
    with Store.open(postgres_url, worker=True) as store, store.reading() as conn:
        assert processes.listing(conn) == []


async def test_a_worker_wants_a_database_that_several_may_write_to(tmp_path: Path) -> None:
    async with Worker(tmp_path, url=str(tmp_path / "monitor.db")) as worker:
        assert await worker.end() == 1
    assert "workers share a PostgreSQL database" in worker.said
