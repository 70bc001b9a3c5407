"""Put a new outlet into the files together with the others, and find where names and addresses are in use already."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from monitor.articles import fold_host
from monitor.config.append_entry import append_entry, yaml_scalar
from monitor.config.config import Config, Loaded
from monitor.config.models import ADDRESS_KEYS, OutletEntry, OutletsFile
from monitor.config.outlet_entries import default_name
from monitor.config.safe_write import CheckedEdit, checked_edit, file_to_extend
from monitor.page_values import SELECTORS

_plain_address = re.compile(r"https?://[\w./:?=&%+~;@-]*[\w/=&%+~;@-]").fullmatch
_ADDED = "outlets/added.yaml"


@dataclass(frozen=True, slots=True)
class OutletDraft:
    """An outlet to be written: its addresses by key (`feed`, `sitemap`, `page`), and how it is `asked`, by key, too."""

    name: str
    addresses: Mapping[str, tuple[str, ...]]
    title: str = ""
    language: str = ""
    country: str = ""
    groups: tuple[str, ...] = ()
    asked: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)

    def lines(self, inner: int = 2) -> list[str]:
        """Return the outlet as an item of a block list, with `inner` columns from its dash to its keys."""
        body: list[str] = []
        for key, value in self._pairs():
            if isinstance(value, str):
                body.append(f"{key}: {value}")
            elif key == "groups":
                body.append(f"{key}: [{', '.join(value)}]")
            else:
                body += [f"{key}:", *(f"  - {one}" for one in value)]
        body += _mapping_lines(self.asked)
        return [f"-{' ' * (inner - 1)}{body[0]}", *(f"{' ' * inner}{line}" for line in body[1:])]

    def flow(self) -> str:
        """Return the outlet as an item of a list in brackets, in JSON, which is YAML too."""
        groups = {"groups": self.groups} if self.groups else {}
        keys = {**dict(self._texts()), **dict(self._address_keys()), **groups, **self.asked}
        return json.dumps(keys, ensure_ascii=False)

    def _pairs(self) -> Iterator[tuple[str, str | list[str]]]:
        texts = dict(self._texts())
        yield "name", yaml_scalar(texts.pop("name"))
        yield from ((key, yaml_scalar(text)) for key, text in texts.items() if key == "title")
        for key, urls in self._address_keys():
            yield key, _address_scalar(urls) if isinstance(urls, str) else list(map(_address_scalar, urls))
        yield from ((key, yaml_scalar(text)) for key, text in texts.items() if key != "title")
        if self.groups:
            yield "groups", list(map(yaml_scalar, self.groups))

    def _texts(self) -> Iterator[tuple[str, str]]:
        yield "name", self.name
        stated = {"title": self.title, "language": self.language, "country": self.country}
        yield from ((key, text) for key, text in stated.items() if text)

    def _address_keys(self) -> Iterator[tuple[str, str | tuple[str, ...]]]:
        for key, urls in self.addresses.items():
            plural = f"{key}s" if f"{key}s" in ADDRESS_KEYS else key
            yield (key, urls[0]) if len(urls) == 1 else (plural, urls)


def _mapping_lines(keys: Mapping[str, str | Mapping[str, str]]) -> Iterator[str]:
    for key, value in keys.items():
        if isinstance(value, str):
            yield f"{key}: {yaml_scalar(value)}"
        else:
            yield f"{key}:"
            yield from (f"  {line}" for line in _mapping_lines(value))


def add_outlet(directory: Path, data: Path, before: Loaded, draft: OutletDraft) -> CheckedEdit:
    """Return the edit that adds an outlet to a file of outlets; nothing is written yet.

    Raises ConfigError where the files do not load with it, and MonitorError where the file cannot be extended.
    """
    path = file_to_extend(directory, "outlets")
    if _has_defaults(before.require_config(), path):
        # Such a file holds what its defaults say, such as the outlets of a country.
        path = _ADDED
    return checked_edit(directory, data, path, lambda text: append_entry(text, "outlets", draft), before)


def outlet_places(config: Config) -> dict[str, str]:
    """Return the file and line of every outlet by its name, in small letters; also of those that are not active."""
    return {name.casefold(): place for name, _, place in _entries(config)}


def with_place(config: Config, outlet: str, said: str) -> str:
    """Return what is said of an outlet's pages, with its file and line where the selectors there are to blame."""
    place = outlet_places(config).get(outlet.casefold()) if said.startswith(SELECTORS) else ""
    return f"{said} ({place})" if place else said


def address_places(config: Config) -> dict[str, str]:
    """Return the file and line of every address that stands in the files, by its `address_key`."""
    return {address_key(url): place for _, entry, place in _entries(config) for _, url in _addresses(entry)}


def address_key(url: str) -> str:
    """Return what all spellings of a feed's address share: without scheme, user, `www.` and slash at the end."""
    parts = urlsplit(url)
    return f"{fold_host(parts.netloc)}{parts.path.rstrip('/')}?{parts.query}"


def _entries(config: Config) -> Iterator[tuple[str, OutletEntry, str]]:
    for parsed_file in config.memo.parsed_files.values():
        for loc, entry in parsed_file.entries("outlets"):
            names = (default_name(kind, url) for kind, url in _addresses(entry))
            yield entry.name or next(names, ""), entry, f"{parsed_file.path}:{parsed_file.line(loc)}"


def _addresses(entry: OutletEntry) -> Iterator[tuple[str, str]]:
    for key, kind in ADDRESS_KEYS.items():
        yield from ((kind, url) for url in getattr(entry, key))


def _has_defaults(config: Config, path: str) -> bool:
    models = (one.model for one in config.memo.parsed_files.values() if one.path == path)
    return any(isinstance(model, OutletsFile) and model.defaults.model_fields_set for model in models)


def _address_scalar(url: str) -> str:
    return url if _plain_address(url) else json.dumps(url, ensure_ascii=False)
