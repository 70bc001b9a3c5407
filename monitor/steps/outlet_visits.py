"""Ask outlets for pages on behalf of a command: as politely as the daemon does, but without a database.

One request at a time goes to a host, with a gap between two. What the daemon asks meanwhile is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from monitor.errors import FetchError, ParseError, StatusError
from monitor.fetching import Robots, Validators, fetch, require_allowed, robots_of, robots_url, with_credentials
from monitor.hostnames import host_of
from monitor.model import Outlet, Page
from monitor.page_values import ArticlePage
from monitor.sources import NOTHING_FOUND, SitePage, largest_page
from monitor.steps.examine_page import LinksJob, PageSummary, page_summary_of, site_page_of
from monitor.steps.extract_page import page_of
from monitor.steps.fetch_article import ArticleJob
from monitor.steps.host_turns import BUSY, process_turn
from monitor.steps.known_sitemaps import MOST_LEVELS
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.outlet_login import LoginNotes
from monitor.steps.parse_page import ParseJob
from monitor.text import counted

MOST_SITEMAPS = 5
"""Sitemaps of an index that are read until one has news of the last day."""
_NEWS_WITHIN = timedelta(days=1)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
LONGEST_WAIT = 120.0
"""Seconds that a request waits for its turn at a host."""


@dataclass(frozen=True, slots=True)
class SiteRobots:
    """What a host's robots.txt says: its rules for us, and its text."""

    rules: Robots
    text: str = ""


@dataclass
class OutletVisits:
    """What visits of one command share: the way to outlets, our name there, and the robots.txt of each host.

    `now` is the moment at which the command began, and `outlet` the one of the files that is visited, if it is one.
    `credentials` are addresses whose names and passwords are given at their own hosts.
    """

    access: OutletAccess
    user_agent: str
    now: datetime
    outlet: str = ""
    credentials: tuple[str, ...] = ()
    _robots: dict[tuple[str, str], SiteRobots] = field(default_factory=dict)

    def of(self, outlet: str) -> OutletVisits:
        """Return the visits to an outlet of the files, which may want to be asked in a way of its own."""
        site = self.access.sites.get(outlet)
        return replace(self, outlet=outlet, user_agent=site.user_agent or self.user_agent) if site else self

    def with_credentials(self, url: str) -> str:
        """Return an address with the name and password that are given at its host, if any are."""
        return with_credentials(url, self.credentials)

    async def get(self, url: str, kind: str = "feed") -> Page:
        """Return a page that may be as large as its kind, at our turn at its host.

        Raises FetchError for every answer that is no page.
        """
        host = host_of(url)
        async with command_turn(self.access, host):
            try:
                largest = largest_page(kind)
                client = self.access.reader_for(self.outlet)
                asked = self.with_credentials(url)
                page = (await fetch(client, asked, Validators(), largest=largest, now=self.now)).page
            except FetchError as error:
                if error.hung:
                    self.access.host_limiter.hang(host)
                if isinstance(error, StatusError):
                    self.access.host_limiter.hold(error.host, error.retry_after or 0.0)
                raise
        assert page is not None  # noqa: S101 - for the type checker: a full request is never answered by a 304
        return page

    def login_note(self) -> str:
        """Return how the login of the outlet ended; empty where it was not tried."""
        failures = self.access.logins.failures if isinstance(self.access.logins, LoginNotes) else {}
        if self.outlet not in failures:
            return ""
        return failures[self.outlet] or "its account is logged in"

    async def examine(
        self, page: Page, kind: str, language: str = "", select: tuple[tuple[str, str], ...] = ()
    ) -> PageSummary:
        """Return the summary of a page of this kind, which a worker makes; raise ParseError."""
        job = ParseJob(kind, page, page.url, "", language, select, self.now)
        (answer,) = await self.access.parse_workers.run([job])
        return page_summary_of(answer)

    async def examine_whole(
        self, page: Page, kind: str, language: str = "", select: tuple[tuple[str, str], ...] = ()
    ) -> PageSummary:
        """Examine a page; of an index of sitemaps, the first that has news of the last day, else the newest of some.

        Raises FetchError and ParseError, also for an index that leads to itself alone or is nested too deep.
        """
        summary = await self.examine(page, kind, language, select)
        return await self._examine_index(summary, {page.url}) if summary.sitemaps else summary

    async def _examine_index(self, index: PageSummary, seen: set[str], level: int = 1) -> PageSummary:
        """Return what an index leads to; `seen` are the pages that were read, `level` is how deep it is nested."""
        if level > MOST_LEVELS:
            raise ParseError(NOTHING_FOUND, f"it is an index of sitemaps nested more than {MOST_LEVELS} deep")
        found: dict[str, PageSummary] = {}
        errors: list[FetchError | ParseError] = []
        for url in index.sitemaps:
            if url in seen or len(seen) > MOST_SITEMAPS:
                continue
            seen.add(url)
            try:
                found[url] = await self._examine_sitemap(url, seen, level)
            except (FetchError, ParseError) as error:
                errors.append(error)
            else:
                if (newest := found[url].newest) and newest >= self.now - _NEWS_WITHIN:
                    break
        if not found:
            raise errors[0] if errors else ParseError(NOTHING_FOUND, "it is an index of sitemaps that leads to itself")
        # Of several without any date, the first one.
        best = max(found, key=lambda url: found[url].newest or _LONG_AGO)
        read = f"{best} was read" if len(found) == 1 else f"{len(found)} were read: the newest is {best}"
        note = f"an index of {counted(len(index.sitemaps), 'sitemap')}, of which {read}"
        return replace(found[best], notes=(*index.notes, note, *found[best].notes))

    async def _examine_sitemap(self, url: str, seen: set[str], level: int) -> PageSummary:
        await self.refuse_forbidden(url)
        summary = await self.examine(await self.get(url, "sitemap"), "sitemap")
        return await self._examine_index(summary, seen, level + 1) if summary.sitemaps else summary

    async def site_page(self, page: Page) -> SitePage:
        """Return what an HTML page says of its site, which a worker reads; raise ParseError."""
        (answer,) = await self.access.parse_workers.run([LinksJob(page)])
        return site_page_of(answer)

    async def article_page(self, page: Page, outlet: Outlet) -> ArticlePage:
        """Return the article of an outlet's page as a worker reads it; raise ParseError."""
        job = ArticleJob(page, outlet.name, outlet.language, outlet.article)
        (answer,) = await self.access.parse_workers.run([job])
        read = page_of(answer)
        if isinstance(read, Exception):
            raise read
        return read

    async def robots(self, url: str) -> SiteRobots:
        """Return the robots.txt of an address's host, read once, and keep its crawl-delay from now on.

        One that cannot be had forbids everything (RFC 9309, 2.3.1.4).
        """
        host = host_of(url)
        key = host, self.user_agent
        if key not in self._robots:
            async with command_turn(self.access, host):
                self._robots[key] = await self._read_robots(url)
                self.access.host_limiter.delays[host] = self._robots[key].rules.crawl_delay or 0.0
        return self._robots[key]

    async def refuse_forbidden(self, url: str) -> None:
        """Raise ParseError where robots.txt forbids an address that nobody configured."""
        require_allowed((await self.robots(url)).rules, url)

    async def _read_robots(self, url: str) -> SiteRobots:
        try:
            page = await self.access.client_for(self.outlet).get(robots_url(url))
        except FetchError:
            return SiteRobots(robots_of(503, b"", self.user_agent))
        text = page.body.decode("utf-8", "replace") if page.status == 200 else ""
        return SiteRobots(robots_of(page.status, page.body, self.user_agent), text)


@asynccontextmanager
async def command_turn(access: OutletAccess, host: str) -> AsyncIterator[None]:
    """Wait for a command's turn at a host, and hold it; raise FetchError without one in time."""
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await stack.enter_async_context(process_turn(access.host_limiter, host, longest=LONGEST_WAIT))
        except TimeoutError:
            raise FetchError(BUSY, f"{host} asked to be left alone, or serves others first") from None
        yield
