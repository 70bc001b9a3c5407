"""Fetch what the first page of a poll leads to: changed sitemaps of an index, or older pages where there is a gap.

Each of them is one more fetch of the same poll, at our turn at its host and only if its robots.txt allows it. One that
fails costs only itself: what the others brought is stored, and a note says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from monitor.errors import FetchError, ParseError
from monitor.fetching import with_credentials
from monitor.hostnames import host_of
from monitor.model import Article, SitemapLink
from monitor.steps.context import Context
from monitor.steps.crawl_delays import refuse_forbidden
from monitor.steps.ingest import leaves_gap
from monitor.steps.parse_page import ParsedPage
from monitor.steps.poll_result import PageFetch, PollResult
from monitor.text import without_credentials

MOST_SITEMAPS = 3
"""Sitemaps of an index that one poll reads, the most promising first."""
MOST_PAGES = 5
"""Older pages of a feed that one poll reads."""
MOST_ARTICLES = 10_000
"""Articles of a poll from which on no further page is read."""
_FAILED = "!"  # before the digest of a sitemap that could not be read when it was tried last
_LONGEST_ADDRESS = 200  # characters of an address in a note

FetchPage = Callable[[str], Awaitable[PageFetch]]


async def with_further_pages(ctx: Context, poll_result: PollResult, fetch_page: FetchPage, until: float) -> PollResult:
    """Return a poll with the pages that its first one leads to, as far as they can be had until then (loop time)."""
    first = poll_result.first.parsed if poll_result.first else None
    if first is None or not (first.sitemaps or first.next_page):
        return poll_result
    further = _FurtherPages(ctx, poll_result, fetch_page, until)
    return await (further.read_sitemaps(first.sitemaps) if first.sitemaps else further.read_older(first.next_page))


@dataclass
class _FurtherPages:
    """The poll as far as it has come: its result, and its articles by the keys of which it has one."""

    ctx: Context
    poll_result: PollResult
    fetch_page: FetchPage
    until: float
    keys: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys.update(key for article in self.poll_result.articles for key in article.keys)

    async def read_sitemaps(self, listed: tuple[SitemapLink, ...]) -> PollResult:
        """Read the sitemaps of an index that changed since the last poll or are new, and those that do not say.

        Of a first poll, which knows none, the older ones are archives that nobody wants.
        """
        stored = self.poll_result.feed.state.known_sitemaps.split()
        position = {digest: at for at, digest in enumerate(stored, 1)}
        # Those that failed come last, the oldest failure first, since they may fail for ever.
        ordered = sorted(listed, key=lambda link: position.get(_FAILED + _digest(link), 0))
        changed = [link for link in ordered if link.changed and _digest(link) not in position]
        silent = [link for link in ordered if not link.changed][:MOST_SITEMAPS]
        wanted = sorted((*changed, *silent), key=ordered.index)
        tried = wanted[:MOST_SITEMAPS]
        failed = [link for link in tried if await self._read(link.url) is None]
        left = [*failed, *(wanted[MOST_SITEMAPS:] if stored else [])]
        unread = {_digest(link) for link in left}
        marks = [_FAILED + _digest(link) for link in ordered if link not in tried]
        marks = [*(mark for mark in marks if mark in position), *(_FAILED + _digest(link) for link in failed)]
        return replace(
            self.poll_result,
            known_sitemaps=" ".join([*(one for one in map(_digest, listed) if one not in unread), *marks]),
            # An index that is answered with 304 would hide what is left, and what changes without a new date.
            is_partial=bool(left or silent),
        )

    async def read_older(self, next_page: str) -> PollResult:
        """Read the next pages of a feed that left a gap until one shows an article that is known."""
        assert self.poll_result.first is not None  # noqa: S101 - for the type checker
        seen = {self.poll_result.first.url, self.poll_result.feed.state.url}
        for _ in range(MOST_PAGES):
            is_loop = not next_page or next_page in seen
            if is_loop or self._is_enough() or not await leaves_gap(self.ctx, self.poll_result):
                break
            seen.add(next_page)
            page = await self._read(next_page)
            if page is None:
                break
            next_page = page.next_page
        return self.poll_result

    def _is_enough(self) -> bool:
        return len(self.poll_result.articles) >= MOST_ARTICLES

    async def _read(self, url: str) -> ParsedPage | None:
        """Add one page to the poll; return what it holds, or None, and note why, where it cannot be read."""
        try:
            async with asyncio.timeout_at(self.until):
                # Its robots.txt may take a turn of its own.
                await self._wait_for_host(host_of(url))
                await refuse_forbidden(self.ctx, url)
                await self._wait_for_host(host_of(url))
                page = await self.fetch_page(with_credentials(url, [self.poll_result.feed.state.url]))
        except TimeoutError:
            self._note(url, "its host is too slow for so many pages in one poll")
            return None
        except (FetchError, ParseError) as error:
            # Without the line that would allow a private address: it is the outlet that chose it, and no operator.
            self._note(url, str(error))
            return None
        assert page.parsed is not None  # noqa: S101 - for the type checker
        if page.parsed.sitemaps:
            self._note(url, "it is an index of sitemaps itself, which no index may hold")
            return None
        articles = (*self.poll_result.articles, *self._new(page.parsed))
        self.poll_result = replace(self.poll_result, pages=(*self.poll_result.pages, page), articles=articles)
        return page.parsed

    async def _wait_for_host(self, host: str) -> None:
        """Wait until a host is free, since a crawl-delay may be longer than a poll waits; TimeoutError if in vain."""
        seconds = self.ctx.access.host_limiter.wait(host)
        if asyncio.get_running_loop().time() + seconds > self.until:
            raise TimeoutError
        await asyncio.sleep(seconds)

    def _new(self, page: ParsedPage) -> list[Article]:
        """Return the articles that no page before has: a feed that grows while it is read shows some twice."""
        articles = [article for article in page.articles if self.keys.isdisjoint(article.keys)]
        self.keys.update(key for article in articles for key in article.keys)
        return articles

    def _note(self, url: str, reason: str) -> None:
        said = f"{without_credentials(url)[:_LONGEST_ADDRESS]} could not be read: {reason}"
        self.poll_result = replace(self.poll_result, unread=(*self.poll_result.unread, said))


def _digest(link: SitemapLink) -> str:
    """Return what stands for a sitemap and its date among those known."""
    return blake2b(f"{link.url}\0{link.changed}".encode("utf-8", "replace"), digest_size=8).hexdigest()
