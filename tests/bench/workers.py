"""What sharing the work costs: the same feeds polled by one process on PostgreSQL, and by a conductor with workers.

`python -m tests.bench.workers [--feeds 400] [--hosts 100] [--workers 0 1 2]`

For each number of workers a new database, real processes (`monitor run`, `monitor work`) and rounds: a first poll
of thirty entries a feed, then two in which nothing changed. CPU is that of all these processes and what they started,
and, apart, that of the server's; transactions are those of the database. One transaction at a time writes, of all
processes: how long the lock on that is held is seen by looking often, and says at how many polls a second one
PostgreSQL stops. Then nothing is due for ten seconds, which shows what waiting costs, and a worker is killed in the
middle of a round: how long until all is polled that it held. Compare ratios of one run: seconds tell of the machine as
much as of the program.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.request import urlopen

import psycopg

from monitor.run.conducting import name_in
from monitor.store.lease_tokens import worker_of
from monitor.store.postgres import WRITING
from tests import postgres
from tests.bench.feed_mix import host
from tests.bench.poll import TICKS, feed_server
from tests.run.daemons import COMMAND, environment

PATIENCE = 900.0
"""Seconds for one round."""
IDLE = 10.0
"""Seconds without work."""
LOOK_EVERY = 0.01
"""Seconds between two looks at the lock."""


@dataclass(frozen=True)
class Used:
    """CPU seconds of the monitor and of the server, transactions, seconds of the writing lock, and wall seconds."""

    monitor: float
    server: float
    transactions: int
    wall: float
    locked: float = 0.0

    def __sub__(self, other: Used) -> Used:
        return Used(
            self.monitor - other.monitor,
            self.server - other.server,
            self.transactions - other.transactions,
            self.wall - other.wall,
            self.locked - other.locked,
        )


def cpu_of(groups: Sequence[int], parent: int = -1) -> float:
    """CPU seconds of all processes of these sessions and of this parent, and of their children that ended."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, fields = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) in groups or parent in (pid, int(fields[1])):
            total += sum(map(int, fields[11:15]))
    return total / TICKS


class LockWatch:
    """Looks again and again whether a transaction writes."""

    def __init__(self, address: str) -> None:
        self.seconds = 0.0
        self._address = address
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> LockWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as conn:
            before = time.monotonic()
            while not self._ended.wait(LOOK_EVERY):
                found, now = conn.execute(_IS_WRITING, (WRITING,)).fetchone(), time.monotonic()
                if found and found[0]:
                    self.seconds += now - before
                before = now


_IS_WRITING = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted)"


def used(address: str, monitor: float) -> Used:
    """What the server and the database of that address have used so far, and the monitor so many CPU seconds."""
    with psycopg.connect(address, autocommit=True) as conn:
        conn.execute("SELECT pg_stat_clear_snapshot()")
        found = conn.execute("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()").fetchone()
        assert found is not None
        stat = Path(f"/proc/{conn.info.backend_pid}/stat").read_text()
    postmaster = int(stat.rpartition(")")[2].split()[1])
    return Used(monitor, cpu_of([], postmaster), int(found[0]), time.monotonic())


@dataclass(frozen=True)
class Bench:
    """One database with the processes that work on it."""

    address: str
    groups: Sequence[int]
    feeds: int
    lock: LockWatch

    def used(self) -> Used:
        """What was used so far."""
        return replace(used(self.address, cpu_of(self.groups)), locked=self.lock.seconds)

    def wait_for(self, polled_since: float) -> None:
        """Wait until every feed was polled since that moment, in seconds since 1970."""
        until = time.monotonic() + PATIENCE
        query = "SELECT count(*) FROM feeds WHERE active AND last_ok_at >= %s"
        with psycopg.connect(self.address, autocommit=True) as conn:
            while time.monotonic() < until:
                found = conn.execute(query, (int(polled_since * 1_000_000),)).fetchone()
                if found and found[0] == self.feeds:
                    return
                time.sleep(0.2)
        raise SystemExit("not all feeds were polled in time")

    def say(self, workers: int, what: str, before: Used) -> None:
        """Print what was used since, for each poll; of an idle time for each second."""
        spent = self.used() - before
        each, unit = (spent.wall, "a second") if what == "idle" else (self.feeds, "a poll")
        print(
            f"{workers} workers  {what:10} {1000 * spent.monitor / each:6.1f} ms CPU {unit}, "
            f"{1000 * spent.server / each:5.1f} ms of the server, {spent.transactions / each:5.2f} transactions, "
            f"{1000 * spent.locked / each:5.2f} ms of the lock, {spent.wall:6.1f} s in all",
            flush=True,
        )


@contextmanager
def processes(home: Path, address: str, workers: int) -> Iterator[list[int]]:
    """Run a conductor and workers; yield the sessions that they lead."""
    commands = [("run", "--config", str(home / "config"), "--data", str(home / "data"))]
    commands += [("work", "--database", address, "--data", str(home / f"worker{n}")) for n in range(workers)]
    started: list[subprocess.Popen[bytes]] = []
    try:
        with (home / "log").open("ab") as log:
            for words in commands:
                Path(words[-1]).mkdir(exist_ok=True)
                started.append(
                    subprocess.Popen(
                        (*COMMAND, *words), stdout=log, stderr=log, env=environment(), start_new_session=True
                    )
                )
        yield [one.pid for one in started]
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(60)


def write_settings(folder: Path, address: str) -> None:
    """Write a configuration without outlets."""
    folder.mkdir(parents=True)
    settings = "private_hosts_allowed: [127.0.0.0/8]\ndefaults: {fulltext: never}\n"
    (folder / "monitor.yaml").write_text(f"{settings}database: {address}\n")


def write_outlets(folder: Path, port: int, asked: argparse.Namespace) -> None:
    """Write an outlet for each host, with its share of the feeds."""
    lines = []
    for number in range(asked.hosts):
        urls = [f"http://{host(number)}:{port}/{feed}.xml" for feed in range(number, asked.feeds, asked.hosts)]
        lines.append(f"  - {{name: outlet-{number}, feeds: [{', '.join(urls)}]}}\n")
    (folder / "outlets.yaml").write_text("outlets:\n" + "".join(lines))


def run(home: Path, server: str, workers: int, asked: argparse.Namespace) -> None:
    """Both rounds, and a while without work, with so many workers."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE workers{workers}".encode())
    address = f"{server}/workers{workers}"
    with feed_server(asked.feeds, 0.0) as (port, outlets):
        write_settings(home / "config", address)
        with LockWatch(address) as lock, processes(home, address, workers) as groups:
            bench = Bench(address, groups, asked.feeds, lock)
            while _entered(address) < workers + 1:
                time.sleep(0.1)
            # What starting costs is no part of it.
            time.sleep(3)
            before = bench.used()
            write_outlets(home / "config", port, asked)
            bench.wait_for(0)
            bench.say(workers, "first poll", before)
            # The search index follows within seconds, and is no part of the rounds to come.
            time.sleep(25)
            urlopen(f"http://127.0.0.1:{port}/round/1").close()
            # The second time no process does anything for the first time.
            for name in ("all 304", "304 again"):
                before, began = bench.used(), time.time()
                with psycopg.connect(address, autocommit=True) as conn:
                    conn.execute("UPDATE feeds SET due_at = 0")
                bench.wait_for(began)
                bench.say(workers, name, before)
                time.sleep(2)
            before = bench.used()
            time.sleep(IDLE)
            bench.say(workers, "idle", before)
            if workers:
                recover(bench, outlets.pid, home, workers)


def recover(bench: Bench, feeds: int, home: Path, workers: int) -> None:
    """Kill the last worker while no feed answers, and say how long it takes until all are polled.

    `feeds` is the process that serves them.
    """
    name, pid, began = name_in(home / f"worker{workers - 1}"), bench.groups[-1], time.time()
    with psycopg.connect(bench.address, autocommit=True) as conn:
        os.kill(feeds, signal.SIGSTOP)
        conn.execute("UPDATE feeds SET due_at = 0")
        until = time.monotonic() + PATIENCE
        while not _held(conn, name) and time.monotonic() < until:
            time.sleep(0.1)
        held = _held(conn, name)
        os.kill(pid, signal.SIGKILL)
        os.kill(feeds, signal.SIGCONT)
    killed = time.monotonic()
    bench.wait_for(began)
    seconds = time.monotonic() - killed
    print(f"{workers} workers  one killed with {held} claims: all feeds polled {seconds:.1f} s later", flush=True)


def _held(conn: psycopg.Connection, worker: str) -> int:
    """How many feeds a worker has claimed."""
    tokens = conn.execute("SELECT token FROM feeds WHERE token IS NOT NULL").fetchall()
    return sum(worker_of(token) == worker for (token,) in tokens)


def _entered(address: str) -> int:
    """How many processes work on the database."""
    with psycopg.connect(address, autocommit=True) as conn:
        made = conn.execute("SELECT to_regclass('processes')").fetchone()
        found = conn.execute("SELECT count(*) FROM processes").fetchone() if made and made[0] else None
    return int(found[0]) if found else 0


def main() -> None:
    """Print a line for each number of workers and each round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=400)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--workers", type=int, nargs="+", default=[0, 1, 2])
    asked = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {asked.feeds} feeds at {asked.hosts} hosts", flush=True)
    with postgres.server() as server:
        for workers in asked.workers:
            with tempfile.TemporaryDirectory() as home:
                run(Path(home), server, workers, asked)


if __name__ == "__main__":
    sys.exit(main())
