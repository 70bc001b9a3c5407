"""Change deliveries for a command: through the running daemon, or directly where none runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.run.admin_commands import DELIVERIES
from monitor.run.control import ask
from monitor.run.startup import open_store, utc_now


@dataclass(frozen=True, slots=True)
class ChangedDeliveries:
    """The ids of deliveries that changed, and whether a running daemon did it, which sends those that are due now."""

    ids: list[int]
    by_daemon: bool


def change_deliveries(name: str, ids: Sequence[int] | None, config: Path, data: Path) -> ChangedDeliveries:
    """Apply one of the DELIVERIES changes to these ids (None: to all in a suitable state); raise MonitorError."""
    reply = ask(data, name, ids=ids)
    if reply is not None:
        return ChangedDeliveries([int(id_) for id_ in reply["result"]], by_daemon=True)
    with open_store(config, data, read_only=False) as store, store.begin() as conn:
        return ChangedDeliveries(DELIVERIES[name](conn, ids, utc_now()), by_daemon=False)
