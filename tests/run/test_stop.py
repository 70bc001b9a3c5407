"""A stop always ends: whatever the database does not answer, whichever thread hangs."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from monitor.run.watchdog import EXIT_STUCK, STOP_WITHIN
from monitor.store import Store
from tests.peers.line import Line
from tests.run.daemons import ROOT, Daemon, environment
from tests.run.place import Place

_HANGS = """
import sys, threading
from monitor.run import daemon
from monitor.store import uptime

def hang(*_):
    print("it hangs", flush=True)
    threading.Event().wait()

uptime.{what} = hang
daemon.STOP_WITHIN = 2.0
from monitor.cli import main
main()
"""


def test_a_container_gives_a_stop_its_time() -> None:
    assert STOP_WITHIN < 60
    assert (ROOT / "docker-compose.yml").read_text().count("stop_grace_period: 60s") == 2


@pytest.mark.parametrize("what", ["beat", "stop", "start"])
async def test_a_writer_that_never_comes_back_does_not_hold_up_a_stop(place: Place, what: str) -> None:
    folders = ("--config", str(place.folder / "config"), "--data", str(place.folder / "data"))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _HANGS.replace("{what}", what), "run", *folders),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment(),
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(40):
            while what != "stop" and b"it hangs" not in await process.stdout.readline():
                pass
            while what == "stop" and b"sent to" not in await process.stdout.readline():
                pass
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == EXIT_STUCK
    finally:
        if process.returncode is None:
            process.kill()


@asynccontextmanager
async def _on_a_line(place: Place, postgres_url: str) -> AsyncIterator[tuple[Daemon, Line]]:
    """A daemon whose database is at the other end of a line."""
    with Line(postgres_url) as line:
        place.write("monitor.yaml", place.settings(f"database: {line.url}\n"))
        async with Daemon(place.folder) as daemon:
            yield daemon, line


async def _stop(daemon: Daemon) -> int:
    daemon.signal(signal.SIGTERM)
    assert daemon.process.stdout is not None
    async with asyncio.timeout(60):
        daemon.lines += (await daemon.process.stdout.read()).decode().splitlines()
        return await daemon.process.wait()


@pytest.mark.slow
async def test_a_stop_ends_while_the_database_is_silent(place: Place, postgres_url: str) -> None:
    async with _on_a_line(place, postgres_url) as (daemon, line):
        await daemon.until("sent to")
        line.fall_silent()
        assert await _stop(daemon) == 0
    assert "the stop could not be recorded" in daemon.said
    assert "  stop      stopped" in daemon.said


async def test_a_stop_ends_a_start_that_waits_for_a_silent_database(place: Place, postgres_url: str) -> None:
    Store.open(postgres_url).close()
    with Line(postgres_url) as line:
        line.hush(b"alembic")
        place.write("monitor.yaml", place.settings(f"database: {line.url}\n"))
        async with Daemon(place.folder) as daemon:
            await asyncio.to_thread(line.silent.wait, 30)
            assert await _stop(daemon) == 0
    assert "stopped before anything was begun" in daemon.said
