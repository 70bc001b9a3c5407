"""Check what needs all files: sample addresses with a real mail host, a host without a sender, missing secrets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from monitor.channels import ENDPOINTS, EndpointOptions
from monitor.channels.mail_options import PASSWORD_VARIABLE as SMTP_PASSWORD
from monitor.config.config import DATABASE_PASSWORD, PROXY_PASSWORD
from monitor.config.cross_file_problems import ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.host_checks import check_hosts
from monitor.config.model_errors import Loc
from monitor.config.models import NO_SENDER, MonitorKeys
from monitor.config.secrets import is_variable, read_secret
from monitor.config.settings import FILE_KEYS, mail_keys
from monitor.config.several_forms import warn_of_several_forms
from monitor.config.site_access import read_header
from monitor.config.values import quoted
from monitor.errors import SecretError
from monitor.net import allowance
from monitor.text import names_secret, split_mailbox

SAMPLES = ("example.org", "example.com", "example.net", "example")
_VARIABLES = {
    "password_file": SMTP_PASSWORD,
    "database_password_file": DATABASE_PASSWORD,
    "proxy_password_file": PROXY_PASSWORD,
}
"""The variables that hold a password where its file is not there."""
SAMPLE_MESSAGE = "you have not replaced the sample address"


def is_sample(address: str) -> bool:
    """Tell whether a host or mail address is one reserved for documentation (RFC 2606)."""
    host = address.rpartition("@")[2].casefold().rstrip(".")
    return any(host == sample or host.endswith(f".{sample}") for sample in SAMPLES)


def cross_check(files: Iterable[ParsedFile], keys: MonitorKeys, data: Path, report: ProblemReport) -> None:
    """Report sample addresses with a real mail host, a host without a sender, and secrets that are missing."""
    files = list(files)
    _warn_of_keys_without_effect(files, report)
    _warn_of_written_secrets(files, report)
    warn_of_several_forms(files, report)
    mail = mail_keys(keys)
    monitor = next((parsed_file for parsed_file in files if parsed_file.kind == "monitor"), None)
    if monitor is not None:
        _check_secrets(monitor, keys, data, report)
        _warn_of_hosts(monitor, keys, report)
        check_hosts(monitor, keys.hosts, files, report)
    _warn_of_addresses(files, report)
    for parsed_file, loc, file in (*_token_files(files), *_site_files(files)):
        _check_file(parsed_file, loc, file, data, report)
    if monitor is None or not mail.host:
        return
    if mail.sender == NO_SENDER:
        problem = monitor.problem(("mail", "host"), "“from” is missing", "mail that is sent needs a sender")
        report.add_error(problem)
    if mail.mismatch:
        at = ("mail", "port" if mail.port else "security")
        report.warn(monitor, at, f"mails will probably not leave: {mail.mismatch}")
    if is_sample(mail.host):
        report.warn(monitor, ("mail", "host"), SAMPLE_MESSAGE, "no mail can be sent to a host of that name")
        return
    for parsed_file in files:
        for loc, address in _addresses(parsed_file):
            if is_sample(address):
                hint = f"mails go out through {mail.host} now: put a real address here"
                report.add_error(parsed_file.problem(loc, f"{SAMPLE_MESSAGE} {address}", hint), others=(monitor.path,))


def _warn_of_keys_without_effect(files: Iterable[ParsedFile], report: ProblemReport) -> None:
    """Warn of keys that nothing reads yet: older sample files had them, so they must not become errors."""
    for parsed_file in files:
        if parsed_file.problems:
            continue
        model: Any = parsed_file.model
        if parsed_file.kind == "monitor" and model is not None and "web" in model.model_fields_set:
            report.warn(parsed_file, ("web",), "“web” does nothing yet: there are no pages", "take it out")


def _warn_of_written_secrets(files: Iterable[ParsedFile], report: ProblemReport) -> None:
    """Warn of passwords and keys that stand in a file itself: older files have them, so they must not become errors."""
    for parsed_file in files:
        whole: list[tuple[Loc, Any]] = [((), parsed_file.model)] if parsed_file.kind == "monitor" else []
        for loc, entry in (*whole, *parsed_file.entries("outlets")):
            _warn_of_proxy(parsed_file, loc, entry, report)
            for name in getattr(entry, "headers", ()):
                if names_secret(name) or name.lower() == "cookie":
                    hint = f"put its value in a file: header_files: {{{name}: ...}}"
                    report.warn(parsed_file, (*loc, "headers", name), f"the header {name} may hold a secret", hint)
            login = getattr(entry, "login", None)
            for name, text in login.fields.items() if login else ():
                if names_secret(name) and "{" not in text:
                    hint = f'put it in the password_file and write {name}: "{{password}}"'
                    report.warn(
                        parsed_file, (*loc, "login", "fields", name), f"the field {name} may hold a secret", hint
                    )


def _warn_of_proxy(parsed_file: ParsedFile, loc: Loc, entry: Any, report: ProblemReport) -> None:
    """Warn of a password in the address of a proxy, and of none for its user."""
    proxy = urlsplit(getattr(entry, "proxy", None) or "")
    if proxy.password:
        hint = "put it in a file: proxy_password_file"
        report.warn(parsed_file, (*loc, "proxy"), "a password in the proxy's address", hint)
    elif proxy.username and not entry.proxy_password_file and (loc or PROXY_PASSWORD not in os.environ):
        hint = "give proxy_password_file" + ("" if loc else f" or set {PROXY_PASSWORD}")
        report.warn(parsed_file, (*loc, "proxy"), "no password for the user of the proxy", hint)


def _warn_of_hosts(monitor: ParsedFile, keys: MonitorKeys, report: ProblemReport) -> None:
    """Warn of hosts that are allowed and cannot be: older files have them, so they must not become errors."""
    for number, host in enumerate(keys.private_hosts_allowed):
        if allowance(host).is_vain:
            said = f"{quoted(host)} is no address, and allows nothing"
            report.warn(monitor, ("private_hosts_allowed", number), said, "four numbers up to 255: 10.0.0.7")


def _warn_of_addresses(files: Iterable[ParsedFile], report: ProblemReport) -> None:
    """Warn of addresses that need a package which is not installed here, or are probably wrong."""
    for parsed_file, loc, options in _endpoints(files):
        if options.missing:
            report.warn(parsed_file, loc, options.missing)
        if options.doubt:
            report.warn(parsed_file, (*loc, options.BARE), *options.doubt)


def _check_secrets(monitor: ParsedFile, keys: MonitorKeys, data: Path, report: ProblemReport) -> None:
    """Warn of missing or empty secret files; only a warning, because they may exist when they are needed."""
    mail = mail_keys(keys)
    files: list[tuple[Loc, object]] = [(("mail", key), getattr(mail, key)) for key in FILE_KEYS]
    files += [((key,), getattr(keys, key)) for key in ("database_password_file", "proxy_password_file")]
    for loc, file in files:
        variable = _VARIABLES.get(str(loc[-1]), "")
        if file and variable in os.environ and not _is_there(str(file), data):
            _check_secret(monitor, loc, variable, data, report)
        elif file:
            _check_file(monitor, loc, str(file), data, report)
    if mail.host and mail.user and mail.auth == "password" and not mail.password_file:
        if SMTP_PASSWORD in os.environ:
            _check_secret(monitor, ("mail", "user"), SMTP_PASSWORD, data, report)
        else:
            hint = f"give password_file or set {SMTP_PASSWORD}"
            report.warn(monitor, ("mail", "user"), "no password for the mail account", hint)


def _site_files(files: Iterable[ParsedFile]) -> Iterator[tuple[ParsedFile, Loc, str]]:
    """Yield the files with the secrets of outlets."""
    for parsed_file in files:
        for loc, entry in parsed_file.entries("outlets"):
            for name, file in entry.header_files.items():
                yield parsed_file, (*loc, "header_files", name), file
            if entry.proxy_password_file:
                yield parsed_file, (*loc, "proxy_password_file"), entry.proxy_password_file
            if entry.login:
                yield parsed_file, (*loc, "login", "password_file"), entry.login.password_file


def _token_files(files: Iterable[ParsedFile]) -> Iterator[tuple[ParsedFile, Loc, str]]:
    """Yield the files with the secrets of every address, of people and of the operator."""
    for parsed_file, loc, options in _endpoints(files):
        for name in options.SECRETS:
            if file := getattr(options, name):
                yield parsed_file, (*loc, name), str(file)


def _endpoints(files: Iterable[ParsedFile]) -> Iterator[tuple[ParsedFile, Loc, EndpointOptions]]:
    """Yield every address of people and of the operator that is no mail address."""
    for parsed_file in files:
        operator = getattr(parsed_file.model, "operator", None)
        owners: list[tuple[Loc, Any]] = [(("operator",), operator)] if operator else []
        for loc, owner in (*owners, *parsed_file.entries("people")):
            for key in ENDPOINTS:
                if options := getattr(owner, key):
                    yield parsed_file, (*loc, key), options


def _check_file(parsed_file: ParsedFile, loc: Loc, file: str, data: Path, report: ProblemReport) -> None:
    if _is_there(file, data) or is_variable(file):
        _check_secret(parsed_file, loc, file, data, report)
    else:
        report.warn(parsed_file, loc, f"there is no file {file}", f"relative files count from {data}")


def _is_there(file: str, data: Path) -> bool:
    return file in os.environ or (data / file).is_file()


def _check_secret(parsed_file: ParsedFile, loc: Loc, name: str, data: Path, report: ProblemReport) -> None:
    try:
        if loc[-2:-1] == ("header_files",):
            read_header(str(loc[-1]), name, data)
        else:
            read_secret(name, data)
    except SecretError as error:
        report.warn(parsed_file, loc, str(error))


def _addresses(parsed_file: ParsedFile) -> Iterator[tuple[Loc, str]]:
    """Yield every mail address of a file with its path."""
    model: Any = parsed_file.model
    if parsed_file.kind == "monitor" and model is not None:
        yield ("mail", "from"), split_mailbox(model.mail.sender)[1]
        yield ("mail", "bounces_to"), model.mail.bounces_to
        yield from ((("operator", "to", number), address) for number, address in enumerate(model.operator.to))
    for loc, person in parsed_file.entries("people"):
        yield (*loc, "mail"), person.mail or ""
    for loc, members in parsed_file.entries("teams"):
        yield from (((*loc, number), word) for number, word in enumerate(members) if "@" in word)
    with_recipients = [(("defaults",), getattr(model, "defaults", None)), *parsed_file.entries("rules")]
    for loc, entry in with_recipients:
        for number, word in enumerate(getattr(entry, "to", None) or ()):
            if "@" in word:
                yield (*loc, "to", number), word
