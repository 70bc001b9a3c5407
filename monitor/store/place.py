"""Parse where a database is, a path or an address, and name it without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import sqlalchemy as sa

from monitor.errors import StoreError


@dataclass(frozen=True, slots=True)
class Place:
    """A SQLite file (`path`) or a PostgreSQL database (`url`); exactly one of them is set."""

    path: Path | None = None
    url: sa.URL | None = None

    @classmethod
    def of(cls, where: str | Path | Place) -> Place:
        """Parse a path, `sqlite:///path` or `postgresql://user@host/name`; raise StoreError for anything else."""
        if isinstance(where, Place):
            return where
        text = str(where)
        if isinstance(where, Path) or "://" not in text:
            return cls(path=Path(text))
        url = _parsed(text)
        name = url.get_backend_name()
        if name == "sqlite" and url.database:
            return cls(path=Path(url.database))
        if name in ("postgresql", "postgres"):
            # The host may be a folder of sockets, percent-encoded as in libpq's addresses.
            return cls(url=url.set(drivername="postgresql+psycopg", host=unquote(url.host or "") or None))
        raise StoreError(f"{name} is not a database for monitor: give a file or postgresql://…", permanent=True)

    def __str__(self) -> str:
        """Return the path or address without user, password or options."""
        if self.url is None:
            return str(self.path)
        host, port = (getattr(self.url, part) or self.url.query.get(part) or "" for part in ("host", "port"))
        shown = f"[{host}]" if ":" in str(host) else quote(str(host), safe="")
        return f"postgresql://{shown}{f':{port}' if port else ''}/{self.url.database or ''}"


def _parsed(text: str) -> sa.URL:
    try:
        return sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as error:
        # The text may hold a password, so it is not repeated.
        raise StoreError(
            "the database address cannot be read: expected postgresql://user@host/name", permanent=True
        ) from error
