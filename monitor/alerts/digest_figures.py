"""Put into words and charts what a digest tells beside its stories: each rule's week, and what was watched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from monitor.alert_view import DayCount
from monitor.alerts import time_text
from monitor.alerts.schedule import zone
from monitor.text import counted

DAYS = 7
MOST_A_DAY = 10_000
"""Articles of one rule and day that are counted; what is more is `10,000+`."""
CHARTED = 8
"""Rules of one digest whose week is drawn."""
_NAMED_OUTLETS = 5
_NAMED_RULES = 5
_LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class FeedReading:
    """How one feed of an outlet is read: failures in a row, the usual pause between polls, the last success."""

    outlet: str
    failures: int
    interval: timedelta
    last_ok_at: datetime | None


@dataclass(frozen=True, slots=True)
class DigestFigures:
    """What was read from the database for the end of a digest and its charts.

    `weeks` holds by rule the articles that it found on each of DAYS days, the last one being today; `readings` are of
    all watched feeds; `told` holds by rule how many stories its mails told the reader in the last DAYS days, and
    `began` is when the monitor first ran.
    """

    weeks: Mapping[str, Sequence[int]] = field(default_factory=dict)
    readings: Sequence[FeedReading] = ()
    told: Mapping[str, int] = field(default_factory=dict)
    began: datetime | None = None


def week_bounds(now: datetime, timezone: str) -> tuple[datetime, ...]:
    """Return when each of the last DAYS days began in a zone (UTC), today being the last, and then `now`."""
    where = zone(timezone)
    today = now.astimezone(where).date()
    days = [today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    return (*(datetime.combine(day, time(), where).astimezone(UTC) for day in days), now)


def week_of(counts: Sequence[int], now: datetime, timezone: str, began: datetime | None = None) -> tuple[DayCount, ...]:
    """Return the chart of a rule's week, from the day on which the monitor `began`; none where nothing was found."""
    most = max(counts, default=0)
    if not most:
        return ()
    begins = week_bounds(now, timezone)
    names = [time_text.DAYS[begin.astimezone(zone(timezone)).weekday()] for begin in begins[:DAYS]]
    return tuple(
        DayCount(name, f"{count:,}{'+' if count >= MOST_A_DAY else ''}", -(-100 * count // most))
        for name, count, end in zip(names, counts, begins[1:], strict=True)
        if count or began is None or end > began
    )


def watched(figures: DigestFigures, title: Callable[[str], str], now: datetime, timezone: str) -> tuple[str, ...]:
    """Return the lines about what was watched, and about the rules that told most; `title` gives that of an outlet."""
    behind = _behind(figures.readings, now)
    outlets = {one.outlet for one in figures.readings}
    lines = []
    if outlets:
        line = f"{len(outlets) - len(behind):,} of {counted(len(outlets), 'outlet')} up to date"
        said = [f"{title(name)} {_since(behind[name], now, timezone)}" for name in list(behind)[:_NAMED_OUTLETS]]
        lines.append("; ".join([line, *said, *_more(len(behind) - len(said), "more", "more")]))
    if figures.told:
        most = sorted(figures.told, key=lambda rule: (-figures.told[rule], rule))
        named = [f"{rule} {figures.told[rule]:,}" for rule in most]
        shown = [*named[:_NAMED_RULES], *_more(len(named) - _NAMED_RULES, "more rule")]
        lines.append(f"Stories told by rule in {DAYS} days: {', '.join(shown)}")
    return tuple(lines)


def _behind(readings: Sequence[FeedReading], now: datetime) -> dict[str, FeedReading]:
    """Return by outlet its feed that was read the longest ago, where one was not read when it was due.

    A feed that failed once is no trouble for half an hour.
    """
    late = [one for one in readings if one.last_ok_at is None or now - one.last_ok_at > _patience(one)]
    longest_first = sorted(late, key=lambda one: (one.last_ok_at or datetime.min.replace(tzinfo=UTC), one.outlet))
    found: dict[str, FeedReading] = {}
    for one in longest_first:
        found.setdefault(one.outlet, one)
    return found


def _patience(reading: FeedReading) -> timedelta:
    # The pause of a feed that fails grows to hours, which are no excuse.
    return _LATE if reading.failures else max(_LATE, 2 * reading.interval + _LATE / 3)


def _since(reading: FeedReading, now: datetime, timezone: str) -> str:
    what = "unreachable" if reading.failures else "not read"
    if reading.last_ok_at is None:
        return "never read"
    local, today = (moment.astimezone(zone(timezone)) for moment in (reading.last_ok_at, now))
    is_today = local.date() == today.date()
    return f"{what} since {f'{local:%H:%M}' if is_today else time_text.brief(reading.last_ok_at, timezone, now)}"


def _more(left: int, one: str, many: str = "") -> list[str]:
    """Return how many are left of what was named, with their noun; nothing where none is."""
    return [f"and {counted(left, one, many)}"] if left > 0 else []
