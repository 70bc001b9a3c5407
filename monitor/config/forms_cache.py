"""Forms of words and names kept on disk between runs, with the version of what made them: found in microseconds
instead of seconds. A cache and no more: whatever is wrong with the file, the forms are found anew."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from monitor.model import Form
from monitor.text.forms import FORMS_VERSION

FOLDER = "MONITOR_CACHE"
FILE = "forms.db"
_MAKE = (
    "CREATE TABLE IF NOT EXISTS forms (version TEXT, key TEXT, forms TEXT, PRIMARY KEY (version, key)) WITHOUT ROWID"
)
_FIND = "SELECT forms FROM forms WHERE version = ? AND key = ?"
_PATIENCE = 0.5


class FormsCache:
    """The forms kept in the data folder's `cache`, or in the folder that MONITOR_CACHE names.

    Neither a data folder nor a named folder that does not exist is made.
    """

    def __init__(self, data: Path) -> None:
        named = os.environ.get(FOLDER)
        self._home = Path(named) if named else data
        self._file = (Path(named) if named else data / "cache") / FILE
        self._reader: sqlite3.Connection | None = None

    def get(self, key: str) -> tuple[Form, ...] | None:
        """Return the forms kept under a key by this version of the language data."""
        if self._reader is None and not self._file.is_file():
            return None
        with suppress(sqlite3.Error, ValueError, TypeError):
            self._reader = self._reader or self._open("ro")
            row = self._reader.execute(_FIND, (FORMS_VERSION, key)).fetchone()
            return tuple(map(Form._make, json.loads(row[0]))) if row else None
        return None

    def close(self) -> None:
        """Let the file go until something is looked for again."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def keep(self, found: Mapping[str, tuple[Form, ...]]) -> None:
        """Keep newly found forms and forget those of other versions."""
        if not found or not self._home.is_dir():
            return
        rows = [(FORMS_VERSION, key, json.dumps(forms, ensure_ascii=False)) for key, forms in found.items()]
        with suppress(sqlite3.Error, OSError):
            self._file.parent.mkdir(exist_ok=True)
            with closing(self._open("rwc")) as conn, conn:
                conn.execute(_MAKE)
                conn.execute("DELETE FROM forms WHERE version != ?", (FORMS_VERSION,))
                conn.executemany("INSERT OR REPLACE INTO forms VALUES (?, ?, ?)", rows)

    def _open(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self._file.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE, check_same_thread=False
        )
