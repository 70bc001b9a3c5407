"""The vocabulary: the frozen values that travel between stations, in the order in which the road makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

# --- what the user wrote -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feed:
    """One address that an outlet publishes at; `kind` names how it is read: feed, sitemap or page."""

    url: str
    outlet: str
    kind: str = "feed"
    every: timedelta | None = None
    select: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: its feeds, and the language, country and groups that rules can name."""

    name: str
    title: str
    feeds: tuple[Feed, ...]
    language: str = ""
    country: str = ""
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cadence:
    """When mails go out: `at once`, `every` so often, `hourly`, or `daily` or `weekly` at local times of a day.

    `weekdays` (0 is Monday) are the days of a `weekly` cadence; both are in order and hold nothing twice.
    """

    kind: str = "at once"
    every: timedelta | None = None
    times: tuple[time, ...] = ()
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """How one rule reaches one recipient, with every setting resolved (person over rule over defaults)."""

    rule: str
    recipient: str
    channel: str = "email"
    cadence: Cadence = Cadence()
    max_per_hour: int = 30
    timezone: str = "UTC"
    quiet: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named query and who is told of what it finds; its life hangs on its name."""

    name: str
    query: str
    routes: tuple[Route, ...] = ()
    active: bool = True
    wait_for_text: bool = False


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name of `names.yaml`: `also` adds spellings that stay, `excluded` removes forms that are somebody else's."""

    name: str
    also: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


class Form(NamedTuple):
    """One spelling that a word or name is looked for in, where it came from and how sure we are (0 to 1).

    `text` is one or more words as written; an empty `language` means every language; `capital` asks for a capital;
    `common` says that it is an ordinary word as well, so that the capital of a sentence's first word proves nothing.
    A confidence of 0 says that it is somebody else's name, so that no shorter form inside it counts.
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
    """One complete HTTP answer: the last address asked, status, lower-case headers, body after inflation.

    `note` says what its text lacks although it is taken, so that its validators are not.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry carries, as the feed states it."""

    url: str
    type: str = ""
    length: int | None = None


class Entry(NamedTuple):
    """One item of a feed, cleaned: text is plain, html is safe, moments are UTC beside the text as given."""

    title: str
    link: str = ""
    id: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    published_text: str = ""
    updated_text: str = ""
    summary: str = ""
    summary_html: str = ""
    content: str = ""
    content_html: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a source understood of one page: the channel's own words, its entries, what was odd, how many it lost."""

    kind: str = ""
    title: str = ""
    link: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    lost: int = 0
    next_page: str | None = None


# --- articles ------------------------------------------------------------------------------------------------


class Article(NamedTuple):
    """One version of a piece that an outlet published; `keys` say which piece, `digest` which version of it.

    Of the keys, `stated` is the one by the id that its feed states and `address` the one by its link (empty: it has
    none, or none that names it); `crowded` are keys that it would have if other pieces of its page had them not.
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


class Lead(NamedTuple):
    """Where a key leads: to the piece that came with it last; `shared` once several pieces have."""

    article_id: int
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Showing:
    """What one feed shows at one moment, in the order in which it is kept.

    `standing` are the pieces that other entries of the same page are; `renamed` says that ids or links of the page
    changed while its words stayed.
    """

    feed_id: int
    articles: Sequence[Article]
    at: datetime
    standing: frozenset[int] = frozenset()
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of pieces that a page may show again: where keys lead, what those pieces say, what feeds showed.

    A piece that was deleted is None. `shown` is the digest of the words of a piece in a feed, by (feed, piece).
    """

    leads: dict[bytes, Lead] = field(default_factory=dict)
    pieces: dict[int, Article | None] = field(default_factory=dict)
    shown: dict[tuple[int, int], bytes] = field(default_factory=dict)


class Verdict(NamedTuple):
    """Which piece an article is, known or new and why, and the keys by which it may join a story."""

    article_id: int
    is_new: bool
    reason: str
    story_keys: tuple[bytes, ...]


class Recognised(NamedTuple):
    """A verdict for each article of a showing, the keys that lead elsewhere from now on, and whether it is renamed."""

    verdicts: list[Verdict]
    leads: dict[bytes, Lead]
    renamed: bool


class Span(NamedTuple):
    """Where a rule found something: characters [start, end) of one field's original text, and the rule's term."""

    field: str
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that an article version satisfied, and the spans that made it."""

    rule: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """A search of stored articles as a plain value: every group of token patterns must be met by one of its members.

    A pattern is a canonical token, a prefix (`negotiat*`) or a phrase (tokens joined by spaces). Empty means no bound.
    """

    all_of: tuple[tuple[str, ...], ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


# --- alerts --------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a delivery is to its reader."""

    ALERT = "alert"
    DIGEST = "digest"
    SUMMARY = "summary"
    CATCH_UP = "catch-up"
    NOTICE = "notice"


class State(StrEnum):
    """Where a delivery stands; all but WAITING and HELD are final.

    UNCONFIRMED was sent twice without a word whether it arrived.
    """

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    DROPPED = "dropped"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Item:
    """One article in a delivery, with every rule that put it there."""

    article_id: int
    story_id: int
    matches: tuple[Match, ...]
    version: int = 1


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to tell one recipient; recipient, thread and sequence are the delivery's key."""

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
class Silence:
    """Why a match made no mail, in a word that commands and logs can show."""

    recipient: str
    rule: str
    article_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Message:
    """A finished mail: the bytes that every attempt sends."""

    recipient: str
    sender: str
    message_id: str
    subject: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A channel's word that a message was accepted."""

    answer: str = ""
