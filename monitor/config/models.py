"""Define the keys of each file, one pydantic model a file, which turns the text of scalars into typed values.

A field's description is what an editor shows beside the key, and what `docs/configuration.md` must mention.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    WithJsonSchema,
    create_model,
)

from monitor.channels import CHANNELS
from monitor.config import scalars as v
from monitor.config import values
from monitor.config.article_keys import ArticleKeys, ItemSelector
from monitor.config.header_fields import FieldValue, HeaderFiles, Headers
from monitor.config.host_keys import HostEntries
from monitor.config.key_types import (
    Addresses,
    OrAddress,
    PrivateHosts,
    RouteDefaults,
    StrictKeys,
    Terms,
    Urls,
    Words,
    short_addresses,
)
from monitor.config.login_keys import LoginKeys
from monitor.config.people_models import PeopleFile, TeamsFile, endpoint_fields
from monitor.model import Cadence
from monitor.sources import SOURCES
from monitor.text.similar_names import did_you_mean

_FULLTEXT = "Whether the pages behind its new articles are read: auto, always or never."
NO_SENDER = "News monitor <monitor@localhost>"


def _outlet_entry(value: Any) -> Any:
    """Turn a bare address into the mapping of an outlet with one feed."""
    return {"feed": [value]} if isinstance(value, str) else value


def _query_text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise values.refuse(f"expected the text of a query, found {values.kind_of(value if value != '' else None)}")
    return value


Query = Annotated[str, BeforeValidator(_query_text), WithJsonSchema({"type": "string", "minLength": 1})]


TAKEOVER = timedelta(seconds=20)
"""How long a monitor may be silent before one that stands by takes over, unless the files say."""

# --- monitor.yaml ----------------------------------------------------------------------------------------------


def _not_at_once(cadence: Cadence) -> Cadence:
    if cadence == Cadence():
        # The default Cadence is `at once`, which makes sense for news only.
        raise values.refuse("expected when, and not at once", "daily 03:00, weekly Sun 04:00, or every 6h")
    return cadence


Schedule = Annotated[v.Send, AfterValidator(_not_at_once)]


class OperatorKeys(StrictKeys):
    """Who is told of trouble; never of news."""

    to: Addresses = Field(default=(), description="Mail addresses that trouble is told to.")
    heartbeat: Schedule | None = Field(
        default=None, description="When a mail says that all is well and what is not: daily 08:00."
    )
    alive_url: v.Url | None = Field(
        default=None, description="An address that is called as long as polling and sending work."
    )
    alive_every: v.Interval = Field(default=timedelta(minutes=5), description="How often it is called.")


class RetentionKeys(StrictKeys):
    """How long articles stay."""

    articles: v.Retention = Field(default=values.FOREVER, description="How long articles stay: 400d, or forever.")
    text: v.Retention = Field(default=values.FOREVER, description="How long their full text stays: 400d, or forever.")


class BackupKeys(StrictKeys):
    """Backups that the daemon makes by itself."""

    at: Schedule = Field(description="daily 03:00, weekly Sun 04:00 or every 6h.")
    keep: v.Count = Field(default=7, description="How many of them stay; older ones go after a good new one.")
    to: v.Line = Field(default="backups", description="The folder they go to, in the data folder unless absolute.")


class StoriesKeys(StrictKeys):
    """How articles are known to be of one story."""

    meaning: v.Meaning = Field(
        default=True, description="auto to compare what articles mean where the extra is installed, or no."
    )


class WebKeys(StrictKeys):
    """Does nothing yet: there are no pages."""

    listen: v.Listen = Field(default="127.0.0.1:8080", description="Does nothing yet.", deprecated=True)


class MonitorDefaults(RouteDefaults):
    """What holds unless a file, rule, person or outlet says more."""

    fulltext: v.Fulltext | None = Field(default=None, description=_FULLTEXT)


class MonitorKeys(StrictKeys):
    """monitor.yaml without the sections of channels, which declare their own."""

    timezone: v.Zone = Field(
        default="UTC", description="The zone of times in these files and mails, like Europe/Istanbul."
    )
    database: v.Database = Field(default="monitor.db", description="A file, or postgresql://user@host/name.")
    database_password_file: v.Line | None = Field(
        default=None, description="A file with the database's password; or MONITOR_DATABASE_PASSWORD."
    )
    operator: OperatorKeys = Field(default=OperatorKeys(), description="Who is told of trouble.")
    defaults: MonitorDefaults = Field(
        default=MonitorDefaults(), description="What holds unless a file, rule, person or outlet says more."
    )
    keep: RetentionKeys = Field(default=RetentionKeys(), description="How long articles stay.")
    backup: BackupKeys | None = Field(default=None, description="Backups that the daemon makes by itself.")
    stories: StoriesKeys = Field(default=StoriesKeys(), description="How articles are known to be of one story.")
    private_hosts_allowed: PrivateHosts = Field(
        default=(), description="Hosts, host:port or networks that outlets may use although they are not public."
    )
    hosts: HostEntries = Field(
        default={}, description="Hosts that may be asked otherwise, by all workers too: {a.org: {at_once: 4}}."
    )
    web: WebKeys = Field(default=WebKeys(), deprecated=True)
    proxy: v.Proxy | None = Field(default=None, description="A proxy that all outlets are fetched through.")
    proxy_password_file: v.Line | None = Field(
        default=None, description="A file with the proxy's password; or MONITOR_PROXY_PASSWORD."
    )
    contact: v.Line | None = Field(default=None, description="An address or page that outlets see in every request.")
    user_agent: FieldValue | None = Field(
        default=None, description="What outlets see instead of our own name and the contact."
    )
    takeover: v.Silence = Field(
        default=TAKEOVER,
        description="How long the monitor that works on a PostgreSQL database may be silent before one that stands by "
        "takes over, 1s to 10m; a worker's work is given to others after three times as long.",
    )
    parsers: v.Parsers | None = Field(
        default=None, description="Pages of articles that are understood at a time, 1 to 16; otherwise 2, or 1."
    )


_OPERATOR: Any = create_model(
    "OperatorFileKeys", __base__=OperatorKeys, __doc__=OperatorKeys.__doc__, **endpoint_fields()
)

# The channel declares its settings; here host and sender become optional, for as long as no host is set.
_EMAIL = CHANNELS["email"].options
Mail = create_model(
    "Mail",
    __base__=_EMAIL,
    __doc__="How mails leave; without a host they are written to the Maildir data/mail.",
    host=(v.Host, Field(default="", description="The mail server; without it, mails go to the Maildir data/mail.")),
    sender=(v.Sender, Field(default=NO_SENDER, alias="from", description=_EMAIL.model_fields["sender"].description)),
)
MonitorFile: type[MonitorKeys] = create_model(
    "MonitorFile",
    __base__=MonitorKeys,
    __doc__="monitor.yaml: the settings of the whole monitor.",
    operator=(_OPERATOR, Field(default=_OPERATOR(), description="Who is told of trouble.")),
    mail=(Mail, Field(default=Mail(), description="How mails leave.")),
)


# --- outlets ---------------------------------------------------------------------------------------------------


class OutletDefaults(StrictKeys):
    """What holds for every outlet of a file."""

    every: v.Interval | None = Field(
        default=None, description="How often to look, like 5m; otherwise as often as it pays."
    )
    requests_a_day: v.Count | None = Field(
        default=None, description="How often to look a day at most, all its feeds together."
    )
    language: v.Language | None = Field(default=None, description="The language that it writes in, like uk.")
    country: v.Country | None = Field(default=None, description="The country that it is of, like ua (no is Norway).")
    groups: Words | None = Field(default=None, description="Names of your choice that rules can ask for with group:.")
    fulltext: v.Fulltext | None = Field(default=None, description=_FULLTEXT)
    zone: v.FeedZone | None = Field(
        default=None, description="The zone whose time its feeds call UTC, or no to take their times as stated."
    )
    active: v.Flag | None = Field(default=None, description="no to leave it in the file and not read it.")


ADDRESS_KEYS: Mapping[str, str] = {"feed": "feed", "feeds": "feed"} | {one.key: one.key for one in SOURCES.values()}
"""The keys of an outlet that hold addresses, with the kind of source that each of them means."""
SELECTABLE = frozenset(one.key for one in SOURCES.values() if one.options)
"""The kinds of source that `select` is for."""
_SELECTORS = list(dict.fromkeys(option for one in SOURCES.values() for option in one.options))


def _selector(key: str) -> str:
    """Return a key of `select`, which a kind of source must declare; any other is an error."""
    known = _SELECTORS
    if key not in known:
        raise values.refuse(
            f"unknown key {values.quoted(key)}", did_you_mean(key, known) or f"known here: {', '.join(known)}"
        )
    return key


SelectKey = Annotated[str, AfterValidator(_selector), WithJsonSchema({"enum": _SELECTORS})]


class _OutletEntry(OutletDefaults):
    """A publisher and where it publishes."""

    name: v.Name | None = Field(default=None, description="What rules call it with outlet:; otherwise its host.")
    title: v.Line | None = Field(default=None, description="What mails call it; otherwise its name.")
    select: Mapping[SelectKey, ItemSelector] | None = Field(
        default=None,
        description="How to read its page: CSS for each part of an article, `css@attribute` for attributes.",
    )
    article: ArticleKeys | None = Field(
        default=None, description="How to read the pages of its articles where the general way fails."
    )
    headers: Headers = Field(default={}, description="Headers of requests to its own hosts, like {X-Client: abc}.")
    header_files: HeaderFiles = Field(
        default={}, description="The same with files that hold the values, like {X-Api-Key: /run/secrets/key}."
    )
    user_agent: FieldValue | None = Field(default=None, description="What it sees instead of our own name.")
    proxy: v.Proxy | None = Field(default=None, description="A proxy that it alone is fetched through, or no for none.")
    proxy_password_file: v.Line | None = Field(default=None, description="A file with that proxy's password.")
    login: LoginKeys | None = Field(default=None, description="The account with which its pages are read.")


def _address_field(key: str) -> tuple[object, object]:
    """Return the type and field of a key that holds addresses."""
    kind = ADDRESS_KEYS[key]
    held = "; ".join(one.about for one in SOURCES.values() if one.key == kind)
    for address in (one.address for one in SOURCES.values() if one.key == kind and one.address):
        return short_addresses(address), Field(default=(), description=f"What it has there: {held}.")
    noun = f"address of its {kind}" if key == kind else f"addresses of its {key}, where it has several"
    return Urls, Field(default=(), description=f"The {noun}: {held}.")


if TYPE_CHECKING:
    OutletEntry = _OutletEntry
else:
    # With a field for each of `ADDRESS_KEYS`, so that a new kind of source needs no line here.
    _FIELDS = {key: _address_field(key) for key in ADDRESS_KEYS}
    OutletEntry = create_model("OutletEntry", __base__=_OutletEntry, __doc__=_OutletEntry.__doc__, **_FIELDS)


class OutletsFile(StrictKeys):
    """outlets.yaml or outlets/*.yaml: what is watched."""

    defaults: OutletDefaults = Field(default=OutletDefaults(), description="What holds for every outlet of this file.")
    outlets: tuple[Annotated[OutletEntry, BeforeValidator(_outlet_entry), OrAddress()], ...] = Field(
        default=(), description="What is watched: entries, or bare addresses of feeds."
    )


# --- rules, lists, names ---------------------------------------------------------------------------------------


class RuleDefaults(RouteDefaults):
    """What holds for every rule of a file."""

    to: Words | None = Field(
        default=None, description="Who is told: people (ann, or ann by webhook), teams or plain addresses."
    )
    by: Words | None = Field(
        default=None, description="Which addresses of the people in to: are meant, like [mail, telegram]."
    )
    active: v.Flag | None = Field(default=None, description="no to leave it in the file and not use it.")
    wait: v.Wait | None = Field(default=None, description="text to judge an article on its full text only.")
    edits: v.Flag | None = Field(default=None, description="yes to tell also each later edit of what it found.")
    developments: v.Flag | None = Field(default=None, description="no to tell not how a story goes on.")
    urgent: v.Flag | None = Field(default=None, description="yes to tell at once, also in quiet hours.")
    until: v.End | None = Field(default=None, description="When it falls silent: 2026-12-24, or 2026-12-24 18:00.")


class RuleEntry(RuleDefaults):
    """A question to every article, and who is told of what it finds."""

    name: v.Name = Field(description="The rule's name; its life hangs on it.")
    query: Query = Field(description="What to look for, best written as a block: query: | and the text below.")


class RulesFile(StrictKeys):
    """rules.yaml or rules/*.yaml: what is looked for."""

    defaults: RuleDefaults = Field(default=RuleDefaults(), description="What holds for every rule of this file.")
    rules: tuple[RuleEntry, ...] = Field(default=(), description="What is looked for.")
    lists: Mapping[v.Name, Terms] = Field(default={}, description="Terms that rules use together as @name.")


class ListsFile(StrictKeys):
    """lists.yaml or lists/*.yaml."""

    lists: Mapping[v.Name, Terms] = Field(default={}, description="Terms that rules use together as @name.")


class NameKeys(StrictKeys):
    """A person, place or body, and how it is written."""

    name: v.Name = Field(description="The name as rules write it in name().")
    also: Words = Field(default=(), description="Spellings that belong to it, in any script.")
    excluded: Words = Field(default=(), alias="not", description="Forms that are somebody or something else's.")


class NamesFile(StrictKeys):
    """names.yaml or names/*.yaml."""

    names: tuple[NameKeys, ...] = Field(default=(), description="Names with their spellings.")


KINDS: Mapping[str, type[StrictKeys]] = {
    "monitor": MonitorFile,
    "people": PeopleFile,
    "teams": TeamsFile,
    "outlets": OutletsFile,
    "rules": RulesFile,
    "lists": ListsFile,
    "names": NamesFile,
}
