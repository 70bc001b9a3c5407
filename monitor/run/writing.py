"""Commands that write: the running daemon does it, or the command itself where none runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from monitor.run.control import ask
from monitor.run.opening import open_store, utc_now
from monitor.run.requests import DELIVERIES


def move(name: str, ids: Sequence[int] | None, config: Path, data: Path) -> list[int]:
    """Do one of the changes of DELIVERIES to these mails (None: all that it fits); return those that changed."""
    reply = ask(data, name, ids=ids)
    if reply is not None:
        return [int(id_) for id_ in reply["result"]]
    with open_store(config, data, read_only=False) as store, store.begin() as conn:
        return DELIVERIES[name](conn, ids, utc_now())
