"""Check `hosts:` against what is watched: a host is named once, and feeds are there."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.config.cross_file_problems import ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.host_keys import HostEntries, folded
from monitor.config.models import ADDRESS_KEYS
from monitor.config.values import quoted
from monitor.hostnames import host_of
from monitor.text.similar_names import did_you_mean


def check_hosts(monitor: ParsedFile, entries: HostEntries, files: Iterable[ParsedFile], report: ProblemReport) -> None:
    """Report hosts that are named twice, and warn of those where no outlet of the files has a feed."""
    _warn_of_empty(monitor, report)
    known = _hosts_of_feeds(files) if entries else set()
    first: dict[str, str] = {}
    for name in entries:
        host = folded(name)
        if host in first:
            hint = f"it is there already as {first[host]}"
            said = f"the host {quoted(name)} is there twice"
            report.add_error(monitor.problem(("hosts", name), said, hint, key=True))
        elif host not in known:
            hint = did_you_mean(host, known) or "then it counts for pages of articles alone"
            said = f"no feed is at the host {quoted(name)}"
            report.warnings.append(monitor.problem(("hosts", name), said, hint, severity="warning", key=True))
        first.setdefault(host, name)


def _warn_of_empty(monitor: ParsedFile, report: ProblemReport) -> None:
    """Warn of hosts of which nothing is said; keys without a value are left out of what is read."""
    root = monitor.root if "hosts" in monitor.text else None
    hosts = root.value.get("hosts") if root and isinstance(root.value, dict) else None
    named = hosts.value if hosts and isinstance(hosts.value, dict) else {}
    for name in (name for name, value in named.items() if value.is_empty):
        said = f"nothing is said of the host {quoted(name)}"
        hint = "for example {at_once: 4}"
        report.warnings.append(monitor.problem(("hosts", name), said, hint, severity="warning", key=True))


def _hosts_of_feeds(files: Iterable[ParsedFile]) -> set[str]:
    entries = (entry for parsed_file in files for _, entry in parsed_file.entries("outlets"))
    return {host_of(url) for entry in entries for key in ADDRESS_KEYS for url in getattr(entry, key)}
