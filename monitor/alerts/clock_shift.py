"""Compute when a delivery that was planned while the clock was ahead is due after the clock was set back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.alerts.planning import OLDER, OLDER_AT, OVERFLOW
from monitor.alerts.retry import longest_pause
from monitor.alerts.schedule import AT_ONCE, after_rest, next_hour, next_slot, rest_of
from monitor.model import Alert, Kind, Route


def due_after_clock_shift(alert: Alert, failures: int, routes: Sequence[Route], now: datetime) -> datetime:
    """Return when a delivery is due by a clock that shows `now`; never later than before.

    `routes` are those of its rules to its recipient: a digest is due at the next slot of the earliest one, everything
    else now, or when the quiet hours end. After `failures` refusals it waits at most the pause that belongs to them.
    """
    if failures:
        return min(alert.due, now + longest_pause(failures))
    return min((alert.due, *(_due(alert, route, now) for route in routes))) if routes else min(alert.due, now)


def _due(alert: Alert, route: Route, now: datetime) -> datetime:
    if alert.kind is not Kind.DIGEST:
        due = now
    elif alert.thread.startswith(OVERFLOW):
        due = next_hour(route.timezone, now)
    elif alert.thread.startswith(OLDER):
        due = next_slot(OLDER_AT, route.timezone, now)
    else:
        due = now if route.cadence.kind == AT_ONCE else next_slot(route.cadence, route.timezone, now)
    return after_rest(rest_of(route), due)
