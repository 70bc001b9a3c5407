"""Claim rows of the store and write the ends of claims, also where the store fails for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from monitor.errors import StoreError
from monitor.steps.event_log import log_event
from monitor.store import Store
from monitor.store.lease_tokens import EMBEDDED

C = TypeVar("C")
ClaimEnd = tuple[Callable[..., object], tuple[object, ...]]
"""A function of `store` that ends a claim, and its arguments after the connection."""


@dataclass(slots=True)
class StoreHealth:
    """Whether the database takes what is written: `unavailable_since` is set from the first failure to the recovery.

    `failed_at` is when it last failed, and `retried_at` when it took a large value again, both in seconds of the event
    loop's clock; `failed_at` is None while the database works or is on trial. `is_operator_called` says that the
    operator's webhook was called, which alone can tell of the failure while it lasts.
    """

    unavailable_since: datetime | None = None
    reason: str = ""
    failed_at: float | None = None
    retried_at: float = 0.0
    is_operator_called: bool = False


@dataclass
class Claims:
    """The claims of this process, whose tokens name it as `worker`; `now` returns the present moment in UTC.

    `is_known_alive` tells whether others can not have taken it for dead, and given to somebody what it claimed.
    """

    store: Store
    now: Callable[[], datetime]
    worker: str = EMBEDDED
    is_known_alive: Callable[[], bool] = lambda: True
    store_health: StoreHealth = field(default_factory=StoreHealth)
    # Ends of claims that could not be written: they are as soon as the store answers again.
    unwritten: list[ClaimEnd] = field(default_factory=list)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def claim(
        self, claim: Callable[..., list[C]], releases_of: Callable[[list[C]], list[ClaimEnd]], *args: object
    ) -> list[C]:
        """Claim rows and return them; raise StoreError, after which the claim is released once the store answers.

        Whether the commit reached a database that failed cannot be known: without a release, what was claimed would
        rest until its lease runs out. `releases_of` returns the releases of what was claimed.
        """
        claimed: list[C] = []
        try:
            await self.store.write(lambda conn: claimed.extend(claim(conn, *args)))
        except StoreError:
            self.release_later(*releases_of(claimed))
            raise
        return claimed

    async def end(self, write: Callable[..., object], *args: object) -> None:
        """Write the end of a claim, now or as soon as the store can: what was done outside cannot be taken back."""
        try:
            await self.store.write(write, *args)
        except StoreError as error:
            self.release_later((write, args))
            self.note_failure(error)
        except asyncio.CancelledError:
            # A write that had not begun was given up with its caller.
            self.release_later((write, args))
            raise

    def release_later(self, *ends: ClaimEnd) -> None:
        """Have these ends of claims written as soon as the store answers again."""
        self.unwritten += ends

    async def write_ends(self) -> None:
        """Write the ends of claims that could not be written before; raise StoreError while the store fails."""
        # Polling and sending both call this: without the lock, one would delete what the other has not written yet.
        async with self._lock:
            while self.unwritten:
                write, args = self.unwritten[0]
                await self.store.write(write, *args)
                del self.unwritten[0]

    def note_failure(self, error: StoreError) -> None:
        """Note that the store cannot be used; until the recovery another reason is logged after a try alone."""
        health = self.store_health
        if health.unavailable_since is None:
            health.unavailable_since, health.reason = self.now(), str(error)
            log_event("database", f"{error}: polling and sending wait until it is back", logging.WARNING)
        elif health.failed_at is None and health.reason != str(error):
            # The database works again: it is something else now, such as a configuration that cannot be used.
            health.reason = str(error)
            log_event("database", f"{error}: polling and sending still wait", logging.WARNING)
        if health.failed_at is None:
            health.failed_at = asyncio.get_running_loop().time()
