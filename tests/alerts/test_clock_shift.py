"""When a delivery is due by a clock that was set back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.alerts import due_after_clock_shift
from monitor.model import Alert, Cadence, Kind, Route

NOW = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)  # a Tuesday
FAR = NOW + timedelta(days=3653)
HOURLY = Route("a", "ann", cadence=Cadence("hourly"))
DAILY = Route("b", "ann", cadence=Cadence("daily", times=(time(8),)))
WEEKLY = Route("c", "ann", cadence=Cadence("weekly", times=(time(9),), weekdays=(0,)))
AT_ONCE = Route("d", "ann")
QUIET = Route("e", "ann", quiet=(time(10), time(12)))


def alert(kind: Kind = Kind.DIGEST, thread: str = "digest:x", due: datetime = FAR) -> Alert:
    return Alert("ann", thread, 0, kind, due)


@pytest.mark.parametrize(
    ("routes", "due"),
    [
        ([HOURLY], NOW.replace(hour=11, minute=0)),
        ([DAILY], NOW.replace(day=25, hour=8, minute=0)),
        ([WEEKLY], NOW.replace(day=30, hour=9, minute=0)),
        ([WEEKLY, HOURLY], NOW.replace(hour=11, minute=0)),
        ([QUIET], NOW.replace(hour=12, minute=0)),
        ([AT_ONCE], NOW),
        ([], NOW),
    ],
)
def test_a_digest_goes_at_the_next_slot_of_its_promptest_rule(routes: list[Route], due: datetime) -> None:
    assert due_after_clock_shift(alert(), 0, routes, NOW) == due


def test_an_overflow_goes_at_the_next_hour() -> None:
    assert due_after_clock_shift(alert(thread="overflow:x"), 0, [AT_ONCE], NOW) == NOW.replace(hour=11, minute=0)
    assert due_after_clock_shift(alert(thread="overflow:x"), 0, [QUIET], NOW) == NOW.replace(hour=12, minute=0)


def test_older_pieces_go_at_eight_also_to_those_whose_mails_come_at_once() -> None:
    assert due_after_clock_shift(alert(thread="older:x"), 0, [AT_ONCE], NOW) == NOW.replace(day=25, hour=8, minute=0)


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.SUMMARY, Kind.CATCH_UP, Kind.NOTICE])
def test_everything_else_goes_now_or_after_the_quiet_hours(kind: Kind) -> None:
    assert due_after_clock_shift(alert(kind), 0, [AT_ONCE], NOW) == NOW
    assert due_after_clock_shift(alert(kind), 0, [QUIET], NOW) == NOW.replace(hour=12, minute=0)


def test_nothing_becomes_later() -> None:
    soon = NOW + timedelta(minutes=1)
    for routes in ([WEEKLY], [QUIET], [HOURLY]):
        assert due_after_clock_shift(alert(due=soon), 0, routes, NOW) == soon
        assert due_after_clock_shift(alert(due=soon), 9, routes, NOW) == soon


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1.2), (2, 6), (7, 288), (8, 432), (500, 432)])
def test_what_was_refused_waits_as_long_as_it_would(failures: int, minutes: float) -> None:
    assert due_after_clock_shift(alert(), failures, [WEEKLY], NOW) == NOW + timedelta(minutes=minutes)
