"""Postpone waiting mails that are due in the quiet hours of their recipients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.catch_up import WaitingDelivery, merge_alerts
from monitor.alerts.planning import DIGEST, stamp
from monitor.alerts.schedule import after_rest, rest_of
from monitor.model import Alert, Kind, Route

Routes = Mapping[str, tuple[Route, ...]]


@dataclass(frozen=True, slots=True)
class Postponement:
    """Mails for one recipient that wait for the end of quiet hours, and the one that replaces them, if any does."""

    until: datetime
    postponed: tuple[Alert, ...]
    replacement: Alert | None = None


def allowed_from(alert: Alert, routes: Routes, moment: datetime) -> datetime:
    """Return the first time, from `moment` on, at which the quiet hours of one of a mail's rules allow it to leave.

    A notice leaves at any time, and so does a mail that no active rule sends to this recipient any more.
    """
    rules = {match.rule for item in alert.items for match in item.matches}
    own_routes = [route for rule in rules for route in routes.get(rule, ()) if route.recipient == alert.recipient]
    return min((after_rest(rest_of(route), moment) for route in own_routes), default=moment)


def postpone_for_quiet_hours(
    waiting: Sequence[WaitingDelivery], routes: Routes, now: datetime
) -> tuple[Postponement, ...]:
    """Postpone what is due in its recipient's quiet hours, which began, or were set, while it waited.

    It waits for their end in the digest that planning would have chosen; what a server has seen keeps its own bytes.
    """
    digests: dict[tuple[str, str, datetime], list[Alert]] = {}
    postponements: list[Postponement] = []
    for delivery in waiting:
        alert = delivery.alert
        until = allowed_from(alert, routes, now)
        if until > now and delivery.reached_server:
            postponements.append(Postponement(until, (alert,)))
        elif until > now:
            digests.setdefault((alert.recipient, alert.channel, until), []).append(alert)
    for (_, _, until), alerts in digests.items():
        digest = merge_alerts(alerts, DIGEST + stamp(until), Kind.DIGEST, until)
        postponements.append(Postponement(until, tuple(alerts), digest))
    return tuple(postponements)
