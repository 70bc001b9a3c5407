"""Tell from the outcomes of requests whether our own network is down or single hosts are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

CONNECTION_ERRORS = frozenset({"dns", "connect", "network", "timeout", "tls", "proxy", "reset"})
"""FetchError reasons that a dead network, a captive portal or a wrong clock cause; an HTTP status proves a network."""

NO_EVIDENCE = frozenset({"refused", "address", "busy"})
"""FetchError reasons of requests that ended before anything was sent: they prove nothing."""


_SHARE = 1 / 3
"""The share of the hosts that answered when asked last of which on failing together is the network's doing."""
_FIRST_SHARE = 2 / 3
"""The share of all hosts before any answered, when it is not known which are dead: these may be the first to end."""
_ENOUGH = 50
"""That many hosts in a row without one answer are the network's doing, however many are watched (all three: ours)."""


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """What the latest requests say about our own network; `watched` is the number of hosts in the configuration.

    `suspects` are the hosts that failed since the last success, `since` is when the first of those requests began.
    `living` are those that answered when they were asked last before: that others fail proves nothing.
    """

    watched: int = 1
    last_success: datetime | None = None
    suspects: frozenset[str] = frozenset()
    living: frozenset[str] = frozenset()
    no_route: bool = False
    since: datetime | None = None

    @property
    def down(self) -> bool:
        """Whether the network is down: enough hosts that answered before failed, or all hosts; and none answered since.

        One host is enough only where no other is watched and there is no route to it.
        """
        if self.watched <= 1 and self.no_route and self.suspects:
            return True
        every = self.watched if self.last_success else _needed(self.watched, _FIRST_SHARE)
        return len(self.suspects) >= max(2, every) or len(self.suspects & self.living) >= _needed(
            len(self.living), _SHARE
        )

    def as_of(self, now: datetime) -> NetworkHealth:
        """Return this state for a clock that was set back to `now`: no moment lies in the future."""
        return replace(
            self,
            last_success=self.last_success and min(self.last_success, now),
            since=self.since and min(self.since, now),
        )

    def after(self, host: str, reason: str, started: datetime, now: datetime) -> NetworkHealth:
        """Return the state after a request that ran from `started` to `now` and ended with `reason` (empty: success).

        A failure counts only if no other request succeeded while it ran: a hundred outlets that hang and reach their
        deadlines together are no outage. What failed in an outage still counts as living.
        """
        if reason in NO_EVIDENCE:
            return self
        if reason not in CONNECTION_ERRORS:
            living = (self.living if self.down else self.living - self.suspects) | {host}
            return replace(self, last_success=now, suspects=frozenset(), living=living, no_route=False, since=None)
        if self.last_success is not None and started <= self.last_success:
            return replace(self, living=self.living - {host})
        return replace(
            self,
            suspects=self.suspects | {host},
            no_route=self.no_route or reason == "network",
            since=min(self.since or started, started),
        )


def _needed(hosts: int, share: float) -> int:
    """Return how many of so many hosts are a sign: a share of them, but three at least where there are so many."""
    return max(2, min(hosts, max(3, min(ceil(hosts * share), _ENOUGH))))
