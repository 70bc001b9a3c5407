"""Merge the deliveries that waited through our own outage into one catch-up mail per recipient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts.planning import CATCH_UP, stamp
from monitor.model import Alert, Item, Kind

STALE_AFTER = timedelta(hours=2)
"""A delivery that is overdue by more than this makes all overdue ones of its recipient one mail."""
NEWS = frozenset({Kind.ALERT, Kind.DIGEST, Kind.SUMMARY, Kind.CATCH_UP})


@dataclass(frozen=True, slots=True)
class WaitingDelivery:
    """A delivery that is not final.

    `reached_server`: the recipient's server has seen it, or may have: it was refused at RCPT or later, perhaps sent, or
    its claim expired for an unknown reason. Such a delivery keeps its own bytes and its own retries.
    """

    alert: Alert
    reached_server: bool = False


@dataclass(frozen=True, slots=True)
class CatchUp:
    """One mail for one recipient, and the deliveries that it replaces (they become MERGED)."""

    alert: Alert
    merges: tuple[Alert, ...]


def catch_up(
    waiting: Sequence[WaitingDelivery], now: datetime, sequences: Mapping[tuple[str, str], int]
) -> tuple[CatchUp, ...]:
    """Merge, for each recipient with several overdue deliveries, one of them by over two hours, all of them into one.

    `sequences` is that of `PlanningInput`. The mail is due when the oldest was, so that during a long outage later news
    joins it, instead of starting another two hours of single mails.
    """
    overdue: dict[tuple[str, str], list[Alert]] = {}
    for delivery in waiting:
        alert = delivery.alert
        if alert.kind in NEWS and not delivery.reached_server and alert.due <= now:
            overdue.setdefault((alert.recipient, alert.channel), []).append(alert)
    found: list[CatchUp] = []
    for alerts in overdue.values():
        alerts.sort(key=lambda alert: alert.due)
        oldest = alerts[0]
        if len(alerts) > 1 and oldest.due < now - STALE_AFTER:
            thread = CATCH_UP + stamp(oldest.due)
            merged = merge_alerts(alerts, thread, Kind.CATCH_UP, oldest.due)
            merged = replace(merged, sequence=sequences.get((oldest.recipient, thread), 0))
            found.append(CatchUp(merged, tuple(alert for alert in alerts if _key(alert) != _key(merged))))
    return tuple(found)


def merge_alerts(alerts: Sequence[Alert], thread: str, kind: Kind, due: datetime) -> Alert:
    """Return one alert with the items of several alerts for one recipient, each article version once."""
    items: dict[tuple[int, int], Item] = {}
    for alert in alerts:
        for item in alert.items:
            items.setdefault((item.article_id, item.version), item)
    first = alerts[0]
    return Alert(first.recipient, thread, 0, kind, due, tuple(items.values()), first.channel, first.timezone)


def _key(alert: Alert) -> tuple[str, str, int]:
    return alert.recipient, alert.thread, alert.sequence
