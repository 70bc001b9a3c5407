"""Outlets of all files: readings in, outlets with their feeds, and all that rules may name of them, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit, urlunsplit

from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.config.models import OutletDefaults, OutletEntry
from monitor.model import Feed, Outlet
from monitor.text import without_credentials

KEYS = {"feed": "feed", "feeds": "feed", "sitemap": "sitemap", "page": "page"}
NO_DEFAULTS = OutletDefaults()


@dataclass(slots=True)
class OutletIndex:
    """What is watched: active outlets by name, and the names that rules may use, of inactive ones too."""

    outlets: dict[str, Outlet] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    groups: dict[str, list[str]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Gathering:
    """The registers and what was found so far; `bare` are outlets that are nothing but an address."""

    report: ProblemReport
    allowed: tuple[str, ...]
    names: NameRegister
    urls: NameRegister
    watched: OutletIndex = field(default_factory=OutletIndex)
    bare: set[str] = field(default_factory=set)


def gather_outlets(parsed_files: Iterable[ParsedFile], allowed: tuple[str, ...], report: ProblemReport) -> OutletIndex:
    """Every outlet; doubled names and addresses are faults, private addresses that are not `allowed` are warned of."""
    gathering = _Gathering(report, allowed, NameRegister("outlet", report), NameRegister("address", report))
    for parsed_file in parsed_files:
        defaults = getattr(parsed_file.model, "defaults", NO_DEFAULTS)
        for loc, entry in parsed_file.entries("outlets"):
            _gather(gathering, parsed_file, loc, _with_defaults(entry, defaults))
    return gathering.watched


def _with_defaults(entry: OutletEntry, defaults: OutletDefaults) -> OutletEntry:
    given = {key: getattr(defaults, key) for key in defaults.model_fields_set - entry.model_fields_set}
    return entry.model_copy(update=given) if given else entry


def _gather(gathering: _Gathering, parsed_file: ParsedFile, loc: Loc, entry: OutletEntry) -> None:
    addresses = list(_addresses(entry))
    if not addresses:
        hint = "give it a feed, feeds, sitemap or page"
        gathering.report.fault(parsed_file.problem(loc, "an outlet without anything to read", hint))
        return
    if entry.select and not entry.page:
        gathering.report.fault(
            parsed_file.problem((*loc, "select"), "select without a page", "give the page that it reads")
        )
    name = entry.name or host_name(addresses[0][2])
    bare = entry.model_fields_set <= {"feed"} | OutletDefaults.model_fields.keys() and not entry.name
    again = bare and name in gathering.bare
    if not again and not gathering.names.claim(name, parsed_file, (*loc, "name") if entry.name else loc):
        return
    if bare:
        gathering.bare.add(name)
    _keep(gathering.watched, name, entry, list(_feeds(gathering, parsed_file, loc, name, entry)))


def _keep(watched: OutletIndex, name: str, entry: OutletEntry, feeds: list[Feed]) -> None:
    watched.names.add(name)
    for group in entry.groups or ():
        watched.groups.setdefault(group, []).append(name)
    watched.countries.update({entry.country} if entry.country else ())
    watched.languages.update({entry.language} if entry.language else ())
    if entry.active is False:
        return
    # Bare addresses of one host are one outlet.
    earlier = watched.outlets.get(name)
    watched.outlets[name] = Outlet(
        name,
        entry.title or name,
        (*(earlier.feeds if earlier else ()), *feeds),
        entry.language or "",
        entry.country or "",
        frozenset(entry.groups or ()),
    )


def _feeds(gathering: _Gathering, parsed_file: ParsedFile, loc: Loc, name: str, entry: OutletEntry) -> Iterator[Feed]:
    for key, number, url in _addresses(entry):
        at = (*loc, key, number)
        if gathering.urls.claim(_without_user(url), parsed_file, at, without_credentials(url)):
            _warn_private(gathering, parsed_file, at, url)
            select = tuple((entry.select or {}).items()) if key == "page" else ()
            yield Feed(url, name, KEYS[key], entry.every, select)


def _addresses(entry: OutletEntry) -> Iterator[tuple[str, int, str]]:
    for key in KEYS:
        for number, url in enumerate(getattr(entry, key)):
            yield key, number, url


def _without_user(url: str) -> str:
    """One feed is one feed, with whichever user and password it is asked for."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def host_name(url: str) -> str:
    """The name of an outlet that has none: its host without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _warn_private(gathering: _Gathering, parsed_file: ParsedFile, loc: Loc, url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_private(host) and not is_allowed(host, parts.port, gathering.allowed):
        listed = ", ".join(f'"{entry}"' if ":" in entry else entry for entry in (*gathering.allowed, host))
        line = f"private_hosts_allowed: [{listed}]"
        hint = f"to allow it, write in monitor.yaml: {line}"
        gathering.report.warn(parsed_file, loc, f"{host} is not a public address and will be refused", hint)


def is_private(host: str) -> bool:
    """Whether a host is plainly not public: localhost or a literal address of a private network."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return not address.is_global or address.is_multicast


def is_allowed(host: str, port: int | None, allowed: Iterable[str]) -> bool:
    """Whether `private_hosts_allowed` lists a host, by itself, with its port or by its network."""
    return any(entry in (host, f"{host}:{port}") or _in_network(host, entry) for entry in allowed)


def _in_network(host: str, network: str) -> bool:
    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False
