"""`python -m tests.crash --rounds 500 [--database postgresql] [--seed N] [--worlds 4] [--term] [--workers 3]`."""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tests import postgres
from tests.crash.crew import Crew
from tests.crash.verdict import Verdict, judge
from tests.crash.world import World

ROUNDS_A_WORLD = 20


async def run(world: World, rounds: int) -> Verdict:
    """One world from its beginning to the verdict on it."""
    await world.live(rounds)
    return await asyncio.to_thread(judge, world)


async def _all(folder: Path, asked: argparse.Namespace, server: str) -> list[Verdict]:
    several, verdicts = asyncio.Semaphore(asked.worlds), []
    seeds = random.Random(asked.seed)

    async def one(number: int, seed: int) -> None:
        database = f"{server}/crash{number}" if server else "monitor.db"
        if server:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as conn:
                conn.execute(f"CREATE DATABASE crash{number}".encode())
        if asked.workers:
            world: World = Crew(folder / str(number), seed, database, workers=asked.workers)
        else:
            world = World(folder / str(number), seed, database, signal.SIGTERM if asked.term else signal.SIGKILL)
        async with several:
            verdicts.append(await run(world, ROUNDS_A_WORLD))
        print(f"world {number} (seed {seed}): {verdicts[-1]}", flush=True)

    worlds = -(-asked.rounds // ROUNDS_A_WORLD)
    await asyncio.gather(*(one(number, seeds.randrange(1 << 32)) for number in range(worlds)))
    return verdicts


def main() -> int:
    """Run the worlds that were asked for; 1 where anything was lost, repeated or made up."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.crash")
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", type=int, default=4, help="how many at the same time")
    parser.add_argument("--term", action="store_true", help="SIGTERM in place of SIGKILL")
    parser.add_argument("--workers", type=int, default=0, help="beside the daemon, on PostgreSQL")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="monitor-crash-"))
    with ExitStack() as stack:
        server = stack.enter_context(postgres.server()) if asked.database == "postgresql" or asked.workers else ""
        verdicts = asyncio.run(_all(folder, asked, server))
    total = [sum(getattr(one, name) for one in verdicts) for name in ("lives", "pieces", "mails", "lost", "repeats")]
    faults = sum(len(one.faults) for one in verdicts)
    print(
        "in all: {} ends, {} pieces, {} mails, {} unanswered, {} repeats".format(*total), f"{faults} faults ({folder})"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
