"""Ask a running daemon to change what a command wants (done directly where none runs), and for its storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.errors import MonitorError
from monitor.run.admin_commands import BACKFILL, DELIVERIES, MUTE, STOP_BACKFILL, UNMUTE, packed_mutes
from monitor.run.control import SHORT_TIMEOUT, ask
from monitor.run.startup import open_store, utc_now
from monitor.silence_values import Mute
from monitor.steps.incident_mails import STORAGE
from monitor.store import backfills, mute_records
from monitor.store.incident_records import Incident


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
    reply = ask(data, name, ids=ids)
    if reply is not None:
        return ChangedDeliveries([int(id_) for id_ in reply["result"]], by_daemon=True)
    with open_store(config, data, read_only=False) as store, store.begin() as conn:
        return ChangedDeliveries(DELIVERIES[name](conn, ids, utc_now()), by_daemon=False)


def begin_backfill(
    outlets: Sequence[str], since: datetime, config: Path, data: Path, *, alerts: bool = False
) -> ChangedBackfills:
    """Let the past of outlets be read since a moment (UTC), and be told of it with `alerts`; raise MonitorError."""
    reply = ask(data, BACKFILL, outlets=outlets, since=since.isoformat(), alerts=alerts)
    if reply is not None:
        return ChangedBackfills(int(reply["result"]), by_daemon=True)
    with open_store(config, data, read_only=False) as store, store.begin() as conn:
        return ChangedBackfills(backfills.begin(conn, outlets, since, utc_now(), alerts=alerts), by_daemon=False)


def stop_backfill(outlets: Sequence[str], config: Path, data: Path) -> ChangedBackfills:
    """Stop to read the past of outlets; raise MonitorError."""
    reply = ask(data, STOP_BACKFILL, outlets=outlets)
    if reply is not None:
        return ChangedBackfills(int(reply["result"]), by_daemon=True)
    with open_store(config, data, read_only=False) as store, store.begin() as conn:
        return ChangedBackfills(backfills.stop(conn, outlets), by_daemon=False)


def put_mutes(mutes: Sequence[Mute], config: Path, data: Path) -> None:
    """Store mutes; raise MonitorError."""
    if ask(data, MUTE, mutes=packed_mutes(mutes)) is None:
        with open_store(config, data, read_only=False) as store, store.begin() as conn:
            mute_records.put(conn, mutes, utc_now())


def remove_mutes(mutes: Sequence[Mute], config: Path, data: Path) -> None:
    """Remove mutes; raise MonitorError."""
    if ask(data, UNMUTE, mutes=packed_mutes(mutes)) is None:
        with open_store(config, data, read_only=False) as store, store.begin() as conn:
            mute_records.remove(conn, mutes)


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
