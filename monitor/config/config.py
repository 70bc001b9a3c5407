"""Define the loaded configuration: outlets, rules with their routes, compiled queries and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from monitor.channels import ChannelOptions
from monitor.config.file_parser import ParsedFile
from monitor.config.folder import files_of_kind
from monitor.config.form_lookup import FormLookup
from monitor.config.mail_templates import Templates
from monitor.config.models import MonitorKeys
from monitor.config.query_checks import CheckedQuery
from monitor.config.rule import Rule
from monitor.config.secrets import read_secret, secret_variable, with_password
from monitor.config.site_access import SiteAccess
from monitor.errors import ConfigError, Problem, SecretError
from monitor.model import Cadence, Feed, Holiday, NameEntry, Outlet, Route
from monitor.query import Compiled, RuleIndex, Scope

DATABASE_PASSWORD = "MONITOR_DATABASE_PASSWORD"  # noqa: S105  the name of a variable
PROXY_PASSWORD = "MONITOR_PROXY_PASSWORD"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the configuration files; `addresses` are the keys of the addresses that the person has.

    `recipients` are what deliveries call each of them, and `away` is when nothing is sent there. `shared` says
    that several people read there, so that the operator is asked before one of them mutes something. `told` is what the
    files say of this person's hours and limits.
    """

    name: str
    addresses: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    timezone: str = "UTC"
    away: Holiday | None = None
    shared: bool = False
    told: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of a recipient that is no mail address.

    `recipient` names it in rules and deliveries (`ann by webhook`), and `options` are what its channel opens a session
    with; they may hold secrets.
    """

    recipient: str
    channel: str
    options: ChannelOptions = field(repr=False)


@dataclass(frozen=True, slots=True)
class Backup:
    """When backups are made, how many are kept, and in which folder (absolute)."""

    at: Cadence
    keep: int
    to: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the whole monitor; files are absolute, and secrets are read at each use.

    `channel` is how mails are sent, `email` or `maildir`, and `options` are that channel's settings. What needs no
    resolving is read from `keys`, the keys of monitor.yaml: a new one is a line there and nothing here.
    """

    data: Path
    channel: str
    options: ChannelOptions
    sender: str
    database: str
    keys: MonitorKeys = field(repr=False)
    timezone: str = "UTC"
    database_password_file: str = ""
    operator: tuple[str, ...] = ()
    operator_endpoints: tuple[Endpoint, ...] = ()
    keep_articles: timedelta | None = None
    keep_text: timedelta | None = None
    backup: Backup | None = None
    proxy: str | None = None
    proxy_password_file: str = ""
    user_agent: str = "monitor"

    def secret(self, name: str) -> str:
        """Return the secret in a file (relative to the data folder) or an environment variable; raises SecretError."""
        return read_secret(name, self.data)

    def database_url(self) -> str:
        """Return the database for `Store.open`: a file, or an address with its password."""
        if "://" not in self.database:
            return str(self.data / self.database)
        password = self._password(self.database_password_file, DATABASE_PASSWORD)
        return with_password(self.database, password)

    def proxy_url(self) -> str | None:
        """Return the proxy's address with its password, or None."""
        return (
            with_password(self.proxy, self._password(self.proxy_password_file, PROXY_PASSWORD)) if self.proxy else None
        )

    def _password(self, file: str, variable: str) -> str:
        """Return the password in a file, in the variable where none is given or it gives none; else empty."""
        try:
            return self.secret(file) if file else secret_variable(variable)
        except SecretError:
            if password := secret_variable(variable):
                return password
            raise


@dataclass(frozen=True, slots=True, eq=False)
class Memo:
    """Results that the next load reuses for files and queries that did not change."""

    parsed_files: Mapping[tuple[str, str], ParsedFile] = field(default_factory=dict)
    checked: Mapping[str, CheckedQuery] = field(default_factory=dict)
    valid_lists: frozenset[bytes] = frozenset()
    form_lookup: FormLookup = field(default_factory=FormLookup)


@dataclass(frozen=True, slots=True, eq=False)
class Config:
    """A complete, checked configuration.

    `outlets` and `compiled` hold what is active, `rules` holds all. Active rules are in `index`, or in `waiting` where
    they are judged on the full text of an article. `digest` is equal exactly when all files are equal; `scope` is what
    `monitor.query.check` needs for a new query; `rule_files` gives the file of each rule within the folder;
    `endpoints` are those of people and of the operator by recipient; `sites` says by outlet how those are asked that
    are asked otherwise than all others, and `feeds` are the feeds of all outlets by address. Of a worker, these two and
    `outlets` only look up.
    """

    outlets: Mapping[str, Outlet]
    rules: Mapping[str, Rule]
    compiled: Mapping[str, Compiled]
    index: RuleIndex
    waiting: RuleIndex
    names: Mapping[str, NameEntry]
    lists: Mapping[str, tuple[str, ...]]
    settings: Settings
    scope: Scope = field(repr=False)
    people: Mapping[str, Person] = field(default_factory=dict)
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    digest: str = ""
    memo: Memo = field(default_factory=Memo, repr=False)
    rule_files: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, SiteAccess] = field(default_factory=dict)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    templates: Templates = ()

    def files_of(self, kind: str) -> str:
        """Return the files of a kind (`outlets`) within the folder, for messages."""
        return files_of_kind(kind, (path for path, _ in self.memo.parsed_files))

    @property
    def routes(self) -> Mapping[str, tuple[Route, ...]]:
        """The routes of every active rule, by its name."""
        return {name: rule.routes for name, rule in self.rules.items() if rule.active}

    @property
    def shared(self) -> frozenset[str]:
        """Every recipient that several people read."""
        return frozenset(one for person in self.people.values() if person.shared for one in person.recipients)

    @property
    def recipients(self) -> frozenset[str]:
        """Every recipient that an active rule sends to."""
        return frozenset(route.recipient for routes in self.routes.values() for route in routes)


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """The result of loading: the configuration in force (None where none is possible) and every problem.

    `files` maps each relative path to its valid text that is in force; `broken` are the files whose text on disk is
    not.
    """

    config: Config | None
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are errors, not warnings."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def require_config(self) -> Config:
        """Return the configuration; raises ConfigError with all problems where none is possible."""
        if self.config is None:
            raise ConfigError(self.problems)
        return self.config
