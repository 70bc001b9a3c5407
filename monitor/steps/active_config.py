"""Hold the configuration in force, with what is looked up in it at every poll and mail."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from monitor.alerts import Rest, rest_of
from monitor.config import Config
from monitor.model import Feed


class ActiveConfig:
    """The configuration in force; only `adopt` replaces it, and it runs in the store's writer thread.

    `generation` is its number in the store (0: not adopted there yet); who needs both reads the number first, so that
    a configuration never goes by a newer number than its own. `logged` is the configuration up to which the log names
    the changes: one whose adoption failed at its commit is in force already, and not logged yet. `feeds` are the
    watched feeds by address, `resting_recipients` the recipients by when they are not to be disturbed. `following` is
    held by whoever takes a newer one from the database.
    """

    config: Config
    following: asyncio.Lock
    logged: Config
    generation: int
    feeds: Mapping[str, Feed]
    resting_recipients: Mapping[Rest, frozenset[str]]

    def __init__(self, config: Config) -> None:
        self.logged = config
        self.following = asyncio.Lock()
        self.adopt(config, 0)

    def adopt(self, config: Config, generation: int) -> None:
        """Make this the configuration in force."""
        self.feeds = config.feeds
        recipients: dict[Rest, set[str]] = {}
        for route in (route for routes in config.routes.values() for route in routes):
            if route.quiet or route.away:
                recipients.setdefault(rest_of(route), set()).add(route.recipient)
        self.resting_recipients = {rest: frozenset(names) for rest, names in recipients.items()}
        self.config = config
        self.generation = generation

    def user_agent_for(self, outlet: str) -> str:
        """Return the User-Agent of requests to an outlet."""
        site = self.config.sites.get(outlet)
        return (site.user_agent if site else "") or self.config.settings.user_agent

    def configured_interval(self, url: str) -> timedelta | None:
        """Return how often the files ask for this feed to be polled, or None where they leave that to us."""
        feed = self.feeds.get(url)
        return feed.every if feed else None

    def polls_a_day(self, url: str) -> int | None:
        """Return this feed's share of the requests a day that its outlet allows; None where the files do not say."""
        feed = self.feeds.get(url)
        outlet = self.config.outlets[feed.outlet] if feed else None
        if outlet is None or outlet.requests_a_day is None:
            return None
        return max(outlet.requests_a_day // len(outlet.feeds), 1)
