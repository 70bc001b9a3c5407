"""Hold the signals between the parts of a running monitor: what one of them has left for another to do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Signals:
    """What the parts of a running monitor tell each other."""

    # Set by a stop: nothing new begins, and polls that wait for a host are given up.
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    # Set when a transaction has planned deliveries, so that the first mail leaves at once and not at the next tick.
    deliveries_planned: asyncio.Event = field(default_factory=asyncio.Event)
    # Names of rules that an edit added or changed, and whose mails a day are not forecast yet.
    rules_to_forecast: set[str] = field(default_factory=set)

    @property
    def is_stopping(self) -> bool:
        """Whether a stop was asked for."""
        return self.stop.is_set()
