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
from tests.crash.disturbances import EACH
from tests.crash.verdict import Verdict, judge
from tests.crash.world import World

ROUNDS_A_WORLD = 20


async def run(world: World, rounds: int) -> Verdict:
    """One world from its beginning to the verdict on it."""
    await world.live(rounds)
    verdict = await asyncio.to_thread(judge, world)
    if verdict.faults:
        world.keep_mails()
    return verdict


def made_database(server: str, name: str) -> str:
    """Make a database anew on a server; return its address."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as conn:
        conn.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        conn.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}"


async def run_crew(
    place: Path, seed: int, workers: int, rounds: int, pauses: tuple[float, float] = (0.5, 6.0)
) -> Verdict:
    """A world with workers, on a server of its own that goes down, too, unless it is somebody else's."""
    with postgres.own_server() as server:
        if not server.is_ours:
            print("the server is somebody else's: it is not restarted")
        database = made_database(server.address, f"crew{seed}")
        crew = Crew(place, seed, database, workers=workers, server=server, forced=EACH, pauses=pauses)
        verdict = await run(crew, rounds)
    print(", ".join(crew.done))
    return verdict


async def _all(folder: Path, asked: argparse.Namespace, server: str) -> list[Verdict]:
    several, verdicts = asyncio.Semaphore(asked.worlds), []
    seeds = random.Random(asked.seed)

    async def one(number: int, seed: int) -> None:
        place = folder / str(number)
        async with several:
            if asked.workers:
                verdicts.append(await run_crew(place, seed, asked.workers, ROUNDS_A_WORLD))
            else:
                database = made_database(server, f"crash{number}") if server else "monitor.db"
                by = signal.SIGTERM if asked.term else signal.SIGKILL
                verdicts.append(await run(World(place, seed, database, by), ROUNDS_A_WORLD))
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
        needs_server = asked.database == "postgresql" and not asked.workers
        server = stack.enter_context(postgres.server()) if needs_server else ""
        verdicts = asyncio.run(_all(folder, asked, server))
    total = [sum(getattr(one, name) for one in verdicts) for name in ("lives", "pieces", "mails", "lost", "repeats")]
    faults = sum(len(one.faults) for one in verdicts)
    print(
        "in all: {} ends, {} pieces, {} mails, {} unanswered, {} repeats".format(*total), f"{faults} faults ({folder})"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
