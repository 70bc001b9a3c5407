"""Fetch what the first page of a poll leads to: changed sitemaps of an index, or older pages where there is a gap.

Each of them is one more fetch of the same poll, at our turn at its host and only if its robots.txt allows it. One that
fails costs only itself: what the others brought is stored, and a note says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from monitor.errors import FetchError, ParseError
from monitor.fetching import with_credentials
from monitor.hostnames import host_of
from monitor.model import Article, SitemapLink
from monitor.steps.context import Context
from monitor.steps.crawl_delays import refuse_forbidden
from monitor.steps.host_turns import BUSY, wait_for_turn
from monitor.steps.ingest import leaves_gap
from monitor.steps.known_sitemaps import MOST_LEVELS, KnownSitemaps
from monitor.steps.parse_page import ParsedPage
from monitor.steps.poll_result import PageFetch, PollResult
from monitor.text import without_credentials

MOST_SITEMAPS = 3
"""Sitemaps of an index that one poll reads, the most promising first."""
MOST_INDEXES = 3
"""Indexes in an index that one poll reads beside them."""
MOST_PAGES = 5
"""Older pages of a feed that one poll reads; where a gap is looked into again, twice as many may lie before it."""
MOST_ARTICLES = 10_000
"""Articles of a poll from which on no further page is read."""
_LONGEST_ADDRESS = 200  # characters of an address in a note

FetchPage = Callable[[str], Awaitable[PageFetch]]


async def with_sitemaps(ctx: Context, poll_result: PollResult, fetch_page: FetchPage, until: float) -> PollResult:
    """Return a poll of an index with the sitemaps that it leads to, as far as they can be had by then (loop time)."""
    first = poll_result.first.parsed if poll_result.first else None
    if first is None or not first.sitemaps:
        return poll_result
    return await _FurtherPages(ctx, poll_result, fetch_page, until).read_sitemaps(first.sitemaps)


async def with_older_pages(ctx: Context, poll_result: PollResult, fetch_page: FetchPage, until: float) -> PollResult:
    """Return a poll that looks into a gap with the older pages that its feed names, as `with_sitemaps` does."""
    first = poll_result.first.parsed if poll_result.first else None
    if first is None or not first.next_page:
        return poll_result
    return await _FurtherPages(ctx, poll_result, fetch_page, until).read_older(first.next_page)


async def fetch_unasked(
    ctx: Context, poll_result: PollResult, url: str, fetch_page: FetchPage, until: float
) -> PageFetch:
    """Fetch a further page of a poll if its host has time for us before `until`, and its robots.txt allows it.

    That is not asked about an address that is configured itself.

    Raises FetchError, which is `busy` where the host has none, and ParseError.
    """
    state = poll_result.feed.state
    try:
        async with asyncio.timeout_at(until):
            # Its robots.txt may take a turn of its own.
            await _wait_for_host(ctx, host_of(url), until)
            if url not in ctx.active.feeds:
                await refuse_forbidden(ctx, url, state.outlet)
                await _wait_for_host(ctx, host_of(url), until)
            return await fetch_page(with_credentials(url, [state.url]))
    except TimeoutError:
        raise FetchError(BUSY, "its host is too slow for so many pages in one poll") from None


async def _wait_for_host(ctx: Context, host: str, until: float) -> None:
    """Wait until a host is free, since a crawl-delay may be longer than a poll waits; TimeoutError if in vain."""
    seconds = wait_for_turn(ctx, host)
    if asyncio.get_running_loop().time() + seconds > until:
        raise TimeoutError
    await asyncio.sleep(seconds)


@dataclass
class _FurtherPages:
    """The poll as far as it has come: its result, and its articles by the keys of which it has one.

    `seen` are the sitemaps that were read, `room` is how many more may be, `indexes` how many of them were indexes.
    """

    ctx: Context
    poll_result: PollResult
    fetch_page: FetchPage
    until: float
    keys: set[bytes] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    room: int = MOST_SITEMAPS
    indexes: int = 0

    def __post_init__(self) -> None:
        self.keys.update(key for article in self.poll_result.articles for key in article.keys)
        self.seen.update(page.url for page in self.poll_result.pages)

    async def read_sitemaps(self, listed: tuple[SitemapLink, ...]) -> PollResult:
        """Read the sitemaps of an index that changed since the last poll or are new, and those that may have changed.

        Of a first poll, which knows none, the older ones are archives that nobody wants.
        """
        assert self.poll_result.first is not None  # noqa: S101 - for the type checker
        known = KnownSitemaps(self.poll_result.feed.state.known_sitemaps, self.poll_result.at)
        is_partial = await self._read_index(known, listed, (SitemapLink(self.poll_result.first.url),))
        # An index that is answered with 304 would hide what is left, and what changes without a new date.
        return replace(self.poll_result, known_sitemaps=known.text(), is_partial=is_partial)

    async def _read_index(
        self, known: KnownSitemaps, listed: tuple[SitemapLink, ...], path: tuple[SitemapLink, ...]
    ) -> bool:
        """Read what an index lists, and return whether it must be read again even if it stays as it is.

        `path` are the indexes that lead to what is listed, from the feed's own to the one that lists it.
        """
        within = path[-1] if len(path) > 1 else None
        wanted = known.wanted(listed, within)
        left = []
        for link in wanted:
            if link.url in self.seen:
                # Listed twice, and so read in this poll, or a circle.
                if any(link.url == index.url for index in path):
                    self._note(link.url, "it is an index of sitemaps that leads to itself")
                continue
            if await self._is_left(known, link, path) if self.room else known.is_changed(link, within):
                left.append(link)
        known.add_index(listed, left, within)
        return bool(left) or any(map(known.readings.may_have_changed, listed))

    async def _is_left(self, known: KnownSitemaps, link: SitemapLink, path: tuple[SitemapLink, ...]) -> bool:
        """Read one sitemap, or the index that stands in its place; return whether something is left to be read."""
        self.room -= 1
        self.seen.add(link.url)
        within = path[-1] if len(path) > 1 else None
        fetched = await self._fetch(link.url)
        page = fetched.parsed if fetched else None
        known.readings.add(link, page, is_said_same=known.is_listed(link, within))
        if fetched is None or page is None:
            known.add_failure(link)
            return known.is_changed(link, within)
        known.drop_failure(link)
        self._add(fetched, [one for one in page.articles if known.readings.is_news(link, one)])
        if not page.sitemaps:
            return False
        if len(path) == MOST_LEVELS:
            self._note(link.url, f"it is an index of sitemaps, and those are nested more than {MOST_LEVELS} deep")
            return False
        if self.indexes < MOST_INDEXES:
            self.indexes += 1
            self.room += 1
        return await self._read_index(known, page.sitemaps, (*path, link))

    async def read_older(self, next_page: str) -> PollResult:
        """Read the next pages of a feed that left a gap until one shows an article that is known."""
        assert self.poll_result.first is not None  # noqa: S101 - for the type checker
        seen = {self.poll_result.first.url, self.poll_result.feed.state.url}
        began = self.poll_result.filling.since
        most = MOST_PAGES if began == self.poll_result.feed.state.last_ok_at else 2 * MOST_PAGES
        for read in range(most + 1):
            if not await leaves_gap(self.ctx, self.poll_result):
                return self._filled()
            if read == most or not next_page or next_page in seen or self._is_enough():
                break
            seen.add(next_page)
            page = await self._read(next_page)
            if page is None:
                break
            next_page = page.next_page
        return self.poll_result

    def _filled(self) -> PollResult:
        filling = self.poll_result.filling
        filled = filling._replace(complete_since=filling.since, note="its older pages", failed=False)
        return replace(self.poll_result, filling=filled)

    def _is_enough(self) -> bool:
        return len(self.poll_result.articles) >= MOST_ARTICLES

    async def _read(self, url: str) -> ParsedPage | None:
        """Add one page to the poll; return what it holds, or None where it cannot be read."""
        fetched = await self._fetch(url)
        if fetched is None or fetched.parsed is None:
            return None
        self._add(fetched, fetched.parsed.articles)
        return fetched.parsed

    async def _fetch(self, url: str) -> PageFetch | None:
        """Return one page; None, and a note why, where it cannot be read."""
        try:
            return await fetch_unasked(self.ctx, self.poll_result, url, self.fetch_page, self.until)
        except (FetchError, ParseError) as error:
            # Without the line that would allow a private address: it is the outlet that chose it, and no operator.
            self._note(url, str(error))
            filling = self.poll_result.filling
            may_pass = isinstance(error, FetchError) and error.is_passing
            filling = filling._replace(note=self.poll_result.unread[-1], failed=filling.failed or may_pass)
            self.poll_result = replace(self.poll_result, filling=filling)
            return None

    def _add(self, page: PageFetch, articles: Iterable[Article]) -> None:
        """Add a page, and those of its articles that no page before has: a feed that grows shows some twice."""
        new = [article for article in articles if self.keys.isdisjoint(article.keys)]
        self.keys.update(key for article in new for key in article.keys)
        pages, known = self.poll_result.pages, self.poll_result.articles
        self.poll_result = replace(self.poll_result, pages=(*pages, page), articles=(*known, *new))

    def _note(self, url: str, reason: str) -> None:
        said = f"{without_credentials(url)[:_LONGEST_ADDRESS]} could not be read: {reason}"
        self.poll_result = replace(self.poll_result, unread=(*self.poll_result.unread, said))
