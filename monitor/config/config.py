"""What a good configuration is, frozen: outlets, rules with their routes, compiled queries and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import BaseModel

from monitor.config.file_parser import ParsedFile
from monitor.config.folder import home_of
from monitor.config.form_lookup import FormLookup
from monitor.config.query_checks import CheckedQueries
from monitor.config.secrets import read_secret, variable
from monitor.errors import Problem
from monitor.model import Cadence, NameEntry, Outlet, Route, Rule
from monitor.query import Compiled, RuleIndex, Scope

DATABASE_PASSWORD = "MONITOR_DATABASE_PASSWORD"  # noqa: S105  the name of a variable
PROXY_PASSWORD = "MONITOR_PROXY_PASSWORD"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody that the files know by name."""

    name: str
    mail: str
    timezone: str = "UTC"
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Backup:
    """When backups are made, how many stay, and in which folder (absolute)."""

    at: Cadence
    keep: int
    to: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the whole monitor; files are absolute, secrets are read when they are asked for.

    `channel` is the way that mails leave, `email` or `maildir`, and `options` that channel's settings.
    """

    data: Path
    channel: str
    options: BaseModel
    sender: str
    database: str
    timezone: str = "UTC"
    database_password_file: str = ""
    operator: tuple[str, ...] = ()
    operator_webhook: str | None = field(default=None, repr=False)
    heartbeat: Cadence | None = None
    alive_url: str | None = field(default=None, repr=False)
    alive_every: timedelta = timedelta(minutes=5)
    keep_articles: timedelta | None = None
    keep_text: timedelta | None = None
    backup: Backup | None = None
    private_hosts_allowed: tuple[str, ...] = ()
    listen: tuple[str, int] = ("127.0.0.1", 8080)
    proxy: str | None = None
    proxy_password_file: str = ""
    user_agent: str = "monitor"

    def secret(self, name: str) -> str:
        """The secret in a file now (relative files count from the data folder), or in a variable; else SecretError."""
        return read_secret(name, self.data)

    def database_url(self) -> str:
        """The database as `Store.open` takes it: a file, or an address with its password."""
        if "://" not in self.database:
            return str(self.data / self.database)
        return self._with_password(self.database, self.database_password_file, DATABASE_PASSWORD)

    def proxy_url(self) -> str | None:
        """The proxy with its password, or none."""
        return self._with_password(self.proxy, self.proxy_password_file, PROXY_PASSWORD) if self.proxy else None

    def _with_password(self, address: str, file: str, name: str) -> str:
        password = self.secret(file) if file else variable(name)
        parts = urlsplit(address)
        if not password or not parts.username:
            return address
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{parts.username}:{quote(password, safe='')}@{host}"))


@dataclass(frozen=True, slots=True, eq=False)
class Memo:
    """What the next load takes over for the files and queries that did not change."""

    parsed_files: Mapping[tuple[str, str], ParsedFile] = field(default_factory=dict)
    checked: Mapping[str, CheckedQueries] = field(default_factory=dict)
    sound: frozenset[bytes] = frozenset()
    form_lookup: FormLookup = field(default_factory=FormLookup)


@dataclass(frozen=True, slots=True, eq=False)
class Config:
    """A whole configuration, checked. `outlets` and `compiled` hold what is active; `rules` holds all. Active rules are
    in `index`, or in `waiting` where they are judged once the full text of an article is there.

    `digest` is the same exactly when all files are; `scope` is what `monitor.query.check` needs for a new query;
    `rule_files` is where each rule stands within the folder.
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
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    digest: str = ""
    memo: Memo = field(default_factory=Memo, repr=False)
    rule_files: Mapping[str, str] = field(default_factory=dict)

    def home(self, kind: str) -> str:
        """Where the files of a kind (`outlets`) are, within the folder."""
        return home_of(kind, (path for path, _ in self.memo.parsed_files))

    @property
    def routes(self) -> Mapping[str, tuple[Route, ...]]:
        """The routes of every active rule, as planning takes them."""
        return {name: rule.routes for name, rule in self.rules.items() if rule.active}

    @property
    def recipients(self) -> frozenset[str]:
        """Every address that some active rule tells."""
        return frozenset(route.recipient for routes in self.routes.values() for route in routes)


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What loading found: the configuration in force (none when nothing can be), every problem, and per file
    (relative path) the good text that is in force; `broken` are the files whose text on disk is not."""

    config: Config | None
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are no mere warnings."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
