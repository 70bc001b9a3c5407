"""Read the pages of articles, for rules that wait for the full text or not: fetch, extract, match and store."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.articles import address_keys, breaks_off, compose, fold_url, keep_heading, names_a_page, plausible_date
from monitor.config import Config
from monitor.errors import FetchError, ParseError, StatusError, StoreError
from monitor.fetching import status_error, with_credentials
from monitor.hostnames import host_of
from monitor.isolate import Workers
from monitor.model import Article, Match, Page
from monitor.page_values import ArticlePage
from monitor.query import document
from monitor.steps.blocked_pages import ONE_ATTEMPT, GivenPage, look_again, note_yield, postpone
from monitor.steps.config_in_force import by_present_config, is_outdated
from monitor.steps.context import Context
from monitor.steps.crawl_delays import refuse_forbidden
from monitor.steps.event_log import log_event
from monitor.steps.extract_page import ELSEWHERE, ExtractJob, page_of
from monitor.steps.host_turns import pause_after, turn, under_claim
from monitor.steps.outlet_login import AccountClient
from monitor.steps.page_requests import plan_rechecks
from monitor.steps.plan_alerts import NOTHING, FoundArticle, PlannedAlerts, plan_found_articles
from monitor.steps.poll_result import error_text
from monitor.steps.story_of_page import join_by_page
from monitor.steps.text_marks import marks_of
from monitor.steps.told_edits import repeats_told_edit
from monitor.store import (
    Connection,
    article_pages,
    article_queries,
    article_texts,
    articles,
    fulltext_queue,
    host_leases,
    identities,
    outlet_names,
)
from monitor.store.article_queries import StoredArticle
from monitor.store.article_texts import TextSource
from monitor.store.articles import Added
from monitor.store.fulltext_queue import FulltextRequest
from monitor.story_values import NO_MARKS, TextMarks

JOB = "monitor.steps.extract_page:extract"
PAGE_SECONDS = 20.0
"""Seconds that a worker may take to extract the text of one page."""
PAGES_AT_ONCE = 20
"""Pages that are read at the same time."""
AWAITED_ONLY = 10
"""Of these places, those that are for pages which rules wait for."""
AFTER_FAULT = timedelta(minutes=5)
"""When a page is read again at which a bug of ours was met."""
AGAIN_AFTER = timedelta(seconds=30)
"""When a page is fetched again whose server was busy or whose connection was lost."""
BACKGROUND_AGAIN_AFTER = timedelta(minutes=15)
"""The same of a page that no rule waits for."""
BACKGROUND_TRY = 120.0
"""Seconds that one attempt at such a page may take."""
FIRST_TRY = 20.0
"""Seconds: the least time for a first attempt, also where the deadline passed while monitor did not run."""
TEASER = "it gives only a little of what it gave before"
"""Why a page gave no text that had given one."""
_LOGIN_WALLS = frozenset({"paywall", "login"})
"""Walls that may stand there because the session of the outlet's account is over."""
_REFUSALS = frozenset({"captcha", "error page"})
"""Walls that stand before all pages of a site while they stand before one."""
_LASTING = _LOGIN_WALLS | {"robots.txt"}
"""Why a page gives no text to whoever is no subscriber, or a robot, however often it is asked for."""
_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


class PageReader:
    """Reads claimed article pages while monitor runs, each in one of `tasks`; `pages` extract their text.

    `read` counts those that were tried.
    """

    def __init__(self, ctx: Context, pages: Workers) -> None:
        self._ctx = ctx
        self._pages = pages
        self.read = 0
        self.tasks: set[asyncio.Task[None]] = set()

    def room(self) -> int:
        """Return how many more pages may be begun."""
        return max(PAGES_AT_ONCE - len(self.tasks), 0)

    def background_room(self) -> int:
        """Return how many more pages may be begun that no rule waits for."""
        return max(self.room() - AWAITED_ONLY, 0)

    def begin(self, requests: Sequence[FulltextRequest]) -> None:
        """Begin to read claimed pages."""
        for request in requests:
            task = asyncio.create_task(self._read(request))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def finish(self) -> None:
        """Begin nothing new and give up what is under way: the next start reads it."""
        self._ctx.signals.stop.set()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _read(self, request: FulltextRequest) -> None:
        try:
            planned = await read(self._ctx, self._pages, request)
        except StoreError as error:
            self._ctx.claims.note_failure(error)
            self._ctx.claims.release_later((fulltext_queue.release, (request,)))
        except Exception:
            # A bug that one page meets must not end the other readings, nor keep its host from them.
            logging.getLogger("monitor").exception("reading article %s", request.article_id, extra={"event": "fault"})
            await self._ctx.claims.end(fulltext_queue.postpone, request, self._ctx.clock.now() + AFTER_FAULT)
        else:
            self.read += 1
            if planned.alerts:
                self._ctx.signals.deliveries_planned.set()


async def read(ctx: Context, pages: Workers, request: FulltextRequest) -> PlannedAlerts:
    """Read one claimed page and match its full text; where there is none in time, what the feed said alone."""
    stored = (await ctx.store.read(article_queries.get, [request.article_id])).get(request.article_id)
    if stored is None:
        await ctx.store.write(fulltext_queue.finish, request)
        return NOTHING
    with under_claim(ctx, request.lease):
        reading = await _read_in_time(ctx, pages, request, stored.article)
    before = (await ctx.store.read(article_texts.page_texts, [stored.id])).get(stored.id, "") if reading.text else ""
    if breaks_off(reading.text, before):
        reading = GivenPage(reason=TEASER)
    elif before:
        text = keep_heading(reading.text, before, stored.article.title)
        reading = replace(reading, page=replace(reading.page, text=text))
    if reading.reason:
        again = ctx.clock.now() + (AGAIN_AFTER if request.awaited else BACKGROUND_AGAIN_AFTER)
        if reading.passing and again < request.until and _may_try_again(ctx, request):
            pause = pause_after(ctx, request.lease)
            refusal = reading.reason if reading.refused and not ctx.access.network.down else ""
            await ctx.store.write(postpone, request, (again, pause), refusal, ctx.clock.now())
            return NOTHING
        if request.awaited:
            said = f"judged without its page ({reading.reason})"
            log_event("fulltext", f"{stored.article.outlet}: {said}: {stored.article.url}")
    return await _judge(ctx, request, reading)


def _may_try_again(ctx: Context, request: FulltextRequest) -> bool:
    """Whether a page may be fetched again as it is; one that no rule waits for, as often as an hour holds."""
    return request.awaited or request.attempts < ONE_ATTEMPT or ctx.access.network.down


async def _read_in_time(ctx: Context, pages: Workers, request: FulltextRequest, article: Article) -> GivenPage:
    try:
        async with asyncio.timeout(_seconds_for(request, ctx.clock.now())):
            answer = await _answer(ctx, pages, article)
    except TimeoutError:
        return GivenPage(reason="it did not come in time", passing=True, refused=True)
    except FetchError as error:
        if isinstance(error, StatusError) and error.retry_after:
            ctx.access.host_limiter.hold(error.host, error.retry_after)
        may_pass, is_gone = error.is_passing, error.status in (404, 410)
        return GivenPage(
            reason=error_text(error), passing=may_pass, gone=is_gone, refused=may_pass or error.status == 403
        )
    except ParseError as error:
        return GivenPage(reason=str(error), lasting=error.reason in _LASTING)
    found = page_of(answer)
    if not isinstance(found, ArticlePage):
        wall = getattr(found, "reason", "")
        is_gone, is_lasting = wall == ELSEWHERE, wall in _LASTING
        return GivenPage(reason=str(found), gone=is_gone, refused=wall in _REFUSALS, lasting=is_lasting)
    return GivenPage(found, published=plausible_date(found.facts.published, ctx.clock.now()))


async def _answer(ctx: Context, pages: Workers, article: Article) -> object:
    """Return what a worker says of an article's page; where a wall stands, of the page after another login."""
    account = ctx.access.reader_for(article.outlet)
    # The first login comes before the page.
    logins = max(account.logins, 1) if isinstance(account, AccountClient) else 0
    select = outlet.article if (outlet := ctx.active.config.outlets.get(article.outlet)) else ()
    (answer,) = await pages.run([ExtractJob(await _page(ctx, article), article, select)])
    is_walled = isinstance(answer, ParseError) and answer.reason in _LOGIN_WALLS
    if is_walled and isinstance(account, AccountClient) and await account.renew(article.url, logins):
        (answer,) = await pages.run([ExtractJob(await _page(ctx, article), article, select)])
    return answer


def _seconds_for(request: FulltextRequest, now: datetime) -> float:
    """Return for how many seconds an attempt may go on: where rules wait, while they do."""
    if not request.awaited:
        return BACKGROUND_TRY
    left = (request.until - now).total_seconds()
    return left if request.attempts else max(left, FIRST_TRY)


async def _page(ctx: Context, article: Article) -> Page:
    """Fetch the page at our turn; ParseError where robots.txt forbids it, since nobody configured this address.

    A page at the host of a feed of its outlet is fetched with the name and password of the feed, and its headers.
    """
    url = article.url
    await refuse_forbidden(ctx, url, article.outlet)
    async with turn(ctx, host_of(url)):
        outlet = ctx.active.config.outlets.get(article.outlet)
        asked = with_credentials(url, (feed.url for feed in outlet.feeds) if outlet else ())
        page = await ctx.access.reader_for(article.outlet).get(asked, {"accept": _ACCEPT})
    if page.status not in (200, 203):
        raise status_error(page, ctx.clock.now())
    return page


async def _judge(ctx: Context, request: FulltextRequest, reading: GivenPage) -> PlannedAlerts:
    """Match an article with its page's text, if there is one, and record what was found."""
    generation, config = ctx.active.generation, ctx.active.config
    composed = await ctx.store.read(_compose, request, reading)
    verdict = await asyncio.to_thread(_match, config, composed, ctx.clock.now()) if composed else None
    pause = pause_after(ctx, request.lease)

    def record(conn: Connection) -> PlannedAlerts:
        are_outdated = is_outdated(conn, ctx, generation)
        host_leases.pause(conn, [pause])
        return _record(conn, ctx, request, reading, None if are_outdated else verdict)

    return await by_present_config(ctx, lambda: ctx.store.write(record))


@dataclass(frozen=True, slots=True)
class _Composed:
    """An article's current text once its page's is stored.

    `is_new` says that it makes a version, or that an edit is told only now; `awaited` that rules have waited for it.
    """

    article: Article
    is_new: bool
    awaited: bool


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The matches of a composed text, and its marks."""

    composed: _Composed
    matches: tuple[Match, ...]
    marks: TextMarks = NO_MARKS


def _compose(conn: Connection, request: FulltextRequest, reading: GivenPage) -> _Composed | None:
    """Return what an article will say with the text of its page; None where it was deleted."""
    stored = article_queries.get(conn, [request.article_id]).get(request.article_id)
    if stored is None:
        return None
    if not reading.text:
        return _Composed(stored.article, is_new=request.edit_of > 0, awaited=request.awaited)
    known = article_texts.read_pages(conn, [stored.id]).get(stored.id)
    then = known.feed_text_then if known else ""
    article = compose(article_texts.in_feed_words(conn, stored), reading.page, then)
    article = article._replace(published=article.published or reading.published)
    is_new = article.digest != stored.article.digest or request.edit_of > 0
    return _Composed(article, is_new, request.awaited)


def _match(config: Config, composed: _Composed, now: datetime) -> _Verdict:
    """Match all rules with a text that is new, and with a known one those that waited for the page, if any did."""
    outlet = config.outlets.get(composed.article.outlet)
    if outlet is None:
        return _Verdict(composed, ())
    whole = document(composed.article, outlet)
    at_once = config.index.match(whole, now) if composed.is_new else ()
    waiting = config.waiting.match(whole, now) if composed.is_new or composed.awaited else ()
    return _Verdict(composed, at_once + waiting, marks_of(whole, now))


def _record(
    conn: Connection, ctx: Context, request: FulltextRequest, reading: GivenPage, verdict: _Verdict | None
) -> PlannedAlerts:
    """Store the text as a version with its matches and alerts, and end the claim, in one transaction."""
    if not fulltext_queue.finish(conn, request):
        return NOTHING
    now = ctx.clock.now()
    added = _add_page(conn, request.article_id, reading, now) if reading.text else None
    stored = article_queries.get(conn, [request.article_id]).get(request.article_id)
    if stored is None:
        return NOTHING
    _note_given(conn, ctx, request, reading, stored)
    composed = _Composed(stored.article, added is not None or request.edit_of > 0, request.awaited)
    if verdict is None or not _is_same(verdict.composed, composed):
        # The rules changed since the text was matched, or the feed's words did: those in force now decide.
        verdict = _match(ctx.active.config, composed, now)
    added = join_by_page(conn, ctx, added, verdict.marks)
    kept = Added(stored.article, stored.id, stored.story_id, stored.version, False, is_edit=request.edit_of > 0)
    version = added or kept
    if not verdict.matches and not (version.is_edit and stored.article.outlet in ctx.active.config.outlets):
        return NOTHING
    article_queries.keep_matches(conn, [(stored.id, version.version, verdict.matches)], now)
    outlet = ctx.active.config.outlets.get(stored.article.outlet)
    if outlet is not None and verdict.matches:
        plan_rechecks(conn, outlet.fulltext, [version], now)
    is_told = added is not None and not request.edit_of and repeats_told_edit(conn, added)
    found = FoundArticle(
        version, verdict.matches, request.batch_id, request.late, continues=is_told, edit_of=request.edit_of
    )
    return plan_found_articles(conn, ctx.clock, [found], ctx.active.config.routes)


def _note_given(
    conn: Connection, ctx: Context, request: FulltextRequest, reading: GivenPage, stored: StoredArticle
) -> None:
    """Note what a page gave; where that was too little, have it read again."""
    now = ctx.clock.now()
    if reading.reason:
        article_texts.write(conn, TextSource.REFUSAL, {stored.id: reading.reason})
    if reading.gone:
        article_pages.note_gone(conn, stored.id, now)
    elif reading.text:
        article_pages.note_present(conn, stored.id)
    if not request.feed_id:
        return
    # What a network that is down kept from us says nothing of the outlet.
    if not (reading.passing and ctx.access.network.down):
        note_yield(conn, request, stored, reading, now)
    look_again(conn, request, stored, reading, now)


def _add_page(conn: Connection, article_id: int, reading: GivenPage, now: datetime) -> Added | None:
    """Store what a page says, its date where the feed gave none, and its canonical address."""
    facts = reading.page.facts
    if reading.published and facts.published:
        articles.fill_date(conn, article_id, reading.published, facts.published.isoformat())
    added = articles.add_page(conn, article_id, reading.page, compose, now)
    stored = article_queries.get(conn, [article_id]).get(article_id)
    if stored is not None and names_a_page(fold_url(facts.canonical)):
        name = outlet_names.name_for_keys(conn, stored.article.outlet)
        identities.add_aliases(conn, article_id, address_keys(name, facts.canonical))
    return added


def _is_same(one: _Composed, other: _Composed) -> bool:
    return one.article.digest == other.article.digest and one.is_new == other.is_new
