"""Tell all processes of a time in which the monitor did not run, whose news come in one mail a person."""

from __future__ import annotations

from datetime import datetime

from monitor.steps.clock import Outage
from monitor.store import Connection, config_files

_KEY = "outage"


def store(conn: Connection, outage: Outage | None) -> None:
    """Store the outage whose news are being read; None: there is none, or they are read."""
    config_files.set_value(conn, _KEY, f"{outage.began.isoformat()} {outage.ended.isoformat()}" if outage else "")


def load(conn: Connection) -> Outage | None:
    """Return the outage whose news are being read."""
    moments = [datetime.fromisoformat(moment) for moment in config_files.get_value(conn, _KEY).split()]
    return Outage(*moments) if moments else None
