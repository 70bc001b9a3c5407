"""Say what holds a process up once, and again every minute while it lasts: it is tried far more often than that."""

from __future__ import annotations

import time

AGAIN = 60.0
"""Seconds after which the same is said again."""


class Reminder:
    """What was said last, and when."""

    def __init__(self) -> None:
        self._said = ""
        self._at = 0.0

    def is_due(self, reason: str) -> bool:
        """Whether a reason is to be said now; then it counts as said."""
        now = time.monotonic()
        if reason == self._said and now - self._at < AGAIN:
            return False
        self._said, self._at = reason, now
        return True

    def forget(self) -> None:
        """Have the next reason said at once: what held the process up is over."""
        self._said = ""
