"""Handle the signals by which a process is stopped or has to reload."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass

from monitor.run.watchdog import end_within


@dataclass(frozen=True, slots=True)
class SignalState:
    """What was requested since the start: a stop or a reload, by signals; `lost` says that another has taken over."""

    stop: asyncio.Event
    reload_requested: asyncio.Event
    lost: asyncio.Event

    def stand_down(self) -> None:
        """Stop, since another monitor works on the database."""
        self.lost.set()
        self.stop.set()


def handle_signals(stop_within: float) -> SignalState:
    """Handle signals before anything is opened, so that a stop during the start works like any other.

    After a stop was requested the process ends within so many seconds.
    """
    signals, loop = SignalState(*(asyncio.Event() for _ in range(3))), asyncio.get_running_loop()

    def stop() -> None:
        # A second signal does not begin the time limit anew.
        if not signals.stop.is_set():
            signals.stop.set()
            end_within(stop_within)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, signals.reload_requested.set)
    return signals
