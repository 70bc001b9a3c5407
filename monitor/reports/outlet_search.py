"""Report what a site offers to be watched, and choose what is worth it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.config.new_outlets import address_key
from monitor.config.outlet_entries import default_name, host_name
from monitor.errors import FetchError, ParseError, RefusedError, StatusError
from monitor.fetching import UNAUTHORIZED, WITH_ACCOUNT
from monitor.reports.outlet_check import CheckedFeed, age_oddity, with_summary
from monitor.sources import recognised_address
from monitor.steps.examine_page import PageSummary
from monitor.steps.outlet_visits import OutletVisits
from monitor.steps.site_search import CAPTCHA, DEAD, GIVEN, LESSER_KINDS, QUIET, Candidate, SearchedSite, search_site
from monitor.text import clean, without_credentials

_REFUSALS = frozenset({403, 406, 429, 451})
_NO_TLS = frozenset({"tls", "connect"})
"""Reasons why an address cannot be reached that a server without TLS has, too."""
_GENERAL = re.compile(
    r"\b(?:all|latest|main|headlines|everything|все|всі|усі|последние|останні|главные|главное|головне|tüm|son|alle"
    r"|aktuell|toutes|portada|todas|últimas|tutte|ultime|wszystkie|najnowsze|كل|جميع|آخر)\b"
)
"""Words in the title or the path of a feed that has all news of its outlet, and not those of a section."""
_FIRST = 10
"""Articles at the beginning of two feeds by which they are known to be the same in two formats."""
_RARE = 3.0
"""A feed with so many times fewer articles a day than another of the site is of a part of its news, as podcasts are."""


@dataclass(frozen=True, slots=True)
class FoundFeed(CheckedFeed):
    """An address that may be watched: how it was found, and whether it is chosen.

    `origin` is `given`, `declared`, `linked`, `usual place`, `robots.txt` or `the page itself`; `watched` is the place
    (file:line) where it is watched already.
    """

    origin: str = ""
    watched: str = ""
    chosen: bool = False
    _address: str = field(default="", repr=False)
    _articles: tuple[str, ...] = field(default=(), repr=False)
    _a_day: float = field(default=0.0, repr=False)

    @property
    def address(self) -> str:
        """The address to write into the files, with its credentials."""
        return self._address


@dataclass(frozen=True, slots=True)
class OutletSearch:
    """What a site offers: the outlet that it would be, where its page is, and its feeds in the order of the search.

    `reason` says why nothing is chosen. `is_cut` says that the search ended before everything was tried.
    """

    outlet: str
    url: str
    language: str = ""
    feeds: tuple[FoundFeed, ...] = ()
    reason: str = ""
    is_cut: bool = False

    @property
    def chosen(self) -> list[FoundFeed]:
        """The feeds that are worth watching, and are not watched yet."""
        return [feed for feed in self.feeds if feed.chosen]


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What is searched: the name of the outlet (its host if empty), whether all its feeds are chosen or the best.

    `watched` are the places of addresses that are watched, by `address_key`.
    """

    name: str = ""
    all_feeds: bool = False
    watched: Mapping[str, str] = field(default_factory=dict)


async def search_outlet(visits: OutletVisits, url: str, options: SearchOptions) -> OutletSearch:
    """Search the site of an address, and choose its best feed or all of them."""
    try:
        site = await search_site(visits, url)
    except (FetchError, ParseError) as error:
        shown = clean(without_credentials(url))
        return OutletSearch(
            options.name or host_name(url), shown, reason=f"{refusal_of(error)}{_without_tls(url, error)}"
        )
    name = options.name or default_name(recognised_address(url)[0], site.url)
    found = [_found(name, candidate, options.watched, visits.now) for candidate in site.candidates]
    chosen = chosen_of(found, site.language, visits.now, all_feeds=options.all_feeds)
    # What is watched already is not chosen again.
    feeds = tuple(replace(feed, chosen=feed in chosen and not feed.watched) for feed in found)
    languages = {feed.language for feed in feeds if feed.chosen}
    language = languages.pop() if len(languages) == 1 else ""
    reason = "" if any(feed.chosen for feed in feeds) else _reason(site, chosen)
    return OutletSearch(name, clean(without_credentials(site.url)), language, feeds, reason, site.is_cut)


def refusal_of(error: FetchError | ParseError) -> str:
    """Return in a sentence why a site could not be searched."""
    if isinstance(error, RefusedError):
        return error.advised("; to allow it, write in monitor.yaml")
    if error.reason == CAPTCHA or (isinstance(error, StatusError) and error.wall):
        return f"a captcha, or a check that lets browsers alone through, stands before it ({error})"
    if getattr(error, "status", None) == UNAUTHORIZED:
        return f"it wants to know who asks ({error}): {WITH_ACCOUNT}"
    if getattr(error, "status", None) in _REFUSALS:
        return f"it refuses programs, or this network ({error}); the address of a feed may work"
    return f"it could not be read ({error})"


def _without_tls(url: str, error: FetchError | ParseError) -> str:
    is_likely = error.reason in _NO_TLS and url.startswith("https:")
    return "; where it has no TLS, write http:// before its host" if is_likely else ""


def chosen_of(found: Sequence[FoundFeed], language: str, now: datetime, *, all_feeds: bool) -> list[FoundFeed]:
    """Return the best of what was found: one address, or all of its kind.

    What has news of the last weeks goes first, also a feed that does not say when; then feeds before sitemaps and these
    before pages; then what has the language of the site's page, more than a part of its news, those of all sections by
    its name, dates, whole articles; else what the site names first. A sitemap without dates and without an article of
    the page is one of other pages. What has had no news for half a year is chosen only where it is the given address.
    """
    living = [
        feed for feed in found if feed.ok and (feed.origin == GIVEN or not (feed.newest and feed.newest < now - DEAD))
    ]
    if not living:
        return []

    listed = {url for feed in living if feed.kind == "page" for url in feed._articles}

    def rank(feed: FoundFeed) -> tuple[bool | int, ...]:
        is_undated = feed.newest is None
        is_quiet = feed.newest is not None and feed.newest < now - QUIET
        is_foreign = bool(language and feed.language) and feed.language != language.partition("-")[0]
        lack = LESSER_KINDS.index(feed.kind) + 1 if feed.kind in LESSER_KINDS else 0
        is_of_other_pages = feed.kind == "sitemap" and is_undated and bool(listed) and listed.isdisjoint(feed._articles)
        is_doubtful = is_quiet or (is_undated and lack > 0)
        among_alike = is_quiet, is_foreign, is_part(feed), not _is_general(feed), is_undated, feed.text != "whole"
        return is_doubtful, is_of_other_pages, lack, *among_alike

    def is_part(feed: FoundFeed) -> bool:
        alike = [one for one in living if one.kind == feed.kind and one.language == feed.language]
        return any(_holds_all(one, feed) or 0 < feed._a_day < one._a_day / _RARE for one in alike)

    best = min(living, key=rank)
    return _without_twins([feed for feed in living if feed.kind == best.kind]) if all_feeds else [best]


def _holds_all(wide: FoundFeed, narrow: FoundFeed) -> bool:
    """Whether a feed holds all that another one does, and more, such as one of all sections what one of a section."""
    return bool(narrow._articles) and set(narrow._articles) < set(wide._articles)


def _is_general(feed: FoundFeed) -> bool:
    """Whether a feed's title, or the end of its address, says that it has the news of all sections."""
    end = urlsplit(feed.url).path.rstrip("/").rpartition("/")[2].replace("_", " ")
    return any(_GENERAL.search(text.lower()) is not None for text in (end, feed.title))


def _without_twins(feeds: Sequence[FoundFeed]) -> list[FoundFeed]:
    """Return the feeds without those that begin with the same articles as one before: the same in another format."""
    distinct: list[FoundFeed] = []
    for feed in feeds:
        first = set(feed._articles[:_FIRST])
        if not any(first and first == set(one._articles[:_FIRST]) for one in distinct):
            distinct.append(feed)
    return distinct


def _found(outlet: str, candidate: Candidate, watched: Mapping[str, str], now: datetime) -> FoundFeed:
    found = FoundFeed(
        outlet,
        clean(without_credentials(candidate.url)),
        status=candidate.status,
        error=candidate.error,
        title=candidate.title,
        origin=candidate.origin,
        watched=watched.get(address_key(candidate.url), ""),
        _address=candidate.url,
    )
    if candidate.summary is None or not candidate.is_usable:
        return replace(found, error=found.error or "; ".join((*(candidate.summary or PageSummary()).notes, "no entry")))
    notes = *candidate.summary.notes, *age_oddity(candidate.summary, now)
    found = replace(found, notes=notes, _articles=candidate.summary.first)
    found = replace(found, _a_day=candidate.summary.a_day)
    return with_summary(found, candidate.summary)


def _reason(site: SearchedSite, best: Sequence[FoundFeed]) -> str:
    """Return why nothing is chosen."""
    if best:
        return "it is watched already"
    if any(candidate.is_usable for candidate in site.candidates):
        return f"nothing that it offers has had news for {DEAD.days} days"
    wall = f"; what it shows seems to be a wall ({site.wall})" if site.wall else ""
    return f"no feed, no sitemap and no list of articles was found there{wall}"
