"""Crawl delays, read in the background: configured feeds are polled whatever robots.txt says, but not faster."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.errors import FetchError
from monitor.fetching import Robots, host_of, robots_of, robots_url
from monitor.steps.context import Context
from monitor.store import Connection, hosts, polls
from monitor.store.hosts import HostState

EVERY = timedelta(days=1)
HOSTS_AT_ONCE = 20


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


async def _read(ctx: Context, url: str) -> HostState:
    """What a host's robots.txt says; one that cannot be had says nothing until tomorrow."""
    host = host_of(url)
    try:
        async with ctx.turnstile.turn(host):
            page = await ctx.client.get(robots_url(url), {})
        robots, text = robots_of(page.status, page.body, ctx.agent), page.body[:100_000].decode("utf-8", "replace")
    except FetchError:
        robots, text = Robots(), ""
    delay = timedelta(seconds=robots.crawl_delay) if robots.crawl_delay is not None else None
    return HostState(host, crawl_delay=delay, robots_at=ctx.now(), robots=text)
