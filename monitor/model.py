"""Define the frozen values that packages pass to one another, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

# --- what the user wrote -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feed:
    """One address at which an outlet publishes; `kind` names how it is parsed: `feed`, or another key of `SOURCES`."""

    url: str
    outlet: str
    kind: str = "feed"
    every: timedelta | None = None
    select: tuple[tuple[str, str], ...] = ()


class Fulltext(StrEnum):
    """Which pages behind new articles are read: those worth it (`AUTO`), all, or only those that rules wait for."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: feeds, language (ISO 639), country (ISO 3166), groups, and the zone that its feeds write as UTC."""

    name: str
    title: str
    feeds: tuple[Feed, ...]
    language: str = ""
    country: str = ""
    groups: frozenset[str] = frozenset()
    fulltext: Fulltext = Fulltext.AUTO
    zone: str = ""
    requests_a_day: int | None = None  # of all its feeds together
    article: tuple[tuple[str, str], ...] = ()  # the selectors of parts of its articles' pages


@dataclass(frozen=True, slots=True)
class Cadence:
    """When mails go out: `at once`, `every` so often, `hourly`, or `daily` or `weekly` at local times of day."""

    kind: str = "at once"
    every: timedelta | None = None
    times: tuple[time, ...] = ()  # sorted, without duplicates
    weekdays: tuple[int, ...] = ()  # so are these days of a `weekly` cadence; 0 is Monday


class Holiday(NamedTuple):
    """When somebody is away: nothing is sent from `begin` to before `end`, and then one digest, or none."""

    begin: datetime
    end: datetime
    has_digest: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """How one rule reaches one recipient, by person, else rule, else defaults; `edits`: also with each edit.

    `urgent`: at once, out of any digest; `developments`: also how a story goes on; after `until` the rule is silent.
    """

    rule: str
    recipient: str
    channel: str = "email"
    cadence: Cadence = Cadence()
    max_per_hour: int = 30
    timezone: str = "UTC"
    quiet: tuple[time, time] | None = None
    edits: bool = False
    urgent: bool = False
    until: datetime | None = None
    away: Holiday | None = None
    developments: bool = True


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name of `names.yaml`: `also` adds spellings that are not inflected, `excluded` removes forms of other names."""

    name: str
    also: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


class Form(NamedTuple):
    """One spelling of a word or name that is searched, with its source and our confidence in it (0 to 1).

    `text` is one or more words as written; an empty `language` means every language; `capital` requires a capital
    letter; `common` says that it is also an ordinary word, so that a capital at the start of a sentence proves nothing.
    A confidence of 0 marks another name, inside which no shorter form counts.
    """

    text: str
    language: str = ""
    source: str = "query"
    confidence: float = 1.0
    capital: bool = False
    common: bool = False


# --- fetch and parse -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One complete HTTP answer: the last address requested, status, lower-case headers, decompressed body.

    `note` says what the text lacks although it is used; its validators are not stored then.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None
    note: str = ""


class Entry(NamedTuple):
    """One item of a feed, cleaned: texts are plain, moments are in UTC, `published_text` is as written."""

    title: str
    link: str = ""
    id: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    published_text: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""


class SitemapLink(NamedTuple):
    """A sitemap that an index lists: its address, and when it last changed, as the index writes it."""

    url: str
    changed: str = ""


class UpdateHints(NamedTuple):
    """When a feed says that it changes: every so many `minutes` (0: unsaid), `skipped` hours since Thu 0:00 apart."""

    minutes: int = 0
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """One parsed page: what the feed says of itself, its entries, notes on what was odd, the number of lost entries.

    `kind` is the key of the source that read it (`feed`, `sitemap`, `page`), whatever it was expected to be.
    `next_page` is the address of the page with older entries; `sitemaps` are those of an index, the best first.
    """

    title: str = ""
    link: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    lost: int = 0
    next_page: str | None = None
    sitemaps: tuple[SitemapLink, ...] = ()
    kind: str = ""
    hints: UpdateHints = field(default_factory=UpdateHints)


# --- articles ------------------------------------------------------------------------------------------------


class Article(NamedTuple):
    """One version of an article that an outlet published; `keys` identify the article, `digest` the version.

    Of the keys, `stated` is the one of the id that its feed states and `address` the one of its link (empty where there
    is none that identifies it); `crowded` are keys that it shares with other articles of its page and so does not have.
    `published_text` is its date as given; `claimed` is the moment that this states, where `published` is another.
    """

    outlet: str
    url: str
    title: str
    lead: str = ""
    body: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    seen: datetime | None = None
    keys: tuple[bytes, ...] = ()
    story_keys: tuple[bytes, ...] = ()
    digest: bytes = b""
    stated: bytes = b""
    address: bytes = b""
    crowded: tuple[bytes, ...] = ()
    published_text: str = ""
    claimed: datetime | None = None


class KeyTarget(NamedTuple):
    """The target of a key: the article that last came with it; `shared` says that several articles have."""

    article_id: int
    shared: bool = False


@dataclass(frozen=True, slots=True)
class FeedSnapshot:
    """The articles that one feed shows at one moment, in the order in which they are stored.

    `standing` are the stored articles (ids) that its other entries are; `renamed`: ids or links changed, words stayed.
    """

    feed_id: int
    articles: Sequence[Article]
    at: datetime
    standing: frozenset[int] = frozenset()
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of articles that a page may show again: the targets of keys, and the stored articles by id.

    An article that was deleted is None. `shown` is by (feed id, article id) the digest that the feed showed last.
    """

    targets: dict[bytes, KeyTarget] = field(default_factory=dict)
    articles: dict[int, Article | None] = field(default_factory=dict)
    shown: dict[tuple[int, int], bytes] = field(default_factory=dict)


class IdentityVerdict(NamedTuple):
    """Which stored article an entry is, whether it is new, why, by which keys it may join a story, if it says more."""

    article_id: int
    is_new: bool
    reason: str
    story_keys: tuple[bytes, ...]
    says_more: bool = False


class Resolution(NamedTuple):
    """A verdict for each article of a snapshot, the new targets of keys, and whether the snapshot is `renamed`."""

    verdicts: list[IdentityVerdict]
    targets: dict[bytes, KeyTarget]
    renamed: bool


class Span(NamedTuple):
    """What a rule found: the characters [start, end) of one field's original text, and the term of the query."""

    field: str
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that an article version satisfies, and the spans that satisfy it."""

    rule: str
    spans: tuple[Span, ...] = ()


# --- alerts --------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What kind of mail a delivery is."""

    ALERT = "alert"
    DIGEST = "digest"
    SUMMARY = "summary"
    CATCH_UP = "catch-up"
    NOTICE = "notice"


class State(StrEnum):
    """The state of a delivery; all but WAITING and HELD are final. UNCONFIRMED was sent twice and never answered."""

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    DROPPED = "dropped"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Item:
    """One article in a delivery, with all matches; told as an edit of version `edit_of`, or as how a story goes on."""

    article_id: int
    story_id: int
    matches: tuple[Match, ...]
    version: int = 1
    edit_of: int = 0
    develops: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """What one recipient is told in one mail; recipient, thread and sequence are the delivery's key."""

    recipient: str
    thread: str
    sequence: int
    kind: Kind
    due: datetime
    items: tuple[Item, ...] = ()
    channel: str = "email"
    timezone: str = "UTC"
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered mail; `raw` are the bytes that every attempt sends."""

    recipient: str
    sender: str
    message_id: str
    subject: str
    raw: bytes = field(repr=False)


class Receipt(NamedTuple):
    """A channel's confirmation that a message was accepted: the server's answer, and what it calls the message."""

    answer: str = ""
    id: str = ""
