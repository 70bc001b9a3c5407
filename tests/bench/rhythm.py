"""How late articles are seen, and at how many requests: `python -m tests.bench.rhythm [--seeds 3] [--each]`.

A simulation of polls over traces of when outlets publish: sixteen of our own (`rhythm_traces.OWN`), and with
`MONITOR_TEST_DATA` those made of the sampled feeds' own dates, which it names. Of each policy: requests a day, and over
all articles of the last two weeks the delay from publication to sight, how many were missed, and how many of these the
feed had shown for longer than the interval then in force. A page that did not change says nothing, as with 304.
Figures are means over several seeds, each of which draws other traces and other jitter; what was missed is their sum.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from monitor.fetching import PollFindings, PollHistory, PollOutcome, Rhythm, next_poll, poll_interval
from monitor.fetching.rhythm import learn
from tests.bench.rhythm_traces import DAY, MINUTE, START, Trace, own_traces, sample_traces

MEASURED = 14 * DAY
TEN = 10 * MINUTE
EQUAL = DAY / TEN
ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll found: the dates on a page that changed, how many articles are new, and whether some may lack."""

    at: datetime
    before: datetime | None
    page: tuple[datetime, ...]
    new: int
    gap: bool


class Policy(Protocol):
    """Decides when one feed is polled next."""

    def due(self, polled: Polled) -> datetime:
        """Return when the next poll is due."""


class Fixed:
    """Every ten minutes."""

    def due(self, polled: Polled) -> datetime:
        """Return the moment in ten minutes."""
        return polled.at + TEN


class Former:
    """What the monitor did before it learned rhythms: a third of the mean time between the last ten dates.

    A page that did not change has none: then half as long again. 1 to 30 minutes.
    """

    def __init__(self) -> None:
        self.interval = timedelta(minutes=5)

    def due(self, polled: Polled) -> datetime:
        """Return the next poll without jitter."""
        last, slower = polled.page[-10:], self.interval * 1.5
        by_dates = (polled.at - last[0]) / len(last) / 3 if len(last) > 1 else slower
        self.interval = max(min(by_dates, slower, timedelta(minutes=30)), MINUTE)
        return polled.at + self.interval


class Planned:
    """What the monitor does where no `every:` is configured."""

    def __init__(self, seed: int) -> None:
        self.interval = timedelta(minutes=5)
        self.chance = random.Random(seed)
        self.rhythm: Rhythm | None = None

    def due(self, polled: Polled) -> datetime:
        """Return when the monitor would poll again."""
        found = PollFindings(polled.at, polled.before, polled.new, len(polled.page), polled.page)
        self.rhythm = learn(self.rhythm, found, self.interval)
        past = PollHistory(interval=self.interval, rhythm=self.rhythm)
        following = next_poll(past, PollOutcome(gap=polled.gap), polled.at, self.chance.random())
        self.interval = following.interval
        return following.due


@dataclass(slots=True)
class Measured:
    """What a policy did on one trace, or on several: the polls of `days`, delays in minutes, articles missed.

    `shown_longer` of the missed ones stood in the feed for longer than the interval between the polls around them.
    """

    days: float = 0.0
    requests: int = 0
    delays: list[float] = field(default_factory=list)
    missed: int = 0
    shown_longer: int = 0

    @property
    def a_day(self) -> float:
        """Requests a day and feed."""
        return self.requests / self.days

    def delay(self, percent: int) -> float:
        """The percentile of the delays, in minutes."""
        ordered = sorted(self.delays)
        return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] if ordered else 0.0


def follow(policy: Policy, trace: Trace, days: int, since: datetime) -> Measured:
    """Poll a feed as the policy says for so many days, and measure from `since` on."""
    measured = Measured((START + days * DAY - since) / DAY)
    now, before, known = START, None, 0
    while now < START + days * DAY:
        out = bisect_right(trace.published, now)
        oldest = max(out - trace.shown, 0)
        new, first = out - known, max(known, oldest)
        if now >= since and before:
            measured.requests += 1
            measured.delays += [(now - one) / MINUTE for one in trace.published[first:out]]
            lost = range(known, first)
            measured.missed += len(lost)
            shown = [trace.published[one + trace.shown] - trace.published[one] for one in lost]
            measured.shown_longer += sum(one > now - before for one in shown)
        page = trace.published[oldest:out] if new else ()
        polled = Polled(now, before, page, out - first, gap=0 < known <= oldest < out)
        before, known, now = now, out, policy.due(polled)
    return measured


def total(measured: Iterable[Measured]) -> Measured:
    """The sum over several traces."""
    together = Measured()
    for one in measured:
        together.days += one.days
        together.requests += one.requests
        together.delays += one.delays
        together.missed += one.missed
        together.shown_longer += one.shown_longer
    return together


Drawn = Sequence[Sequence[Trace]]
"""The traces of a set as each seed draws them."""
POLICIES: dict[str, Callable[[int], Policy]] = {
    "every 10 minutes": lambda _: Fixed(),
    "by the last ten dates": lambda _: Former(),
    "monitor": Planned,
}


def of_each(policy: Callable[[int], Policy], drawn: Drawn, days: int) -> list[list[Measured]]:
    """What a policy does on each trace, by seed."""
    since = START + days * DAY - MEASURED
    return [[follow(policy(seed), one, days, since) for one in traces] for seed, traces in enumerate(drawn)]


def row(name: str, found: Sequence[Measured]) -> str:
    """One line of the table: the means over the seeds."""
    mean = statistics.mean
    shares = "".join(f"{mean(one.delay(percent) for one in found):8.1f} " for percent in (50, 90, 99))
    lost = f"{sum(one.missed for one in found):7} {sum(one.shown_longer for one in found):7}"
    waited = mean(mean(one.delays or [0]) for one in found)
    return f"{name:30} {mean(one.a_day for one in found):8.0f} {shares}{waited:8.1f} {lost}\n"


def at_equal_requests(drawn: Drawn, days: int) -> tuple[float, list[Measured]]:
    """Find the price of a request at which the monitor asks as often as every ten minutes; return it and what came.

    It is found on what the first seed draws.
    """
    usual, price = poll_interval.PRICE, poll_interval.PRICE
    try:
        for _ in range(ROUNDS):
            poll_interval.PRICE = price
            found = total(of_each(Planned, drawn[:1], days)[0])
            if round(found.a_day) == EQUAL:
                break
            # Intervals go by about the power .4 of the price.
            price *= (found.a_day / EQUAL) ** 2.2
        return price, [total(one) for one in of_each(Planned, drawn, days)]
    finally:
        poll_interval.PRICE = usual


def compare(title: str, drawn: Drawn, days: int, *, each: bool) -> None:
    """Print the table of one set of traces."""
    articles = statistics.mean(sum(len(one.published) for one in traces) for traces in drawn)
    sys.stdout.write(f"\n{title}: {len(drawn[0])} feeds, {articles / days:,.0f} articles a day, {len(drawn)} seeds\n")
    sys.stdout.write(f"{'':30} requests      p50      p90      p99     mean  missed  longer\n")
    for name, policy in POLICIES.items():
        found = of_each(policy, drawn, days)
        sys.stdout.write(row(name, [total(one) for one in found]))
        for trace, measured in zip(drawn[0], zip(*found, strict=True), strict=True) if each else ():
            sys.stdout.write("  " + row(trace.name[:28], measured))
    price, at_price = at_equal_requests(drawn, days)
    sys.stdout.write(row(f"monitor, price {price:.2f}", at_price))


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--days", type=int, default=35)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--each", action="store_true", help="a line for each feed")
    asked = options.parse_args()
    seeds = range(asked.seeds)
    compare("our own", [own_traces(asked.days, seed) for seed in seeds], asked.days, each=asked.each)
    if data := os.environ.get("MONITOR_TEST_DATA"):
        folder = Path(data) / "feeds" / "sample"
        drawn = [list(sample_traces(folder, asked.days, seed)) for seed in seeds]
        compare("samples", drawn, asked.days, each=asked.each)
        sys.stdout.write("made of: " + ", ".join(one.name for one in drawn[0]) + "\n")


if __name__ == "__main__":
    main()
