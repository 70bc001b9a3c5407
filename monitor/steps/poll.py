"""Poll one due feed: fetch it, parse it and ingest its articles; the transaction that stores them ends the claim."""

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
from monitor.steps.clock_jumps import note_server_time
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
"""Seconds: a claim waits for a host that is held for so long at most; else the feed is polled later."""
WORKERS = 2
FEEDS_A_MESSAGE = 6
# A feed shows some thirty articles at its first poll: 32 feeds fill two transactions (ARTICLES_A_TRANSACTION).
FEEDS_A_TRANSACTION = 32


@dataclass(frozen=True, slots=True)
class PollPipeline:
    """What many polls share: `parse` sends pages to the workers and `ingest` polls to the store, several at a time.

    `waiting_for_hosts` are the tasks of polls that wait for an outlet or for their turn there: when they are given up,
    nothing is lost but a later poll.
    """

    parse: CallBatch[ParseJob, ParsedPage]
    ingest: CallBatch[PollResult, Ingested]
    waiting_for_hosts: set[asyncio.Task[object]] = field(default_factory=set)


def open_pipeline(ctx: Context) -> PollPipeline:
    """Return the pipeline that all polls of a running monitor share."""
    return PollPipeline(
        CallBatch(partial(_parse_pages, ctx.access.parse_workers), size=FEEDS_A_MESSAGE, lanes=WORKERS),
        CallBatch(partial(ingest, ctx), size=FEEDS_A_TRANSACTION),
    )


async def poll(ctx: Context, pipeline: PollPipeline, feed: DueFeed) -> Ingested | None:
    """Poll one claimed feed; None when the store failed, in which case the claim is released once it answers."""
    try:
        poll_result = await _fetch_feed(ctx, pipeline, feed)
    except (FetchError, ParseError) as error:
        poll_result = PollResult(feed, ctx.clock.now(), error=error)
    try:
        return await pipeline.ingest(poll_result)
    except StoreError as error:
        ctx.claims.note_failure(error)
        ctx.claims.release_later((feeds.release, ([(feed.id, feed.token)],)))
        return None


async def _fetch_feed(ctx: Context, pipeline: PollPipeline, feed: DueFeed) -> PollResult:
    """Fetch and parse a feed; where it has moved and one of its two addresses fails, in full at the other one."""
    state = feed.state
    full = state.unconditional or state.last_full_at is None or ctx.clock.now() - state.last_full_at > FULL_EVERY
    # A move is believed for a day: each full request asks the configured address whether it still holds.
    moved = state.moved_to or state.url
    first, *second = dict.fromkeys((state.url, moved) if full else (moved, state.url))
    try:
        return await _fetch_at(ctx, pipeline, feed, first, full=full)
    except (FetchError, ParseError) as error:
        if not second or ctx.access.network.down or getattr(error, "reason", "") == BUSY:
            raise
    return await _fetch_at(ctx, pipeline, feed, second[0], full=True)


async def _fetch_at(ctx: Context, pipeline: PollPipeline, feed: DueFeed, url: str, *, full: bool) -> PollResult:
    try:
        with _waiting_for_host(pipeline):
            async with _host_turn(ctx, url) as robots, _recorded(ctx, host_of(url)):
                fetched = await fetch(ctx.access.client, url, _validators(feed), full=full, now=ctx.clock.now())
                note_server_time(ctx.access, host_of(url), fetched.headers)
    except TimeoutError as error:
        raise FetchError(BUSY, "the host serves others first, or asked to be left alone") from error
    parsed = await pipeline.parse(_parse_job(ctx, feed, fetched.page)) if fetched.page is not None else None
    articles = parsed.articles if parsed else ()
    return PollResult(
        feed, ctx.clock.now(), fetched, articles, full=full, requested_url=url, robots=robots, parsed=parsed
    )


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
async def _host_turn(ctx: Context, url: str) -> AsyncIterator[HostState | None]:
    """Wait for our turn at a host and hold it; TimeoutError when it does not come before the lease could run out.

    The second request to a host since the start is for its robots.txt, so that the next one keeps its crawl-delay.
    Yields what was read of it, or None.
    """
    host, robots = host_of(url), None
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(PATIENCE):
            await stack.enter_async_context(ctx.access.host_limiter.turn(host, longest=LONGEST_WAIT))
            if host in ctx.access.answered_hosts and host not in ctx.access.host_limiter.delays:
                robots = await learn_delay(ctx, url)
                await stack.aclose()
                await stack.enter_async_context(ctx.access.host_limiter.turn(host, longest=LONGEST_WAIT))
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
        if error.status is not None:
            ctx.access.answered_hosts.add(host)
        ctx.access.host_limiter.hold(host, error.retry_after or 0.0)
        raise
    await note_attempt(ctx, host, "", started)
    ctx.access.host_limiter.answered(host)
    ctx.access.answered_hosts.add(host)


def _validators(feed: DueFeed) -> Validators:
    return Validators(feed.state.etag, feed.state.last_modified, feed.state.body_hash)


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
    )


async def _parse_pages(workers: Workers, jobs: list[ParseJob]) -> list[ParsedPage | Exception]:
    """Return for each page what a worker parsed, or the error."""
    return [parsed_page_of(answer) for answer in await workers.run(jobs)]
