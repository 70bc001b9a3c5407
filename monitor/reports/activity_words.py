"""Say the figures of an activity report in words, the same in the terminal and on the page."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import State
from monitor.reports.activity import ActivityReport, MailActivity
from monitor.reports.outlet_activity import GapActivity, OutletActivity
from monitor.steps.backtest import Bar
from monitor.text import counted, times, when
from monitor.text.durations import duration_text

NOTHING = "-"
"""What stands where there is no figure."""
_OUT_BEFORE = "that were out before their outlet was watched, or a day before they were seen"


def summary(report: ActivityReport) -> list[tuple[str, str]]:
    """Return the totals as (subject, sentence)."""
    return [
        ("articles", _articles(report)),
        ("text", _coverage(report)),
        ("gaps", _gaps(report)),
        ("outlets", _outlets(report.outlets)),
        ("monitor", _uptime(report)),
        ("matches", _matches(report)),
        ("mails", _mails(report.mails)),
    ]


def duration(seconds: float | None) -> str:
    """Return a span of seconds as people say it."""
    return NOTHING if seconds is None else duration_text(seconds)


def percent(share: float | None) -> str:
    """Return a share in percent; only all is 100 % and only none is 0 %."""
    if share is None:
        return NOTHING
    return f"{round(100 * share) if share in (0, 1) else min(99, max(1, round(100 * share)))} %"


def rate(a_day: float | None) -> str:
    """Return articles a day; a small number has one decimal."""
    if a_day is None:
        return NOTHING
    return f"{a_day:.1f}" if 0 < a_day < 10 else f"{a_day:,.0f}"


def bar_lengths(bars: Sequence[Bar]) -> str:
    """Return what the bars of a chart stand for."""
    return "weeks, each by its first day," if any(bar.days > 1 for bar in bars) else "days"


def outlet_rate(outlet: OutletActivity) -> str:
    """Return an outlet's articles a day, or since when it is watched where that is less than a day."""
    since = outlet.watched_since
    return rate(outlet.a_day) if outlet.a_day is not None or since is None else f"since {since:%H:%M} UTC"


def gap_span(gap: GapActivity) -> str:
    """Return when a gap was and how long it lasted, to the minute in UTC."""
    span = duration((gap.to_at - gap.from_at).total_seconds())
    end = f"{gap.to_at:%H:%M} UTC" if gap.to_at.date() == gap.from_at.date() else when(gap.to_at)
    return f"{gap.from_at:%Y-%m-%d %H:%M} to {end}, {span}"


def gap_outcome(gap: GapActivity) -> str:
    """Return what filled a gap, or why nothing did."""
    if gap.filled_at:
        return f"filled by {gap.note or 'another feed of the outlet'}"
    return f"not filled: {gap.note}" if gap.note else "not filled so far"


def untold_gaps(outlet: OutletActivity) -> str:
    """Return how many gaps of an outlet are not told one by one, nothing where all are."""
    more = outlet.gaps - len(outlet.last_gaps)
    return f"and {more:,} more before" if more else ""


def gaps(outlet: OutletActivity) -> str:
    """Return how many gaps an outlet had, and how many of them were filled."""
    return f"{outlet.gaps}, {outlet.filled_gaps} filled" if outlet.gaps else NOTHING


def trouble(outlet: OutletActivity) -> str:
    """Return how often an outlet was silent longer than usual, unreadable or gave far too little, and what lasts.

    One that could never be read says so first.
    """
    parts = [
        f"{words} {f'since {when(lasting)}' if lasting else times(count)}"
        for words, count, lasting in (
            ("silent", outlet.silences, outlet.silent_since),
            ("unreadable", outlet.outages, outlet.unread_since),
            ("far less than usual", outlet.shrinkages, outlet.shrunken_since),
        )
        if count
    ]
    return "; ".join([*(("never read",) if outlet.never_read else ()), *parts]) or NOTHING


def _articles(report: ActivityReport) -> str:
    usual = "" if report.usual_a_day is None else f" (usually {rate(report.usual_a_day)})"
    active = counted(sum(one.articles > 0 for one in report.outlets), "outlet")
    before = f"; not counted: {report.backlog:,} {_OUT_BEFORE}" if report.backlog else ""
    a_day = f", {rate(report.a_day)} a day{usual}" if report.a_day is not None else _short_watch(report)
    return (f"{report.articles:,} from {active}{a_day}" if report.articles else "none") + before


def _short_watch(report: ActivityReport) -> str:
    """Return since when articles came, where that is too short a time to say how many come a day."""
    since = report.watched_since
    return "" if since is None else f" since {when(since)}"


def _coverage(report: ActivityReport) -> str:
    delay = report.delay_seconds
    seen = "" if delay is None else f"; half were seen within {duration(delay)} of their publication"
    return NOTHING if report.whole_text is None else f"{percent(report.whole_text)} were read whole{seen}"


def _gaps(report: ActivityReport) -> str:
    if not report.gaps:
        return "none: whatever a feed showed was seen"
    return f"{report.gaps:,} in which articles may have been missed; {report.filled_gaps:,} filled"


def _outlets(outlets: Sequence[OutletActivity]) -> str:
    silent, broken = sum(one.silences > 0 for one in outlets), sum(one.outages > 0 for one in outlets)
    shrunken = sum(one.shrinkages > 0 for one in outlets)
    told = f"{len(outlets):,}; silent longer than usual: {silent:,}; unreadable for a time: {broken:,}"
    never = sum(one.never_read for one in outlets)
    counts = (("gave far less than usual", shrunken), ("never read", never))
    return "; ".join([told, *(f"{words}: {count:,}" for words, count in counts if count)])


def _uptime(report: ActivityReport) -> str:
    first = report.first_start
    if first is None:
        return "never ran"
    if first >= report.until:
        return f"had not run yet: it first started {when(first)}"
    since = f" since its first start, {when(first)}" if first > report.since else ""
    down = report.down_seconds
    return (f"did not run for {duration(down)}" if down else "ran all the time") + since


def _matches(report: ActivityReport) -> str:
    found = sum(one.matches > 0 for one in report.rules)
    return f"{counted(report.matches, 'article')} by {found:,} of {counted(len(report.rules), 'rule')}"


def _mails(mails: MailActivity) -> str:
    parts = [
        f"{count:,} {state.value}"
        for state, count in sorted(mails.states.items(), key=lambda pair: pair[0] != State.SENT)
    ]
    slow = mails.slow_delay_seconds
    most = "" if slow is None else f", nineteen in twenty within {duration(slow)}"
    delay = (
        ""
        if mails.delay_seconds is None
        else f"; half of those at once left within {duration(mails.delay_seconds)}{most}"
    )
    return (", ".join(parts) or "none") + delay
