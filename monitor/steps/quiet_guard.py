"""Postpone due mails to the end of quiet hours, whatever made them due: slot, release, retry, restore or clock jump."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.alerts import WaitingDelivery, allowed_from, postpone_for_quiet_hours, rest_until
from monitor.config import Config
from monitor.steps.active_config import ActiveConfig
from monitor.store import Connection, deliveries, delivery_admin


def postpone_quiet(conn: Connection, active: ActiveConfig, now: datetime) -> None:
    """Postpone what is due to recipients who rest now: quiet hours, a holiday. Mails to the operator leave at any time.

    It runs before each claim, so that it covers every way in which a mail becomes due, and hours set since.
    """
    resting = {
        recipient
        for rest, recipients in active.resting_recipients.items()
        if rest_until(rest, now)
        for recipient in recipients
    }
    if not resting:
        return
    due = {
        (one.alert.recipient, one.alert.thread, one.alert.sequence): one
        for one in delivery_admin.due_to(conn, resting, now)
    }
    waiting = [WaitingDelivery(one.alert, bool(one.attempts) or one.maybe_delivered) for one in due.values()]
    for change in postpone_for_quiet_hours(waiting, active.config.routes, now):
        ids = [due[alert.recipient, alert.thread, alert.sequence].id for alert in change.postponed]
        if change.replacement:
            deliveries.merge(conn, ids, change.replacement, now)
        else:
            deliveries.set_due(conn, ids, change.until)


def releasable(conn: Connection, config: Config, threads: Sequence[str], now: datetime) -> list[tuple[int, datetime]]:
    """Return the ids of deliveries in these threads that may leave sooner than they are due, each with its new due."""
    found = []
    for thread in threads:
        for one in delivery_admin.waiting_in(conn, thread, now):
            due = allowed_from(one.alert, config.routes, now)
            if due < one.alert.due:
                found.append((one.id, due))
    return found
