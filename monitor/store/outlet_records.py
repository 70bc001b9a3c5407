"""Store the outlets in force as texts, one a row, so that a worker reads those of its work alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from monitor.store.dialects import chunks, insert_many, pick, upsert
from monitor.store.outlet_tables import outlets
from monitor.store.tables import feeds

_ALL = sa.select(outlets.c.name, outlets.c.definition)


def keep(conn: sa.Connection, wanted: Mapping[str, str]) -> int:
    """Store exactly these outlets by name; return how many rows were written or deleted, which others are not."""
    stored = {str(name): str(text) for name, text in conn.execute(_ALL)}
    added = [(name, text) for name, text in wanted.items() if name not in stored]
    changed = [{"name": name, "definition": text} for name, text in wanted.items() if stored.get(name, text) != text]
    gone = [name for name in stored if name not in wanted]
    for some in chunks(gone):
        conn.execute(sa.delete(outlets).where(outlets.c.name.in_(some)))
    upsert(conn, outlets, changed, ["definition"])
    insert_many(conn, outlets, ["name", "definition"], added)
    return len(added) + len(changed) + len(gone)


def load(conn: sa.Connection, names: Iterable[str]) -> dict[str, str]:
    """Return those of these outlets that are in force."""
    found = pick(conn, (outlets.c.name, outlets.c.definition), outlets.c.name, sorted(names))
    return {str(name): str(text) for name, text in found}


def of_feed(conn: sa.Connection, url: str) -> dict[str, str]:
    """Return the outlet of a watched feed; none where the address is no such feed."""
    query = _ALL.join(feeds, feeds.c.outlet == outlets.c.name).where(feeds.c.url == url, feeds.c.active)
    return {str(name): str(text) for name, text in conn.execute(query)}


def watched_hosts(conn: sa.Connection, among: Iterable[str]) -> tuple[int, frozenset[str]]:
    """Return how many hosts the watched feeds have, and which of some they are."""
    count = conn.execute(sa.select(sa.func.count(feeds.c.host.distinct())).where(feeds.c.active)).scalar_one()
    found = sa.select(feeds.c.host).distinct().where(feeds.c.active)
    parts = [conn.execute(found.where(feeds.c.host.in_(some))).scalars() for some in chunks(sorted(among))]
    return int(count), frozenset(str(host) for part in parts for host in part)
