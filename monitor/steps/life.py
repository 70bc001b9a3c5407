"""The whole life of one article, read from the store: where it was seen, what each rule says, who was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from monitor.articles import address_keys, fold_host
from monitor.config import Config
from monitor.model import Match
from monitor.query import Failure, document, explain
from monitor.steps.outcomes import Outcome, Past, outcomes
from monitor.steps.past import outlet_of
from monitor.store import Connection, desk, library, polls, readings, uptime
from monitor.store.desk import Delivery
from monitor.store.feeds import FeedState
from monitor.store.library import Sighting, Stored
from monitor.store.polls import Gap

_SHORT = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of an article: its match, or the smallest parts that failed; `told`: versions that matched."""

    rule: str
    match: Match | None
    failures: tuple[Failure, ...]
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """What became of an article; `deliveries` tell its story, `outcomes` say what each match came to.

    `read_until` is when rules that wait for its full text will have judged.
    """

    stored: Stored
    sightings: Sequence[Sighting]
    story: Sequence[Stored]
    verdicts: Sequence[Verdict]
    deliveries: Sequence[Delivery]
    outcomes: Sequence[Outcome] = ()
    read_until: datetime | None = None

    @property
    def others(self) -> list[Stored]:
        """The other pieces of its story."""
        return [one for one in self.story if one.id != self.stored.id]

    @property
    def judged(self) -> str:
        """What of it rules can read: its `title` alone, the feed's `summary`, or a `text` that says more."""
        article = self.stored.article
        if not article.body:
            return "title"
        return "summary" if article.body == article.lead else "text"


@dataclass(frozen=True, slots=True)
class Absence:
    """What may explain that an address is unknown: the feeds of its site, and when they or we were not at work."""

    feeds: Sequence[FeedState]
    gaps: Sequence[Gap]
    outages: Sequence[tuple[datetime, datetime]]

    @property
    def broken(self) -> list[FeedState]:
        """The feeds that could not be read when they were asked last."""
        return [feed for feed in self.feeds if feed.failures or feed.last_error]


Found = tuple[str, Life | None, Absence | None]
"""An address, and what became of its article or what may explain that there is none."""


def look_up(
    conn: Connection, config: Config, urls: Sequence[str], rules: Sequence[str], span: tuple[datetime, datetime]
) -> list[Found]:
    """What is known of each address, in order; `span` is where to look for what explains an unknown one."""
    outlets = _outlets(conn, config)
    found: list[Found] = []
    for url in urls:
        stored = _find(conn, outlets, url)
        known = life(conn, config, stored, rules, span[1]) if stored else None
        found.append((url, known, absence(conn, url, span) if known is None else None))
    return found


def find(conn: Connection, config: Config, url: str) -> Stored | None:
    """The stored article that an address leads to, whichever outlet linked to it."""
    return _find(conn, _outlets(conn, config), url)


def _outlets(conn: Connection, config: Config) -> set[str]:
    return {feed.outlet for feed in polls.states(conn, active=False)} | set(config.outlets)


def _find(conn: Connection, outlets: set[str], url: str) -> Stored | None:
    address = url if "://" in url else f"https://{url}"
    return library.by_url_key(conn, [key for outlet in sorted(outlets) for key in address_keys(outlet, address)])


def life(conn: Connection, config: Config, stored: Stored, rules: Sequence[str], now: datetime) -> Life:
    """All that is known of a stored article, judged by these rules as they are now."""
    story = library.of_stories(conn, [stored.story_id])[stored.story_id]
    mails = desk.of_articles(conn, [one.id for one in story])
    verdicts = _verdicts(config, stored, rules, library.matches_of(conn, stored.id), now)
    read_until = readings.of_article(conn, stored.id)
    past = Past(stored, story, mails, waits=read_until is not None)
    told = [
        outcome
        for one in verdicts
        if one.match or one.told
        for outcome in outcomes(config, past, one.rule, found=bool(one.told))
    ]
    return Life(stored, library.sightings_of(conn, stored.id), story, verdicts, mails, told, read_until)


def _verdicts(
    config: Config, stored: Stored, rules: Sequence[str], told: Mapping[int, Sequence[Match]], now: datetime
) -> list[Verdict]:
    read = document(stored.article, outlet_of(config, stored.article))
    verdicts = []
    for name in rules:
        compiled = config.compiled[name]
        match = compiled.match(read, now)
        failures = () if match else explain(compiled, read, now)
        versions = (version for version, met in told.items() if any(one.rule == name for one in met))
        verdicts.append(Verdict(name, match, failures, tuple(versions)))
    # Those that it satisfies first.
    return sorted(verdicts, key=lambda verdict: verdict.match is None)


def absence(conn: Connection, url: str, span: tuple[datetime, datetime]) -> Absence:
    """What may have kept us from an address in a span of time."""
    site = site_of(url)
    known = [feed for feed in polls.states(conn) if site and site_of(feed.url) == site]
    outlets = {feed.outlet for feed in known}
    gaps = [gap for gap in polls.open_gaps(conn, span[0]) if gap.outlet in outlets and gap.from_at < span[1]]
    return Absence(known, gaps, uptime.outages(conn, *span))


def site_of(url: str) -> str:
    """The part of an address's host that a publisher's feeds and pages share: bbc.co.uk of feeds.bbc.co.uk."""
    labels = fold_host(urlsplit(url if "://" in url else f"https://{url}").netloc).split(".")
    # What stands before a country's own short second level (co.uk, com.tr) names the site.
    deep = len(labels) > 2 and len(labels[-1]) < _SHORT and len(labels[-2]) <= _SHORT
    return ".".join(labels[-3:] if deep else labels[-2:])
