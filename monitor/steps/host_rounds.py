"""Lease hosts and have done what is due there: feeds polled and pages read."""

from __future__ import annotations

import asyncio

from monitor.errors import StoreError
from monitor.steps import shared_outage
from monitor.steps.claims import ClaimEnd
from monitor.steps.clock_jumps import handle_clock_jump
from monitor.steps.config_in_force import by_present_config, is_outdated
from monitor.steps.context import Context
from monitor.steps.held_outlets import hold_outlets
from monitor.steps.host_turns import LEASE, note_lease
from monitor.steps.poll import LONGEST_WAIT
from monitor.steps.poller import Poller
from monitor.steps.read_page import PageReader
from monitor.steps.storage_outage import may_work
from monitor.store import Connection, article_queries, feeds, fulltext_queue, host_claims, host_leases
from monitor.store.host_claims import HostWork, Room

_TRY_EVERY = 10.0
"""Seconds between two polls by which a worker without network tries whether it has one again."""


class HostRounds:
    """Gives a poller and a page reader what is due at hosts that nobody else asks."""

    def __init__(self, ctx: Context, poller: Poller, reader: PageReader) -> None:
        self._ctx = ctx
        self._poller = poller
        self._reader = reader
        self._tried_at = 0.0

    async def round(self) -> int:
        """Claim hosts as room allows, and begin what is due there; return how many polls and readings were begun."""
        room = self._room()
        if not (room.feeds or room.pages) or self._ctx.signals.is_stopping:
            return 0
        try:
            if not await may_work(self._ctx):
                return 0
            await handle_clock_jump(self._ctx)
            await self._ctx.claims.write_ends()
            work = await claim_work(self._ctx, room)
        except StoreError as error:
            self._ctx.claims.note_failure(error)
            return 0
        self._poller.begin(work.feeds)
        self._reader.begin(work.pages)
        return len(work.feeds) + len(work.pages)

    def _room(self) -> Room:
        """Return what may be begun: by a worker without network one poll now and then, since others may have one."""
        if self._ctx.conducts or not self._ctx.access.network.down:
            return Room(self._poller.room(), self._reader.room(), self._reader.background_room())
        now = asyncio.get_running_loop().time()
        if now - self._tried_at < _TRY_EVERY:
            return Room(0)
        self._tried_at = now
        return Room(1)

    async def drain(self) -> None:
        """Go on until nothing is due, no page waits and nothing is under way, or the store fails."""
        while await self.round() or await self._is_due_soon():
            if tasks := self._poller.tasks | self._reader.tasks:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED, timeout=1.0)
            else:
                await asyncio.sleep(1.0)

    async def _is_due_soon(self) -> bool:
        if self._poller.tasks or self._reader.tasks:
            return True
        if self._ctx.signals.is_stopping or self._ctx.claims.store_health.failed_at is not None:
            return False
        now = self._ctx.clock.now()
        try:
            return await self._ctx.store.read(host_claims.is_due_by, now, now + LONGEST_WAIT)
        except StoreError as error:
            self._ctx.claims.note_failure(error)
            return False


async def claim_work(ctx: Context, room: Room) -> HostWork:
    """Claim hosts and what is due there; raise StoreError, after which the claims are released once it answers."""
    (work,) = await by_present_config(ctx, lambda: ctx.claims.claim(_claim, _releases, ctx, room))
    for lease in work.leases:
        note_lease(ctx, lease)
    return work


def _claim(conn: Connection, ctx: Context, room: Room) -> list[HostWork]:
    # What is due by files that are no longer in force is not asked for.
    is_outdated(conn, ctx, ctx.active.generation)
    if not ctx.conducts:
        ctx.clock.outage = shared_outage.load(conn)
    work = host_claims.claim(conn, ctx.claims.worker, ctx.clock.now(), room, LEASE)
    of_pages = article_queries.outlets_of(conn, [page.article_id for page in work.pages]).values()
    hold_outlets(conn, ctx.active.config, [*(feed.state.outlet for feed in work.feeds), *of_pages])
    return [work]


def _releases(claimed: list[HostWork]) -> list[ClaimEnd]:
    ends: list[ClaimEnd] = []
    for work in claimed:
        ends.append((feeds.release, ([(feed.id, feed.token) for feed in work.feeds],)))
        ends += [(fulltext_queue.release, (page,)) for page in work.pages]
        ends.append((host_leases.free_idle, ([lease.token for lease in work.leases],)))
    return ends
