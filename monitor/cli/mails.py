"""A mail on a terminal: its state, its head, and the text that its reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes, policy

from monitor.cli.show import when
from monitor.model import Message
from monitor.run.journal import clean, printable
from monitor.store import Connection, library
from monitor.store.desk import Delivery
from monitor.text import counted

_HEADS = ("From", "To", "Subject", "Date", "Message-ID", "X-Monitor-Rule", "X-Monitor-Outlet")


def shown(delivery: Delivery, message: Message | None) -> str:
    """Return a delivery for a terminal; before its bytes are made only what it will tell of."""
    lines = [f"{delivery.state} · {delivery.alert.kind} · made {when(delivery.created_at)}"]
    if delivery.attempts or delivery.last_error:
        lines.append(f"attempts {delivery.attempts}; {clean(delivery.last_error)}")
    if message is None:
        count = len(delivery.alert.items)
        alert, articles = delivery.alert, counted(count, "article")
        return "\n".join([*lines, f"to {alert.recipient}; not made yet: {articles}, due {when(alert.due)}"])
    return "\n".join([*lines, "", text_of(message.raw)])


def text_of(raw: bytes) -> str:
    """Return the head and the text part of a mail."""
    mail = message_from_bytes(raw, policy=policy.default)
    heads = [f"{name}: {clean(str(value))}" for name in _HEADS for value in mail.get_all(name, [])]
    body = mail.get_body(("plain",))
    text = body.get_content() if body else ""
    return "\n".join([*heads, "", *(printable(line) for line in text.splitlines())])


def rules_of(delivery: Delivery) -> list[str]:
    """Return the names of the rules that a mail tells of, each once."""
    return list(dict.fromkeys(match.rule for item in delivery.alert.items for match in item.matches))


def titles_of(conn: Connection, found: Sequence[Delivery]) -> dict[int, str]:
    """Return what each mail is about, by id: its own subject, else its newest article's title and how many more."""
    newest = {one.id: max(item.article_id for item in one.alert.items) for one in found if one.alert.items}
    stored = library.get(conn, list(newest.values()))
    titles = {}
    for one in found:
        article = stored.get(newest.get(one.id, 0))
        more = len(one.alert.items) - 1
        title = article.article.title if article else one.alert.thread
        titles[one.id] = one.alert.subject or (f"{title} (+{more})" if more > 0 else title)
    return titles


def moments(delivery: Delivery) -> tuple[str, str]:
    """Say when a mail was made, and when it ended and why, or until when it waits and for what."""
    return when(delivery.created_at), _until(delivery)


def _until(delivery: Delivery) -> str:
    why = clean(delivery.last_error or delivery.note)
    if delivery.finished_at:
        return f"{when(delivery.finished_at)}{f': {why}' if why else ''}"
    if delivery.in_flight:
        return "is being sent"
    return f"until {when(delivery.alert.due)}{f': {why}' if why else ''}"
