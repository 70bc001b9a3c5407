"""Count when a rule would have matched: by day as a chart, and as mails a day. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from monitor.text import counted

BLOCKS = " ▏▎▍▌▋▊▉"
"""Eighths of a block, so that bars show small differences."""
# Days that are shown one by one; longer spans are shown by weeks.
_ROWS = 35
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A day, or the week that begins with it, and how many articles matched in it; none can where nobody watched."""

    day: date
    days: int
    count: int
    is_watched: bool = True


def per_day(moments: Iterable[datetime], span: tuple[datetime, datetime], zone: tzinfo) -> list[Bar]:
    """Count moments of [since, until) for each day of a time zone, or for each week where the days are more than 35."""
    since, until = span
    first = since.astimezone(zone).date()
    # `until` is excluded: where it is a midnight, the day before is the last one.
    last = max(first, (until - timedelta(microseconds=1)).astimezone(zone).date())
    total = (last - first).days + 1
    step = 1 if total <= _ROWS else 7
    counts = Counter(
        (moment.astimezone(zone).date() - first).days // step for moment in moments if since <= moment < until
    )
    return [
        Bar(first + timedelta(days=number * step), min(step, total - number * step), counts[number])
        # Rounded up: the last week may be a short one.
        for number in range(-(-total // step))
    ]


def chart(bars: Sequence[Bar], width: int = 40) -> list[str]:
    """Return a line for each bar: its day, its count, and a drawn bar; the longest has `width` characters.

    Days in a row on which nobody watched have one line together.
    """
    most = max((bar.count for bar in bars), default=0)
    digits = len(f"{most:,}")
    return [
        f"{bar.day:%a %Y-%m-%d}  {bar.count:>{digits},}  {_drawn(bar.count, most, width)}".rstrip()
        if bar.is_watched
        else f"{bar.day:%a %Y-%m-%d}  {'-':>{digits}}  {unwatched_text(bar)}"
        for bar in without_unwatched_rows(bars)
    ]


def without_unwatched_rows(bars: Sequence[Bar]) -> list[Bar]:
    """Return the bars, in which one stands for all in a row on which nobody watched."""
    joined: list[Bar] = []
    for bar in bars:
        if joined and not (bar.is_watched or joined[-1].is_watched):
            joined[-1] = replace(joined[-1], days=joined[-1].days + bar.days)
        else:
            joined.append(bar)
    return joined


def unwatched_text(bar: Bar) -> str:
    """Return what is said of days on which nobody watched."""
    return f"not watched, {counted(bar.days, 'day')}" if bar.days > 1 else "not watched"


def _drawn(count: int, most: int, width: int) -> str:
    if not count:
        return ""
    # A day with matches shows at least an eighth, however small it is beside the largest.
    whole, eighths = divmod(max(1, round(count * width * 8 / most)), 8)
    return "█" * whole + BLOCKS[eighths].strip()


def mails_per_day(stories: Iterable[tuple[int, datetime]], span: tuple[datetime, datetime]) -> float | None:
    """Return the mails a day that these (story, moment) make, one for each story; None for a span under an hour."""
    since, until = span
    if until - since < timedelta(hours=1):
        return None
    stories_in_span = {story for story, moment in stories if since <= moment < until}
    return len(stories_in_span) / ((until - since) / _DAY)


def rate_text(mails: float | None) -> str:
    """Return mails a day in words."""
    if mails is None:
        return "there is too little past to say how many mails a day it makes"
    if not mails:
        return "about 0 mails a day: it would have been silent"
    # A half is rounded to the even number, which is none.
    if mails <= 0.5:
        return f"about one mail every {round(1 / mails)} days (one for each story)"
    return f"about {counted(round(mails), 'mail')} a day (one for each story)"


def tally(values: Iterable[str]) -> list[tuple[str, int]]:
    """Return each value with its count, the most frequent first, equal counts by name."""
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))


def languages_without_match(watched: Collection[str], matched: Collection[str]) -> list[str]:
    """Return the watched languages in which nothing matched."""
    return sorted({language for language in watched if language} - set(matched))
