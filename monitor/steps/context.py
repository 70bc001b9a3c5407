"""What every step works with: the configuration in force, the edges, the clock, and a voice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from monitor.alerts import AccountHealth
from monitor.config import Config
from monitor.errors import StoreError
from monitor.fetching import HostLimiter, NetworkHealth
from monitor.hostnames import host_of
from monitor.isolate import Workers
from monitor.model import Feed
from monitor.store import Store

if TYPE_CHECKING:
    # Commands that only read come by here, and the client's libraries take longer to import than such a command runs.
    from monitor.net import Client

_log = logging.getLogger("monitor")


def log_event(event: str, message: str, level: int = logging.INFO, *, exc_info: bool = False, **fields: object) -> None:
    """Say one event: a short kind, a sentence for people, and fields for machines."""
    _log.log(level, "%s", message, exc_info=exc_info, extra={"event": event, **fields})


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of more than two hours in which we did not run: what was published then is told in one mail."""

    began: datetime
    ended: datetime


@dataclass(slots=True)
class StoreHealth:
    """Whether the database takes what we write: `away_since` is set from the first failure until it has proved sound.

    `failed_at` is when it last failed (None: it works, or is on trial since `tried_at`), by the loop's clock.
    `alarmed` says that the operator's webhook was called, the only way to tell of it while it lasts.
    """

    away_since: datetime | None = None
    reason: str = ""
    failed_at: float | None = None
    tried_at: float = 0.0
    alarmed: bool = False


C = TypeVar("C")
Quiet = tuple[time, time]
End = tuple[Callable[..., object], tuple[object, ...]]
"""A function of the store and its arguments after the connection."""


@dataclass
class Context:
    """The world of a running monitor; `config` is replaced by `adopt` alone, in the store's writer thread."""

    config: Config
    store: Store
    client: Client
    workers: Workers
    host_limiter: HostLimiter
    now: Callable[[], datetime]
    network: NetworkHealth = field(default_factory=NetworkHealth)
    # Hosts that have answered since the start.
    answered: set[str] = field(default_factory=set)
    # What each host stated last as the present moment.
    dates: dict[str, datetime] = field(default_factory=dict)
    # How the account behind each way out stands.
    accounts: dict[str, AccountHealth] = field(default_factory=dict)
    # Set when a transaction has planned deliveries, so that the first mail leaves at once and not at the next tick.
    planned: asyncio.Event = field(default_factory=asyncio.Event)
    # Whether pages may wait to be read, so that an idle monitor does not ask the store twice a second.
    unread: bool = True
    # Rules that an edit brought or changed, whose mails a day are still to be told.
    untried: set[str] = field(default_factory=set)
    # Ends of claims that could not be written: written as soon as the store answers again.
    unwritten: list[End] = field(default_factory=list)
    writing_ends: asyncio.Lock = field(default_factory=asyncio.Lock)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    # Who is left in peace in which quiet hours of which zone.
    hours: Mapping[tuple[Quiet, str], frozenset[str]] = field(default_factory=dict)
    outage: Outage | None = None
    # The latest moment that the clock has shown, from which it may be set back.
    latest: datetime | None = None
    store_health: StoreHealth = field(default_factory=StoreHealth)
    # Set by a stop: nothing new begins, and what waits for others is left.
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.adopt(self.config)

    def adopt(self, config: Config) -> None:
        """Make this the configuration in force."""
        self.feeds = {feed.url: feed for outlet in config.outlets.values() for feed in outlet.feeds}
        self.network = replace(self.network, watched=len({host_of(url) for url in self.feeds}))
        hours: dict[tuple[Quiet, str], set[str]] = {}
        for route in (route for routes in config.routes.values() for route in routes):
            if route.quiet:
                hours.setdefault((route.quiet, route.timezone), set()).add(route.recipient)
        self.hours = {key: frozenset(recipients) for key, recipients in hours.items()}
        self.config = config
        for account in self.accounts.values():
            account.resume()

    @property
    def stopping(self) -> bool:
        """Say whether a stop was asked for."""
        return self.stop.is_set()

    @property
    def agent(self) -> str:
        """Return the name under which we ask."""
        return self.config.settings.user_agent

    def every(self, url: str) -> timedelta | None:
        """Return how often the files ask for this address to be polled, or None where that is left to us."""
        feed = self.feeds.get(url)
        return feed.every if feed else None

    async def end(self, work: Callable[..., object], *args: object) -> None:
        """Write the end of a claim, now or as soon as the store can: what happened outside cannot be taken back."""
        try:
            await self.store.write(work, *args)
        except StoreError as error:
            self.unwritten.append((work, args))
            self.store_failed(error)

    async def claim(self, work: Callable[..., list[C]], owed: Callable[[list[C]], list[End]], *args: object) -> list[C]:
        """Claim something; where the store fails, what may be claimed all the same is given back as soon as it can be.

        Whether a commit was heard cannot be known: without this, what it claimed would rest until its lease runs out.
        """
        claimed: list[C] = []
        try:
            await self.store.write(lambda conn: claimed.extend(work(conn, *args)))
        except StoreError:
            self.unwritten += owed(claimed)
            raise
        return claimed

    def store_failed(self, error: StoreError) -> None:
        """Note that the store cannot be used: said once, however often it happens before it is back."""
        health = self.store_health
        if health.away_since is None:
            health.away_since, health.reason = self.now(), str(error)
            log_event("database", f"{error}: polling and sending wait until it is back", logging.WARNING)
        if health.failed_at is None:
            health.failed_at = asyncio.get_running_loop().time()

    async def catch_up(self) -> None:
        """Write the ends that are still owed; raise StoreError while the store cannot."""
        # Polling and sending both come here: without the turn, one would strike out what the other has not written yet.
        async with self.writing_ends:
            while self.unwritten:
                work, args = self.unwritten[0]
                await self.store.write(work, *args)
                del self.unwritten[0]
