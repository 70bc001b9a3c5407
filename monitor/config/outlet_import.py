"""Turn a list of outlets that another program wrote into a file of outlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.config.append_entry import printable
from monitor.config.config import Config, Loaded
from monitor.config.new_outlets import OutletDraft, address_key, address_places, outlet_places
from monitor.config.outlet_entries import default_name, host_name
from monitor.config.outlet_lists import ListedAddress, parse_outlet_list
from monitor.config.safe_write import CheckedEdit, checked_edit, free_file


@dataclass(frozen=True, slots=True)
class OutletImport:
    """The outlets of a list; where it has `problems`, each with its line, there are none.

    `skipped` are the addresses that are not imported, each with the reason. `edit` is the new file with all `drafts`,
    or None where there are none; nothing is written yet.
    """

    problems: tuple[tuple[int, str], ...] = ()
    skipped: tuple[tuple[ListedAddress, str], ...] = ()
    drafts: tuple[OutletDraft, ...] = ()
    edit: CheckedEdit | None = None


def import_outlets(directory: Path, data: Path, before: Loaded, source: tuple[str, bytes]) -> OutletImport:
    """Read a list (its name and its bytes), and check its outlets together with the files of the folder.

    Raises ConfigError where the folder does not load, or not with these outlets.
    """
    name, raw = source
    listed = parse_outlet_list(raw)
    if listed.problems:
        return OutletImport(tuple(sorted(listed.problems)))
    kept, skipped = _new_ones(before.require_config(), listed.addresses)
    drafts = tuple(_draft(outlet, addresses) for outlet, addresses in _by_outlet(kept).items())
    if not drafts:
        return OutletImport(skipped=tuple(skipped))
    head = [f"# Outlets imported from {printable(name)}.", "outlets:"]
    text = "\n".join([*head, *(f"  {line}" for draft in drafts for line in draft.lines())]) + "\n"
    path = free_file(directory, "outlets", "imported")
    edit = checked_edit(directory, data, path, lambda _: text, before)
    return OutletImport((), tuple(skipped), drafts, edit)


def _new_ones(
    config: Config, addresses: Sequence[ListedAddress]
) -> tuple[list[ListedAddress], list[tuple[ListedAddress, str]]]:
    """Return the addresses to import, all with a name, and the others with the reason."""
    places, names = address_places(config), outlet_places(config)
    kept: list[ListedAddress] = []
    skipped: list[tuple[ListedAddress, str]] = []
    for listed in addresses:
        name, key = listed.name or default_name(listed.kind, listed.url), address_key(listed.url)
        if place := places.get(key):
            skipped.append((listed, f"the address is in {place} already"))
        elif place := names.get(name.casefold()):
            skipped.append((listed, f"an outlet {name} is in {place} already"))
        else:
            kept.append(replace(listed, name=name))
            places[key] = f"line {listed.line}"
    return kept, skipped


def _by_outlet(addresses: Sequence[ListedAddress]) -> dict[str, list[ListedAddress]]:
    """Return the addresses of each outlet: those of one name and host; the name at another host names it, too."""
    outlets: dict[str, list[ListedAddress]] = {}
    names: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for listed in addresses:
        host = host_name(listed.url)
        folded = listed.name.casefold()
        name = listed.name if hosts.setdefault(folded, host) == host else f"{listed.name} ({host})"
        outlets.setdefault(names.setdefault(name.casefold(), name), []).append(listed)
    return outlets


def _draft(name: str, listed: Sequence[ListedAddress]) -> OutletDraft:
    """Return the outlet of some addresses; what they do not agree about is left out."""
    languages, countries = {one.language for one in listed}, {one.country for one in listed}
    return OutletDraft(
        name,
        {kind: tuple(one.url for one in listed if one.kind == kind) for kind in dict.fromkeys(o.kind for o in listed)},
        next((one.title for one in listed if one.title), ""),
        languages.pop() if len(languages) == 1 else "",
        countries.pop() if len(countries) == 1 else "",
        tuple(dict.fromkeys(group for one in listed for group in one.groups)),
    )
