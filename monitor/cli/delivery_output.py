"""Print a message on a terminal: its state, its headers, and the text that its reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.text import clean, counted, printable, when

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.reports.delivery_list import ListedDelivery
    from monitor.store.delivery_attempts import DeliveryAttempt

_DECIDED = {
    "begun": "is being sent, or was when monitor ended",
    "accepted": "accepted",
    "again": "tried again from {}",
    "paused": "waits until {}, by no fault of the reader",
    "failed": "given up",
    "unconfirmed": "given up, and may have arrived",
    "divided": "sent in parts",
    "unanswered": "monitor ended before the answer came",
}


def delivery_text(delivery: ListedDelivery, message: str | None, now: datetime) -> str:
    """Return a delivery as text; without its message only what the database says about it."""
    alert, articles = delivery.alert, counted(len(delivery.alert.items), "article")
    lines = [f"{delivery.state} · {alert.kind} · made {when(delivery.created_at)} · {until(delivery, now)}"]
    if delivery.last_error:
        before = f"put off {counted(delivery.attempts, 'time')}; " if delivery.attempts else ""
        lines.append(f"{before}{clean(delivery.last_error)}")
    lines += map(attempt_text, delivery.answers)
    if message:
        return "\n".join([*lines, "", *(printable(line) for line in message.splitlines())])
    if delivery.state.value in ("waiting", "held"):
        return "\n".join([*lines, f"to {alert.recipient}; not made yet: {articles}, due {when(alert.due)}"])
    return "\n".join([*lines, f"to {alert.recipient}: {articles}; it was never made, or is kept no more (90 days)"])


def attempt_text(attempt: DeliveryAttempt) -> str:
    """Return one attempt as a line: when, through which server, what was decided, and the answer."""
    decided = _DECIDED[attempt.decision].format(when(attempt.again_at))
    server = f" {attempt.server}" if attempt.server else ""
    answer = f": {attempt.answer}" if attempt.answer else ""
    return f"attempt {attempt.number}  {when(attempt.at)}  {attempt.channel}{server}  {clean(decided + answer)}"


def until(delivery: ListedDelivery, now: datetime) -> str:
    """Return when a mail ended and why, or until when it waits."""
    reason = f": {delivery.why}" if delivery.why else ""
    if delivery.finished_at:
        return f"{when(delivery.finished_at)}{reason}"
    if delivery.in_flight:
        return "is being sent"
    if delivery.state.value == "held":
        return f"held back{reason}"
    return f"{'due since' if delivery.alert.due <= now else 'until'} {when(delivery.alert.due)}{reason}"
