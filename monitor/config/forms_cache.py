"""Cache the forms of words and names on disk between runs, which takes microseconds instead of seconds.

The key has the version of the language data; whatever is wrong with the file, the forms are computed again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from itertools import repeat
from pathlib import Path

from monitor.model import Form
from monitor.text.forms import FORMS_VERSION

FOLDER_VARIABLE = "MONITOR_CACHE"
FILE_NAME = "forms.db"
_CREATE = (
    "CREATE TABLE IF NOT EXISTS forms (version TEXT, key TEXT, forms TEXT, PRIMARY KEY (version, key)) WITHOUT ROWID"
)
_SELECT = "SELECT forms FROM forms WHERE version = ? AND key = ?"
# Seconds to wait for another process's lock; after that the forms are computed.
_LOCK_TIMEOUT = 0.5


class FormsCache:
    """The cache in the data folder's `cache`, or in the folder that MONITOR_CACHE names.

    It creates neither a data folder nor a named folder that does not exist.
    """

    def __init__(self, data: Path) -> None:
        folder = os.environ.get(FOLDER_VARIABLE)
        self._parent = Path(folder) if folder else data
        self._file = (Path(folder) if folder else data / "cache") / FILE_NAME
        self._reader: sqlite3.Connection | None = None

    def get(self, key: str) -> tuple[Form, ...] | None:
        """Return the forms stored under a key by this version of the language data, or None."""
        if self._reader is None and not self._file.is_file():
            return None
        with suppress(sqlite3.Error, ValueError, TypeError, IndexError):
            self._reader = self._reader or self._open("ro")
            row = self._reader.execute(_SELECT, (FORMS_VERSION, key)).fetchone()
            return _unpacked(row[0]) if row else None
        return None

    def close(self) -> None:
        """Close the file until the next lookup."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def store(self, found: Mapping[str, tuple[Form, ...]]) -> None:
        """Store new forms, and delete those of other versions."""
        if not found or not self._parent.is_dir():
            return
        rows = [(FORMS_VERSION, key, _packed(forms)) for key, forms in found.items()]
        with suppress(sqlite3.Error, OSError):
            self._file.parent.mkdir(exist_ok=True)
            try:
                self._write(rows)
            except sqlite3.OperationalError:
                pass  # locked, full or read-only: the file itself may be good
            except sqlite3.DatabaseError:
                # Damaged, which no later start would mend.
                self._file.unlink()
                self._write(rows)

    def _write(self, rows: list[tuple[str, str, str]]) -> None:
        with closing(self._open("rwc")) as conn, conn:
            conn.execute(_CREATE)
            conn.execute("DELETE FROM forms WHERE version != ?", (FORMS_VERSION,))
            conn.executemany("INSERT OR REPLACE INTO forms VALUES (?, ?, ?)", rows)

    def _open(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self._file.absolute().as_uri()}?mode={mode}", uri=True, timeout=_LOCK_TIMEOUT, check_same_thread=False
        )


def _packed(forms: tuple[Form, ...]) -> str:
    """Return forms as JSON: the distinct values of all fields but the text, the number of these for each form, texts.

    A name has hundreds of forms, but few kinds of them: this is a third as long and read in half the time.
    """
    numbers = {kind: number for number, kind in enumerate(dict.fromkeys(form[1:] for form in forms))}
    columns = [list(numbers), [numbers[form[1:]] for form in forms], [form.text for form in forms]]
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":"))


def _unpacked(packed: str) -> tuple[Form, ...]:
    """Return the forms of `_packed`, which share the values of their kinds."""
    kinds, numbers, texts = json.loads(packed)
    languages, sources, confidences, capitals, commons = zip(*map(kinds.__getitem__, numbers), strict=True)
    rows = zip(texts, languages, sources, confidences, capitals, commons, strict=True)
    # Without the Python-level constructor, for speed: two thousand names have half a million forms.
    return tuple(map(tuple.__new__, repeat(Form), rows))
