"""Crawl delays, read in the background: configured feeds are polled whatever robots.txt says, but not faster."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.errors import FetchError
from monitor.fetching import Robots, host_of, robots_of, robots_url
from monitor.model import Page
from monitor.steps.context import Context
from monitor.store import Connection, hosts, polls
from monitor.store.hosts import HostState

EVERY = timedelta(days=1)
HOSTS_AT_ONCE = 20
_KEPT = 500 * 1024
"""Bytes of a file that count (RFC 9309, 2.5)."""
_NOTHING_NOW = "User-agent: *\nDisallow: /\n"


async def read_robots(ctx: Context) -> int:
    """Read the robots.txt of some hosts whose last reading is a day old; return how many were read."""
    states, wanted = await ctx.store.read(_wanted, ctx.now())
    ctx.delays.update(_delays(states))
    read = [await _read(ctx, url) for url in wanted]
    await ctx.store.write(hosts.keep_robots, read)
    ctx.delays.update(_delays({state.host: state for state in read}))
    return len(read)


def _delays(states: dict[str, HostState]) -> dict[str, float]:
    return {host: state.crawl_delay.total_seconds() if state.crawl_delay else 0.0 for host, state in states.items()}


def _wanted(conn: Connection, now: datetime) -> tuple[dict[str, HostState], list[str]]:
    known = hosts.known(conn)
    urls = {state.host: state.url for state in polls.states(conn) if state.last_ok_at}
    due = [
        url
        for host, url in urls.items()
        if (read_at := (known[host].robots_at if host in known else None)) is None or now - read_at > EVERY
    ]
    return known, due[:HOSTS_AT_ONCE]


async def robots_for(ctx: Context, url: str) -> Robots:
    """What the host of a page that we discovered asks of us, read now unless that was done today; or a FetchError."""
    host = host_of(url)
    known = (await ctx.store.read(hosts.known, [host])).get(host)
    if known is None or known.robots is None or known.robots_at is None or ctx.now() - known.robots_at > EVERY:
        known = await _asked(ctx, url)
        await ctx.store.write(hosts.keep_robots, [known])
        ctx.delays.update(_delays({host: known}))
    return robots_of(200, (known.robots or "").encode(), ctx.agent)


async def _read(ctx: Context, url: str) -> HostState:
    """What a host's robots.txt says; one that cannot be had slows nobody down until tomorrow."""
    try:
        return await _asked(ctx, url)
    except FetchError:
        return HostState(host_of(url), robots_at=ctx.now())


async def _asked(ctx: Context, url: str) -> HostState:
    host = host_of(url)
    async with ctx.turnstile.turn(host):
        page = await ctx.client.get(robots_url(url), {})
    robots = robots_of(page.status, page.body, ctx.agent)
    delay = timedelta(seconds=robots.crawl_delay) if robots.crawl_delay is not None else None
    return HostState(host, crawl_delay=delay, robots_at=ctx.now(), robots=_text(page))


def _text(page: Page) -> str:
    """The rules as text to keep; an answer that is no file, as the rules that it stands for (RFC 9309, 2.3.1)."""
    if page.status == 200:
        return page.body[:_KEPT].decode("utf-8", "replace")
    return _NOTHING_NOW if page.status >= 500 or page.status == 429 else ""
