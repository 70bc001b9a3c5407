"""Find what may explain that an address is unknown: a removed article, an unwatched site, gaps or outages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from monitor.articles import fold_url
from monitor.hostnames import is_domain, site_of
from monitor.sources import recognised_address
from monitor.store import Connection, article_queries, delivery_attempts, poll_records, story_mails, uptime
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.delivery_attempts import Answers
from monitor.store.feeds import FeedState
from monitor.store.poll_records import Gap

# Below a country's domain (two letters, ISO 3166) a label of at most three (co.uk, com.tr) is no site of its own: our
# heuristic, since the Public Suffix List weighs more than the answer is worth.
_MAX_ARTICLES = 5000
"""The latest articles in which the site is looked for, where no feed is at its host."""
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!//|\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnknownAddress:
    """What may explain that an address is unknown: the feeds of its site, their gaps, and outages of ours.

    `removed` says that its article was stored and deleted, and `mails` told of it, with these `answers`. `first_run` is
    set where monitor ran for the first time within the span, and `channel` where the address itself says of which feed
    it is.
    """

    feeds: Sequence[FeedState] = ()
    gaps: Sequence[Gap] = ()
    outages: Sequence[tuple[datetime, datetime]] = ()
    is_address: bool = True
    is_feed: bool = False
    removed: bool = False
    mails: Sequence[DeliveryRow] = ()
    answers: Answers = field(default_factory=dict)
    first_run: datetime | None = None
    channel: str = ""

    @property
    def broken(self) -> list[FeedState]:
        """The feeds whose last poll failed."""
        return [feed for feed in self.feeds if feed.failures]

    @property
    def odd(self) -> list[FeedState]:
        """The feeds that were read, with a note on what was odd."""
        return [feed for feed in self.feeds if feed.notes and not feed.failures]


def unknown_address(
    conn: Connection, text: str, span: tuple[datetime, datetime], article_id: int | None = None
) -> UnknownAddress:
    """Return what may explain that an address is unknown in a span; `article_id` is its article, if ever stored."""
    url = address_of(text)
    if not url:
        return UnknownAddress(is_address=False)
    if article_id is not None:
        mails = story_mails.of_article(conn, article_id).mails
        answers = delivery_attempts.of_deliveries(conn, [mail.id for mail in mails])
        return UnknownAddress(removed=True, mails=mails, answers=answers)
    feeds = poll_records.states(conn)
    if fold_url(url) in {fold_url(feed.url) for feed in feeds}:
        return UnknownAddress([feed for feed in feeds if fold_url(feed.url) == fold_url(url)], is_feed=True)
    kind, channel = recognised_address(url)
    is_post = kind != "feed"
    known = [feed for feed in feeds if feed.url == channel] if is_post else _of_site(conn, feeds, site_of(url))
    outlets = {feed.outlet for feed in known}
    gaps = [gap for gap in poll_records.open_gaps(conn, span[0]) if gap.outlet in outlets and gap.from_at < span[1]]
    began = uptime.first(conn)
    return UnknownAddress(
        known,
        gaps,
        uptime.outages(conn, *span),
        first_run=began if began and began > span[0] else None,
        channel=channel if is_post else "",
    )


def _of_site(conn: Connection, feeds: Sequence[FeedState], site: str) -> list[FeedState]:
    """Return the feeds at a site, else those of outlets with articles there: feeds may have a host of their own."""
    # Many channels share the site of Telegram: each is of its own address alone.
    known = [feed for feed in feeds if site_of(feed.url) == site and recognised_address(feed.url)[0] == "feed"]
    if known:
        return known
    outlets = {outlet for outlet, url in article_queries.addresses(conn, _MAX_ARTICLES) if site_of(url) == site}
    return [feed for feed in feeds if feed.outlet in outlets]


def address_of(text: str) -> str:
    """Return a typed or pasted http address with its scheme; empty where it is none."""
    stripped = text.strip().strip("<>\"'").strip()
    if _OTHER_SCHEME.match(stripped):
        return ""
    url = stripped if "://" in stripped else f"https://{stripped.removeprefix('//')}"
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return ""
    is_host = ":" in host or host == "localhost" or ("." in host and is_domain(host))
    return url if parts.scheme.lower() in ("http", "https") and is_host else ""
