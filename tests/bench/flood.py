"""Very many entries that match at once, all the way from feeds to mails: what comes of them, how soon, at what cost?

`python -m tests.bench.flood [--entries 100000] [--feeds 10] [--calm 30] [--every 15]`

Known feeds on loopback suddenly show that many new entries, each a story of its own which a rule matches for two
readers: one has a digest, the other is told at once, up to 30 times an hour. Other feeds are made due every so many
seconds all the while. Everything else is the monitor as it runs: its jobs, a second between two visits to a host.
Digests that wait are made due once all is stored, so that nobody waits for their time (a full hour that passes
meanwhile makes two of one).

Printed are: when the last entry was stored and when the last digest had arrived, counted from when the entries
appeared; how many messages each reader got, and how many articles they tell; how long after they were due the other
feeds were asked for; the peak of memory (PSS) and the CPU of the monitor with its workers and of the mail server.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.utils import formatdate
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from monitor.run.jobs import GRACE, Jobs, open_work
from monitor.run.startup import start_monitor
from monitor.steps.apply_config import apply_config
from monitor.steps.context import Context
from monitor.store import Connection, poll_records
from tests.bench.feed_mix import host
from tests.bench.poll import Cost, Peak, cost_now, watch
from tests.bench.publishing import listen
from tests.bench.replay import asked_of, lateness, quantiles, rows
from tests.peers.smtp import Peer

READERS = AT_ONCE, WITH_DIGEST = ("ann@readers.test", "bob@readers.test")
LONGEST = 900
"""Seconds after which the bench gives up."""
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]


@dataclass(frozen=True)
class Flood:
    """How many feeds show so many entries together, beside how many calm feeds of a few entries each."""

    entries: int
    feeds: int
    calm: int

    @property
    def outlets(self) -> int:
        """Return how many feeds there are; those of the flood come first."""
        return self.feeds + self.calm

    def entries_of(self, outlet: int) -> range:
        """Return the numbers of the entries of one feed of the flood."""
        return range(outlet, self.entries, self.feeds)


@dataclass
class Outlets:
    """All feeds, in a process of their own; `asked` has the moments at which each was asked for."""

    flood: Flood
    is_rising: bool = False
    asked: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        # Before anybody asks: what the outlets take to write them would count as lateness.
        self._calm = [feed_of(outlet, []) for outlet in range(self.flood.outlets)]
        self._risen = [feed_of(outlet, self.flood.entries_of(outlet)) for outlet in range(self.flood.feeds)]

    def feed(self, outlet: int) -> bytes:
        """Return a feed as it is now: a few old entries, and those of the flood once it rises."""
        return self._risen[outlet] if self.is_rising and outlet < self.flood.feeds else self._calm[outlet]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until its end: `/3` is the third feed."""
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                outlet = request.split(b" ", 2)[1][1:]
                status, body = b"404 Not Found", b""
                if outlet.isdigit():
                    self.asked[int(outlet)].append(time.time())
                    status, body = b"200 OK", self.feed(int(outlet))
                head = b"HTTP/1.1 %b\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n"
                writer.write(head % (status, len(body)) + body)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


def feed_of(outlet: int, numbers: Sequence[int]) -> bytes:
    """Return a feed of these entries that match and of three that do not."""
    names = [*(f"harbour {number}" for number in numbers), *(f"calm {outlet} {number}" for number in range(3))]
    items = "".join(entry(name, outlet) for name in names)
    return f"<rss version='2.0'><channel><title>{outlet}</title>{items}</channel></rss>".encode()


def entry(name: str, outlet: int) -> str:
    """Return an entry in RSS: made-up words that only it has, the same for the same name."""
    text = words(random.Random(name), 40)
    link = f"/{outlet}/{name.replace(' ', '-')}"
    return (
        f"<item><title>{name} {text[:40]}</title><link>{link}</link><pubDate>{formatdate()}</pubDate>"
        f"<description>{text}.</description></item>"
    )


def words(chance: random.Random, count: int) -> str:
    """Return so many made-up words of two to four syllables."""
    return " ".join("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(count))


def serve(flood: Flood, pipe: Pipe) -> None:
    """Run the feeds until they are killed: send their port; `rise` lets the entries appear, `asked` is answered."""
    asyncio.run(_serve(Outlets(flood), pipe))


async def _serve(outlets: Outlets, pipe: Pipe) -> None:
    pipe.send(await listen(outlets.talk, outlets.flood.outlets))
    while request := await asyncio.to_thread(pipe.recv):
        outlets.is_rising = outlets.is_rising or request == "rise"
        pipe.send(dict(outlets.asked))


@contextmanager
def outlets_apart(flood: Flood) -> Iterator[tuple[Pipe, int, int]]:
    """Run the feeds in a process of their own; yields what it is asked through, its port and its process id."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(flood, theirs), daemon=True)
    process.start()
    try:
        yield ours, ours.recv(), process.pid or 0
    finally:
        process.kill()
        process.join()


def write_config(folder: Path, flood: Flood, ports: tuple[int, int]) -> None:
    """Write the outlets, and one rule for two readers, whose mails go to the mail server at the second port."""
    folder.mkdir()
    (folder / "monitor.yaml").write_text(
        f"mail: {{from: m@desk.test, host: 127.0.0.1, port: {ports[1]}, security: none}}\n"
        "private_hosts_allowed: [127.0.0.0/8]\ndefaults: {fulltext: never}\n"
    )
    lines = (f"  - {{name: outlet-{n}, feed: 'http://{host(n)}:{ports[0]}/{n}'}}\n" for n in range(flood.outlets))
    (folder / "outlets.yaml").write_text("outlets:\n" + "".join(lines))
    far = datetime.now(UTC) + timedelta(hours=12)
    (folder / "people.yaml").write_text(
        f"people:\n  - {{name: ann, mail: {AT_ONCE}}}\n"
        f"  - {{name: bob, mail: {WITH_DIGEST}, send: daily {far:%H:%M}}}\n"
    )
    (folder / "rules.yaml").write_text("rules:\n  - {name: Harbour, to: [ann, bob], query: harbour}\n")


@dataclass(frozen=True)
class Outcome:
    """What a flood came to: seconds from its beginning, subjects by reader, lateness of calm feeds, cost and memory."""

    stored: float
    arrived: float
    subjects: Mapping[str, Sequence[str]]
    late: Sequence[float]
    spent: Cost
    memory: float


async def play(flood: Flood, every: float) -> Outcome:
    """Let the flood rise over a monitor that knows the feeds, and wait until both readers have all of it."""
    with outlets_apart(flood) as (pipe, port, apart), Peer() as mail, tempfile.TemporaryDirectory() as home:
        write_config(Path(home) / "config", flood, (port, mail.port))
        async with AsyncExitStack() as stack:
            opened = await start_monitor(stack, Path(home) / "config", Path(home) / "data", strict=True)
            ctx, peak = opened.ctx, Peak()
            work = open_work(stack, ctx, await apply_config(ctx, opened.loaded))
            await work.hosts.drain()
            jobs = Jobs(ctx, work)
            jobs.start()
            watching = asyncio.create_task(watch(peak, apart))
            before, began = cost_now(apart), time.time()
            pipe.send("rise")
            pipe.recv()
            due: list[tuple[int, float]] = []
            calm = asyncio.create_task(keep_due(ctx, flood, every, due))
            await make_due(ctx, range(flood.feeds))
            stored, arrived = await wait_for_all(ctx, flood, mail, began)
            spent = cost_now(apart) - before - Cost(peak.cpu, 0)
            calm.cancel()
            watching.cancel()
            # What was made due in the last seconds had no time to be asked for.
            late = lateness([one for one in due if one[1] < time.time() - every], asked_of(pipe))
            jobs.stop()
            await work.finish(GRACE)
    return Outcome(stored, arrived, {who: subjects(mail, who) for who in READERS}, late, spent, peak.memory)


async def make_due(ctx: Context, outlets: Sequence[int]) -> None:
    """Make feeds due now."""
    await ctx.store.write(poll_records.make_due, ctx.clock.now(), [f"outlet-{number}" for number in outlets])


async def keep_due(ctx: Context, flood: Flood, every: float, due: list[tuple[int, float]]) -> None:
    """Make the calm feeds due one after the other, each again after so many seconds; add the moments to `due`."""
    while True:
        for number in range(flood.feeds, flood.outlets):
            # From when it is asked to be due: that the writer is busy is part of what makes a poll late.
            due.append((number, time.time()))
            await make_due(ctx, [number])
            await asyncio.sleep(every / flood.calm)


async def wait_for_all(ctx: Context, flood: Flood, mail: Peer, began: float) -> tuple[float, float]:
    """Return after how many seconds all was stored, and after how many both readers had all of it."""
    async with asyncio.timeout(LONGEST):
        await until(ctx, f"SELECT count(*) = {flood.entries} FROM matches")
        stored = time.time() - began
        await ctx.store.write(let_digests_leave)
        ctx.signals.deliveries_planned.set()
        await until(ctx, "SELECT count(*) = 0 FROM deliveries WHERE state = 'waiting'")
    return stored, time.time() - began


async def until(ctx: Context, query: str) -> None:
    """Wait until what a query asks is true."""
    for _ in range(LONGEST * 2):
        if (await rows(ctx, query))[0][0]:
            return
        await asyncio.sleep(0.5)


def let_digests_leave(conn: Connection) -> None:
    """Make all that waits due."""
    conn.exec_driver_sql("UPDATE deliveries SET due_at = created_at WHERE state = 'waiting'")


def subjects(mail: Peer, reader: str) -> list[str]:
    """Return the subjects of the mails that somebody got, in order."""
    found = [message_from_bytes(one.raw, policy=policy.default) for one in mail.accepted if reader in one.recipients]
    return [str(message["Subject"]) for message in found]


def report(flood: Flood, outcome: Outcome) -> str:
    """Return the figures in words."""
    told = "".join(
        f"{reader:8} {len(found)} messages, the last {found[-1]!r}\n" for reader, found in outcome.subjects.items()
    )
    return (
        f"entries  {flood.entries} in {flood.feeds} feeds: all stored after {outcome.stored:.0f} s, told after "
        f"{outcome.arrived:.0f} s; CPU {outcome.spent.cpu:.0f} s; load {os.getloadavg()[0]:.0f}\n{told}"
        f"polls    {quantiles(list(outcome.late))} after they were due\n"
        f"memory   {outcome.memory:.0f} MB at most\n"
    )


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--feeds", type=int, default=10)
    asked.add_argument("--calm", type=int, default=30)
    asked.add_argument("--every", type=float, default=15.0, help="seconds from one poll of a calm feed to the next")
    options = asked.parse_args()
    size = Flood(options.entries, options.feeds, options.calm)
    sys.stdout.write(report(size, asyncio.run(play(size, options.every))))
