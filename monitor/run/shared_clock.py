"""Go by the clock of the database: machines that share one would plan by as many clocks as they are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.steps.event_log import log_event
from monitor.store import SideSession, processes

_QUICK = timedelta(seconds=1)
"""An answer that took longer says nothing of the present moment."""
_TOLERATED = timedelta(seconds=2)
"""A difference that changes no plan; `now` does not follow each measurement."""


class SharedClock:
    """The present moment in UTC by the clock of a PostgreSQL server, as it was measured last; for any thread."""

    def __init__(self, machine: Callable[[], datetime]) -> None:
        self._machine = machine
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Return the present moment."""
        return self._machine() + self._ahead

    def measure(self, side: SideSession) -> None:
        """Compare this machine's clock with the server's; raise StoreError."""
        before = self._machine()
        moment = side.run(processes.moment)
        took = self._machine() - before
        ahead = moment - before - took / 2
        if timedelta() <= took <= _QUICK and abs(ahead - self._ahead) > _TOLERATED:
            self._ahead = ahead
            where = "behind" if ahead > timedelta() else "ahead of"
            difference = f"this machine's clock is {abs(ahead).total_seconds():,.0f} s {where} the database's"
            log_event("clock", f"{difference}: going by that", logging.WARNING)
