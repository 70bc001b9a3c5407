"""Say why a delivery is in its state."""

from __future__ import annotations

from monitor.model import State
from monitor.store.delivery_admin import DeliveryRow
from monitor.text import clean

_CHANGED_BY_HAND = (State.HELD, State.DROPPED, State.MERGED)


def state_reason(delivery: DeliveryRow) -> str:
    """Return why a delivery is in its state: the server's answer, or who ended or holds it."""
    reasons = (delivery.last_error, delivery.note)
    return clean(next(filter(None, reversed(reasons) if delivery.state in _CHANGED_BY_HAND else reasons), ""))
