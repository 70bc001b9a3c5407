"""Check a whole database for damage and return its faults as texts; also gives the check of a SQLite file."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from monitor.errors import StoreError
from monitor.store.engine import Store
from monitor.store.faults import translated
from monitor.store.postgres import long_statements
from monitor.store.sqlite import FileCheck
from monitor.store.tables import derived, metadata

__all__ = ["FileCheck", "faults"]

_MAX_FAULTS = 20
"""The most faults that are returned of one database."""
# The tables of a contentless FTS5 index, which has no `content` (sqlite.org/fts5.html, section 9).
_SHADOWS = ("data", "idx", "docsize", "config")
_INDEXES = """
SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
JOIN pg_am ON pg_am.oid = relam JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE amname = 'btree' AND nspname = current_schema() ORDER BY 1
"""


def faults(store: Store, progress: Callable[[str], None] = lambda _what: None) -> list[str]:
    """Read a whole database and return its faults as texts; `progress` is called with what is read next."""
    path = store.place.path
    found = _postgres_faults(store, progress) if path is None else _file_faults(path, progress)
    return [fault for _, fault in zip(range(_MAX_FAULTS), found, strict=False)]


def _file_faults(path: Path, progress: Callable[[str], None]) -> Iterator[str]:
    progress("the file and its indexes")
    with closing(FileCheck(path)) as check:
        yield from check.faults(_MAX_FAULTS)
    progress("the index of words")
    yield from _word_index_faults(path)


def _word_index_faults(path: Path) -> Iterator[str]:
    """Let FTS5 check a copy of its tables, since its check counts as a write and the file has one writer."""
    try:
        with translated(str(path)), tempfile.TemporaryDirectory(dir=path.parent, prefix=".check-") as folder:
            copy = Path(folder) / "words.db"
            _copy_words(path, copy)
            with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
                conn.execute("INSERT INTO search_tokens (search_tokens) VALUES ('integrity-check')")
    except StoreError as error:
        yield f"the index of words: {error}"


def _copy_words(path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None, uri=True)) as conn:
        conn.execute("ATTACH ? AS source", (f"file:{quote(str(path.absolute()))}?mode=ro",))
        conn.execute("BEGIN")
        conn.execute(conn.execute("SELECT sql FROM source.sqlite_master WHERE name = 'search_tokens'").fetchone()[0])
        for part in _SHADOWS:
            conn.execute(f"DELETE FROM main.search_tokens_{part}")  # noqa: S608 - names of ours
            conn.execute(f"INSERT INTO main.search_tokens_{part} SELECT * FROM source.search_tokens_{part}")  # noqa: S608
        conn.execute("COMMIT")


def _postgres_faults(store: Store, progress: Callable[[str], None]) -> Iterator[str]:
    for table in [*metadata.tables, *derived.tables, "search_tokens"]:
        progress(table)
        # The rows as text, so that values stored out of line (TOAST) are read, too.
        yield from _failure_of(store, table, f"SELECT sum(length(t::text)) FROM {table} t")  # noqa: S608 - names of ours
    with store.reading() as conn:
        has_amcheck = conn.exec_driver_sql("SELECT to_regprocedure('bt_index_check(regclass, boolean)')").scalar()
        indexes = list(conn.exec_driver_sql(_INDEXES).scalars()) if has_amcheck else []
    for index in indexes:
        progress(index)
        # `true`: amcheck looks up every row of the table in the index, too (heapallindexed).
        yield from _failure_of(store, index, f"SELECT bt_index_check('{index}'::regclass, true)")


def _failure_of(store: Store, what: str, query: str) -> Iterator[str]:
    try:
        with store.reading() as conn, long_statements(conn):
            conn.execute(sa.text(query)).all()
    except StoreError as error:
        yield f"{what}: {error}"
