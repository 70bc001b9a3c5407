"""What a job engine costs as an alarm clock, beside what our workers do: they ask the tables themselves what is due.

`python -m tests.bench.job_engine [--jobs 500]`

The engine is Procrastinate, installed by the first run. One worker does jobs without arguments that do nothing, each
deferred under a `queueing_lock` and deleted when done. Beside it a worker of ours claims what is due at hosts where
nothing is: what it does instead of being woken. Printed are CPU milliseconds of this process and of the server's, and
transactions, for each; how long an alarm takes to arrive; and what an engine's worker costs while nothing happens.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import logging
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from monitor.store import Store, host_claims
from monitor.store.host_claims import Room
from tests import postgres
from tests.bench.workers import Used, used

TOOL = "procrastinate==3.10.*"
IDLE = 20.0
"""Seconds without a job."""
SETTLE = 12.0
"""Seconds within which a session that is idle has told the server's statistics what it did."""


def so_far(address: str) -> Used:
    """What this process, the server and the database of that address have used so far."""
    return used(address, time.process_time())


def say(what: str, before: Used, after: Used, count: float) -> None:
    """Print what was used in between, for each of so many."""
    spent = after - before
    print(
        f"{what:28} {1000 * spent.monitor / count:6.2f} ms CPU, {1000 * spent.server / count:5.2f} ms of the server, "
        f"{spent.transactions / count:5.2f} transactions",
        flush=True,
    )


async def alarms(address: str, jobs: int) -> None:
    """Let a worker wait, then defer jobs one after the other, each as soon as the one before has rung."""
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=address))
    rung = asyncio.Event()

    async def ring() -> None:
        rung.set()

    task = app.task(name="ring")(ring)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        worker: Any = app.run_worker_async(install_signal_handlers=False, delete_jobs="always")
        running = asyncio.create_task(worker)
        await asyncio.sleep(SETTLE)
        before = await asyncio.to_thread(so_far, address)
        await asyncio.sleep(IDLE)
        say("its idle worker, a second", before, await asyncio.to_thread(so_far, address), IDLE)
        before, delays = await asyncio.to_thread(so_far, address), []
        for number in range(jobs):
            began = time.monotonic()
            await task.configure(queueing_lock=f"host {number}").defer_async()
            await rung.wait()
            rung.clear()
            delays.append(time.monotonic() - began)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    # What a session did is counted in full when it ends.
    say("an alarm of the engine", before, await asyncio.to_thread(so_far, address), jobs)
    print(f"{'until it arrives':28} {1000 * statistics.median(delays):6.2f} ms at the median")


async def questions(address: str, count: int) -> None:
    """Claim what is due, where nothing is."""
    store = await asyncio.to_thread(Store.open, address)
    try:
        now, room = datetime.now(UTC), Room(32, 8, 2)
        await store.write(host_claims.claim, "bench", now, room, timedelta(minutes=1))
        await asyncio.sleep(SETTLE)
        before = await asyncio.to_thread(so_far, address)
        for _ in range(count):
            await store.write(host_claims.claim, "bench", now, room, timedelta(minutes=1))
    finally:
        await asyncio.to_thread(store.close)
    say("a question what is due", before, await asyncio.to_thread(so_far, address), count)


def main() -> None:
    """Print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=500)
    asked = parser.parse_args()
    if importlib.util.find_spec("procrastinate") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", TOOL], check=True)
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    with postgres.server() as server:
        for name in ("engine", "monitor"):
            with psycopg.connect(f"{server}/postgres", autocommit=True) as conn:
                conn.execute(f"CREATE DATABASE {name}".encode())
        asyncio.run(alarms(f"{server}/engine", asked.jobs))
        asyncio.run(questions(f"{server}/monitor", asked.jobs))


if __name__ == "__main__":
    sys.exit(main())
