"""A mail on a terminal: its state, its head, and the text that its reader sees."""

from __future__ import annotations

from email import message_from_bytes, policy

from monitor.cli.show import when
from monitor.model import Message
from monitor.run.journal import clean, printable
from monitor.store.desk import Delivery

_HEADS = ("From", "To", "Subject", "Date", "Message-ID", "X-Monitor-Rule", "X-Monitor-Outlet")


def shown(delivery: Delivery, message: Message | None) -> str:
    """Return a delivery for a terminal; before its bytes are made only what it will tell of."""
    lines = [f"{delivery.state} · {delivery.alert.kind} · made {when(delivery.created_at)}"]
    if delivery.attempts or delivery.last_error:
        lines.append(f"attempts {delivery.attempts}; {clean(delivery.last_error)}")
    if message is None:
        count = len(delivery.alert.items)
        return "\n".join(
            [*lines, f"to {delivery.alert.recipient}; not made yet: {count} articles, due {when(delivery.alert.due)}"]
        )
    return "\n".join([*lines, "", text_of(message.raw)])


def text_of(raw: bytes) -> str:
    """Return the head and the text part of a mail."""
    mail = message_from_bytes(raw, policy=policy.default)
    heads = [f"{name}: {clean(str(value))}" for name in _HEADS for value in mail.get_all(name, [])]
    body = mail.get_body(("plain",))
    text = body.get_content() if body else ""
    return "\n".join([*heads, "", *(printable(line) for line in text.splitlines())])
