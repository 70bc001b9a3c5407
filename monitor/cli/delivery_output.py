"""A mail on a terminal: its state, its head, and the text that its reader sees."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from monitor.cli.output import when
from monitor.run.log_format import clean, printable
from monitor.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.model import Message
    from monitor.store import Connection
    from monitor.store.delivery_admin import DeliveryRow

_HEADS = ("From", "To", "Subject", "Date", "Message-ID", "X-Monitor-Rule", "X-Monitor-Outlet")


def shown(delivery: DeliveryRow, message: Message | None, now: datetime) -> str:
    """Return a delivery for a terminal; without its bytes only what it tells of."""
    alert, articles = delivery.alert, counted(len(delivery.alert.items), "article")
    lines = [f"{delivery.state} · {alert.kind} · made {when(delivery.created_at)} · {_until(delivery, now)}"]
    if delivery.last_error:
        before = f"put off {counted(delivery.attempts, 'time')}; " if delivery.attempts else ""
        lines.append(f"{before}{clean(delivery.last_error)}")
    if message:
        return "\n".join([*lines, "", text_of(message.raw)])
    if delivery.state.value in ("waiting", "held"):
        return "\n".join([*lines, f"to {alert.recipient}; not made yet: {articles}, due {when(alert.due)}"])
    return "\n".join([*lines, f"to {alert.recipient}: {articles}; it was never made, or is kept no more (90 days)"])


def text_of(raw: bytes) -> str:
    """Return the head and the text part of a mail."""
    mail = message_from_bytes(raw, policy=policy.default)
    heads = [f"{name}: {clean(str(value))}" for name in _HEADS for value in mail.get_all(name, [])]
    body = mail.get_body(("plain",))
    text = body.get_content() if body else ""
    return "\n".join([*heads, "", *(printable(line) for line in text.splitlines())])


def rules_of(delivery: DeliveryRow) -> list[str]:
    """Return the names of the rules that a mail tells of, each once."""
    return list(dict.fromkeys(match.rule for item in delivery.alert.items for match in item.matches))


def titles_of(conn: Connection, found: Sequence[DeliveryRow]) -> dict[int, str]:
    """Return what each mail is about, by id: its own subject, else its newest article's title and how many more.

    Where that article is stored no more, the mail itself says it.
    """
    from monitor.store import article_queries, outbox

    newest = {one.id: max(item.article_id for item in one.alert.items) for one in found if one.alert.items}
    stored = article_queries.get(conn, list(newest.values()))
    gone = [one.id for one in found if newest.get(one.id, 0) not in stored and not one.alert.subject]
    made = outbox.kept_messages(conn, gone)
    titles = {}
    for one in found:
        article = stored.get(newest.get(one.id, 0))
        more = len(one.alert.items) - 1
        if article:
            title = f"{article.article.title} (+{more})" if more > 0 else article.article.title
        else:
            title = made[one.id].subject if one.id in made else one.alert.thread
        titles[one.id] = one.alert.subject or title
    return titles


def moments(delivery: DeliveryRow, now: datetime) -> tuple[str, str]:
    """Say when a mail was made, and when it ended and why, or until when it waits and for what."""
    return when(delivery.created_at), _until(delivery, now)


def is_due(delivery: DeliveryRow, now: datetime) -> bool:
    """Say whether a mail that waits does so for the mail server, or for a daemon, and no more for its time."""
    return delivery.alert.due <= now


def why(delivery: DeliveryRow) -> str:
    """Return why a mail stands as it does: what the server said, or who ended or holds it."""
    said = (delivery.last_error, delivery.note)
    return clean(next(filter(None, reversed(said) if delivery.state.value in _BY_HAND else said), ""))


_BY_HAND = ("held", "dropped", "merged")


def _until(delivery: DeliveryRow, now: datetime) -> str:
    about = f": {why(delivery)}" if why(delivery) else ""
    if delivery.finished_at:
        return f"{when(delivery.finished_at)}{about}"
    if delivery.in_flight:
        return "is being sent"
    if delivery.state.value == "held":
        return f"held back{about}"
    return f"{'due since' if is_due(delivery, now) else 'until'} {when(delivery.alert.due)}{about}"
