"""What a worker holds of many outlets: its configuration from rows, beside all files in one process, as `monitor run`.

`python -m tests.bench.worker_config [--outlets 2000]`

A new database, outlets of two feeds each and twenty rules, put in force; then a fresh process that loads the folder and
one that takes what is stored, as a worker does. Of both: CPU seconds and memory for the start, and seconds until an
edited rule, and then an edited outlet with it, is in force there. `stored` is what each cost the conductor in the
transaction, and before it. Compare ratios of one run.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import monitor.net
from monitor.config import load
from monitor.config.outlet_rows import pack_outlets
from monitor.run.startup import open_context, utc_now
from monitor.steps.active_config import ActiveConfig
from monitor.steps.claims import Claims
from monitor.steps.config_in_force import keep_in_force, stored_config
from monitor.steps.host_rounds import claim_work
from monitor.store import Store, config_files, config_generation, feeds
from monitor.store.host_claims import Room
from tests import postgres
from tests.store.make import NOW

assert monitor.net, "imported before memory is looked at"
_PAGE = 4096 / 1e6


def write_files(folder: Path, outlets: int, edit: int) -> None:
    """Write the configuration; each edit changes one rule, the second also one outlet."""
    folder.mkdir(exist_ok=True)
    (folder / "monitor.yaml").write_text("private_hosts_allowed: [127.0.0.0/8]\n")
    rules = "".join(f"  - {{name: r{n}, to: [a@desk.test], query: harbour{n}}}\n" for n in range(20))
    (folder / "rules.yaml").write_text(f"rules:\n{rules}  - {{name: edited, to: [a@desk.test], query: quay{edit}}}\n")
    lines = ["outlets:\n"]
    for n in range(outlets):
        title = "Edited" if edit > 1 and n == 0 else f"Outlet number {n}"
        addresses = f"https://www.outlet-{n}.test/rss.xml, https://www.outlet-{n}.test/news/feed/"
        keys = f"title: {title}, language: ru, groups: [g{n % 50}]"
        lines.append(f"  - {{name: outlet-{n}, {keys}, feeds: [{addresses}]}}\n")
    (folder / "outlets.yaml").write_text("".join(lines))


def memory() -> float:
    """MB of this process that lie in memory."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


class Spent:
    """CPU seconds and MB since it was made."""

    def __init__(self) -> None:
        self.began, self.held = time.process_time(), memory()

    def __str__(self) -> str:
        return f"{time.process_time() - self.began:6.2f} s CPU {memory() - self.held:+7.1f} MB"


def edits(what: str, started: Spent) -> Iterator[int]:
    """Say what the start cost, then yield each edit as it is made, and say what that cost."""
    print(f"{what:6} start {started}", flush=True)
    for number, _ in enumerate(sys.stdin, 1):
        spent = Spent()
        yield number
        print(f"{what:6} edit {number} {spent}", flush=True)


def by_files(home: Path) -> None:
    """Load the folder, as who conducts does."""
    started = Spent()
    config = load(home / "config", data=home / "data").require_config()
    active = ActiveConfig(config)
    for number in edits("files", started):
        active.adopt(load(home / "config", data=home / "data", previous=active.config).require_config(), number)


async def by_rows(home: Path, address: str) -> None:
    """Take what is stored, as a worker does, and claim what hundred polls need."""
    async with AsyncExitStack() as stack:
        with Store.open(address, worker=True) as store:
            started = Spent()
            config = await stored_config(store, home / "data")
            ctx = await open_context(stack, config, Claims(store, utc_now, "bench"))
            await claim_work(ctx, Room(100))
            for _ in edits("rows", started):
                await claim_work(ctx, Room(0))


def put_in_force(home: Path, store: Store, outlets: int, edit: int) -> None:
    """Write the files, and store what a conductor stores; say how long that took."""
    write_files(home / "config", outlets, edit)
    loaded = load(home / "config", data=home / "data")
    config, moments = loaded.require_config(), [time.perf_counter()]
    packed = pack_outlets(config)
    moments.append(time.perf_counter())
    with store.begin() as conn:
        feeds.sync(conn, list(config.feeds.values()), NOW, "")
        config_files.keep(conn, loaded.files, NOW)
        moments.append(time.perf_counter())
        keep_in_force(conn, config.templates, packed, config_generation.advance(conn))
        moments.append(time.perf_counter())
    packing, other, rows = (after - before for before, after in itertools.pairwise(moments))
    print(f"stored edit {edit} {rows:6.2f} s for rows, {other:.2f} s for the rest, {packing:.2f} s before", flush=True)


def main(outlets: int) -> None:
    """Run both, one after the other."""
    with tempfile.TemporaryDirectory() as folder, postgres.server() as server:
        for role in ("files", "rows"):
            home = Path(folder) / role
            (home / "data").mkdir(parents=True)
            database = f"{server}/postgres"
            with Store.open(database) as store:
                put_in_force(home, store, outlets, 0)
                words = [sys.executable, "-m", "tests.bench.worker_config", "--role", role, str(home), database]
                with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
                    assert process.stdin is not None
                    assert process.stdout is not None
                    print(process.stdout.readline(), end="", flush=True)
                    for edit in (1, 2):
                        put_in_force(home, store, outlets, edit)
                        process.stdin.write("\n")
                        process.stdin.flush()
                        print(process.stdout.readline(), end="", flush=True)
                    process.stdin.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=2_000)
    parser.add_argument("--role", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.role is None:
        main(options.outlets)
    elif options.role[0] == "files":
        by_files(Path(options.role[1]))
    else:
        asyncio.run(by_rows(Path(options.role[1]), options.role[2]))
