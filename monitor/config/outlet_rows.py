"""Turn the outlets of a configuration into texts, one an outlet, and back: a worker reads those of its work alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from monitor.config.config import Config
from monitor.config.outlet_entries import OutletIndex
from monitor.config.site_access import SiteAccess
from monitor.errors import StoreError
from monitor.model import Feed, Outlet
from monitor.query import Scope


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An active outlet, and how it is asked where that is otherwise than all others."""

    # An older program refuses an outlet that uses a key which it does not know.
    __pydantic_config__ = ConfigDict(extra="forbid")

    outlet: Outlet
    site: SiteAccess | None = None


# Made of the fields of these types, so that a new one is stored, too.
_ROW = TypeAdapter(OutletRow)
_NO_FOLDER = Path()


@dataclass(frozen=True, slots=True)
class PackedOutlets:
    """The outlets of a configuration as texts: the active ones by name, and what rules may name of all."""

    rows: Mapping[str, str]
    names: str


def pack_outlets(config: Config) -> PackedOutlets:
    """Return the outlets of a configuration as texts; the same outlet is the same text in every process."""
    rows = {name: pack_row(OutletRow(outlet, config.sites.get(name))) for name, outlet in config.outlets.items()}
    return PackedOutlets(rows, pack_names(config.scope))


def pack_row(row: OutletRow) -> str:
    """Return an outlet as JSON, without the folder from which its files count: each machine has its own."""
    site = replace(row.site, folder=_NO_FOLDER) if row.site else None
    packed = _ROW.dump_python(OutletRow(row.outlet, site), mode="json", exclude_defaults=True)
    if groups := packed["outlet"].get("groups"):
        # A set has another order in each process.
        groups.sort()
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


def unpack_row(text: str, data: Path) -> OutletRow:
    """Return the outlet that was packed, whose files count from `data`.

    Raises StoreError where another version packed what this one does not know.
    """
    try:
        row = _ROW.validate_json(text)
    except ValidationError as error:
        (first, *_) = error.errors()
        where = ".".join(map(str, first["loc"]))
        raise StoreError(f"an outlet was stored by a monitor of another version: {where}: {first['msg']}") from None
    return replace(row, site=replace(row.site, folder=data.absolute())) if row.site else row


def pack_names(scope: Scope) -> str:
    """Return as JSON which outlets, groups, countries and languages rules may name: groups as places of outlets."""
    names = sorted(scope.outlets)
    place = {name: number for number, name in enumerate(names)}
    groups = scope.groups if isinstance(scope.groups, Mapping) else {}
    members = {group: [place[name] for name in groups[group]] for group in sorted(groups)}
    known = [names, members, sorted(scope.countries), sorted(scope.languages)]
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class OutletLookup:
    """Where outlets are looked up by name, feeds by address, and by outlet how it is asked if not as all are."""

    outlets: Mapping[str, Outlet]
    feeds: Mapping[str, Feed]
    sites: Mapping[str, SiteAccess]


def index_of(names: str, lookup: OutletLookup) -> OutletIndex:
    """Return the index of outlets that are looked up, whose names `pack_names` packed."""
    outlets, groups, countries, languages = json.loads(names)
    return OutletIndex(
        lookup.outlets,
        lookup.feeds,
        lookup.sites,
        names=set(outlets),
        groups={group: [outlets[number] for number in members] for group, members in groups.items()},
        countries=set(countries),
        languages=set(languages),
    )
