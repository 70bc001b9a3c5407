"""Postpone waiting mails that are due while their recipients rest, and hasten them where these rest no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.catch_up import WaitingDelivery, merge_alerts
from monitor.alerts.planning import DIGEST, stamp
from monitor.alerts.schedule import AT_ONCE, after_rest, next_slot, rest_of
from monitor.model import Alert, Kind, Route

Routes = Mapping[str, tuple[Route, ...]]


@dataclass(frozen=True, slots=True)
class Postponement:
    """Mails for one recipient that wait for another moment than they did, and the one that replaces them, if any."""

    until: datetime
    postponed: tuple[Alert, ...]
    replacement: Alert | None = None


def allowed_from(alert: Alert, routes: Routes, moment: datetime) -> datetime:
    """Return the first time, from `moment` on, at which the quiet hours of one of a mail's rules allow it to leave.

    A notice leaves at any time, and so does a mail that no active rule sends to this recipient any more.
    """
    return min((after_rest(rest_of(route), moment) for route in _own_routes(alert, routes)), default=moment)


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
    return (*postponements, *_as_digests(digests))


def hasten_after_rest(waiting: Sequence[WaitingDelivery], routes: Routes, now: datetime) -> tuple[Postponement, ...]:
    """Let digests leave sooner whose recipients rest for a shorter time than when these were planned, or no more.

    Each waits for the slot that planning would choose for it now; what a server has seen keeps its own bytes.
    """
    digests: dict[tuple[str, str, datetime], list[Alert]] = {}
    for alert in (one.alert for one in waiting if not one.reached_server):
        slots = [_slot(route, now) for route in _own_routes(alert, routes)]
        if alert.thread.startswith(DIGEST) and slots and min(slots) < alert.due:
            digests.setdefault((alert.recipient, alert.channel, min(slots)), []).append(alert)
    return _as_digests(digests)


def _slot(route: Route, now: datetime) -> datetime:
    slot = now if route.cadence.kind == AT_ONCE else next_slot(route.cadence, route.timezone, now)
    return after_rest(rest_of(route), slot)


def _own_routes(alert: Alert, routes: Routes) -> list[Route]:
    rules = {match.rule for item in alert.items for match in item.matches}
    return [route for rule in rules for route in routes.get(rule, ()) if route.recipient == alert.recipient]


def _as_digests(alerts: Mapping[tuple[str, str, datetime], Sequence[Alert]]) -> tuple[Postponement, ...]:
    return tuple(
        Postponement(until, tuple(some), merge_alerts(some, DIGEST + stamp(until), Kind.DIGEST, until))
        for (_, _, until), some in alerts.items()
    )
