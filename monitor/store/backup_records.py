"""Record the last scheduled backup, name backup files, and delete old ones."""

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
    """Store the last backup."""
    config_files.set_value(conn, _LAST, json.dumps([made.at.isoformat(), made.path, made.size]))


def last(conn: sa.Connection) -> BackupRecord | None:
    """Return the last backup, or None where none was ever made."""
    found = config_files.get_value(conn, _LAST)
    if not found:
        return None
    at, path, size = json.loads(found)
    return BackupRecord(datetime.fromisoformat(at), path, size)


def name(at: datetime) -> str:
    """Return the file name of a backup begun at a moment (UTC)."""
    return f"monitor-{at:%Y%m%d-%H%M%S}.db"


def prune(made: Path, keep: int) -> list[Path]:
    """Delete all but the `keep` newest backups in the folder of the one just made; return the deleted files.

    What a crash left of unfinished ones goes, too. The one just made stays, also where others have later names since
    the clock was ahead. So do backups of another database in the folder, such as one that was lost.
    """
    installation_id = sqlite.read_meta_value(made, "installation")
    others = [path for path in made.parent.iterdir() if path != made and _is_of(path, installation_id)]
    whole = sorted((path for path in others if path.suffix == ".db"), reverse=True)
    # One of the `keep` is the backup just made, which is not among the others.
    gone = [*(path for path in others if path not in whole), *whole[keep - 1 :]]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _is_of(path: Path, installation: str) -> bool:
    """Whether a file is a backup of this installation, finished or not; one that names no installation counts, too."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return False
    found_id = sqlite.read_meta_value(path, "installation") if path.suffix == ".db" else found[1]
    return not found_id or installation.startswith(found_id)
