"""Count what came by day, and tell the days on which nobody watched from those on which nothing came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from monitor.steps.backtest import Bar, per_day
from monitor.store import Connection, uptime
from monitor.store.activity_records import BoundedSpan


def unwatched_spans(conn: Connection, span: BoundedSpan) -> list[BoundedSpan]:
    """Return the parts of a span in which no monitor ran, the time before its first start included."""
    since, until = span
    first = uptime.first(conn)
    began = until if first is None else min(max(first, since), until)
    return [(since, began), *uptime.outages(conn, since, until)]


def watched_days(
    moments: Iterable[datetime], span: BoundedSpan, zone: tzinfo, unwatched: Sequence[BoundedSpan]
) -> tuple[Bar, ...]:
    """Return the bars of `per_day`; one without a moment that lies wholly in an unwatched span says so."""

    def is_watched(bar: Bar) -> bool:
        begin = max(datetime.combine(bar.day, time(), zone), span[0])
        end = min(datetime.combine(bar.day + timedelta(days=bar.days), time(), zone), span[1])
        return bar.count > 0 or not any(first <= begin and end <= last for first, last in unwatched)

    return tuple(replace(bar, is_watched=is_watched(bar)) for bar in per_day(moments, span, zone))
