"""Days on which nobody watched are told from days on which nothing came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.reports.watched_days import unwatched_spans, watched_days
from monitor.store import Store, uptime

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SPAN = (NOW - 6 * DAY, NOW)


def _spans(store: Store) -> list[tuple[datetime, datetime]]:
    with store.reading() as conn:
        return unwatched_spans(conn, SPAN)


def _run(store: Store, began: datetime, ended: datetime) -> None:
    with store.begin() as conn:
        uptime.start(conn, began)
        uptime.stop(conn, ended)


def test_before_the_first_start_and_between_two_runs_nobody_watched(store: Store) -> None:
    assert _spans(store) == [SPAN]
    _run(store, NOW - 4 * DAY, NOW - 3 * DAY)
    _run(store, NOW - DAY, NOW)
    assert _spans(store) == [(SPAN[0], NOW - 4 * DAY), (NOW - 3 * DAY, NOW - DAY)]
    with store.begin() as conn:
        uptime.start(conn, NOW - 40 * DAY)
    assert _spans(store)[0] == (SPAN[0], SPAN[0])


def test_a_day_is_unwatched_if_all_of_it_is_and_nothing_came() -> None:
    midnight = NOW.replace(hour=0)
    # The first day of the span begins with it, and the last ends with it.
    spans = [(SPAN[0], midnight - 4 * DAY), (midnight - 3 * DAY, midnight - DAY), (midnight + HOUR, NOW)]
    bars = watched_days([midnight - 2.5 * DAY], SPAN, UTC, spans)
    assert [(bar.count, bar.is_watched) for bar in bars] == [
        (0, False),
        (0, False),
        (0, True),
        (1, True),
        (0, False),
        (0, True),
        (0, True),
    ]
    assert [bar.is_watched for bar in watched_days([], SPAN, UTC, [(SPAN[0], NOW)])] == [False] * 7
    assert all(bar.is_watched for bar in watched_days([], SPAN, UTC, []))


def test_days_are_those_of_the_zone() -> None:
    evening = datetime(2026, 11, 20, 21, tzinfo=UTC)  # midnight in Istanbul
    there, here = (watched_days([], SPAN, zone, [(SPAN[0], evening)]) for zone in (ZoneInfo("Europe/Istanbul"), UTC))
    assert [sum(not bar.is_watched for bar in bars) for bars in (there, here)] == [4, 3]
