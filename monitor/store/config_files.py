"""Store the last good configuration, file by file, and single values that must survive a restart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import chunks, upsert
from monitor.store.tables import files, meta


def keep(conn: sa.Connection, good: Mapping[str, str], now: datetime) -> None:
    """Store the last good files by path; others are deleted, and unchanged ones keep their time."""
    stored = load(conn)
    gone = [path for path in stored if path not in good]
    changed = [
        {"path": path, "text": clean(text), "at": now} for path, text in good.items() if stored.get(path) != text
    ]
    if gone:
        conn.execute(sa.delete(files).where(files.c.path.in_(gone)))
    upsert(conn, files, changed, ["text", "at"])


def load(conn: sa.Connection, paths: Sequence[str] | None = None) -> dict[str, str]:
    """Return the last good files by path: all, or these."""
    query = sa.select(files.c.path, files.c.text)
    query = query if paths is None else query.where(files.c.path.in_(paths))
    return {str(path): str(text) for path, text in conn.execute(query)}


def paths(conn: sa.Connection) -> list[str]:
    """Return the paths of the last good files."""
    return [str(path) for path in conn.execute(sa.select(files.c.path)).scalars()]


def get_value(conn: sa.Connection, key: str, default: str = "") -> str:
    """Return a value, or the default where there is none."""
    found = conn.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar()
    return default if found is None else str(found)


def set_value(conn: sa.Connection, key: str, value: str) -> None:
    """Store a value."""
    upsert(conn, meta, [{"key": key, "value": clean(value)}], ["value"])


def get_values(conn: sa.Connection, prefix: str) -> dict[str, str]:
    """Return the values whose keys begin with a prefix, by the rest of their keys."""
    found = sa.select(meta.c.key, meta.c.value).where(meta.c.key.startswith(prefix, autoescape=True))
    # Compared again, since SQLite's LIKE takes no account of the case of ASCII letters.
    return {str(key)[len(prefix) :]: str(value) for key, value in conn.execute(found) if key.startswith(prefix)}


def set_values(conn: sa.Connection, prefix: str, values: Mapping[str, str]) -> None:
    """Store values under keys that begin with a prefix."""
    upsert(
        conn, meta, [{"key": clean(prefix + key), "value": clean(value)} for key, value in values.items()], ["value"]
    )


def drop_values(conn: sa.Connection, prefix: str, keys: Iterable[str]) -> None:
    """Delete values under keys that begin with a prefix."""
    for some in chunks([clean(prefix + key) for key in keys]):
        conn.execute(sa.delete(meta).where(meta.c.key.in_(some)))


def drop_value(conn: sa.Connection, key: str) -> None:
    """Delete a value."""
    conn.execute(sa.delete(meta).where(meta.c.key == key))
