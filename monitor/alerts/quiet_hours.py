"""When a mail that waits may leave: its rules' quiet hours in, the moment from which nobody is disturbed by it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.catch_up import WaitingDelivery, gathered
from monitor.alerts.planning import DIGEST, stamp
from monitor.alerts.schedule import after_quiet
from monitor.model import Alert, Kind, Route

Routes = Mapping[str, tuple[Route, ...]]


@dataclass(frozen=True, slots=True)
class Postponement:
    """Mails for one person that wait for the end of quiet hours, and the one that takes their place, if any does."""

    until: datetime
    waits: tuple[Alert, ...]
    instead: Alert | None = None


def allowed(alert: Alert, routes: Routes, moment: datetime) -> datetime:
    """The first moment from `moment` on at which one of the rules that a mail tells of lets it leave.

    A notice leaves at any time, and so does what no rule in force tells this recipient any more.
    """
    rules = {match.rule for item in alert.items for match in item.matches}
    theirs = [route for rule in rules for route in routes.get(rule, ()) if route.recipient == alert.recipient]
    return min((after_quiet(route.quiet, route.timezone, moment) for route in theirs), default=moment)


def postpone_for_quiet_hours(
    waiting: Sequence[WaitingDelivery], routes: Routes, now: datetime
) -> tuple[Postponement, ...]:
    """What is due in the quiet hours of its reader: they began, or were set, while it waited.

    It waits for their end, in the digest that planning would have chosen; what a server has seen keeps its own bytes.
    """
    digests: dict[tuple[str, str, datetime], list[Alert]] = {}
    touched: list[Postponement] = []
    for one in waiting:
        until = allowed(one.alert, routes, now)
        if until > now and one.touched:
            touched.append(Postponement(until, (one.alert,)))
        elif until > now:
            digests.setdefault((one.alert.recipient, one.alert.channel, until), []).append(one.alert)
    return (*touched, *(_digest(until, alerts) for (_, _, until), alerts in digests.items()))


def _digest(until: datetime, alerts: list[Alert]) -> Postponement:
    return Postponement(until, tuple(alerts), gathered(alerts, DIGEST + stamp(until), Kind.DIGEST, until))
