"""Fill a gap of a feed from a sitemap of its site, which is found by itself, remembered, and asked for sparingly.

A site names its sitemaps in robots.txt, or has them at usual places; where its outlet has a `sitemap:`, it is that one.
The first that shows what the feed shows is the feed's; what it lists of the time of the gap comes with the poll that
noticed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median_low

from monitor.articles import WRITTEN_WITHIN, missed_articles, shows_any
from monitor.errors import FetchError, ParseError, StatusError
from monitor.hostnames import host_of
from monitor.model import Article
from monitor.sources import listed_sitemaps, usual_sitemaps
from monitor.steps.context import Context
from monitor.steps.crawl_delays import robots_text
from monitor.steps.further_pages import FetchPage, fetch_unasked
from monitor.steps.parse_page import ParsedPage
from monitor.steps.poll_result import PollResult, polls_today
from monitor.store import Connection, gap_filling, gap_sitemaps, identities, poll_records
from monitor.store.gap_sitemaps import GapSitemap
from monitor.text import when, without_credentials

SITEMAP = "sitemap"
"""The kind of source that fills gaps."""
MOST_REQUESTS = 8
"""Pages that are asked for because of one gap at most."""
MOST_LISTED = 3
"""Sitemaps of a robots.txt that are tried, and sitemaps of an index that are read."""
SEARCHED_EVERY = timedelta(days=7)
"""When a site is searched again that has no sitemap for a feed."""
READ_EVERY = timedelta(hours=1)
"""How often the sitemap of a feed is read at most: some feeds have a gap at each poll."""
WATCHED_SHOWS_NONE = "the sitemap that is watched beside it shows none of its articles"
"""Why the sitemap of an outlet fills no gap of a feed."""
_SERVER_ERROR = 500


async def with_sitemap(ctx: Context, poll_result: PollResult, fetch_page: FetchPage, until: float) -> PollResult:
    """Return a poll that looks into a gap with what a sitemap tells of it, where older pages did not (loop time)."""
    filling = poll_result.filling
    if filling.is_whole or not _has_sitemap(poll_result) or (filling.is_new and not may_be_listed(poll_result)):
        return poll_result
    known = await ctx.store.read(gap_sitemaps.get, poll_result.feed.id)
    if reason := _reason_not_to(ctx, poll_result, known):
        return replace(poll_result, filling=filling._replace(note=_both(filling.note, reason)))
    own = _watched_sitemaps(ctx, poll_result)
    known = known if known and (not own or known.url in own) else None
    site = _Site(ctx, poll_result, fetch_page, until, _room(ctx, poll_result))
    url, listed = await site.read_first([known.url] if known and known.url else own)
    await ctx.store.write(gap_sitemaps.keep, _to_remember(poll_result, known, url, site.error))
    if not url:
        none = WATCHED_SHOWS_NONE if own else f"no sitemap of {site.host} shows its articles"
        reason = site.error or f"{none} (searched {when(poll_result.at)})"
        note, failed = _both(filling.note, reason), filling.failed or bool(site.error)
        return replace(poll_result, filling=filling._replace(note=note, requests=site.requests, failed=failed))
    return await _filled(ctx, poll_result, url, listed, site)


async def _filled(
    ctx: Context, poll_result: PollResult, url: str, listed: Sequence[Article], site: _Site
) -> PollResult:
    """Return a poll with those articles that a sitemap lists of the gap."""
    began, shown_since = await ctx.store.read(_began, poll_result)
    came = await ctx.store.read(_came, poll_result)
    page = [one for one in poll_result.articles if one.published or one in came]
    missed = missed_articles(page, listed, began, poll_result.at, shown_since)
    new = await ctx.store.read(_unknown, missed.articles)
    before = poll_result.filling
    note = ": ".join(filter(None, (without_credentials(url), missed.reason)))
    filling = before._replace(complete_since=missed.complete_since, requests=site.requests)
    # A part of an index that could not be read may hold the rest.
    failed = not filling.is_whole and (before.failed or bool(site.error))
    reasons = note if filling.is_whole else _both(before.note, _both(note, site.error))
    filling = filling._replace(note=reasons, failed=failed)
    return replace(poll_result, articles=(*poll_result.articles, *new), filling=filling)


def _to_remember(poll_result: PollResult, known: GapSitemap | None, url: str, error: str) -> GapSitemap:
    """Return what to remember; a search that a passing error cut short, or whose result is of no use, is made again."""
    feed_id, at = poll_result.feed.id, poll_result.at
    if known and known.url:
        read_at = at - READ_EVERY if error else at
        return replace(known, url=known.url if url or error else "", searched_at=at - SEARCHED_EVERY, read_at=read_at)
    return GapSitemap(feed_id, url, at - SEARCHED_EVERY if error and not url else at, at - READ_EVERY if error else at)


def _both(reason: str, other: str) -> str:
    return "; ".join(filter(None, (reason, other)))


def _has_sitemap(poll_result: PollResult) -> bool:
    """Whether a sitemap can list what a feed shows."""
    return not poll_result.has_whole_texts and poll_result.feed.state.kind != SITEMAP


def may_be_listed(poll_result: PollResult) -> bool:
    """Whether a poll brought a changed page most of which is new by its own dates: others need not be looked up.

    They are compared with those that the feed showed before, too, since its clock may be behind ours.
    """
    state, first = poll_result.feed.state, poll_result.first
    if not _has_sitemap(poll_result) or not (first and first.parsed and state.last_ok_at):
        return False
    dates = [article.published for article in poll_result.articles if article.published]
    shown_before = min(state.last_ok_at, state.newest_published_at or state.last_ok_at)
    return poll_result.may_leave_gap and (not dates or median_low(dates) >= shown_before)


def _reason_not_to(ctx: Context, poll_result: PollResult, known: GapSitemap | None) -> str:
    """Return why no sitemap is asked for now; empty where one is."""
    at = poll_result.at
    if _room(ctx, poll_result) <= 0:
        return "`requests_a_day` leaves no request for a sitemap"
    if known is None:
        return ""
    own = _watched_sitemaps(ctx, poll_result)
    # A moment of the future was written before the clock was set back.
    if not known.url and not own and known.searched_at <= at < known.searched_at + SEARCHED_EVERY:
        return f"its site had no sitemap that shows its articles (searched {when(known.searched_at)})"
    if known.read_at <= at < known.read_at + READ_EVERY and (not own or known.url in ("", *own)):
        url = known.url or ", ".join(own)
        return f"{without_credentials(url)} was read less than an hour before, {when(known.read_at)}"
    return ""


def _watched_sitemaps(ctx: Context, poll_result: PollResult) -> list[str]:
    """Return the sitemaps that are watched beside a feed: what fills its gaps, in place of any that could be found."""
    outlet = ctx.active.config.outlets.get(poll_result.feed.state.outlet)
    return [feed.url for feed in outlet.feeds if feed.kind == SITEMAP][:MOST_LISTED] if outlet else []


def _room(ctx: Context, poll_result: PollResult) -> int:
    budget = ctx.active.polls_a_day(poll_result.feed.state.url)
    return MOST_REQUESTS if budget is None else min(budget - polls_today(poll_result), MOST_REQUESTS)


def _began(conn: Connection, poll_result: PollResult) -> tuple[datetime, datetime | None]:
    """Return since when articles of a feed may be missed: since its oldest gap that may still be filled.

    With it comes the date of the oldest article that the feed showed then, as far as its page is as long as now.
    """
    of_feed = poll_records.open_gaps(conn, poll_result.at - gap_filling.FILLED_WITHIN, poll_result.feed.id)
    last = poll_result.filling.since or poll_result.at
    began = min([gap.from_at for gap in of_feed], default=last)
    length = len(poll_result.articles)
    return began, gap_filling.shown_since(conn, poll_result.feed.id, (began - WRITTEN_WITHIN, began), length)


def _came(conn: Connection, poll_result: PollResult) -> list[Article]:
    """Return the articles of a poll that are unknown, or that its feed showed first after its gap began."""
    targets = identities.load_memory(conn, poll_result.articles).targets
    ids = {key: target.article_id for key, target in targets.items()}
    since = (poll_result.filling.since or poll_result.at) + timedelta(microseconds=1)
    late = identities.came_since(conn, poll_result.feed.id, set(ids.values()), since)
    return [one for one in poll_result.articles if all(key not in ids or ids[key] in late for key in one.keys)]


def _unknown(conn: Connection, articles: Sequence[Article]) -> list[Article]:
    """Return the articles whose addresses are unknown: what a sitemap says of others is no edit of them."""
    known = identities.load_memory(conn, articles).targets.keys()
    return [one for one in articles if known.isdisjoint(one.keys)]


@dataclass
class _Site:
    """The site of a feed with a gap: how many of its pages may still be asked for, and how many were (`requests`).

    `error` says why the last one could not be read that may be there another time.
    """

    ctx: Context
    poll_result: PollResult
    fetch_page: FetchPage
    until: float
    room: int
    requests: int = 0
    error: str = ""

    @property
    def host(self) -> str:
        """The host of the feed's articles; feeds lie at hosts of their own at times."""
        return host_of(self._address)

    @property
    def _address(self) -> str:
        addresses = (article.url for article in self.poll_result.articles if article.url)
        return next(addresses, self.poll_result.feed.state.url)

    async def read_first(self, places: Sequence[str]) -> tuple[str, list[Article]]:
        """Return the address of the first sitemap that shows the feed's articles, and what it lists.

        Without places, those of the site are tried. Empty where none shows them.
        """
        try:
            for url in places or await self._places():
                listed = await self._listed(url)
                if shows_any(listed, self.poll_result.articles):
                    return url, listed
        except FetchError as error:
            self.error = f"the robots.txt of {self.host} could not be read: {error}"
        return "", []

    async def _places(self) -> list[str]:
        robots = await robots_text(self.ctx, self._address, self.poll_result.feed.state.outlet)
        return listed_sitemaps(robots, self._address)[:MOST_LISTED] or list(usual_sitemaps(self._address))

    async def _listed(self, url: str) -> list[Article]:
        """Return what a sitemap lists, or the best sitemaps of an index."""
        page = await self._read(url)
        if page is None:
            return []
        parts = [await self._read(link.url) for link in page.sitemaps[:MOST_LISTED]]
        return [*page.articles, *(article for part in parts if part for article in part.articles)]

    async def _read(self, url: str) -> ParsedPage | None:
        if not self.room:
            return None
        self.room -= 1
        self.requests += 1
        try:
            return (await fetch_unasked(self.ctx, self.poll_result, url, self.fetch_page, self.until)).parsed
        except ParseError:
            return None
        except FetchError as error:
            if not (isinstance(error, StatusError) and (error.status or 0) < _SERVER_ERROR):
                self.error = f"{without_credentials(url)} could not be read: {error}"
            return None
