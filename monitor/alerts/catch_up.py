"""After an outage of ours: the deliveries that wait in, one catch-up mail per person out instead of the stale ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts.planning import CATCH_UP, stamp
from monitor.model import Alert, Item, Kind

STALE_AFTER = timedelta(hours=2)
NEWS = frozenset({Kind.ALERT, Kind.DIGEST, Kind.SUMMARY, Kind.CATCH_UP})


@dataclass(frozen=True, slots=True)
class WaitingDelivery:
    """A delivery that is not final.

    `touched` says that the recipient's server has, or may have, seen it: it was refused at RCPT or after, perhaps sent,
    or its claim ran out unexplained. Such a delivery keeps its own bytes and its own retries.
    """

    alert: Alert
    touched: bool = False


@dataclass(frozen=True, slots=True)
class CatchUp:
    """One mail for one person, and the deliveries that it takes the place of (they become MERGED)."""

    alert: Alert
    merges: tuple[Alert, ...]


def catch_up(
    waiting: Sequence[WaitingDelivery], now: datetime, sequences: Mapping[tuple[str, str], int]
) -> tuple[CatchUp, ...]:
    """For each person for whom several deliveries are overdue, one of them by over two hours: one mail for all of them.

    `sequences` is what planning gets. The mail keeps the oldest moment as its own due time, so that during a long
    outage later news join it, instead of starting another two hours of single mails.
    """
    overdue: dict[tuple[str, str], list[Alert]] = {}
    for delivery in waiting:
        alert = delivery.alert
        if alert.kind in NEWS and not delivery.touched and alert.due <= now:
            overdue.setdefault((alert.recipient, alert.channel), []).append(alert)
    return tuple(
        _merge(alerts, sequences)
        for alerts in overdue.values()
        if len(alerts) > 1 and min(alert.due for alert in alerts) < now - STALE_AFTER
    )


def _merge(alerts: list[Alert], sequences: Mapping[tuple[str, str], int]) -> CatchUp:
    alerts = sorted(alerts, key=lambda alert: alert.due)
    oldest = alerts[0]
    thread = CATCH_UP + stamp(oldest.due)
    merged = gathered(alerts, thread, Kind.CATCH_UP, oldest.due)
    merged = replace(merged, sequence=sequences.get((oldest.recipient, thread), 0))
    return CatchUp(merged, tuple(alert for alert in alerts if _key(alert) != _key(merged)))


def gathered(alerts: Sequence[Alert], thread: str, kind: Kind, due: datetime) -> Alert:
    """One mail that tells all that these mails for one person tell."""
    items: dict[tuple[int, int], Item] = {}
    for alert in alerts:
        for item in alert.items:
            items.setdefault((item.article_id, item.version), item)
    first = alerts[0]
    return Alert(first.recipient, thread, 0, kind, due, tuple(items.values()), first.channel, first.timezone)


def _key(alert: Alert) -> tuple[str, str, int]:
    return alert.recipient, alert.thread, alert.sequence
