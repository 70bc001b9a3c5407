"""Take turns at hosts: no host is asked by two workers at once, nor by two tasks of one, whatever leads there.

A task works under the claim of one host. Where an address of its work lies at another one, or redirects there, that
host is leased for the one request. Tasks of one worker wait in one line for a host, whoever of them has claimed it.
A host that allows more has a line for each of its lanes, and a claim is of one lane; all else takes the host's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from monitor.errors import FetchError
from monitor.fetching import HostLimiter, Place
from monitor.steps.claims import Claims
from monitor.steps.context import Context
from monitor.store import host_leases, host_state
from monitor.store.host_leases import HostLease, HostPause
from monitor.store.lease_tokens import new_token

LEASE = timedelta(minutes=10)
"""How long hosts, feeds and pages are claimed: longer than the slowest slice of a host takes."""
LONGEST_HOLD = 86_400.0
REDIRECT_WAIT = 60.0
"""Seconds that a request waits for its turn where it is redirected; the host that leads there waits meanwhile."""
BORROW_EVERY = 1.0
"""Seconds between two tries to lease a host for one request."""
BUSY = "busy"
"""The reason of a FetchError without a turn at a host: nothing was requested."""

# The host under whose claim the task works, its lane, and when the claim runs out; and where the task has its turn.
_claimed: ContextVar[tuple[str, str, datetime] | None] = ContextVar("claimed", default=None)
_turns: ContextVar[frozenset[Place]] = ContextVar("turns", default=frozenset())


def note_lease(ctx: Context, lease: HostLease) -> None:
    """Let requests to a leased host keep what it asked other workers for."""
    limiter = ctx.access.host_limiter
    if lease.crawl_delay is not None:
        limiter.delays[lease.host] = lease.crawl_delay.total_seconds()
    limiter.expect_hangs(lease.host, lease.hangs)
    (ctx.access.shared_hosts.add if lease.is_shared else ctx.access.shared_hosts.discard)(lease.host)


def pause_after(ctx: Context, lease: HostLease, *, least: float = 0.0) -> HostPause:
    """Return how long whoever leases a host next leaves it alone: gap, crawl-delay, Retry-After, pause after a hang.

    It is `least` seconds at least.
    """
    limiter, host, now = ctx.access.host_limiter, lease.host, ctx.clock.now()
    until = now + timedelta(seconds=max(limiter.wait(host, lease.lane), least))
    rest = timedelta(seconds=limiter.rest(host)) if host in ctx.access.shared_hosts else timedelta(0)
    return HostPause(host, lease.token, until, limiter.hangs(host), lease.lane, now + rest if rest else None)


@contextmanager
def under_claim(ctx: Context, lease: HostLease) -> Iterator[None]:
    """Let the task work under a claim of a host that was just made; an empty name is none."""
    before = _claimed.set((lease.host, lease.lane, ctx.clock.now() + LEASE))
    try:
        yield
    finally:
        _claimed.reset(before)


def _claimed_lane(ctx: Context, host: str) -> str | None:
    """Return the lane of the host under whose claim the task works; None where it does under none.

    A process that stood still may have lost it to another. A host that turns out to state a crawl-delay is asked in its
    own lane alone.
    """
    claimed = _claimed.get()
    if claimed is None or claimed[0] != host or ctx.clock.now() >= claimed[2]:
        return None
    return None if claimed[1] and ctx.access.host_limiter.delays.get(host) else claimed[1]


def wait_for_turn(ctx: Context, host: str) -> float:
    """Return for how many seconds a host is still left alone where this task would ask it."""
    return ctx.access.host_limiter.wait(host, _claimed_lane(ctx, host) or "")


def require_known_alive(claims: Claims) -> None:
    """Raise FetchError unless nobody can have been given the hosts of this process: it may just have stood still.

    Called before every request, since a turn may have begun before that.
    """
    if not claims.is_known_alive():
        raise FetchError(BUSY, "this process has not been heard for so long that its hosts may be another's")


@asynccontextmanager
async def turn(ctx: Context, host: str, *, longest: float = LONGEST_HOLD) -> AsyncIterator[None]:
    """Wait for a turn at a host and hold it; a task that has its turn there already goes on.

    Raises TimeoutError at once where the host is paused for more than `longest` seconds, or where those who have it
    wait for a host that this task has, and FetchError where requests hung there. Where another worker has the host, it
    waits until the caller gives up.
    """
    async with AsyncExitStack() as stack:
        while not await _took_turn(ctx, stack, host, longest):
            await stack.aclose()
        yield


async def _took_turn(ctx: Context, stack: AsyncExitStack, host: str, longest: float) -> bool:
    """Wait for a turn and hold it in `stack`; False where it is to be waited for once more, maybe in another lane."""
    lane = _claimed_lane(ctx, host)
    is_new = await stack.enter_async_context(process_turn(ctx.access.host_limiter, host, lane or "", longest=longest))
    if not is_new:
        return True
    if _claimed_lane(ctx, host) != lane:
        return False
    if lane is None:
        await stack.enter_async_context(_borrowed(ctx, host, longest))
        return True
    return host not in ctx.access.shared_hosts or not await _rests(ctx, host, lane)


async def _rests(ctx: Context, host: str, lane: str) -> bool:
    """Whether the host asked those to leave it alone who ask it in other lanes; if so, this process does it, too."""
    known = (await ctx.store.read(host_state.known, [lane or host])).get(lane or host)
    until = known.next_allowed_at if known else None
    left = (until - ctx.clock.now()).total_seconds() if until else 0.0
    # What is shorter is the gap after the lane's own last turn.
    if left <= ctx.access.host_limiter.gap(host):
        return False
    ctx.access.host_limiter.hold(host, left)
    return True


@asynccontextmanager
async def process_turn(
    limiter: HostLimiter, host: str, lane: str = "", *, longest: float = LONGEST_HOLD
) -> AsyncIterator[bool]:
    """Wait for a turn at a host among the tasks of this process alone, and hold it; yield false where it was held.

    Raises TimeoutError and FetchError as `turn`. This is the whole turn of a command, which has no database.
    """
    held, place = _turns.get(), (host, lane)
    if place in held:
        yield False
        return
    async with limiter.turn(host, lane, longest=longest, held=held):
        before = _turns.set(held | {place})
        try:
            yield True
        finally:
            _turns.reset(before)


@asynccontextmanager
async def redirect_turn(ctx: Context, host: str) -> AsyncIterator[None]:
    """Wait for a turn at a host that a redirect leads to, and hold it; raise FetchError without one in time."""
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(REDIRECT_WAIT):
                await stack.enter_async_context(turn(ctx, host, longest=REDIRECT_WAIT))
        except TimeoutError:
            raise FetchError(BUSY, f"{host} serves others first, or asked to be left alone") from None
        yield


@asynccontextmanager
async def _borrowed(ctx: Context, host: str, longest: float) -> AsyncIterator[None]:
    """Lease a host for one request, and free it with what it asked for."""
    token = new_token(ctx.claims.worker)
    try:
        note_lease(ctx, await _borrow(ctx, host, token, longest))
        yield
    finally:
        # Also where the wait was broken off: whether the lease was written by then cannot be known.
        # The turn ends after the lease does, so that its gap is still to come.
        after = pause_after(ctx, HostLease(host, token), least=ctx.access.host_limiter.gap(host))
        await ctx.claims.end(host_leases.give_back, after)


async def _borrow(ctx: Context, host: str, token: str, longest: float) -> HostLease:
    while True:
        now = ctx.clock.now()
        lease = await ctx.store.write(host_leases.borrow, host, token, now, now + LEASE)
        if lease is not None:
            return lease
        # What another worker, or a start before this one, was asked for is known to the store alone.
        known = (await ctx.store.read(host_state.known, [host]))[host]
        if known.next_allowed_at and known.next_allowed_at > now + timedelta(seconds=longest):
            raise TimeoutError
        await asyncio.sleep(BORROW_EVERY)
