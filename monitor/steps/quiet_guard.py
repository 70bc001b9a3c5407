"""Quiet hours, kept however a mail comes due: by its slot, a release, a retry, a restore or a clock that jumped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.alerts import WaitingDelivery, allowed_from, postpone_for_quiet_hours, quiet_until
from monitor.steps.context import Context
from monitor.store import Connection, deliveries, delivery_admin


def postpone_quiet(conn: Connection, ctx: Context, now: datetime) -> None:
    """Let what is due to readers whose quiet hours hold `now` wait for their end; notices leave at any time.

    This is asked before each claim, so that it holds however a mail became due, and for hours that were set meanwhile.
    """
    asleep = {
        recipient
        for (hours, zone), recipients in ctx.hours.items()
        if quiet_until(hours, zone, now)
        for recipient in recipients
    }
    if not asleep:
        return
    due = {
        (one.alert.recipient, one.alert.thread, one.alert.sequence): one
        for one in delivery_admin.due_to(conn, asleep, now)
    }
    waiting = [WaitingDelivery(one.alert, bool(one.attempts) or one.maybe_delivered) for one in due.values()]
    for found in postpone_for_quiet_hours(waiting, ctx.config.routes, now):
        ids = [due[alert.recipient, alert.thread, alert.sequence].id for alert in found.postponed]
        if found.replacement:
            deliveries.merge(conn, ids, found.replacement, now)
        else:
            deliveries.set_due(conn, ids, found.until)


def releasable(conn: Connection, ctx: Context, threads: Sequence[str], now: datetime) -> list[tuple[int, datetime]]:
    """The deliveries of these threads that may leave sooner than they are due, and when their readers allow it."""
    found = []
    for thread in threads:
        for one in delivery_admin.waiting_in(conn, thread, now):
            due = allowed_from(one.alert, ctx.config.routes, now)
            if due < one.alert.due:
                found.append((one.id, due))
    return found
