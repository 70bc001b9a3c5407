"""A daemon whose database goes away and comes back: it says so once, waits, loses nothing, and goes on by itself."""

from __future__ import annotations

import asyncio
import re
import resource
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, contextmanager, suppress
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from monitor.steps import storage_outage
from monitor.store import postgres as postgres_sessions
from tests import postgres
from tests.crash.life import Life
from tests.crash.verdict import judge
from tests.crash.world import OPERATOR, World
from tests.peers.line import Line
from tests.run.daemons import command

pytestmark = pytest.mark.slow

TOLD = r"^(! |monitor: )storage: polling and sending wait since .*, until the database can be used: the database .*"
AWAY, BACK = "polling and sending wait until it is back", "back: polling and sending go on"
PATIENCE = 60.0  # seconds in which a daemon must be at work again
BROKEN = 6.0  # longer than the daemons here rest before they try again
Trouble = Callable[[World, Life], AbstractAsyncContextManager[None]]


# --- troubles ------------------------------------------------------------------------------------------------


@asynccontextmanager
async def disk_full(world: World, life: Life) -> AsyncIterator[None]:
    """No file of the daemon grows beyond what a line in the log needs."""
    before = resource.prlimit(life.process.pid, resource.RLIMIT_FSIZE, (1 << 16, resource.RLIM_INFINITY))
    yield
    resource.prlimit(life.process.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def little_room(world: World) -> Iterator[None]:
    """The data folder is a file system of its own; OSError where we may not make one."""
    data = world.folder / "data"
    data.mkdir(parents=True, mode=0o700)
    _as_root("mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "none", str(data))
    try:
        yield
    finally:
        _as_root("umount", "-l", str(data))


def _as_root(*words: str) -> None:
    if subprocess.run(words, capture_output=True, check=False).returncode:
        raise OSError(f"not allowed: {words[0]}")


@asynccontextmanager
async def file_system_full(world: World, life: Life) -> AsyncIterator[None]:
    """Somebody else's file takes all the room that the data folder's file system has."""
    filler = world.folder / "data" / "filler"
    await asyncio.to_thread(fill, filler)
    yield
    await asyncio.to_thread(filler.unlink)


def fill(filler: Path) -> None:
    """Write until nothing more fits, to the last byte."""
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass


@asynccontextmanager
async def read_only(world: World, life: Life) -> AsyncIterator[None]:
    """The file can be read and not written."""
    flag = world.folder / "read only"
    flag.touch()
    yield
    flag.unlink()


@asynccontextmanager
async def locked(world: World, life: Life) -> AsyncIterator[None]:
    """Another program writes to the file and does not come to an end."""
    other = sqlite3.connect(world.place, isolation_level=None, timeout=30)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@asynccontextmanager
async def moved_away(world: World, life: Life) -> AsyncIterator[None]:
    """Somebody moved the file elsewhere and puts it back: what is written meanwhile would go with it."""
    file, elsewhere = Path(world.place), Path(f"{world.place}.elsewhere")
    await asyncio.to_thread(file.rename, elsewhere)
    yield
    await asyncio.to_thread(elsewhere.rename, file)


@asynccontextmanager
async def server_read_only(world: World, life: Life) -> AsyncIterator[None]:
    """The server refuses to write, as one does that became a standby."""
    with psycopg.connect(world.place, autocommit=True) as conn:
        conn.execute("SET default_transaction_read_only = off")
        conn.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        conn.execute("SELECT pg_reload_conf()")
        yield
        conn.execute("ALTER SYSTEM SET default_transaction_read_only = off")
        conn.execute("SELECT pg_reload_conf()")


@asynccontextmanager
async def server_stopped(world: World, life: Life) -> AsyncIterator[None]:
    """Nobody answers and every session is gone; then a new server begins on the same data."""
    folder = Path(unquote(urlsplit(world.place).hostname or ""))
    await asyncio.to_thread(control, folder, "stop", "-m", "fast")
    yield
    await asyncio.to_thread(control, folder, "start", "-l", "log.again", "-o", f"-k {folder} -c listen_addresses=")


@asynccontextmanager
async def line_silent(world: World, life: Life) -> AsyncIterator[None]:
    """Whatever is sent is acknowledged, and nothing comes back; what was connected then stays so."""
    line = LINES[world.place]
    line.fall_silent()
    yield
    line.heal()


LINES: dict[str, Line] = {}
"""The lines to servers, by the address at the near end."""


def control(folder: Path, *words: str) -> None:
    """Start or stop the server of this folder, and wait until it has."""
    command = [postgres._programs() / "pg_ctl", "-D", folder / "data", "-w", *words]
    subprocess.run(command, user=postgres._somebody(), cwd=folder, stdout=subprocess.DEVNULL, check=True)


@asynccontextmanager
async def server() -> AsyncIterator[str]:
    """The address of a database on a server of our own, which may be another process at the end."""
    with tempfile.TemporaryDirectory(prefix="monitor-pg-") as name, ExitStack() as stack:
        running = stack.enter_context(postgres._running(postgres._programs(), Path(name)))
        stack.callback(control, Path(name), "stop", "-m", "fast")
        yield f"{running.address}/postgres"


# --- what must hold in each ----------------------------------------------------------------------------------


async def until(done: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for another process, which has no event to wait for."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"not in {seconds:.0f} seconds: {what}"
        await asyncio.sleep(0.05)


async def go_through(world: World, incident: Trouble) -> None:
    """Work, trouble, work: with what must be seen from outside at each point."""
    asked, log, mails = world.newsroom.answers, world.folder / "log", world.mailbox.accepted

    async def meanwhile(life: Life) -> None:
        await until(lambda: len(mails) >= 5 and world.newsroom.all_read(), "work begins")
        async with incident(world, life):
            await until(lambda: AWAY in log.read_text(), "it says that the database is away")
            await asyncio.sleep(2)  # what was under way comes to its end
            before = dict(asked), len(mails)
            await asyncio.sleep(BROKEN)
            assert (dict(asked), len(mails)) == before, "it polls or sends without a database"
            code, status = await command(world.folder, "status", "--fail")
            assert (code, bool(re.search(TOLD, status, re.MULTILINE))) == (1, True), status
            assert "no daemon is running" not in status
        await until(lambda: sum(asked.values()) > sum(before[0].values()), "it polls again")
        await until(lambda: len(mails) > before[1], "it sends again")
        await until(lambda: BACK in log.read_text(), "it says that the database is back")
        await until(lambda: bool(notices(world)), "the operator is told")
        assert life.process.poll() is None

    await world.undisturbed(meanwhile)
    text = log.read_text()
    assert (text.count(AWAY), text.count(BACK)) == (1, 1), text
    assert not re.search("Traceback|cannot be used.*cannot be used", text), text
    verdict = await asyncio.to_thread(judge, world)
    assert verdict.faults == ()
    assert (verdict.repeats, len(notices(world))) == (0, 1)


def notices(world: World) -> list[str]:
    """The subjects of what the operator was told of the storage."""
    told = [one.raw for one in world.mailbox.accepted if one.recipients == (OPERATOR,)]
    subjects = [str(message_from_bytes(raw, policy=policy.default)["Subject"]) for raw in told]
    return [subject for subject in subjects if "storage" in subject]


def calm(folder: Path, seed: int, database: str = "monitor.db") -> World:
    """A world whose mail server works, so that nothing is ever sent twice."""
    return World(folder, seed, database, with_signal=signal.SIGTERM)


async def all_of(*worlds: Awaitable[None]) -> None:
    """Several worlds at once: most of their time they wait."""
    failed = [one for one in await asyncio.gather(*worlds, return_exceptions=True) if one is not None]
    if failed:
        raise failed[0]


async def test_sqlite_full_read_only_locked_or_moved_away(tmp_path: Path) -> None:
    incidents = (disk_full, read_only, locked, moved_away)
    await all_of(*(go_through(calm(tmp_path / one.__name__, 7), one) for one in incidents), on_a_full_disk(tmp_path))


async def on_a_full_disk(folder: Path) -> None:
    """The same on a disk that is really full; who may not mount one has `disk_full` and the store's own test."""
    world = calm(folder / "small", 7)
    with ExitStack() as stack:
        try:
            stack.enter_context(little_room(world))
        except OSError:
            return
        await go_through(world, file_system_full)


async def test_postgresql_stopped_or_read_only(tmp_path: Path, postgres_server: str) -> None:
    # The shared server is only asked for to skip, or fail, where there is none: these here are stopped.
    async def on_its_own(incident: Trouble) -> None:
        async with server() as address:
            await go_through(calm(tmp_path / incident.__name__, 8, address), incident)

    await all_of(on_its_own(server_stopped), on_its_own(server_read_only))


async def test_postgresql_behind_a_line_that_falls_silent(tmp_path: Path, postgres_url: str) -> None:
    with Line(postgres_url) as line:
        LINES[line.url] = line
        await go_through(calm(tmp_path, 9, line.url), line_silent)


def test_the_rest_is_short_enough() -> None:
    # A rest, the seconds that a silent database takes to fail (a locked one takes ten), and a tick.
    assert storage_outage.PAUSE + postgres_sessions.DEFAULT_TIMEOUT + 1 < PATIENCE
