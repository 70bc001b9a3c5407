"""Check the schema's version at every open, migrate an older one, and refuse one that is newer than the program."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store import config_generation
from monitor.store.faults import translated
from monitor.store.place import Place
from monitor.store.postgres import hold_writing, long_statements
from monitor.store.sqlite import copy_file

_MIGRATIONS = Path(__file__).parent / "migrations"
# Every revision in order: they are numbered, one a file; a test compares them with what the files say.
REVISIONS = tuple(f"{number:04}" for number, _ in enumerate((_MIGRATIONS / "versions").glob("*.py"), 1))
HEAD = REVISIONS[-1]
OLDEST = "0042"
"""The oldest schema whose programs may go on working on one of HEAD: what came since is only added, with defaults.

A word that they cannot read in a column (a kind of delivery, a relation) makes a new one, too.
"""

# Keys in `meta` of a copy under way: on its source, on its target, and on a source that was left for good.
COPYING = "copying"
HALF_COPY = "half a copy"
MOVED_TO = "moved to"
# Key in `meta`: `OLDEST` of whoever migrated last.
OLDEST_PROGRAM = "oldest program"

_VERSION = sa.table("alembic_version", sa.column("version_num"))
_META = sa.table("meta", sa.column("key"), sa.column("value"))


def upgrade(engine: sa.Engine, place: Place) -> bool:
    """Migrate the schema in one transaction; return whether the database was empty. Raise StoreError if it is newer."""
    with engine.connect() as conn, conn.begin():
        found = _revision(conn, place)
    if found == HEAD:
        return False
    if place.path and found:
        copy_file(place.path, copy_before(place.path))
    with translated(str(place)), engine.connect() as conn, conn.begin(), long_statements(conn):
        # Of two processes that start together, the second waits here (SQLite: in BEGIN IMMEDIATE) and finds it done.
        hold_writing(conn)
        if _revision(conn, place) != HEAD:
            _run(conn)
            conn.execute(sa.delete(_META).where(_META.c.key == OLDEST_PROGRAM))
            conn.execute(sa.insert(_META).values(key=OLDEST_PROGRAM, value=OLDEST))
            if config_generation.present(conn):
                # Workers look whether they may go on before they store anything more.
                config_generation.advance(conn)
    return not found


def copy_before(path: Path) -> Path:
    """Return the name of the copy that is made of a file before its migration to this program's schema."""
    return path.with_name(f"{path.name}.before-{HEAD}")


def check(conn: sa.Connection, place: Place, *, worker: bool = False) -> None:
    """Raise StoreError unless the schema is exactly this program's; a worker may also use one that is newer.

    It goes on while the conductor is upgraded, unless what was changed is more than it can know.
    """
    if worker and _is_usable(conn):
        return
    found = _revision(conn, place)
    if not found:
        raise StoreError(f"{place} is empty until a first `monitor run` has made its tables there", permanent=True)
    if found != HEAD:
        raise StoreError(f"the database {place} is from an older monitor: run `monitor db upgrade`", permanent=True)


def _is_usable(conn: sa.Connection) -> bool:
    """Whether the schema is newer than this program's, and only more was added."""
    if not sa.inspect(conn).has_table("alembic_version"):
        return False
    found = conn.execute(sa.select(_VERSION.c.version_num)).scalar() or ""
    oldest = conn.execute(sa.select(_META.c.value).where(_META.c.key == OLDEST_PROGRAM)).scalar() or found
    return str(found) > HEAD >= str(oldest)


def refuse_moved(conn: sa.Connection, place: Place) -> None:
    """Raise StoreError if a daemon must not run on this database: it was moved, or is an unfinished copy."""
    marks = {str(key): str(value) for key, value in conn.execute(sa.select(_META.c.key, _META.c.value))}
    if moved := marks.get(MOVED_TO):
        raise StoreError(
            f"{place} was copied to {moved}; run from both, mails would go out twice: set `database:` to that address",
            permanent=True,
        )
    if HALF_COPY in marks:
        raise StoreError(f"{place} is an unfinished copy: run the same `monitor db copy` again", permanent=True)
    # A daemon on the source of an unfinished copy changes it, so that the copy has to start anew.
    conn.execute(sa.delete(_META).where(_META.c.key == COPYING))


def _revision(conn: sa.Connection, place: Place) -> str:
    """Return the schema's revision, empty for an empty database; raise StoreError for another program's database."""
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
    # Imported here, since a start with nothing to migrate does not need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    # The configuration is a ConfigParser, to which a single % begins an interpolation.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = conn
    command.upgrade(config, HEAD)
