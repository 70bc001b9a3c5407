"""Print a message on a terminal: its state, its headers, and the text that its reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.reports.delivery_state import state_reason
from monitor.text import clean, counted, printable, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.model import Message
    from monitor.store import Connection
    from monitor.store.delivery_admin import DeliveryRow


def delivery_text(delivery: DeliveryRow, message: Message | None, now: datetime) -> str:
    """Return a delivery as text; without its message only what the database says about it."""
    alert, articles = delivery.alert, counted(len(delivery.alert.items), "article")
    lines = [f"{delivery.state} · {alert.kind} · made {when(delivery.created_at)} · {_until(delivery, now)}"]
    if delivery.last_error:
        before = f"put off {counted(delivery.attempts, 'time')}; " if delivery.attempts else ""
        lines.append(f"{before}{clean(delivery.last_error)}")
    if message:
        return "\n".join([*lines, "", text_of(alert.channel, message.raw)])
    if delivery.state.value in ("waiting", "held"):
        return "\n".join([*lines, f"to {alert.recipient}; not made yet: {articles}, due {when(alert.due)}"])
    return "\n".join([*lines, f"to {alert.recipient}: {articles}; it was never made, or is kept no more (90 days)"])


def text_of(channel: str, raw: bytes) -> str:
    """Return what the bytes of a message say to its reader."""
    from monitor.channels import CHANNELS

    text = CHANNELS[channel].read(raw) if channel in CHANNELS else raw.decode("utf-8", "replace")
    return "\n".join(printable(line) for line in text.splitlines())


def rules_of(delivery: DeliveryRow) -> list[str]:
    """Return the names of the rules that matched, each once."""
    return list(dict.fromkeys(match.rule for item in delivery.alert.items for match in item.matches))


def titles_of(conn: Connection, deliveries: Sequence[DeliveryRow]) -> dict[int, str]:
    """Return a title for each mail, by id: its own subject, else its newest article's title and how many more.

    Where that article is no longer stored, the subject of the stored message is used.
    """
    from monitor.store import article_queries, outbox

    newest = {
        delivery.id: max(item.article_id for item in delivery.alert.items)
        for delivery in deliveries
        if delivery.alert.items
    }
    stored = article_queries.get(conn, list(newest.values()))
    unstored = [
        delivery.id
        for delivery in deliveries
        if newest.get(delivery.id, 0) not in stored and not delivery.alert.subject
    ]
    messages = outbox.kept_messages(conn, unstored)
    titles = {}
    for delivery in deliveries:
        article = stored.get(newest.get(delivery.id, 0))
        more = len(delivery.alert.items) - 1
        if article:
            title = f"{article.article.title} (+{more})" if more > 0 else article.article.title
        else:
            title = messages[delivery.id].subject if delivery.id in messages else delivery.alert.thread
        titles[delivery.id] = delivery.alert.subject or title
    return titles


def made_and_ended(delivery: DeliveryRow, now: datetime) -> tuple[str, str]:
    """Return when a mail was made, and when it ended and why, or until when it waits."""
    return when(delivery.created_at), _until(delivery, now)


def is_due(delivery: DeliveryRow, now: datetime) -> bool:
    """Tell whether a waiting mail waits for the mail server or a daemon, and no longer for its time."""
    return delivery.alert.due <= now


def _until(delivery: DeliveryRow, now: datetime) -> str:
    reason = f": {state_reason(delivery)}" if state_reason(delivery) else ""
    if delivery.finished_at:
        return f"{when(delivery.finished_at)}{reason}"
    if delivery.in_flight:
        return "is being sent"
    if delivery.state.value == "held":
        return f"held back{reason}"
    return f"{'due since' if is_due(delivery, now) else 'until'} {when(delivery.alert.due)}{reason}"
