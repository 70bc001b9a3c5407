"""Log what happens: every event by its kind, with a sentence for people and fields for machines."""

from __future__ import annotations

import logging

_log = logging.getLogger("monitor")


def log_event(event: str, message: str, level: int = logging.INFO, *, exc_info: bool = False, **fields: object) -> None:
    """Log one event: its kind in a word, a sentence for people, and fields for machines."""
    _log.log(level, "%s", message, exc_info=exc_info, extra={"event": event, **fields})
