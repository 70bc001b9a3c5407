"""The schema's age: checked on every open, brought up to date by who writes, refused when newer than we are."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store.faults import translated
from monitor.store.place import Place
from monitor.store.postgres import MIGRATION, patient
from monitor.store.sqlite import copy_file

# Every revision in order; a test holds this to migrations/versions.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD = REVISIONS[-1]

# Keys in `meta` of a copy under way: on its source, on its target, and on a source that was left for good.
COPYING = "copying"
HALF_COPY = "half a copy"
MOVED_TO = "moved to"

_VERSION = sa.table("alembic_version", sa.column("version_num"))
_META = sa.table("meta", sa.column("key"), sa.column("value"))


def upgrade(engine: sa.Engine, place: Place) -> bool:
    """Bring the schema up to date in one transaction; return whether there was none. Raise StoreError if newer."""
    with engine.connect() as conn, conn.begin():
        found = _checked(conn, place)
    if found == HEAD:
        return False
    if place.path and found:
        copy_file(place.path, copy_before(place.path))
    with translated(str(place)), engine.connect() as conn, conn.begin(), patient(conn):
        # Of two processes that start together the second waits here (SQLite: in BEGIN IMMEDIATE) and finds it done.
        if place.url is not None:
            conn.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION)))
        if _checked(conn, place) != HEAD:
            _run(conn)
    return not found


def copy_before(path: Path) -> Path:
    """Return where the copy of a file is kept that was made before its migration to this program's schema."""
    return path.with_name(f"{path.name}.before-{HEAD}")


def check(conn: sa.Connection, place: Place) -> None:
    """Raise StoreError unless the schema is exactly this program's."""
    found = _checked(conn, place)
    if not found:
        raise StoreError(f"{place} is empty: `monitor run` makes its tables", permanent=True)
    if found != HEAD:
        raise StoreError(f"the database {place} is from an older monitor: run `monitor db upgrade`", permanent=True)


def refuse_moved(conn: sa.Connection, place: Place) -> None:
    """Raise StoreError if a daemon must not run on this database: it was copied away, or it is half a copy."""
    marks = {str(key): str(value) for key, value in conn.execute(sa.select(_META.c.key, _META.c.value))}
    if moved := marks.get(MOVED_TO):
        raise StoreError(
            f"{place} was copied to {moved}; run from both, mails would go out twice: set `database:` to that address",
            permanent=True,
        )
    if HALF_COPY in marks:
        raise StoreError(f"{place} is an unfinished copy: run the same `monitor db copy` again", permanent=True)
    # A source whose copy was begun and given up lives on; the half copy has to start afresh.
    conn.execute(sa.delete(_META).where(_META.c.key == COPYING))


def _checked(conn: sa.Connection, place: Place) -> str:
    """Return the schema's revision, or nothing for an empty database; raise StoreError for one that is not ours."""
    inspector = sa.inspect(conn)
    if not inspector.has_table("alembic_version"):
        if place.path and inspector.get_table_names():
            raise StoreError(f"{place} is not a database of monitor: give another file", permanent=True)
        return ""
    found = conn.execute(sa.select(_VERSION.c.version_num)).scalar() or ""
    if found and found not in REVISIONS:
        raise StoreError(
            f"the database {place} is from a newer monitor (schema {found}, this one knows up to {HEAD}): "
            "upgrade monitor, or restore a backup of this version",
            permanent=True,
        )
    return str(found)


def _run(conn: sa.Connection) -> None:
    # Imported late: a start with nothing to migrate does without it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = conn
    command.upgrade(config, HEAD)
