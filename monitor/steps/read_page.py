"""The trip of an article's page, for the rules that wait for its text: fetch, extract, match, keep."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.articles import with_full_text
from monitor.config import Config
from monitor.errors import FetchError, ParseError, StoreError
from monitor.fetching import status_error, with_credentials
from monitor.hostnames import host_of
from monitor.isolate import Workers
from monitor.model import Article, Match, Page
from monitor.query import document
from monitor.steps.context import Context, End, log_event
from monitor.steps.crawl_delays import robots_for
from monitor.steps.extract_page import ExtractJob
from monitor.steps.plan_alerts import NOTHING, FoundArticle, PlannedAlerts, plan_found_articles
from monitor.steps.poll_result import told
from monitor.store import Connection, article_queries, articles, fulltext_queue
from monitor.store.article_queries import StoredArticle
from monitor.store.articles import Added
from monitor.store.fulltext_queue import FulltextRequest

JOB = "monitor.steps.extract_page:extract"
PAGE_SECONDS = 20.0
PAGES_AT_ONCE = 20
LEASE = timedelta(minutes=5)
AGAIN_AFTER = timedelta(seconds=30)
FIRST_TRY = 20.0
"""Seconds that a page gets at least, also when its rules should have judged by now because we did not run."""
_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class _Unread:
    """Why a page has no text for us, and whether it may have some if asked again."""

    reason: str
    passing: bool = False


class PageReader:
    """The readings of a running monitor, so many at a time; `pages` are the workers that pages are understood in."""

    def __init__(self, ctx: Context, pages: Workers) -> None:
        self._ctx = ctx
        self._pages = pages
        self._trips: set[asyncio.Task[None]] = set()

    async def round(self) -> int:
        """Start trips for pages that are due, as room allows; return how many were started."""
        room = PAGES_AT_ONCE - len(self._trips)
        if room <= 0 or self._ctx.stopping or not self._ctx.unread:
            return 0
        await self._ctx.catch_up()
        due = await self._ctx.claim(fulltext_queue.claim, _given_back, self._ctx.now(), room, LEASE)
        if not due and not self._trips:
            # In this order, since an article may ask for its page in between.
            self._ctx.unread = False
            self._ctx.unread = bool(await self._ctx.store.read(fulltext_queue.waiting)) or self._ctx.unread
        for one in due:
            task = asyncio.create_task(self._trip(one))
            self._trips.add(task)
            task.add_done_callback(self._trips.discard)
        return len(due)

    async def drain(self) -> None:
        """Read until no page waits, or the store cannot be used."""
        try:
            while await self.round() or self._trips or (self._ctx.unread and not self._ctx.stopping):
                await (asyncio.wait(self._trips, timeout=1.0) if self._trips else asyncio.sleep(1.0))
        except StoreError as error:
            self._ctx.store_failed(error)

    async def finish(self) -> None:
        """Start nothing new and give up what is under way: the next start reads it."""
        self._ctx.stop.set()
        for trip in self._trips:
            trip.cancel()
        await asyncio.gather(*self._trips, return_exceptions=True)

    async def _trip(self, one: FulltextRequest) -> None:
        try:
            planned = await read(self._ctx, self._pages, one)
        except StoreError as error:
            self._ctx.store_failed(error)
            self._ctx.unwritten.append((fulltext_queue.release, (one,)))
        except Exception:
            # A fault of ours in one trip must not end the others; the lease runs out and the page is read again.
            logging.getLogger("monitor").exception("reading article %s", one.article_id, extra={"event": "fault"})
        else:
            if planned.alerts:
                self._ctx.planned.set()


def _given_back(due: list[FulltextRequest]) -> list[End]:
    return [(fulltext_queue.release, (one,)) for one in due]


async def read(ctx: Context, pages: Workers, one: FulltextRequest) -> PlannedAlerts:
    """Read one claimed page and let the rules judge: the full text, or in the end what the feed said alone."""
    stored = (await ctx.store.read(article_queries.get, [one.article_id])).get(one.article_id)
    if stored is None or stored.version != one.version:
        await ctx.store.write(fulltext_queue.finish, one)
        return NOTHING
    text = await _text_in_time(ctx, pages, one, stored.article)
    if isinstance(text, _Unread):
        again = ctx.now() + AGAIN_AFTER
        if text.passing and again < one.until:
            await ctx.store.write(fulltext_queue.postpone, one, again)
            return NOTHING
        log_event("text", f"{stored.article.outlet}: judged without its page ({text.reason}): {stored.article.url}")
    better = with_full_text(stored.article, text) if isinstance(text, str) else None
    return await _judge(ctx, one, stored, better)


async def _text_in_time(ctx: Context, pages: Workers, one: FulltextRequest, article: Article) -> str | _Unread:
    left = (one.until - ctx.now()).total_seconds()
    try:
        async with asyncio.timeout(left if one.attempts else max(left, FIRST_TRY)):
            page = await _page(ctx, article)
            (text,) = await pages.run([ExtractJob(page, article)])
    except TimeoutError:
        return _Unread("it did not come in time")
    except FetchError as error:
        if error.retry_after:
            ctx.host_limiter.hold(host_of(article.url), error.retry_after)
        return _Unread(told(error), passing=_is_passing(error))
    except ParseError as error:
        return _Unread(str(error))
    return text if isinstance(text, str) else _Unread(str(text))


async def _page(ctx: Context, article: Article) -> Page:
    """The page, asked for at our turn and only where its host's robots.txt allows: nobody configured this address.

    A page at the host of its outlet's feed is asked for with the name and password of the feed.
    """
    url = article.url
    host, parts = host_of(url), urlsplit(url)
    if not (await robots_for(ctx, url)).allows(f"{parts.path}?{parts.query}" if parts.query else parts.path):
        raise ParseError("robots.txt", "its host asks not to read it")
    async with ctx.host_limiter.turn(host):
        outlet = ctx.config.outlets.get(article.outlet)
        asked = with_credentials(url, (feed.url for feed in outlet.feeds) if outlet else ())
        page = await ctx.client.get(asked, {"accept": _ACCEPT})
    if page.status not in (200, 203):
        raise status_error(page, ctx.now())
    return page


def _is_passing(error: FetchError) -> bool:
    """Whether the trouble may be over in a moment: a busy server or a lost connection, not a refusal."""
    return error.reason != "refused" and (error.status is None or error.status >= 500 or error.status == 429)


async def _judge(ctx: Context, one: FulltextRequest, stored: StoredArticle, better: Article | None) -> PlannedAlerts:
    config = ctx.config
    matches = await asyncio.to_thread(_matches, config, stored, better, ctx.now())

    def record(conn: Connection) -> PlannedAlerts:
        return _record(conn, ctx, one, (stored, better), matches if ctx.config is config else None)

    return await ctx.store.write(record)


def _matches(config: Config, stored: StoredArticle, better: Article | None, now: datetime) -> tuple[Match, ...]:
    """What rules say: with a better text all of them, without one those that waited for it."""
    article = better or stored.article
    outlet = config.outlets.get(article.outlet)
    if outlet is None:
        return ()
    whole = document(article, outlet)
    at_once = config.index.match(whole, now) if better else ()
    return at_once + config.waiting.match(whole, now)


def _record(
    conn: Connection,
    ctx: Context,
    one: FulltextRequest,
    words: tuple[StoredArticle, Article | None],
    matches: tuple[Match, ...] | None,
) -> PlannedAlerts:
    """The transaction: the text as a version, what it matched and the alerts, and the end of the claim."""
    stored, better = words
    if not fulltext_queue.finish(conn, one):
        return NOTHING
    now = ctx.now()
    if matches is None:
        # The rules changed while this was on its way: what counts is what they say now.
        matches = _matches(ctx.config, stored, better, now)
    added = articles.add_version(conn, stored.id, better, now) if better else None
    if not matches or (better and added is None):
        return NOTHING
    version = added or Added(stored.article, stored.id, stored.story_id, stored.version, False)
    article_queries.keep_matches(conn, [(stored.id, version.version, matches)], now)
    return plan_found_articles(conn, ctx, [FoundArticle(version, matches, one.batch_id, one.late)])
