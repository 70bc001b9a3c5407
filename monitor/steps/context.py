"""Hold what every step shares: the configuration in force, the store, the network clients, the clock and the log."""

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
    # Commands that only read import this module, and the client's libraries take longer to import than they run.
    from monitor.net import Client

_log = logging.getLogger("monitor")


def log_event(event: str, message: str, level: int = logging.INFO, *, exc_info: bool = False, **fields: object) -> None:
    """Log one event: its kind in a word, a sentence for people, and fields for machines."""
    _log.log(level, "%s", message, exc_info=exc_info, extra={"event": event, **fields})


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of more than two hours in which monitor did not run; what was published then is told in one mail."""

    began: datetime
    ended: datetime


@dataclass(slots=True)
class StoreHealth:
    """Whether the database takes what is written: `unavailable_since` is set from the first failure to the recovery.

    `failed_at` is when it last failed, and `retried_at` when it took a large value again, both in seconds of the event
    loop's clock; `failed_at` is None while the database works or is on trial. `is_webhook_called` says that the
    operator's webhook was called, which alone can tell of the failure while it lasts.
    """

    unavailable_since: datetime | None = None
    reason: str = ""
    failed_at: float | None = None
    retried_at: float = 0.0
    is_webhook_called: bool = False


C = TypeVar("C")
QuietHours = tuple[time, time]
"""When quiet hours begin and end, in local time."""
ClaimEnd = tuple[Callable[..., object], tuple[object, ...]]
"""A function of `store` that ends a claim, and its arguments after the connection."""


@dataclass
class Context:
    """The state of a running monitor; only `adopt` replaces `config`, and it runs in the store's writer thread."""

    config: Config
    store: Store
    client: Client
    # Processes in which pages of feeds are parsed.
    workers: Workers
    host_limiter: HostLimiter
    # Returns the present moment in UTC.
    now: Callable[[], datetime]
    network: NetworkHealth = field(default_factory=NetworkHealth)
    # Hosts that have answered since the start.
    answered_hosts: set[str] = field(default_factory=set)
    # By host, the moment that its latest answer stated as the present (`Date`).
    server_times: dict[str, datetime] = field(default_factory=dict)
    # By sending channel ("mail", "webhook"), how the account behind it works.
    account_health: dict[str, AccountHealth] = field(default_factory=dict)
    # Set when a transaction has planned deliveries, so that the first mail leaves at once and not at the next tick.
    deliveries_planned: asyncio.Event = field(default_factory=asyncio.Event)
    # Whether pages may wait to be read, so that an idle monitor does not ask the store twice a second.
    pages_waiting: bool = True
    # Names of rules that an edit added or changed, and whose mails a day are not forecast yet.
    rules_to_forecast: set[str] = field(default_factory=set)
    # Ends of claims that could not be written: they are as soon as the store answers again.
    unwritten_claim_ends: list[ClaimEnd] = field(default_factory=list)
    claim_ends_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    # The watched feeds by address.
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    # By quiet hours and time zone, the recipients that have them.
    quiet_recipients: Mapping[tuple[QuietHours, str], frozenset[str]] = field(default_factory=dict)
    # The time before this start in which monitor did not run, until its news are read.
    outage: Outage | None = None
    # The latest moment that the clock has shown: a clock that shows less was set back.
    latest_time: datetime | None = None
    store_health: StoreHealth = field(default_factory=StoreHealth)
    # Set by a stop: nothing new begins, and polls that wait for a host are given up.
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.adopt(self.config)

    def adopt(self, config: Config) -> None:
        """Make this the configuration in force."""
        self.feeds = {feed.url: feed for outlet in config.outlets.values() for feed in outlet.feeds}
        self.network = replace(self.network, watched=len({host_of(url) for url in self.feeds}))
        recipients: dict[tuple[QuietHours, str], set[str]] = {}
        for route in (route for routes in config.routes.values() for route in routes):
            if route.quiet:
                recipients.setdefault((route.quiet, route.timezone), set()).add(route.recipient)
        self.quiet_recipients = {key: frozenset(names) for key, names in recipients.items()}
        self.config = config
        for account in self.account_health.values():
            account.resume()

    @property
    def is_stopping(self) -> bool:
        """Whether a stop was asked for."""
        return self.stop.is_set()

    @property
    def user_agent(self) -> str:
        """The User-Agent of our requests."""
        return self.config.settings.user_agent

    def configured_interval(self, url: str) -> timedelta | None:
        """Return how often the files ask for this feed to be polled, or None where they leave that to us."""
        feed = self.feeds.get(url)
        return feed.every if feed else None

    async def end_claim(self, write: Callable[..., object], *args: object) -> None:
        """Write the end of a claim, now or as soon as the store can: what was done outside cannot be taken back."""
        try:
            await self.store.write(write, *args)
        except StoreError as error:
            self.unwritten_claim_ends.append((write, args))
            self.note_store_failure(error)

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
            self.unwritten_claim_ends += releases_of(claimed)
            raise
        return claimed

    def note_store_failure(self, error: StoreError) -> None:
        """Note that the store cannot be used; only the first failure until the recovery is logged."""
        health = self.store_health
        if health.unavailable_since is None:
            health.unavailable_since, health.reason = self.now(), str(error)
            log_event("database", f"{error}: polling and sending wait until it is back", logging.WARNING)
        if health.failed_at is None:
            health.failed_at = asyncio.get_running_loop().time()

    async def write_claim_ends(self) -> None:
        """Write the ends of claims that could not be written before; raise StoreError while the store fails."""
        # Polling and sending both call this: without the lock, one would delete what the other has not written yet.
        async with self.claim_ends_lock:
            while self.unwritten_claim_ends:
                write, args = self.unwritten_claim_ends[0]
                await self.store.write(write, *args)
                del self.unwritten_claim_ends[0]
