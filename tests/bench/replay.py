"""A day's articles in minutes: are polls and mails on time while their pages are read, and what does a page cost?

`python -m tests.bench.replay [--pages 10000] [--minutes 8] [--outlets 108] [--every 20] [--parsers 2]`

Outlets on loopback (`tests.bench.publishing`) publish so many articles within the minutes, a twentieth of which are
mailed; each feed is made due every so many seconds. Everything else is the monitor as it runs: its jobs, a second
between two visits to a host, `fulltext: auto`.

Printed are: how long after it was due each feed was asked for; from sight of an article to its whole text, where the
outlet publishes one at a time and where it publishes fifteen; from the plan of a mail to its end; the peak of memory
(PSS) of the monitor and its workers; the CPU of all these by page, polls and mails included. The outlets' own process
counts for nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from monitor.run.jobs import GRACE, Jobs, open_work
from monitor.run.startup import start_monitor
from monitor.steps.apply_config import apply_config
from monitor.steps.context import Context
from monitor.store import Connection, poll_records
from tests.bench.feed_mix import host
from tests.bench.poll import Cost, Peak, cost_now, watch
from tests.bench.publishing import Plan, publish, publishes_at_once

SETTLED = 20.0
"""Seconds before the first article: the first polls, whose backlog is not read, are over by then."""
LONGEST_REST = 300
"""Seconds at most until the last pages are read, after the last article."""
_TEXTS = "SELECT outlet, (version_at - seen_at) / 1e6 FROM articles WHERE feed_id = 0"
_MAILS = "SELECT (finished_at - created_at) / 1e6 FROM deliveries WHERE state = 'sent'"
_WAITING = "SELECT count(*) FROM fulltext_requests"


def write_config(folder: Path, port: int, options: argparse.Namespace) -> None:
    """Write the outlets, and one rule whose mails go to a Maildir."""
    folder.mkdir()
    settings = f"private_hosts_allowed: [127.0.0.0/8]\nparsers: {options.parsers}\n"
    (folder / "monitor.yaml").write_text(f"{settings}defaults: {{max_per_hour: 10000}}\n")
    lines = (f"  - {{name: outlet-{n}, feed: 'http://{host(n)}:{port}/{n}/feed'}}\n" for n in range(options.outlets))
    (folder / "outlets.yaml").write_text("outlets:\n" + "".join(lines))
    (folder / "rules.yaml").write_text("rules:\n  - {name: Harbour, to: [desk@newsroom.test], query: harbour}\n")


async def replay(options: argparse.Namespace) -> None:
    """Run outlets and monitor, and print the figures."""
    plan = Plan(options.outlets, options.pages, options.minutes * 60, time.time() + SETTLED)
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    outlets = multiprocessing.get_context("spawn").Process(target=publish, args=(plan, theirs), daemon=True)
    outlets.start()
    with tempfile.TemporaryDirectory() as home:
        write_config(Path(home) / "config", await asyncio.to_thread(ours.recv), options)
        async with AsyncExitStack() as stack:
            opened = await start_monitor(stack, Path(home) / "config", Path(home) / "data", strict=True)
            ctx, peak = opened.ctx, Peak()
            work = open_work(stack, ctx, await apply_config(ctx, opened.loaded))
            jobs = Jobs(ctx, work)
            jobs.start()
            watching = asyncio.create_task(watch(peak, outlets.pid or 0))
            before = cost_now(outlets.pid or 0)
            due = await make_due(ctx, plan, options.every)
            await rest(ctx)
            spent = cost_now(outlets.pid or 0) - before - Cost(peak.cpu, 0)
            watching.cancel()
            jobs.stop()
            await report(ctx, plan, lateness(due, asked_of(ours)), (spent, peak))
            await work.finish(GRACE)
    outlets.kill()
    outlets.join()


async def make_due(ctx: Context, plan: Plan, every: float) -> list[tuple[int, float]]:
    """Make each feed due again and again until the last article; return all outlets with the moments."""
    end = plan.begin + plan.seconds + every
    waiting = sorted(
        (plan.begin + every * (turn + number / plan.outlets), number)
        for number in range(plan.outlets)
        for turn in range(int((plan.seconds + every) / every))
    )
    made: list[tuple[int, float]] = []
    while waiting and time.time() < end:
        await asyncio.sleep(max(waiting[0][0] - time.time(), 0.0))
        now = time.time()
        numbers = [number for moment, number in waiting if moment <= now]
        waiting = waiting[len(numbers) :]
        await ctx.store.write(poll_records.make_due, ctx.clock.now(), [f"outlet-{number}" for number in numbers])
        made += [(number, now) for number in numbers]
    return made


async def rest(ctx: Context) -> None:
    """Wait until no page waits any more."""
    for _ in range(LONGEST_REST):
        if (await rows(ctx, _WAITING))[0][0] == 0:
            return
        await asyncio.sleep(1.0)


def asked_of(outlets: Pipe) -> Mapping[int, Sequence[float]]:
    """Return when each feed was asked for."""
    outlets.send("asked")
    asked: Mapping[int, Sequence[float]] = outlets.recv()
    return asked


def lateness(due: Iterable[tuple[int, float]], asked: Mapping[int, Sequence[float]]) -> list[float]:
    """Return for each moment at which a feed was due the seconds until it was asked for; endless where it never was."""
    late = []
    for number, moment in due:
        at = bisect_left(asked[number], moment)
        late.append(asked[number][at] - moment if at < len(asked[number]) else float("inf"))
    return late


async def report(ctx: Context, plan: Plan, late: list[float], measured: tuple[Cost, Peak]) -> None:
    """Print the figures."""
    spent, peak = measured
    texts = [(publishes_at_once(int(outlet.partition("-")[2])), seconds) for outlet, seconds in await rows(ctx, _TEXTS)]
    mails = [seconds for (seconds,) in await rows(ctx, _MAILS)]
    (left,), *_ = await rows(ctx, _WAITING)
    await asyncio.to_thread(
        sys.stdout.write,
        f"pages    {len(texts)} of {plan.articles} with their whole text, {left} still wait\n"
        f"polls    {quantiles(late)} after they were due\n"
        f"texts    {quantiles([one for at_once, one in texts if not at_once])} after sight, one at a time\n"
        f"         {quantiles([one for at_once, one in texts if at_once])} after sight, fifteen at once\n"
        f"mails    {quantiles(mails)} after they were planned\n"
        f"memory   {peak.memory:.0f} MB at most, of which the limit is 500 with two page workers\n"
        f"CPU      {spent.cpu:.0f} s in {spent.wall:.0f} s: {spent.cpu / max(len(texts), 1) * 1000:.0f} ms a page\n",
    )


def quantiles(seconds: list[float]) -> str:
    """Return count, median, 99th percentile and maximum in words."""
    ordered = sorted(seconds) or [float("nan")]
    middle, last = ordered[len(ordered) // 2], ordered[min(len(ordered) * 99 // 100, len(ordered) - 1)]
    return f"{len(seconds):6}: p50 {middle:6.2f} s, p99 {last:6.2f} s, at most {ordered[-1]:6.2f} s"


async def rows(ctx: Context, query: str) -> list[tuple]:  # type: ignore[type-arg]
    """Return the rows of a query."""

    def read(conn: Connection) -> list[tuple]:  # type: ignore[type-arg]
        return [tuple(row) for row in conn.exec_driver_sql(query)]

    return await ctx.store.read(read)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", type=int, default=10_000)
    asked.add_argument("--minutes", type=float, default=8.0)
    asked.add_argument("--outlets", type=int, default=108)
    asked.add_argument("--every", type=float, default=20.0, help="seconds from one poll of a feed to the next")
    asked.add_argument("--parsers", type=int, default=2)
    asyncio.run(replay(asked.parse_args()))
