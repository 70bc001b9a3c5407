"""Name to the operator each alert that a service refuses for what it says, while it takes others."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.channels import ENDPOINTS
from monitor.errors import SendError
from monitor.model import Alert, Kind
from monitor.steps.context import Context
from monitor.steps.incident_mails import REFUSED
from monitor.steps.incidents import report
from monitor.steps.message_parts import may_be_of_text
from monitor.store import Connection, article_queries, delivery_parts
from monitor.store.outbox import DueDelivery

TOLD_AT = 5
"""Refusals for now, those of what it is part of among them, after which the operator knows of it: in about an hour."""
LATELY = timedelta(days=1)
"""An address that took something in so long before the first attempt takes messages: what it refuses is this one."""
_NAMED = 3
"""Stories of such an alert that are named at most; it tells one, but where it could not be divided."""


async def is_refused_alone(ctx: Context, due: DueDelivery, error: SendError) -> bool:
    """Tell whether it is an alert itself that is refused, while others are taken."""
    if due.alert.kind is Kind.NOTICE or not may_be_of_text(due, error):
        return False
    since = (due.first_attempt_at or due.created_at) - LATELY
    return await ctx.store.read(delivery_parts.is_sent_since, due.alert.recipient, since)


def is_refused_often(due: DueDelivery) -> bool:
    """Tell whether a refusal for now is the one of which the operator is told."""
    refusals = due.attempts + 1
    return refusals == TOLD_AT or (refusals > TOLD_AT and due.number == 1)


async def report_refused(ctx: Context, due: DueDelivery, error: SendError, again: datetime | None = None) -> None:
    """Tell the operator which stories are not told to whom, and whether they still are tried, `again` at this time."""
    stories = await ctx.store.read(_stories, due.alert)
    what = "failed" if again is None else f"is tried again for five days, next at {again:%H:%M} UTC"
    text = f"{alert_to(due.alert)} {what}, since it is refused for what it says: {stories}: {error}"
    await report(ctx, f"refused:{due.id}", REFUSED, f"{text} (monitor alerts show {due.id})")


def alert_to(alert: Alert) -> str:
    """Return what texts of incidents call an alert."""
    return f"{'an alert' if alert.channel in ENDPOINTS else 'a mail'} to {alert.recipient}"


def _stories(conn: Connection, alert: Alert) -> str:
    """Return title and address of the first article of each story of an alert."""
    first = {item.story_id: item.article_id for item in reversed(alert.items)}
    ids = list(first.values())[::-1][:_NAMED]
    stored = article_queries.get(conn, ids)
    named = [f"“{stored[id_].article.title}” {stored[id_].article.url}" for id_ in ids if id_ in stored]
    return ", ".join(named) + (f" and {len(first) - _NAMED} more" if len(first) > _NAMED else "")
