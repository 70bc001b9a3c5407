"""When outlets publish, for `tests.bench.rhythm`: traces of our own, and others made of the dates of sampled feeds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from monitor.model import Page
from monitor.steps.parse_page import ParseJob, parse_page, parsed_page_of

START = datetime(2026, 10, 5, tzinfo=UTC)
"""A Monday three weeks before Europe's clocks go back, so that every trace has such a night."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SUMMER_ENDS = datetime(2026, 10, 25, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)
FEWEST = 15
"""Dates that a sample must state to make a trace."""
KEPT = 0.75
"""The share of a sample's articles that each repetition keeps."""
MOVED = 20.0
"""Minutes by which each repetition moves articles at most; those within 5 minutes of each other move together."""


@dataclass(frozen=True, slots=True)
class Trace:
    """When an outlet publishes, the oldest article first, and how many entries its feed shows."""

    name: str
    published: tuple[datetime, ...]
    shown: int


# --- our own --------------------------------------------------------------------------------------------------

Shape = Callable[[datetime], float]
"""How many articles an hour an outlet publishes at a moment of its own time."""


def by_day(a_day: float, first: int = 7, last: int = 23, weekend: float = 0.5, night: float = 0.05) -> Shape:
    """Most articles from the hour `first` to `last`, `weekend` and `night` as shares of a working day's rate."""
    rate = a_day / (last - first)

    def at(local: datetime) -> float:
        share = 1.0 if first <= local.hour < last else night
        return rate * share * (weekend if local.weekday() >= 5 else 1.0)

    return at


def at_once(a_week: float, hours: Sequence[tuple[int, int]]) -> Shape:
    """All articles in a few hours of the week: (day, hour), Monday is 0."""
    return lambda local: a_week / len(hours) if (local.weekday(), local.hour) in hours else 0.0


OWN: dict[str, tuple[Shape, int, int, float]] = {
    "agency, day and night": (by_day(480, 6, 23, 0.7, 0.35), 3, 50, 0.2),
    "agency, working days": (by_day(300, 8, 20, 0.25, 0.05), 3, 30, 0.2),
    "agency with few entries": (by_day(240, 7, 23, 0.6, 0.1), 2, 10, 0.3),
    "daily, large": (by_day(150, 7, 22, 0.6, 0.05), 1, 40, 0.3),
    "daily, Istanbul": (by_day(110, 8, 24, 0.7, 0.1), 3, 30, 0.2),
    "daily, Berlin": (by_day(80, 6, 20, 0.4, 0.03), 1, 30, 0.2),
    "daily, small": (by_day(40, 8, 19, 0.3, 0.0), 2, 20, 0.3),
    "news site that erupts": (by_day(60, 7, 23, 0.8, 0.2), 0, 20, 0.7),
    "evening paper": (by_day(30, 15, 21, 0.5, 0.02), 2, 20, 0.2),
    "investigations": (by_day(4, 9, 18, 0.2, 0.0), 2, 15, 0.0),
    "ministry": (by_day(10, 7, 17, 0.05, 0.0), 3, 20, 0.3),
    "city hall": (by_day(6, 8, 17, 0.0, 0.0), 2, 10, 0.2),
    "trade magazine": (by_day(12, 8, 18, 0.1, 0.02), 1, 25, 0.1),
    "club": (by_day(3, 8, 22, 1.5, 0.0), 2, 10, 0.4),
    "blog": (by_day(1.5, 10, 23, 1.0, 0.1), 1, 10, 0.0),
    "weekly, Thursdays": (at_once(30, [(3, 6), (3, 7)]), 1, 30, 0.5),
}
"""Shape, hours before UTC in summer, entries shown, and the share of articles that others set off within the hour."""


def own_traces(days: int, seed: int, names: Sequence[str] = tuple(OWN)) -> list[Trace]:
    """Return the traces of our own: so many days of each, with summer time until the end of October."""
    return [Trace(name, tuple(_published(name, days, seed)), OWN[name][2]) for name in names]


def _published(name: str, days: int, seed: int) -> list[datetime]:
    """Return Poisson arrivals by the shape, each of which sets off others: a branching process (Hawkes)."""
    shape, ahead, _, branching = OWN[name]
    chance = random.Random(f"{name} {seed}")
    found: list[datetime] = []
    for minute in range(days * 24 * 60):
        now = START + minute * MINUTE
        local = now + (ahead - (now >= SUMMER_ENDS)) * HOUR
        waiting = [now] if chance.random() < shape(local) * (1 - branching) / 60 else []
        while waiting:
            one = waiting.pop() + chance.random() * MINUTE
            found.append(one)
            if chance.random() < branching:
                waiting.append(one + min(chance.expovariate(1 / 15), 60.0) * MINUTE)
    return sorted(found)


# --- of sampled feeds -----------------------------------------------------------------------------------------


def sample_traces(folder: Path, days: int, seed: int) -> Iterator[Trace]:
    """Yield a trace of each sampled feed that states enough times of day: its own dates, repeated over the days.

    A sample of more than a week is repeated by the week, any other by the day; hours that it does not reach are silent.
    """
    for path in sorted(folder.glob("*.xml")):
        page = Page(f"https://{path.stem}.test/rss", 200, {"content-type": "application/xml"}, path.read_bytes())
        answer = parsed_page_of(parse_page(ParseJob("feed", page, page.url, path.stem, "", (), FAR_AHEAD)))
        if isinstance(answer, Exception):
            continue
        dates = dense(sorted({one.published for one in answer.articles if one.published}))
        # Without times of day, all articles of a day seem to come at midnight.
        if len({(one.hour, one.minute) for one in dates}) >= FEWEST:
            yield Trace(path.stem, tuple(_repeated(f"{path.stem} {seed}", dates, days)), len(answer.articles))


def dense(dates: list[datetime]) -> list[datetime]:
    """Return the dates from the last pause on that is much longer than the others: older entries are pinned ones."""
    pauses = sorted(after - before for before, after in pairwise(dates))
    longest = max(10 * pauses[len(pauses) * 3 // 4], DAY) if pauses else DAY
    for place in range(len(dates) - 1, 0, -1):
        if dates[place] - dates[place - 1] > longest:
            return dates[place:]
    return dates


def _repeated(seed: str, dates: list[datetime], days: int) -> list[datetime]:
    chance = random.Random(seed)
    span = dates[-1] - dates[0]
    weeks = -(-span // (7 * DAY)) if span > 7 * DAY else 0
    period = weeks * 7 * DAY or -(-span // DAY) * DAY
    origin = START + (dates[0] - dates[0].replace(hour=0, minute=0, second=0, microsecond=0))
    origin += dates[0].weekday() * DAY if weeks else timedelta()
    found: list[datetime] = []
    for round_ in range(-1, days * DAY // period + 1):
        shift, before = timedelta(), None
        for one in dates:
            if before is None or one - before > 5 * MINUTE:
                shift = chance.uniform(-MOVED, MOVED) * MINUTE
            before = one
            if chance.random() < KEPT:
                found.append(origin + (one - dates[0]) + round_ * period + shift)
    return sorted(one for one in found if START <= one < START + days * DAY)
