"""Commands that write: the running daemon does it, or the command itself where none runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.run.admin_commands import DELIVERIES
from monitor.run.control import ask
from monitor.run.startup import open_store, utc_now


@dataclass(frozen=True, slots=True)
class Moved:
    """The mails that changed, and whether a running daemon did it, which sends what is due now."""

    ids: list[int]
    by_daemon: bool


def change_deliveries(name: str, ids: Sequence[int] | None, config: Path, data: Path) -> Moved:
    """Do one of the changes of DELIVERIES to these mails (None: all that it fits)."""
    reply = ask(data, name, ids=ids)
    if reply is not None:
        return Moved([int(id_) for id_ in reply["result"]], by_daemon=True)
    with open_store(config, data, read_only=False) as store, store.begin() as conn:
        return Moved(DELIVERIES[name](conn, ids, utc_now()), by_daemon=False)
