"""Daemons that die at random moments under a mail server with faults: nothing is lost, made up, or told twice."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.crash.__main__ import made_database, run, run_crew
from tests.crash.disturbances import EACH
from tests.crash.verdict import Verdict
from tests.crash.world import World

pytestmark = pytest.mark.slow


async def _together(*jobs: tuple[World, int]) -> list[Verdict]:
    """Several worlds at once: most of a round is waiting."""
    return await asyncio.gather(*(run(world, rounds) for world, rounds in jobs))


def _check(verdicts: list[Verdict], ends: int) -> None:
    for verdict in verdicts:
        print(verdict)
        assert verdict.faults == ()
    assert sum(verdict.lives for verdict in verdicts) == ends
    assert sum(verdict.mails for verdict in verdicts) > ends, "they died before they did anything"


async def test_killed_on_sqlite(tmp_path: Path) -> None:
    worlds = [World(tmp_path / str(seed), seed) for seed in (101, 102, 103)]
    _check(await _together(*((world, 7) for world in worlds)), 21)


async def test_killed_on_postgresql(tmp_path: Path, postgres_server: str) -> None:
    databases = {seed: made_database(postgres_server, f"monitor_crash_{seed}") for seed in (201, 202)}
    worlds = [World(tmp_path / str(seed), seed, database) for seed, database in databases.items()]
    _check(await _together(*((world, 4) for world in worlds)), 8)


@pytest.mark.usefixtures("postgres_server")
async def test_of_several_processes_each_meets_everything_once(tmp_path: Path) -> None:
    verdict = await run_crew(tmp_path / "crew", 401, workers=2, rounds=len(EACH), pauses=(0.2, 1.0))
    print(verdict)
    assert verdict.faults == ()
    assert verdict.mails > 0


async def test_a_stop_in_the_middle_of_work_repeats_nothing(tmp_path: Path) -> None:
    worlds = [World(tmp_path / str(seed), seed, with_signal=signal.SIGTERM) for seed in (301, 302)]
    _check(await _together(*((world, 4) for world in worlds)), 8)
