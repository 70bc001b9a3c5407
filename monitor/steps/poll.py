"""Poll one due feed: fetch it, parse it and ingest its articles; the transaction that stores them ends the claim."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial, reduce

from monitor.errors import FetchError, ParseError, StatusError, StoreError
from monitor.fetching import Validators, fetch
from monitor.hostnames import host_of
from monitor.isolate import Workers
from monitor.model import Page
from monitor.sources import largest_page
from monitor.steps.call_batching import CallBatch
from monitor.steps.clock_jumps import note_server_time
from monitor.steps.context import Context
from monitor.steps.crawl_delays import learn_delay
from monitor.steps.feed_clock import correction_of
from monitor.steps.further_pages import with_sitemaps
from monitor.steps.gap_search import GapSearch, with_missed_articles
from monitor.steps.host_turns import BUSY, turn, under_claim
from monitor.steps.ingest import Ingested, ingest, sum_of
from monitor.steps.ingest_batches import ARTICLES_A_TRANSACTION
from monitor.steps.known_sitemaps import KnownSitemaps
from monitor.steps.large_turn import LargeTurn
from monitor.steps.network_outage import note_attempt
from monitor.steps.parse_page import ParsedPage, ParseJob, parsed_page_of
from monitor.steps.poll_result import PATIENCE, PageFetch, PollResult
from monitor.steps.sitemap_filling import SITEMAP
from monitor.store import feeds
from monitor.store.feeds import DueFeed
from monitor.store.host_state import HostState

FULL_EVERY = timedelta(days=1)
"""How often a feed is requested without validators: some servers call changed pages unchanged, others move them."""
LONGEST_WAIT = timedelta(seconds=45)
"""A claim waits for a host that is held for so long at most; else the feed is polled later."""
FURTHER_PAGES_WITHIN = 420.0
"""Seconds after the claim in which further pages are fetched, so that its lease does not run out meanwhile."""
WORKERS = 2
"""Messages that parse workers have at the same time."""
FEEDS_A_MESSAGE = 6
"""Pages that one message to a parse worker holds at most."""
BYTES_A_MESSAGE = 60 * 1024 * 1024
"""Bytes of such pages together at most: as many as a single page may have, or six of most kinds."""
LARGE = 1024 * 1024
"""Bytes of a page beyond which it may hold thousands of articles."""
FEEDS_A_TRANSACTION = 32
"""Polls that are ingested together: with thirty articles each at a first poll, they fill one transaction."""

ParsedPages = list[ParsedPage | Exception]
StorePart = Callable[[PollResult], Awaitable[Ingested]]


@dataclass(frozen=True, slots=True)
class PollPipeline:
    """What many polls share: `parse` sends pages to the workers and `ingest` polls to the store, several at a time.

    A poll that fills a transaction by itself takes `ingest_large`, one after the other, so that the others need not
    wait until thousands of articles are stored, and what is made of these does not fill the memory. Pages that may
    hold so many are parsed by `parse_large` in the poll's `large_turn`, and wait compressed until that comes.
    `waiting_for_hosts` are the tasks of polls that wait for an outlet or for their turn there: when they are given up,
    nothing is lost but a later poll.
    """

    parse: CallBatch[ParseJob, ParsedPage]
    parse_large: CallBatch[ParseJob, ParsedPage]
    ingest: CallBatch[PollResult, Ingested]
    ingest_large: CallBatch[PollResult, Ingested]
    large_turn: LargeTurn = field(default_factory=LargeTurn)
    waiting_for_hosts: set[asyncio.Task[object]] = field(default_factory=set)


def open_pipeline(ctx: Context) -> PollPipeline:
    """Return the pipeline that all polls of a running monitor share."""
    parse_pages = partial(_parse_pages, ctx.access.parse_workers)
    parse = CallBatch(parse_pages, size=FEEDS_A_MESSAGE, lanes=WORKERS)
    # Each transaction is written to disk, and most of what it changes lies in the same pages as what others change.
    together = CallBatch(partial(ingest, ctx), size=FEEDS_A_TRANSACTION, feeder=parse)
    return PollPipeline(parse, CallBatch(parse_pages, size=1), together, CallBatch(partial(ingest, ctx), size=1))


async def poll(ctx: Context, pipeline: PollPipeline, feed: DueFeed) -> Ingested | None:
    """Poll one claimed feed; None when the store failed, in which case the claim is released once it answers."""
    parts: list[Ingested] = []

    async def store(poll_result: PollResult) -> Ingested:
        is_large = len(poll_result.articles) > ARTICLES_A_TRANSACTION
        parts.append(await (pipeline.ingest_large if is_large else pipeline.ingest)(poll_result))
        pipeline.large_turn.end(feed.id)
        return parts[-1]

    try:
        with under_claim(ctx, feed.lease):
            poll_result = await _fetch_all(ctx, pipeline, feed, store)
        await store(poll_result)
        return reduce(sum_of, parts[:-1], parts[-1])
    except StoreError as error:
        ctx.claims.note_failure(error)
        ctx.claims.release_later((feeds.release, ([(feed.id, feed.token)],)))
        return None
    finally:
        pipeline.large_turn.end(feed.id)


async def _fetch_all(ctx: Context, pipeline: PollPipeline, feed: DueFeed, store: StorePart) -> PollResult:
    """Fetch the feed's own page and what it leads to; a failure of the first is the poll's, one of a later its own."""
    until = asyncio.get_running_loop().time() + FURTHER_PAGES_WITHIN
    now, again_at = ctx.clock.now(), feed.state.gap_again_at
    if KnownSitemaps(feed.state.known_sitemaps, now).readings.any_due or (again_at and again_at <= now):
        # A page that is the same as before would hide what is due in an index, or its older pages.
        feed = _without_validators(feed)
    try:
        poll_result = await _fetch_feed(ctx, pipeline, feed)
    except (FetchError, ParseError) as error:
        return PollResult(feed, ctx.clock.now(), error=error)
    further = partial(_fetch_further, ctx, pipeline, feed)
    as_feed = partial(further, feed.state.kind)
    poll_result = await with_sitemaps(ctx, poll_result, as_feed, until)
    search = GapSearch(as_feed, partial(further, SITEMAP), store, until)
    return await with_missed_articles(ctx, poll_result, search)


async def _fetch_further(ctx: Context, pipeline: PollPipeline, feed: DueFeed, kind: str, url: str) -> PageFetch:
    """Fetch a page of this kind beside the feed's own in full, since the validators are those of the first page."""
    feed = _without_validators(feed)
    return await _fetch_page(ctx, pipeline, replace(feed, state=replace(feed.state, kind=kind)), url, full=True)


def _without_validators(feed: DueFeed) -> DueFeed:
    return replace(feed, state=replace(feed.state, etag="", last_modified="", body_hash=b""))


async def _fetch_feed(ctx: Context, pipeline: PollPipeline, feed: DueFeed) -> PollResult:
    """Fetch and parse a feed; where it has moved and one of its two addresses fails, in full at the other one.

    Where the old address cannot be asked now, the new one is polled meanwhile, as on any other day.
    """
    state = feed.state
    full = state.unconditional or state.last_full_at is None or ctx.clock.now() - state.last_full_at > FULL_EVERY
    # A move is believed for a day: each full request asks the configured address whether it still holds.
    moved = state.moved_to or state.url
    first, *second = dict.fromkeys((state.url, moved) if full else (moved, state.url))
    try:
        return await _fetch_at(ctx, pipeline, feed, first, full=full)
    except (FetchError, ParseError) as error:
        is_busy = getattr(error, "reason", "") == BUSY
        if not second or ctx.access.network.down or (is_busy and first == moved):
            raise
    return await _fetch_at(ctx, pipeline, feed, second[0], full=state.unconditional or not is_busy)


async def _fetch_at(ctx: Context, pipeline: PollPipeline, feed: DueFeed, url: str, *, full: bool) -> PollResult:
    page = await _fetch_page(ctx, pipeline, feed, url, full=full)
    articles = page.parsed.articles if page.parsed else ()
    return PollResult(feed, ctx.clock.now(), (page,), articles, full=full)


async def _fetch_page(ctx: Context, pipeline: PollPipeline, feed: DueFeed, url: str, *, full: bool) -> PageFetch:
    """Fetch a page at our turn, and parse it unless the feed's validators tell that it is known.

    Raises FetchError and ParseError.
    """
    state = feed.state
    known = Validators("" if full else state.etag, "" if full else state.last_modified, state.body_hash)
    largest = largest_page(state.kind)
    try:
        with _waiting_for_host(pipeline):
            async with _host_turn(ctx, url, state.outlet) as robots, _recorded(ctx, host_of(url)):
                client = ctx.access.reader_for(state.outlet)
                fetched = await fetch(client, url, known, largest=largest, now=ctx.clock.now())
                note_server_time(ctx.access, host_of(url), fetched.headers)
    except TimeoutError as error:
        raise FetchError(BUSY, "the host serves others first, or asked to be left alone") from error
    if fetched.page is None:
        return PageFetch(url, fetched, None, robots)
    job = _parse_job(ctx, feed, fetched.page)
    # Without the page, which may be of many megabytes: others are parsed and stored first.
    fetched = replace(fetched, page=None)
    if len(job.page.body) > LARGE:
        job = await asyncio.to_thread(job.packed)
    return PageFetch(url, fetched, await _parsed(pipeline, feed, job), robots)


async def _parsed(pipeline: PollPipeline, feed: DueFeed, job: ParseJob) -> ParsedPage:
    """Return what a worker makes of a page, of a large one once it is this poll's turn; raises ParseError."""
    if not job.is_packed:
        return await pipeline.parse(job)
    await pipeline.large_turn.take(feed.id)
    return await pipeline.parse_large(job)


@contextmanager
def _waiting_for_host(pipeline: PollPipeline) -> Iterator[None]:
    """Mark this poll as one that waits for a host."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - for the type checker
    pipeline.waiting_for_hosts.add(task)
    try:
        yield
    finally:
        pipeline.waiting_for_hosts.discard(task)


@asynccontextmanager
async def _host_turn(ctx: Context, url: str, outlet: str) -> AsyncIterator[HostState | None]:
    """Wait for our turn at a host and hold it; TimeoutError when it does not come before the lease could run out.

    The second request to a host since the start is for its robots.txt, so that the next one keeps its crawl-delay.
    Yields what was read of it, or None.
    """
    host, robots = host_of(url), None
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(PATIENCE):
            await stack.enter_async_context(turn(ctx, host, longest=LONGEST_WAIT.total_seconds()))
            if host in ctx.access.answered_hosts and host not in ctx.access.host_limiter.delays:
                robots = await learn_delay(ctx, url, outlet)
                await stack.aclose()
                await stack.enter_async_context(turn(ctx, host, longest=LONGEST_WAIT.total_seconds()))
        yield robots


@asynccontextmanager
async def _recorded(ctx: Context, host: str) -> AsyncIterator[None]:
    """Record how a request to a host ended while we hold our turn: after one that hung, the next must not be made."""
    started = ctx.clock.now()
    try:
        yield
    except FetchError as error:
        await note_attempt(ctx, host, error.reason, started)
        if not error.hung:
            ctx.access.host_limiter.answered(host)
        elif not ctx.access.network.down:
            ctx.access.host_limiter.hang(host)
        if isinstance(error, StatusError):
            ctx.access.answered_hosts.add(host)
            ctx.access.host_limiter.hold(error.host, error.retry_after or 0.0)
        raise
    await note_attempt(ctx, host, "", started)
    ctx.access.host_limiter.answered(host)
    ctx.access.answered_hosts.add(host)


def _parse_job(ctx: Context, feed: DueFeed, page: Page) -> ParseJob:
    state = feed.state
    outlet = ctx.active.config.outlets.get(state.outlet)
    watched = ctx.active.feeds.get(state.url)
    return ParseJob(
        kind=state.kind,
        page=page,
        feed_url=state.url,
        outlet=state.outlet,
        language=outlet.language if outlet else "",
        select=watched.select if watched else (),
        now=ctx.clock.now(),
        clock=correction_of(outlet, state.clock_ahead),
        name_for_keys=state.name_for_keys,
    )


async def _parse_pages(workers: Workers, jobs: list[ParseJob]) -> ParsedPages:
    """Return for each page what a worker parsed, or the error; a large page has a message of its own."""
    messages = _messages(jobs)
    return [parsed_page_of(answer) for message in messages for answer in await workers.run(message)]


def _messages(jobs: list[ParseJob]) -> list[list[ParseJob]]:
    """Divide jobs, in their order, into messages whose pages a worker can hold in its memory together."""
    messages: list[list[ParseJob]] = []
    room = 0
    for job in jobs:
        room -= len(job.page.body)
        if room < 0 or not messages:
            messages.append([])
            room = BYTES_A_MESSAGE - len(job.page.body)
        messages[-1].append(job)
    return messages
