"""Gather the outlets of all files with their feeds, and the names that rules may use for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.login_keys import LoginKeys
from monitor.config.model_errors import Loc
from monitor.config.models import ADDRESS_KEYS, SELECTABLE, MonitorKeys, OutletDefaults, OutletEntry
from monitor.config.site_access import Login, SiteAccess
from monitor.errors import RefusedError
from monitor.model import Feed, Fulltext, Outlet
from monitor.net import Gate
from monitor.sources import SOURCES, WHOLE_TEXTS, recognised_address
from monitor.text import without_credentials

NO_DEFAULTS = OutletDefaults()
_ACCESS_KEYS = frozenset({"headers", "header_files", "user_agent", "proxy", "login"})
_NAME_OF = {source.key: source.outlet_name for source in SOURCES.values() if source.outlet_name}


@dataclass(slots=True)
class OutletIndex:
    """The active outlets by name, their feeds by address, and the names that rules may use, of inactive ones too.

    `sites` says how outlets are asked that are asked otherwise than all others.
    """

    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    sites: Mapping[str, SiteAccess] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    groups: dict[str, list[str]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    first_of_language: dict[str, tuple[ParsedFile, Loc]] = field(default_factory=dict)
    """Where the first active outlet of each language is declared."""


@dataclass(slots=True)
class _OutletGatherer:
    """The registers, and what was gathered so far; `bare_addresses` are outlets given by addresses alone.

    `fulltext` holds for outlets that say nothing of it, and relative files count from `data`.
    """

    report: ProblemReport
    gate: Gate
    fulltext: Fulltext
    data: Path
    names: NameRegister
    urls: NameRegister
    index: OutletIndex = field(default_factory=OutletIndex)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    sites: dict[str, SiteAccess] = field(default_factory=dict)
    bare_addresses: set[str] = field(default_factory=set)


def gather_outlets(
    parsed_files: Iterable[ParsedFile], keys: MonitorKeys, data: Path, report: ProblemReport
) -> OutletIndex:
    """Return every outlet; `keys` are those of monitor.yaml, and relative files count from `data`.

    Repeated names and addresses are errors; private addresses that are not allowed get a warning.
    """
    gatherer = _OutletGatherer(
        report,
        Gate(keys.private_hosts_allowed),
        keys.defaults.fulltext or Fulltext.AUTO,
        data,
        NameRegister("outlet", report),
        NameRegister("address", report),
    )
    for parsed_file in parsed_files:
        defaults = getattr(parsed_file.model, "defaults", NO_DEFAULTS)
        for loc, entry in parsed_file.entries("outlets"):
            _add_entry(gatherer, parsed_file, loc, _with_defaults(entry, defaults))
    feeds = {feed.url: feed for outlet in gatherer.outlets.values() for feed in outlet.feeds}
    return replace(gatherer.index, outlets=gatherer.outlets, feeds=feeds, sites=gatherer.sites)


def _with_defaults(entry: OutletEntry, defaults: OutletDefaults) -> OutletEntry:
    given = {key: getattr(defaults, key) for key in defaults.model_fields_set - entry.model_fields_set}
    return entry.model_copy(update=given) if given else entry


def _add_entry(gatherer: _OutletGatherer, parsed_file: ParsedFile, loc: Loc, entry: OutletEntry) -> None:
    addresses = list(_addresses(entry))
    if not addresses:
        *others, last = ADDRESS_KEYS
        hint = f"give it a {', '.join(others)} or {last}"
        gatherer.report.add_error(parsed_file.problem(loc, "an outlet without anything to read", hint))
        return
    if entry.select and SELECTABLE.isdisjoint(ADDRESS_KEYS[key] for key, _, _ in addresses):
        needed = " or ".join(sorted(SELECTABLE))
        hint = f"give the {needed} that it reads"
        gatherer.report.add_error(parsed_file.problem((*loc, "select"), f"select without a {needed}", hint))
    if entry.article and {ADDRESS_KEYS[key] for key, _, _ in addresses} <= WHOLE_TEXTS:
        kind = ADDRESS_KEYS[addresses[0][0]]
        said = f"“article” does nothing here: what {kind} gives is the whole text, and no other page is read"
        gatherer.report.warn(parsed_file, (*loc, "article"), said, "take it out")
    _report_access(gatherer.report, parsed_file, loc, entry)
    first_key, _, first_url = addresses[0]
    name = entry.name or default_name(ADDRESS_KEYS[first_key], first_url)
    is_bare = entry.model_fields_set <= {"feed"} | OutletDefaults.model_fields.keys() and not entry.name
    is_repeated_host = is_bare and name in gatherer.bare_addresses
    if not is_repeated_host and not gatherer.names.claim(name, parsed_file, (*loc, "name") if entry.name else loc):
        return
    if is_bare:
        gatherer.bare_addresses.add(name)
    if entry.language and entry.active is not False:
        gatherer.index.first_of_language.setdefault(entry.language, (parsed_file, loc))
    _add_outlet(gatherer, name, entry, list(_feeds(gatherer, parsed_file, loc, name, entry)))


def _report_access(report: ProblemReport, parsed_file: ParsedFile, loc: Loc, entry: OutletEntry) -> None:
    plain = {name.lower() for name in entry.headers}
    for name in entry.header_files:
        if name.lower() in plain:
            at = (*loc, "header_files", name)
            report.add_error(parsed_file.problem(at, f"the header {name} stands in headers, too", "give it once"))
    if entry.proxy_password_file and not entry.proxy:
        at = (*loc, "proxy_password_file")
        report.add_error(
            parsed_file.problem(at, "proxy_password_file without a proxy", "give the proxy, or take it out")
        )
    if entry.login:
        _report_login(report, parsed_file, (*loc, "login"), entry.login)


def _report_login(report: ProblemReport, parsed_file: ParsedFile, loc: Loc, login: LoginKeys) -> None:
    for name, text in login.fields.items():
        if "{user}" in text and not login.user:
            at = (*loc, "fields", name)
            report.add_error(parsed_file.problem(at, "{user} without a user", "give the user beside url"))
    if urlsplit(login.url).scheme == "http":
        report.warn(parsed_file, (*loc, "url"), "the password goes there unencrypted", "write https://, if it answers")


def _add_outlet(gatherer: _OutletGatherer, name: str, entry: OutletEntry, feeds: list[Feed]) -> None:
    index = gatherer.index
    index.names.add(name)
    for group in entry.groups or ():
        index.groups.setdefault(group, []).append(name)
    index.countries.update({entry.country} if entry.country else ())
    index.languages.update({entry.language} if entry.language else ())
    if entry.active is False:
        return
    # Plain addresses of the same host make one outlet.
    existing = gatherer.outlets.get(name)
    gatherer.outlets[name] = Outlet(
        name,
        entry.title or name,
        (*(existing.feeds if existing else ()), *feeds),
        entry.language or "",
        entry.country or "",
        frozenset(entry.groups or ()),
        entry.fulltext or gatherer.fulltext,
        entry.zone or "",
        entry.requests_a_day,
        tuple(entry.article.model_dump(exclude_none=True).items()) if entry.article else (),
    )
    if not _ACCESS_KEYS.isdisjoint(entry.model_fields_set):
        gatherer.sites[name] = site_access(entry, feeds, gatherer.data)


def site_access(entry: OutletEntry, feeds: Iterable[Feed], data: Path) -> SiteAccess:
    """Return how an outlet of these feeds is asked by its entry; relative files count from `data`."""
    return SiteAccess(
        tuple(feed.url for feed in feeds),
        data.absolute(),
        entry.user_agent or "",
        entry.proxy,
        entry.proxy_password_file or "",
        {name.lower(): value for name, value in entry.headers.items()},
        {name.lower(): file for name, file in entry.header_files.items()},
        _login(entry.login) if entry.login else None,
    )


def _login(keys: LoginKeys) -> Login:
    return Login(keys.url, keys.password_file, keys.user or "", keys.fields, keys.works or "")


def _feeds(
    gatherer: _OutletGatherer, parsed_file: ParsedFile, loc: Loc, name: str, entry: OutletEntry
) -> Iterator[Feed]:
    for key, number, url in _addresses(entry):
        at = (*loc, key, number)
        if gatherer.urls.claim(_without_user(url), parsed_file, at, without_credentials(url)):
            _warn_private(gatherer, parsed_file, at, url)
            kind = ADDRESS_KEYS[key]
            if kind == "feed" and (recognised := recognised_address(url)[0]) != kind:
                said = f"what is there is no feed, but is read as {recognised}:"
                gatherer.report.warn(parsed_file, at, said, f"write {recognised}: {without_credentials(url)}")
            select = tuple((entry.select or {}).items()) if kind in SELECTABLE else ()
            yield Feed(url, name, kind, entry.every, select)


def _addresses(entry: OutletEntry) -> Iterator[tuple[str, int, str]]:
    for key in ADDRESS_KEYS:
        for number, url in enumerate(getattr(entry, key)):
            yield key, number, url


def _without_user(url: str) -> str:
    """Return the address without credentials, because a feed is the same whoever asks for it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def default_name(kind: str, url: str) -> str:
    """Return the name of an outlet without one whose first address is of this kind: its channel's, or its host."""
    return _NAME_OF.get(kind, host_name)(url)


def host_name(url: str) -> str:
    """Return the host of an address without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _warn_private(gatherer: _OutletGatherer, parsed_file: ParsedFile, loc: Loc, url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        gatherer.gate.check_unresolved(host, parts.port or (443 if parts.scheme == "https" else 80))
    except RefusedError as refused:
        hint = f"to allow it, write in monitor.yaml: {refused.paste}"
        gatherer.report.warn(parsed_file, loc, f"{host} is not a public address and will be refused", hint)
