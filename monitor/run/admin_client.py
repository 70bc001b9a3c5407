"""Ask a running daemon to change what a command wants (done directly where none runs), and for its storage."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from monitor.errors import InUseError, MonitorError
from monitor.run.admin_commands import BACKFILL, DELIVERIES, MUTE, STOP_BACKFILL, UNMUTE, packed_mutes
from monitor.run.control import SHORT_TIMEOUT, ask
from monitor.run.startup import open_store, utc_now
from monitor.silence_values import Mute
from monitor.steps.incident_mails import STORAGE
from monitor.store import Connection, backfills, mute_records
from monitor.store.incident_records import Incident

_ATTEMPTS, _PAUSE = 100, 0.2
"""How often a command asks a daemon that is starting, and seconds between two times: 20 seconds in all."""


@dataclass(frozen=True, slots=True)
class ChangedDeliveries:
    """The ids of deliveries that changed, and whether a running daemon did it, which sends those that are due now."""

    ids: list[int]
    by_daemon: bool


@dataclass(frozen=True, slots=True)
class ChangedBackfills:
    """How many feeds a request concerns, and whether a running daemon took it, which carries it out."""

    feeds: int
    by_daemon: bool


def change_deliveries(name: str, ids: Sequence[int] | None, config: Path, data: Path) -> ChangedDeliveries:
    """Apply one of the DELIVERIES changes to these ids (None: to all in a suitable state); raise MonitorError."""
    changed, by_daemon = _ask_or_write(
        (config, data), partial(ask, data, name, ids=ids), lambda conn: DELIVERIES[name](conn, ids, utc_now())
    )
    return ChangedDeliveries([int(id_) for id_ in changed], by_daemon)


def begin_backfill(
    outlets: Sequence[str], since: datetime, config: Path, data: Path, *, alerts: bool = False
) -> ChangedBackfills:
    """Let the past of outlets be read since a moment (UTC), and be told of it with `alerts`; raise MonitorError."""
    feeds, by_daemon = _ask_or_write(
        (config, data),
        partial(ask, data, BACKFILL, outlets=outlets, since=since.isoformat(), alerts=alerts),
        lambda conn: backfills.begin(conn, outlets, since, utc_now(), alerts=alerts),
    )
    return ChangedBackfills(int(feeds), by_daemon)


def stop_backfill(outlets: Sequence[str], config: Path, data: Path) -> ChangedBackfills:
    """Stop to read the past of outlets; raise MonitorError."""
    feeds, by_daemon = _ask_or_write(
        (config, data),
        partial(ask, data, STOP_BACKFILL, outlets=outlets),
        lambda conn: backfills.stop(conn, outlets),
    )
    return ChangedBackfills(int(feeds), by_daemon)


def put_mutes(mutes: Sequence[Mute], config: Path, data: Path) -> None:
    """Store mutes; raise MonitorError."""
    put = partial(ask, data, MUTE, mutes=packed_mutes(mutes))
    _ask_or_write((config, data), put, lambda conn: mute_records.put(conn, mutes, utc_now()))


def remove_mutes(mutes: Sequence[Mute], config: Path, data: Path) -> None:
    """Remove mutes; raise MonitorError."""
    remove = partial(ask, data, UNMUTE, mutes=packed_mutes(mutes))
    _ask_or_write((config, data), remove, lambda conn: mute_records.remove(conn, mutes))


def _ask_or_write(
    where: tuple[Path, Path], ask_daemon: Callable[[], Any], write: Callable[[Connection], Any]
) -> tuple[Any, bool]:
    """Return what a running daemon answers, or what `write` returns where none runs, and whether the daemon did it.

    One that is just starting holds the database before it answers: it is waited for. Raises MonitorError.
    """
    for attempt in range(_ATTEMPTS):
        if reply := ask_daemon():
            return reply["result"], True
        try:
            with open_store(*where, read_only=False) as store, store.begin() as conn:
                return write(conn), False
        except InUseError as error:
            holder = f"process {error.holder}" if error.holder else "another process"
        if attempt + 1 < _ATTEMPTS:
            time.sleep(_PAUSE)
    raise MonitorError(
        f"{holder} uses the database and takes no requests yet: a monitor that is still starting, or "
        "`monitor run --once`; nothing was changed: try again in a minute"
    )


def ask_storage(data: Path) -> Incident | None:
    """Ask the daemon of this data folder whether it can write to its database; return an incident if it cannot."""
    try:
        reply = ask(data, STORAGE, timeout=SHORT_TIMEOUT)
    except (MonitorError, OSError):
        return None
    found = reply and reply["result"]
    if not found:
        return None
    since = datetime.fromisoformat(found["since"])
    text = (
        f"polling and sending wait since {since:%Y-%m-%d %H:%M} UTC, until the database can be used: {found['reason']}"
    )
    return Incident(STORAGE, STORAGE, text, since)
