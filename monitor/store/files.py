"""The last good configuration, file by file, and single values that must outlive a restart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import upsert
from monitor.store.tables import files, meta


def keep(conn: sa.Connection, good: Mapping[str, str], now: datetime) -> None:
    """Make these the last good files, by path; others are forgotten, unchanged ones keep their moment."""
    stored = load(conn)
    gone = [path for path in stored if path not in good]
    changed = [
        {"path": path, "text": clean(text), "at": now} for path, text in good.items() if stored.get(path) != text
    ]
    if gone:
        conn.execute(sa.delete(files).where(files.c.path.in_(gone)))
    upsert(conn, files, changed, ["text", "at"])


def load(conn: sa.Connection) -> dict[str, str]:
    """Return the last good files by path."""
    return {str(path): str(text) for path, text in conn.execute(sa.select(files.c.path, files.c.text))}


def get_value(conn: sa.Connection, key: str, default: str = "") -> str:
    """Return a single kept value."""
    found = conn.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar()
    return default if found is None else str(found)


def set_value(conn: sa.Connection, key: str, value: str) -> None:
    """Keep a single value."""
    upsert(conn, meta, [{"key": key, "value": clean(value)}], ["value"])


def drop_value(conn: sa.Connection, key: str) -> None:
    """Forget a single value."""
    conn.execute(sa.delete(meta).where(meta.c.key == key))
