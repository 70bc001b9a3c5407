"""Let feeds and articles follow an outlet that is renamed: what it published stays known, and is its own.

Keys of articles carry the name that their outlet had when they were stored. They are hashes and cannot be made anew,
so that an outlet keeps that name for its keys (`feeds.known_as`) whatever the files call it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from monitor.model import Feed
from monitor.store import mute_records
from monitor.store.event_tables import event_signs
from monitor.store.tables import articles, feeds


def renamed_outlets(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return old name by new name of outlets that were renamed, from the outlet of each feed before and after.

    An outlet is another under a new name where all feeds that it has in common with what was before came from one
    outlet, and nothing that is left of that one is another's. A feed that went over to another outlet is no rename.
    """
    came_from: dict[str, set[str]] = {}
    went_to: dict[str, set[str]] = {}
    for url in before.keys() & after.keys():
        came_from.setdefault(after[url], set()).add(before[url])
        went_to.setdefault(before[url], set()).add(after[url])
    return {
        new: old
        for new, olds in came_from.items()
        for old in olds
        if old != new and olds == {old} and went_to[old] == {new}
    }


@dataclass(frozen=True, slots=True)
class OutletNames:
    """What an edit of the files means: the name for keys by outlet, and known feeds that moved to another outlet."""

    for_keys: Mapping[str, str]
    moved: tuple[str, ...]


def follow(conn: sa.Connection, wanted: Mapping[str, Feed], batch_id: str) -> OutletNames:
    """Give what is stored of renamed outlets their new names, and tell which feeds moved to an outlet that has others.

    Of a renamed outlet a poll that began under the old name stores nothing: its claim is over. `wanted` are the feeds
    of the files by address; the batch id tells the keys of an outlet apart that has the former name of another.
    """
    stored = conn.execute(sa.select(feeds.c.url, feeds.c.outlet, feeds.c.known_as)).all()
    before = {row.url: row.outlet for row in stored}
    after = {url: feed.outlet for url, feed in wanted.items()}
    old_names = renamed_outlets(before, after)
    known_as = {row.outlet: row.known_as or row.outlet for row in stored}
    for_keys = _names_for_keys(dict.fromkeys(after.values()), old_names, known_as, batch_id)
    if old_names:
        _move(conn, {old: new for new, old in old_names.items()})
    moved = [url for url, outlet in after.items() if before.get(url, outlet) != outlet and outlet not in old_names]
    return OutletNames(for_keys, tuple(moved))


def _names_for_keys(
    outlets: Iterable[str], old_names: Mapping[str, str], known_as: Mapping[str, str], batch_id: str
) -> dict[str, str]:
    staying, taken = known_as.keys() - set(old_names.values()), set(known_as.values())
    # A name that another outlet had, or has for its keys: they are two, and an article of one is none of the other's.
    fresh = {new: f"{new}\n{batch_id}" if new in taken else new for new in outlets}
    return {
        new: known_as[old_names[new]] if new in old_names else known_as[new] if new in staying else fresh[new]
        for new in fresh
    }


def keep(conn: sa.Connection, for_keys: Mapping[str, str]) -> None:
    """Store the name for keys of each outlet at all its feeds, empty where it is the outlet's present name."""
    stored = conn.execute(sa.select(feeds.c.outlet, feeds.c.known_as).distinct()).all()
    for outlet in {outlet for outlet, name in stored if for_keys.get(outlet, name or outlet) != (name or outlet)}:
        name = for_keys[outlet] if for_keys[outlet] != outlet else ""
        conn.execute(sa.update(feeds).where(feeds.c.outlet == outlet).values(known_as=name))


def _move(conn: sa.Connection, renamed: Mapping[str, str]) -> None:
    """Give what is stored of outlets their new names, in one statement a table, since names may be swapped."""
    for column in (articles.c.outlet, event_signs.c.outlet, feeds.c.outlet):
        change = sa.update(column.table).where(column.in_(list(renamed)))
        conn.execute(change.values({column.name: sa.case(dict(renamed), value=column)}))
    mute_records.follow_outlets(conn, renamed)
    ended = sa.update(feeds).where(feeds.c.outlet.in_(list(renamed.values())))
    conn.execute(ended.values(lease_until=None, token=None))


def names_for_keys(conn: sa.Connection) -> dict[str, str]:
    """Return the name that the keys of its articles carry by outlet, of those that were renamed."""
    query = sa.select(feeds.c.outlet, feeds.c.known_as).where(feeds.c.known_as != "").distinct()
    return {row.outlet: row.known_as for row in conn.execute(query)}


def name_for_keys(conn: sa.Connection, outlet: str) -> str:
    """Return the name that the keys of an outlet's articles carry."""
    return names_for_keys(conn).get(outlet, outlet)
