"""Read the robots.txt of hosts: its crawl-delay slows polls, and its rules decide on pages that nobody configured.

Configured feeds are polled whatever it allows, but not faster than its crawl-delay.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from monitor.errors import FetchError
from monitor.fetching import require_allowed, robots_of, robots_url
from monitor.hostnames import host_of
from monitor.model import Page
from monitor.steps.context import Context
from monitor.steps.host_turns import turn
from monitor.store import Connection, host_state, poll_records
from monitor.store.host_state import HostState

READ_EVERY = timedelta(days=1)
HOSTS_AT_ONCE = 2_000
"""Hosts whose robots.txt is read again in one round: with a round every ten minutes, 288,000 a day."""
AT_ONCE = 50
TIMEOUT = 10.0
"""Seconds to wait for a robots.txt; one that takes longer counts as not to be had."""
TURN_TIMEOUT = 60.0
"""Seconds that a round waits for its turn at a host."""
_MAX_SIZE = 500 * 1024
"""Bytes of a file that are read (RFC 9309, 2.5: at least 500 KiB)."""
_BUSY = "# The server was busy.\nUser-agent: *\nDisallow: /\n"
"""What is stored for an answer without a file from a server in trouble (RFC 9309, 2.3.1)."""
_BUSY_AGAIN = timedelta(minutes=15)
"""When such a server is asked for its file again."""


async def learn_delay(ctx: Context, url: str, outlet: str) -> HostState | None:
    """Read a host's robots.txt as its outlet is asked, while we hold our turn there; None where it cannot be had."""
    try:
        async with asyncio.timeout(TIMEOUT):
            return await _fetch_robots(ctx, url, outlet)
    except (FetchError, TimeoutError):
        ctx.access.host_limiter.delays.setdefault(host_of(url), 0.0)
        return None


async def read_robots(ctx: Context) -> int:
    """Read the robots.txt of hosts whose last reading is a day old; return how many hosts were read."""
    wanted = await ctx.store.read(_due_urls, ctx.clock.now())
    total = 0
    for start in range(0, len(wanted), AT_ONCE):
        some = await asyncio.gather(*(_read_in_turn(ctx, *asked) for asked in wanted[start : start + AT_ONCE]))
        read = [state for state in some if state]
        await ctx.store.write(host_state.keep_robots, read)
        total += len(read)
    return total


def _due_urls(conn: Connection, now: datetime) -> list[tuple[str, str]]:
    """Return an (address, outlet) for each host whose robots.txt is to be read again."""
    read_at = host_state.robots_read(conn)
    read_feeds = [state for state in poll_records.states(conn) if state.last_ok_at]
    urls = {host_of(url): (url, state.outlet) for state in read_feeds for url in (state.url, state.moved_to) if url}
    return [asked for host, asked in urls.items() if _is_old(read_at.get(host), now)][:HOSTS_AT_ONCE]


async def _read_in_turn(ctx: Context, url: str, outlet: str) -> HostState | None:
    """Return what a host's robots.txt says, or what was known where it cannot be had; None without a turn."""
    host = host_of(url)
    try:
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(TURN_TIMEOUT):
                await stack.enter_async_context(turn(ctx, host, longest=TURN_TIMEOUT))
            found = await learn_delay(ctx, url, outlet)
    except (FetchError, TimeoutError):
        return None
    return found or HostState(host, crawl_delay=_crawl_delay(ctx, host), robots_at=ctx.clock.now())


async def robots_text(ctx: Context, url: str, outlet: str) -> str:
    """Return the robots.txt for a page of an outlet, read now unless it was today; raise FetchError."""
    host = host_of(url)
    known = (await ctx.store.read(host_state.known, [host])).get(host)
    if known is None or known.robots is None or _is_old(known.robots_at, ctx.clock.now()):
        async with turn(ctx, host):
            known = await _fetch_robots(ctx, url, outlet)
        await ctx.store.write(host_state.keep_robots, [known])
    return known.robots or ""


async def refuse_forbidden(ctx: Context, url: str, outlet: str) -> None:
    """Raise ParseError where robots.txt forbids an address that nobody configured; FetchError where it cannot say."""
    text = await robots_text(ctx, url, outlet)
    if text == _BUSY:
        raise FetchError("busy", "its host cannot give its robots.txt now")
    require_allowed(robots_of(200, text.encode(), ctx.active.user_agent_for(outlet)), url)


def _is_old(read_at: datetime | None, now: datetime) -> bool:
    return read_at is None or now - read_at > READ_EVERY


async def _fetch_robots(ctx: Context, url: str, outlet: str) -> HostState:
    """Fetch the robots.txt of a host while we hold our turn, and keep its crawl-delay from now on; raise FetchError."""
    host, page = host_of(url), await ctx.access.client_for(outlet).get(robots_url(url), {})
    now = ctx.clock.now()
    # A server that is busy says nothing of its delay, so that the one that is known stays.
    if page.status >= 500 or page.status == 429:
        read_at = now - READ_EVERY + _BUSY_AGAIN
        return HostState(host, crawl_delay=_crawl_delay(ctx, host), robots_at=read_at, robots=_BUSY)
    delay = robots_of(page.status, page.body, ctx.active.user_agent_for(outlet)).crawl_delay
    ctx.access.host_limiter.delays[host] = delay or 0.0
    return HostState(host, crawl_delay=_crawl_delay(ctx, host), robots_at=now, robots=_robots_text(page))


def _crawl_delay(ctx: Context, host: str) -> timedelta:
    return timedelta(seconds=ctx.access.host_limiter.delays.setdefault(host, 0.0))


def _robots_text(page: Page) -> str:
    """Return the text to store: empty where there is no file, which allows all (RFC 9309, 2.3.1)."""
    return page.body[:_MAX_SIZE].decode("utf-8", "replace") if page.status == 200 else ""
