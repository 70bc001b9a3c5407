"""Is it them or is it us: outcomes per host in, whether the network as a whole is down out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

CONNECTION_TROUBLE = frozenset({"dns", "connect", "network", "timeout", "tls", "proxy", "reset"})
"""The reasons that a dead network, a captive portal or a wrong clock give; an HTTP status proves us connected."""

NO_EVIDENCE = frozenset({"refused", "address", "busy"})
"""Ended before anything was sent: says nothing either way."""


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """What the latest attempts say about our own connection; `watched` is how many hosts there are in all.

    `since` is when the first attempt began that failed without another one succeeding since.
    """

    watched: int = 1
    last_success: datetime | None = None
    suspects: frozenset[str] = frozenset()
    no_route: bool = False
    since: datetime | None = None

    @property
    def down(self) -> bool:
        """Whether everything fails at once: several hosts and no success since."""
        return len(self.suspects) >= self.needed

    @property
    def needed(self) -> int:
        """How many hosts must fail together: a few more the more are watched.

        A single host proves nothing alone, unless there is no route; among several it may be the one with IPv6 only.
        """
        if self.watched <= 1 and self.no_route:
            return 1
        return max(2, min(self.watched, 3 + self.watched // 50))

    def as_of(self, now: datetime) -> NetworkHealth:
        """The same by a clock that was set back to `now`: nothing has happened yet that is to come."""
        return replace(
            self,
            last_success=self.last_success and min(self.last_success, now),
            since=self.since and min(self.since, now),
        )

    def after(self, host: str, reason: str, started: datetime, now: datetime) -> NetworkHealth:
        """The health once an attempt that ran from `started` to `now` ended with `reason` (empty for success).

        A failure says something about the network only if nothing got through while it was tried: a hundred outlets
        that hang and reach their deadline together do not make an outage.
        """
        if reason in NO_EVIDENCE:
            return self
        if reason not in CONNECTION_TROUBLE:
            return replace(self, last_success=now, suspects=frozenset(), no_route=False, since=None)
        if self.last_success is not None and started <= self.last_success:
            return self
        return replace(
            self,
            suspects=self.suspects | {host},
            no_route=self.no_route or reason == "network",
            since=min(self.since or started, started),
        )
