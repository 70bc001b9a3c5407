"""The backups that the daemon made by itself: when the last one was, and which of them stay."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from monitor.store import config_files, sqlite

_LAST = "backup: last"
_NAME = re.compile(r"monitor-\d{8}-\d{6}\.db(?:\.unfinished(?:\.([0-9a-f]{8}))?.*)?")


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """A backup that was made and found whole; `size` in bytes."""

    at: datetime
    path: str
    size: int


def note(conn: sa.Connection, made: BackupRecord) -> None:
    """Remember the last backup."""
    config_files.set_value(conn, _LAST, json.dumps([made.at.isoformat(), made.path, made.size]))


def last(conn: sa.Connection) -> BackupRecord | None:
    """Return the last backup, or None where none was ever made."""
    found = config_files.get_value(conn, _LAST)
    if not found:
        return None
    at, path, size = json.loads(found)
    return BackupRecord(datetime.fromisoformat(at), path, size)


def name(at: datetime) -> str:
    """Return the name of a backup begun at a moment (UTC)."""
    return f"monitor-{at:%Y%m%d-%H%M%S}.db"


def prune(made: Path, keep: int) -> list[Path]:
    """Delete all backups beside the one just made but the newest, and what a crash left of others; return what went.

    The one just made stays, also where others are of a clock that was ahead. So do those of another monitor that uses
    the folder, too, and those of a database that was lost and begun anew: they may be the last that there is of it.
    """
    ours = sqlite.sealed_value(made, "installation")
    others = [path for path in made.parent.iterdir() if path != made and _is_of(path, ours)]
    whole = sorted((path for path in others if path.suffix == ".db"), reverse=True)
    gone = [*(path for path in others if path not in whole), *whole[keep - 1 :]]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _is_of(path: Path, installation: str) -> bool:
    """Whether a file is a backup of this database, or what a crash left of one; one that names no other counts, too."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return False
    named = sqlite.sealed_value(path, "installation") if path.suffix == ".db" else found[1]
    return not named or installation.startswith(named)
