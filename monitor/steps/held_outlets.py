"""Hold the outlets of the work that a worker has in hand, out of all that are stored, and read any other when asked.

A claim holds those of what it hands out, so that next to nothing is read one by one. An outlet that is read later than
the rules may be newer than they are: what was found by both is compared with the generation before it is stored.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from monitor.config import Config, SiteAccess
from monitor.config.outlet_rows import OutletLookup, OutletRow, unpack_row
from monitor.model import Feed, Outlet
from monitor.store import Connection, Store, outlet_records

V = TypeVar("V")

MOST_HELD = 2_000
"""Outlets that one worker holds at most, the latest asked for: several times those of all that it has in hand."""


class HeldOutlets:
    """The outlets that are held by name, None those that are not in force; `lookup` finds all that are in force.

    Files of outlets count from `data`. It may be asked by any thread.
    """

    def __init__(self, store: Store, data: Path) -> None:
        self._store = store
        self._data = data
        self._rows = OrderedDict[str, OutletRow | None]()
        self._feeds: dict[str, Feed] = {}
        self._lock = threading.Lock()
        self.lookup = OutletLookup(_Found(self._outlet, self), _Found(self._feed, self), _Found(self._site, self))

    def names(self) -> frozenset[str]:
        """Return the names that are held."""
        with self._lock:
            return frozenset(self._rows)

    def hold(self, conn: Connection, names: Iterable[str]) -> None:
        """Hold these outlets, reading in one statement those that are not held yet; raise StoreError."""
        if missing := set(names) - self.names():
            self.keep(dict.fromkeys(missing) | outlet_records.load(conn, missing))

    def keep(self, texts: Mapping[str, str | None]) -> None:
        """Hold outlets that were read as texts, None where one is not in force; raise StoreError."""
        rows = {name: unpack_row(text, self._data) if text is not None else None for name, text in texts.items()}
        with self._lock:
            for name, row in rows.items():
                self._rows[name] = row
                self._feeds |= {feed.url: feed for feed in row.outlet.feeds} if row else {}
            while len(self._rows) > MOST_HELD:
                _, oldest = self._rows.popitem(last=False)
                for feed in oldest.outlet.feeds if oldest else ():
                    self._feeds.pop(feed.url, None)

    def _row(self, name: str) -> OutletRow | None:
        with self._lock:
            if name in self._rows:
                self._rows.move_to_end(name)
                return self._rows[name]
        with self._store.reading() as conn:
            text = outlet_records.load(conn, [name]).get(name)
        self.keep({name: text})
        return unpack_row(text, self._data) if text is not None else None

    def _outlet(self, name: str) -> Outlet | None:
        row = self._row(name)
        return row.outlet if row else None

    def _site(self, name: str) -> SiteAccess | None:
        row = self._row(name)
        return row.site if row else None

    def _feed(self, url: str) -> Feed | None:
        with self._lock:
            if url in self._feeds:
                return self._feeds[url]
        with self._store.reading() as conn:
            found = outlet_records.of_feed(conn, url)
        self.keep(found)
        with self._lock:
            return self._feeds.get(url)


class _Found(Mapping[str, V]):
    """What is found one by one; nobody goes through all, since that would read as many rows."""

    def __init__(self, find: Callable[[str], V | None], held: HeldOutlets) -> None:
        self._find = find
        self.held = held

    def __getitem__(self, key: str) -> V:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a worker looks outlets up one by one: it does not hold all of them")

    def __len__(self) -> int:
        raise TypeError("a worker looks outlets up one by one: it does not count them")


def hold_outlets(conn: Connection, config: Config, names: Iterable[str]) -> None:
    """Have a worker hold these outlets, which its work needs next; who conducts holds all. Raises StoreError."""
    if held := held_by(config):
        held.hold(conn, names)


def held_by(config: Config) -> HeldOutlets | None:
    """Return what holds the outlets of a worker's configuration; None where the configuration itself holds all."""
    return config.outlets.held if isinstance(config.outlets, _Found) else None
