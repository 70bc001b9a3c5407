"""The trip of one due feed: fetch, parse, shape, match, keep; whatever happens to it ends in the same transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from monitor.errors import FetchError, ParseError, StoreError
from monitor.fetching import Validators, fetch
from monitor.hostnames import host_of
from monitor.isolate import Workers
from monitor.model import Page
from monitor.steps.call_batching import CallBatch
from monitor.steps.clock_jumps import note_date
from monitor.steps.context import Context
from monitor.steps.crawl_delays import learn_delay
from monitor.steps.ingest import Ingested, ingest
from monitor.steps.network_outage import note_attempt
from monitor.steps.parse_page import ParsedPage, ParseJob, parsed_page_of
from monitor.steps.poll_result import BUSY, PATIENCE, PollResult
from monitor.store import feeds
from monitor.store.feeds import DueFeed
from monitor.store.host_state import HostState

FULL_EVERY = timedelta(days=1)
LONGEST_WAIT = 45.0
"""Seconds that a host may be held for a claim to wait on it rather than to come back later."""
WORKERS = 2
FEEDS_A_MESSAGE = 6
# At a first poll thirty articles each: two full transactions (ARTICLES_A_TRANSACTION), not one and a half.
FEEDS_A_TRANSACTION = 32


@dataclass(frozen=True, slots=True)
class PollPipeline:
    """The stations that many polls share: pages go to the workers and visits to the store several at a time.

    `outside` are the polls that wait for somebody else: given up, they cost nothing but a later visit.
    """

    understand: CallBatch[ParseJob, ParsedPage]
    keep: CallBatch[PollResult, Ingested]
    outside: set[asyncio.Task[object]] = field(default_factory=set)


def open_pipeline(ctx: Context) -> PollPipeline:
    """Return the shared stations of a running monitor."""
    return PollPipeline(
        CallBatch(partial(_understand, ctx.workers), size=FEEDS_A_MESSAGE, lanes=WORKERS),
        CallBatch(partial(ingest, ctx), size=FEEDS_A_TRANSACTION),
    )


async def poll(ctx: Context, pipeline: PollPipeline, feed: DueFeed) -> Ingested | None:
    """Take one claimed feed down the road; None when the store could not record its end, which is then still owed."""
    try:
        visited = await _visit(ctx, pipeline, feed)
    except (FetchError, ParseError) as error:
        visited = PollResult(feed, ctx.now(), error=error)
    try:
        return await pipeline.keep(visited)
    except StoreError as error:
        ctx.store_failed(error)
        ctx.unwritten.append((feeds.release, ([(feed.id, feed.token)],)))
        return None


async def _visit(ctx: Context, pipeline: PollPipeline, feed: DueFeed) -> PollResult:
    """Ask for a feed, and where it moved and that address fails, in full at the other one."""
    state = feed.state
    full = state.unconditional or state.last_full_at is None or ctx.now() - state.last_full_at > FULL_EVERY
    # A move is believed for a day: each full request asks the configured address whether it still holds.
    moved = state.moved_to or state.url
    here, *other = dict.fromkeys((state.url, moved) if full else (moved, state.url))
    try:
        return await _visit_at(ctx, pipeline, feed, here, full=full)
    except (FetchError, ParseError) as error:
        if not other or ctx.network.down or getattr(error, "reason", "") == BUSY:
            raise
    return await _visit_at(ctx, pipeline, feed, other[0], full=True)


async def _visit_at(ctx: Context, pipeline: PollPipeline, feed: DueFeed, url: str, *, full: bool) -> PollResult:
    try:
        with _outside(pipeline):
            async with _turn(ctx, url) as robots, _noted(ctx, host_of(url)):
                fetched = await fetch(ctx.client, url, _validators(feed), full=full, now=ctx.now())
                note_date(ctx, host_of(url), fetched.headers)
    except TimeoutError as error:
        raise FetchError(BUSY, "the host serves others first, or asked to be left alone") from error
    read = await pipeline.understand(_job(ctx, feed, fetched.page)) if fetched.page is not None else None
    articles = read.articles if read else ()
    return PollResult(feed, ctx.now(), fetched, articles, full=full, asked=url, robots=robots, read=read)


@contextmanager
def _outside(pipeline: PollPipeline) -> Iterator[None]:
    """Note that this poll waits for somebody else."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - for the type checker
    pipeline.outside.add(task)
    try:
        yield
    finally:
        pipeline.outside.discard(task)


@asynccontextmanager
async def _turn(ctx: Context, url: str) -> AsyncIterator[HostState | None]:
    """Our turn at a host; TimeoutError when it does not come, so that a claim never waits past its lease.

    The second request to a host is for its robots.txt, so that the next one keeps its crawl-delay.
    """
    host, robots = host_of(url), None
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(PATIENCE):
            await stack.enter_async_context(ctx.host_limiter.turn(host, longest=LONGEST_WAIT))
            if host in ctx.answered and host not in ctx.host_limiter.delays:
                robots = await learn_delay(ctx, url)
                await stack.aclose()
                await stack.enter_async_context(ctx.host_limiter.turn(host, longest=LONGEST_WAIT))
        yield robots


@asynccontextmanager
async def _noted(ctx: Context, host: str) -> AsyncIterator[None]:
    """Note how an attempt at a host ends, while it is still our turn: where it hangs, nobody behind us is to try."""
    started = ctx.now()
    try:
        yield
    except FetchError as error:
        await note_attempt(ctx, host, error.reason, started)
        if not error.hung:
            ctx.host_limiter.answered(host)
        elif not ctx.network.down:
            ctx.host_limiter.hang(host)
        if error.status is not None:
            ctx.answered.add(host)
        ctx.host_limiter.hold(host, error.retry_after or 0.0)
        raise
    await note_attempt(ctx, host, "", started)
    ctx.host_limiter.answered(host)
    ctx.answered.add(host)


def _validators(feed: DueFeed) -> Validators:
    return Validators(feed.state.etag, feed.state.last_modified, feed.state.body_hash)


def _job(ctx: Context, feed: DueFeed, page: Page) -> ParseJob:
    state = feed.state
    outlet = ctx.config.outlets.get(state.outlet)
    watched = ctx.feeds.get(state.url)
    return ParseJob(
        kind=state.kind,
        page=page,
        feed_url=state.url,
        outlet=state.outlet,
        language=outlet.language if outlet else "",
        select=watched.select if watched else (),
        now=ctx.now(),
    )


async def _understand(workers: Workers, jobs: list[ParseJob]) -> list[ParsedPage | Exception]:
    """What the workers make of several pages."""
    return [parsed_page_of(answer) for answer in await workers.run(jobs)]
