"""What polling costs: a thousand feeds of thirty entries on loopback, first poll, all unchanged, ten per cent changed.

`python -m tests.bench.poll [--feeds 1000] [--rules 0] [--hang 0.1] [--rounds 3] [--gap 1] [--database URL] [--beside]`

CPU seconds are those of this process and its feed workers, without the web server, which runs apart. Memory is over the
same processes: the peak of the proportional set size (PSS), and at the end of the round what is theirs alone
(anonymous), which tells growth, since it does not depend on what else runs. Starting (imports, configuration, database)
is a line of its own. With `--rounds N` the round in which nothing changed is repeated, to see whether memory grows.

CPU seconds tell of the machine as much as of the program. `--beside` measures a yardstick in the same run, half of it
just before the first poll and half just after: httpx and feedparser over a tenth of the same feeds, scaled to all of
them (`tests.bench.beside`, in a process of its own, so that it adds nothing to our figures). The first poll's ratio
to it can be compared between machines; 9.6 CPU s where the yardstick takes 27.1 are a ratio of 0.356. The yardstick
only fetches and parses; the first poll also tells languages, known pieces and stories, and stores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from monitor.fetching import HostLimiter
from monitor.isolate import Workers
from monitor.run.startup import StartedMonitor, start_monitor
from monitor.steps.apply_config import apply_config
from monitor.steps.read_page import JOB
from monitor.steps.work import Work
from monitor.store import poll_records
from tests.bench.feed_mix import WORDS, host, language_of

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds at one moment."""

    cpu: float
    wall: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.cpu - other.cpu, self.wall - other.wall)


@dataclass
class Peak:
    """The highest memory seen, in MB, and the CPU seconds that looking took."""

    memory: float = 0.0
    cpu: float = 0.0


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still live."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def cost_now(apart: int) -> Cost:
    """Return what this process and its children, except `apart`, have used so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = usage.ru_utime + usage.ru_stime
    for child in children(os.getpid()):
        if child != apart:
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            cpu += (int(fields[11]) + int(fields[12])) / TICKS
    return Cost(cpu, time.monotonic())


def memory_now(apart: int, sort: str = "Pss") -> float:
    """Return the memory (`Pss`, or `Anonymous`) of this process and its children, except `apart`, in MB."""
    pids = [os.getpid(), *(child for child in children(os.getpid()) if child != apart)]
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{sort}:"):
                total += int(line.split()[1])
    return total / 1024


@contextmanager
def feed_server(count: int, hang: float) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Run the outlets in a process of their own; yields their port."""
    command = [sys.executable, "-m", "tests.bench.feeds", "--feeds", str(count), "--hang", str(hang)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield int(server.stdout.readline()), server
        finally:
            server.stdin.close()
            server.wait(10)


def write_config(folder: Path, port: int, feeds: int, rules: int) -> None:
    """Write `feeds` outlets with one feed each, and `rules` rules over the words of the feeds."""
    folder.mkdir()
    (folder / "monitor.yaml").write_text("private_hosts_allowed: [127.0.0.0/8]\ndefaults: {fulltext: never}\n")
    countries = {"ru": "ru", "uk": "ua", "tr": "tr", "en": "gb"}
    lines = [
        f"  - {{name: outlet-{n}, language: {language_of(n)}, country: {countries[language_of(n)]}, "
        f"feed: 'http://{host(n)}:{port}/{n}.xml'}}\n"
        for n in range(feeds)
    ]
    (folder / "outlets.yaml").write_text("outlets:\n" + "".join(lines), encoding="utf-8")
    if rules:
        (folder / "rules.yaml").write_text("rules:\n" + "".join(rule(n) for n in range(rules)), encoding="utf-8")


def rule(number: int) -> str:
    """Return a rule whose words are rare or absent, as those of real rules are."""
    words = WORDS[language_of(number)].split()
    first, second = words[number % len(words)], words[(number * 7 + 3) % len(words)]
    query = f"({first} NEAR/1 {second}) AND peskov{number}"
    return f"  - name: rule {number}\n    to: [desk@newsroom.test]\n    query: |\n      {query}\n"


async def bench(options: argparse.Namespace) -> None:
    """Run the rounds and print a line for each."""
    with tempfile.TemporaryDirectory() as home, feed_server(options.feeds, options.hang) as (port, server):
        write_config(Path(home) / "config", port, options.feeds, options.rules)
        if options.database:
            (Path(home) / "config" / "monitor.yaml").open("a").write(f"database: {options.database}\n")
        async with AsyncExitStack() as stack:
            before = cost_now(server.pid)
            opened = await start_monitor(stack, Path(home) / "config", Path(home) / "data", strict=True)
            await apply_config(opened.ctx, opened.loaded)
            await opened.ctx.access.parse_workers.start()
            opened.ctx.access.host_limiter = HostLimiter(options.gap)
            say(
                "start", cost_now(server.pid) - before, 0, (memory_now(server.pid), memory_now(server.pid, "Anonymous"))
            )
            await rounds(opened, options, (port, server.pid))


async def rounds(opened: StartedMonitor, options: argparse.Namespace, peer: tuple[int, int]) -> None:
    """The first poll, then nothing changed (as often as asked), then ten per cent changed."""
    port, apart = peer
    ctx = opened.ctx
    halves = [await beside(port, options.feeds, 0)] if options.beside else []
    names = ["first poll", *["all 304"] * (options.rounds - 2), "10 % changed"][: options.rounds]
    for number, name in enumerate(names):
        stage = {"first poll": 0, "all 304": 1, "10 % changed": 2}[name]
        await asyncio.to_thread(urlopen, f"http://127.0.0.1:{port}/round/{stage}")
        if number:
            await ctx.store.write(poll_records.make_due, ctx.clock.now())
        work, peak = Work(ctx, "", Workers(JOB, count=1)), Peak()
        watching = asyncio.create_task(watch(peak, apart))
        before = cost_now(apart)
        await work.hosts.drain()
        spent = cost_now(apart) - before - Cost(peak.cpu, 0)
        watching.cancel()
        say(
            name,
            spent,
            work.poller.report.totals.new,
            (max(peak.memory, memory_now(apart)), memory_now(apart, "Anonymous")),
        )
        if halves and not number:
            halves.append(await beside(port, options.feeds, min(10, options.feeds - 1)))
            yardstick = sum(halves) / 2
            print(f"{'yardstick':14} {yardstick:7.2f} CPU s, ratio {spent.cpu / yardstick:.3f}", flush=True)


async def beside(port: int, feeds: int, first: int) -> float:
    """Return the CPU seconds that httpx and feedparser take for as many feeds, by a sample from feed `first` on."""
    words = ("-m", "tests.bench.beside", str(port), str(feeds), "--from", str(first))
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=subprocess.PIPE)
    answer, _ = await process.communicate()
    if process.returncode:
        raise SystemExit("the yardstick failed")
    return float(answer)


async def watch(peak: Peak, apart: int) -> None:
    """Keep the highest memory seen twice a second, and what looking cost: that is no part of what polling costs."""
    while True:
        began = time.thread_time()
        peak.memory = max(peak.memory, memory_now(apart))
        peak.cpu += time.thread_time() - began
        await asyncio.sleep(0.5)


def say(name: str, spent: Cost, new: int, memory: tuple[float, float]) -> None:
    """Print one line of the result."""
    seconds = f"{spent.cpu:7.2f} CPU s {spent.wall:7.2f} wall s"
    print(f"{name:14} {seconds} {new:7} new {memory[0]:6.0f} MB, {memory[1]:6.1f} MB alone", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--feeds", type=int, default=1000)
    asked.add_argument("--rules", type=int, default=0)
    asked.add_argument("--hang", type=float, default=0.0)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--gap", type=float, default=1.0, help="seconds between two visits to one host")
    asked.add_argument("--database", default="")
    asked.add_argument("--beside", action="store_true", help="measure httpx and feedparser on the same feeds, too")
    asyncio.run(bench(asked.parse_args()))
