"""Create, copy and restore the database that the configuration names, for commands while no daemon runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from monitor.run.startup import database_of, make_folder, open_store, utc_now, with_database_password
from monitor.store import Store, backup_restore, copying
from monitor.store.backup_restore import Restored


@dataclass(frozen=True, slots=True)
class UpgradedDatabase:
    """A database with this program's schema; `place` is its name without user and password."""

    place: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class CopiedDatabase:
    """The places of both databases, without user and password, and the number of rows copied by table.

    `address` is that of the target as `database:` takes it, with the user and without the password.
    """

    source: str
    target: str
    rows: Mapping[str, int]
    address: str


def upgrade_database(directory: Path, data: Path) -> UpgradedDatabase:
    """Create the database or migrate it to this program's schema; raises ConfigError or StoreError."""
    make_folder(data)
    with open_store(directory, data, read_only=False) as store:
        return UpgradedDatabase(str(store.place), store.is_new)


def copy_database(directory: Path, data: Path, to: str, progress: copying.Progress) -> CopiedDatabase:
    """Copy the SQLite database to an empty PostgreSQL one (an address); raises ConfigError or StoreError.

    The address needs no password where MONITOR_DATABASE_PASSWORD or ~/.pgpass has it.
    """
    with open_store(directory, data, read_only=False) as source, Store.open(with_database_password(to)) as target:
        rows = copying.copy(source, target, progress)
        return CopiedDatabase(str(source.place), str(target.place), rows, _without_password(to))


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    query = "&".join(part for part in parts.query.split("&") if not part.startswith("password="))
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{host}" if parts.username else host, query=query))


def restore_database(directory: Path, data: Path, file: Path) -> Restored:
    """Put a backup in the place of the database, with waiting mails held; raises ConfigError or StoreError."""
    make_folder(data)
    return backup_restore.restore(file, database_of(directory, data), utc_now())
