"""Postpone due mails to the end of quiet hours, whatever made them due: slot, release, retry, restore or clock jump."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.alerts import (
    DIGEST,
    WaitingDelivery,
    allowed_from,
    hasten_after_rest,
    postpone_for_quiet_hours,
    rest_until,
)
from monitor.config import Config
from monitor.steps.active_config import ActiveConfig
from monitor.store import Connection, config_files, deliveries, delivery_admin
from monitor.store.delivery_admin import DeliveryRow

_RESTS = "rests"
"""Key of `meta`: when each recipient was not to be disturbed, by the files in force when the daemon last ran."""


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
    for change in postpone_for_quiet_hours(_waiting(due.values()), active.config.routes, now):
        ids = [due[alert.recipient, alert.thread, alert.sequence].id for alert in change.postponed]
        if change.replacement:
            deliveries.merge(conn, ids, change.replacement, now)
        else:
            deliveries.set_due(conn, ids, change.until)


def hasten_rested(conn: Connection, active: ActiveConfig, now: datetime) -> None:
    """Let digests leave sooner to those of whom the files say that they rest less than when this ran last."""
    rests: dict[str, list[str]] = {}
    for rest, recipients in active.resting_recipients.items():
        for recipient in recipients:
            rests.setdefault(recipient, []).append(str(rest))
    after = {recipient: sorted(some) for recipient, some in rests.items()}
    before = json.loads(config_files.get_value(conn, _RESTS, "{}"))
    if after == before:
        return
    config_files.set_value(conn, _RESTS, json.dumps(after))
    changed = {one for one in {*before, *after} if before.get(one) != after.get(one)}
    waiting = {
        (one.alert.recipient, one.alert.thread, one.alert.sequence): one
        for one in delivery_admin.waiting_in(conn, DIGEST, now)
        if one.alert.recipient in changed
    }
    for change in hasten_after_rest(_waiting(waiting.values()), active.config.routes, now):
        if change.replacement:
            ids = [waiting[alert.recipient, alert.thread, alert.sequence].id for alert in change.postponed]
            deliveries.merge(conn, ids, change.replacement, now)


def _waiting(several: Iterable[DeliveryRow]) -> list[WaitingDelivery]:
    return [WaitingDelivery(one.alert, bool(one.attempts) or one.maybe_delivered) for one in several]


def releasable(conn: Connection, config: Config, threads: Sequence[str], now: datetime) -> list[tuple[int, datetime]]:
    """Return the ids of deliveries in these threads that may leave sooner than they are due, each with its new due."""
    found = []
    for thread in threads:
        for one in delivery_admin.waiting_in(conn, thread, now):
            due = allowed_from(one.alert, config.routes, now)
            if due < one.alert.due:
                found.append((one.id, due))
    return found
