"""Crawl delays: configured feeds are polled whatever robots.txt says, but not faster."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from monitor.errors import FetchError
from monitor.fetching import Robots, robots_of, robots_url
from monitor.hostnames import host_of
from monitor.model import Page
from monitor.steps.context import Context
from monitor.store import Connection, host_state, poll_records
from monitor.store.feeds import FeedState
from monitor.store.host_state import HostState

EVERY = timedelta(days=1)
HOSTS_AT_ONCE = 2_000
"""Hosts whose robots.txt is read again in one round; with a round in ten minutes 288,000 a day."""
SIDE_BY_SIDE = 50
SECONDS = 10.0
"""Seconds that a robots.txt gets: what does not come says nothing."""
WAIT = 60.0
"""Seconds that a round waits for its turn at a host."""
_KEPT = 500 * 1024
"""Bytes of a file that count (RFC 9309, 2.5)."""
_NOTHING_NOW = "User-agent: *\nDisallow: /\n"


async def recall_delays(ctx: Context) -> None:
    """Keep to the crawl-delays that were read before, from the first request on."""
    ctx.host_limiter.delays.update(await ctx.store.read(host_state.delays))


async def learn_delay(ctx: Context, url: str) -> HostState | None:
    """Read a host's robots.txt within our turn there; None where it cannot be had, which changes nothing."""
    try:
        async with asyncio.timeout(SECONDS):
            return await _asked(ctx, url)
    except (FetchError, TimeoutError):
        ctx.host_limiter.delays.setdefault(host_of(url), 0.0)
        return None


async def read_robots(ctx: Context) -> int:
    """Read the robots.txt of hosts whose last reading is a day old; return how many were read."""
    wanted = await ctx.store.read(_wanted, ctx.now())
    total = 0
    for start in range(0, len(wanted), SIDE_BY_SIDE):
        some = await asyncio.gather(*(_read(ctx, url) for url in wanted[start : start + SIDE_BY_SIDE]))
        read = [state for state in some if state]
        await ctx.store.write(host_state.keep_robots, read)
        total += len(read)
    return total


def _wanted(conn: Connection, now: datetime) -> list[str]:
    known = host_state.known(conn)
    urls = {host_of(url): url for state in poll_records.states(conn) if state.last_ok_at for url in _addresses(state)}
    due = [
        url
        for host, url in urls.items()
        if (read_at := (known[host].robots_at if host in known else None)) is None or now - read_at > EVERY
    ]
    return due[:HOSTS_AT_ONCE]


def _addresses(state: FeedState) -> list[str]:
    return [state.url, state.moved_to] if state.moved_to else [state.url]


async def _read(ctx: Context, url: str) -> HostState | None:
    """What a host's robots.txt says; one that cannot be had changes nothing until tomorrow. None: not our turn."""
    host = host_of(url)
    try:
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(WAIT):
                await stack.enter_async_context(ctx.host_limiter.turn(host, longest=WAIT))
            found = await learn_delay(ctx, url)
    except (FetchError, TimeoutError):
        return None
    return found or HostState(host, crawl_delay=_known(ctx, host), robots_at=ctx.now())


async def robots_for(ctx: Context, url: str) -> Robots:
    """What the host of a page that we discovered asks of us, read now unless that was done today; or a FetchError."""
    host = host_of(url)
    known = (await ctx.store.read(host_state.known, [host])).get(host)
    if known is None or known.robots is None or known.robots_at is None or ctx.now() - known.robots_at > EVERY:
        async with ctx.host_limiter.turn(host):
            known = await _asked(ctx, url)
        await ctx.store.write(host_state.keep_robots, [known])
    return robots_of(200, (known.robots or "").encode(), ctx.agent)


async def _asked(ctx: Context, url: str) -> HostState:
    """Ask for the robots.txt of a host where it is our turn, and keep to its crawl-delay from now on."""
    host, page = host_of(url), await ctx.client.get(robots_url(url), {})
    if page.status < 500 and page.status != 429:
        ctx.host_limiter.delays[host] = robots_of(page.status, page.body, ctx.agent).crawl_delay or 0.0
    return HostState(host, crawl_delay=_known(ctx, host), robots_at=ctx.now(), robots=_text(page))


def _known(ctx: Context, host: str) -> timedelta:
    return timedelta(seconds=ctx.host_limiter.delays.setdefault(host, 0.0))


def _text(page: Page) -> str:
    """The rules as text to keep; an answer that is no file, as the rules that it stands for (RFC 9309, 2.3.1)."""
    if page.status == 200:
        return page.body[:_KEPT].decode("utf-8", "replace")
    return _NOTHING_NOW if page.status >= 500 or page.status == 429 else ""
