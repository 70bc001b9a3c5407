"""Search a site for what can be watched there: its feeds, else its sitemaps, else its page as a list of articles.

Addresses that nobody named are asked only where robots.txt allows it, one after the other and not too many.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.errors import FetchError, ParseError, StatusError
from monitor.model import Page
from monitor.sources import (
    FeedLink,
    SitePage,
    is_of_comments,
    listed_sitemaps,
    recognised_address,
    usual_feeds,
    usual_sitemaps,
)
from monitor.steps.examine_page import PageSummary
from monitor.steps.outlet_visits import OutletVisits

MOST_REQUESTS = 30
"""Pages that one search asks for."""
SEARCH_WITHIN = 180.0
"""Seconds after which no further page is asked for."""
MOST_SITEMAPS = 3
"""Sitemaps of a robots.txt that are read."""
MOST_REFRESHES = 2
"""Pages that send their readers on by themselves, one after the other, which are followed."""
QUIET = timedelta(days=14)
"""What has had no news for so long is odd, and the search goes on for something better."""
LESSER_KINDS = ("sitemap", "page")
"""Kinds of sources that say less of their articles than feeds and channels do, the better one first."""
DEAD = timedelta(days=180)
"""What has had no news for so long is not what an outlet publishes now."""
FEWEST_LISTED = 3
"""Articles that a page must list to be taken for a list of articles."""

GIVEN, USUAL, ROBOTS, PAGE = "given", "usual place", "robots.txt", "the page itself"
OF_COMMENTS = "a feed of comments"
CAPTCHA = "captcha"
"""The reason of a ParseError that means a check which lets browsers alone through."""
_WHOLE_HOST = frozenset({401, 407, 429, 503})
"""Answers that hold for a host and not for one page of it."""
HTML_REASONS = ("html page", "error page")
"""Reasons of a ParseError that mean an HTML page, which may name feeds."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be watched, how it was found, and what it holds, or why it cannot be used.

    `status` is that of its answer, None where there was none.
    """

    url: str
    origin: str
    title: str = ""
    summary: PageSummary | None = None
    error: str = ""
    status: int | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it holds articles."""
        return self.summary is not None and self.summary.entries > 0

    def is_alive(self, now: datetime) -> bool:
        """Whether it holds articles of which the newest is not long past."""
        newest = self.summary.newest if self.summary else None
        return self.is_usable and not (newest and newest < now - DEAD)

    def has_news(self, now: datetime) -> bool:
        """Whether it surely is what an outlet publishes now: it has news, or is a feed that does not say when."""
        if self.summary is None or not self.is_usable:
            return False
        newest = self.summary.newest
        return newest >= now - QUIET if newest else self.summary.kind not in LESSER_KINDS


@dataclass(frozen=True, slots=True)
class SearchedSite:
    """A site that was searched: where its page is after redirects, its language, and all that was tried, in order.

    `is_cut` says that the search ended before everything was tried, `wall` what kind of wall the page seems to be.
    """

    url: str
    language: str
    candidates: tuple[Candidate, ...]
    is_cut: bool = False
    wall: str = ""


async def search_site(visits: OutletVisits, url: str) -> SearchedSite:
    """Search the site of an address, which may be that of a feed itself.

    Its name and password, if it has any, are given at its own host, and are those of what is found there.
    A page that is refused or missing says nothing of the feeds of its site: those at usual places are asked for. Raises
    FetchError where the page cannot be had, and ParseError where something stands before it, such as a captcha, if
    nothing is found there either.
    """
    kind, url = recognised_address(url)
    visits = replace(visits, credentials=(url,))
    try:
        return await _search_from_page(visits, kind, url)
    except (StatusError, ParseError) as error:
        if kind != "feed" or not _concerns_page_alone(error):
            raise
        search = _Search(visits, url, _end_of_search())
        search.note_page(error)
        await search.try_places()
        if not any(candidate.is_alive(visits.now) for candidate in search.found.values()):
            raise
        return SearchedSite(url, "", tuple(search.found.values()), search.is_cut)


def _concerns_page_alone(error: StatusError | ParseError) -> bool:
    """Whether other pages of a host may be had although one could not: it did not ask to be left alone."""
    if isinstance(error, StatusError):
        return error.status not in _WHOLE_HOST and error.retry_after is None
    return error.reason == CAPTCHA


def _end_of_search() -> float:
    return asyncio.get_running_loop().time() + SEARCH_WITHIN


async def _search_from_page(visits: OutletVisits, kind: str, url: str) -> SearchedSite:
    """Search a site from a page of it; raise FetchError and ParseError for a page that cannot be read."""
    page = await visits.get(url, kind)
    for refreshes in range(MOST_REFRESHES + 1):
        try:
            summary = await visits.examine_whole(page, kind)
        except ParseError as error:
            if kind != "feed" or error.reason not in HTML_REASONS:
                raise
            site = await visits.site_page(page)
        else:
            own = Candidate(
                visits.with_credentials(page.moved_to or url), GIVEN, summary.title, summary, status=page.status
            )
            return SearchedSite(page.url, summary.language, (own,))
        if site.links or not site.refresh or refreshes == MOST_REFRESHES:
            break
        url = site.refresh
        await visits.refuse_forbidden(url)
        page = await visits.get(url)
    search = _Search(visits, page.url, _end_of_search())
    await search.run(page, site)
    return SearchedSite(page.url, site.language, tuple(search.found.values()), search.is_cut, site.wall)


@dataclass
class _Search:
    """One search: the address of the page that it begins at, and what was found so far by address."""

    visits: OutletVisits
    url: str
    until: float
    found: dict[str, Candidate] = field(default_factory=dict)
    is_cut: bool = False

    async def run(self, page: Page, site: SitePage) -> None:
        """Try one way after the other until one gives something."""
        await self._try_all(site.links)
        if not self.has_result:
            await self.try_places()
        if not self.has_result:
            await self._try_page(page)

    async def try_places(self) -> None:
        """Try what no page names, one after the other until one gives something."""
        await self._try_first([FeedLink(place, origin=USUAL) for place in usual_feeds(self.url)])
        if not self.has_result:
            listed = await self._listed(self.url)
            await self._try_first([FeedLink(address, "", ROBOTS, "sitemap") for address in listed])
        if not self.has_result:
            await self._try_first([FeedLink(place, "", USUAL, "sitemap") for place in usual_sitemaps(self.url)])

    def note_page(self, error: FetchError | ParseError) -> None:
        """Note why the page itself could not be read."""
        self._note(FeedLink(self.url, origin=PAGE), error=str(error), status=getattr(error, "status", None))

    async def _listed(self, url: str) -> list[str]:
        """Return the first sitemaps of the host's robots.txt; none where the host gives us no turn to read it."""
        try:
            robots = await self.visits.robots(url)
        except FetchError:
            return []
        return listed_sitemaps(robots.text, url)[:MOST_SITEMAPS]

    @property
    def has_result(self) -> bool:
        """Whether anything was found that surely is worth watching."""
        return any(candidate.has_news(self.visits.now) for candidate in self.found.values())

    async def _try_all(self, links: Iterable[FeedLink], *, follow: bool = True) -> None:
        for link in links:
            if link.url not in self.found and self._may_go_on():
                await self._try(link, follow=follow)

    async def _try_first(self, links: Iterable[FeedLink]) -> None:
        """Try addresses until one gives something."""
        for link in links:
            if not self.has_result:
                await self._try_all([link])

    def _may_go_on(self) -> bool:
        is_over = len(self.found) >= MOST_REQUESTS or asyncio.get_running_loop().time() > self.until
        self.is_cut = self.is_cut or is_over
        return not is_over

    async def _try(self, link: FeedLink, *, follow: bool) -> None:
        """Ask for one address and note what it is; an HTML page may be a list of feeds, which are tried, too."""
        if link.is_of_comments:
            self._note(link, error=OF_COMMENTS)
            return
        page = None
        try:
            await self.visits.refuse_forbidden(link.url)
            page = await self.visits.get(link.url, link.kind)
            summary = await self.visits.examine_whole(page, "feed")
        except (FetchError, ParseError) as error:
            self._note(link, error=str(error), status=getattr(error, "status", page.status if page else None))
            if follow and page and isinstance(error, ParseError) and error.reason in HTML_REASONS:
                await self._follow(page)
            return
        problem = OF_COMMENTS if is_of_comments(summary.title) else "" if summary.entries else "no entry"
        self._note(link, summary=None if problem else summary, error=problem, status=page.status)

    async def _follow(self, page: Page) -> None:
        """Try the feeds that a page lists, without those that such pages list in their turn."""
        try:
            listed = await self.visits.site_page(page)
        except ParseError:
            return
        await self._try_all(listed.links, follow=False)

    async def _try_page(self, page: Page) -> None:
        """Note whether the page itself lists articles."""
        link = FeedLink(page.url, origin=PAGE)
        try:
            summary = await self.visits.examine(page, "page")
        except ParseError as error:
            self._note(link, error=str(error), status=page.status)
            return
        is_list = summary.entries >= FEWEST_LISTED
        problem = "" if is_list else "it lists no articles"
        self._note(link, summary=summary if is_list else None, error=problem, status=page.status)

    def _note(
        self, link: FeedLink, *, summary: PageSummary | None = None, error: str = "", status: int | None = None
    ) -> None:
        title = (summary.title if summary else "") or link.title
        address = self.visits.with_credentials(link.url)
        self.found[link.url] = Candidate(address, link.origin, title, summary, error, status)
