"""Tell from the outcomes of requests whether our own network is down or single hosts are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

CONNECTION_ERRORS = frozenset({"dns", "connect", "network", "timeout", "tls", "proxy", "reset"})
"""FetchError reasons that a dead network, a captive portal or a wrong clock cause; an HTTP status proves a network."""

NO_EVIDENCE = frozenset({"refused", "address", "busy"})
"""FetchError reasons of requests that ended before anything was sent: they prove nothing."""


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """What the latest requests say about our own network; `watched` is the number of hosts in the configuration.

    `suspects` are the hosts that failed since the last success, `since` is when the first of those requests began.
    """

    watched: int = 1
    last_success: datetime | None = None
    suspects: frozenset[str] = frozenset()
    no_route: bool = False
    since: datetime | None = None

    @property
    def down(self) -> bool:
        """Whether the network is down: enough hosts failed and none answered since."""
        return len(self.suspects) >= self.needed

    @property
    def needed(self) -> int:
        """The number of hosts that must fail: at least two, and more the more are watched (own heuristic).

        One host is enough only where no other is watched and there is no route to it.
        """
        if self.watched <= 1 and self.no_route:
            return 1
        return max(2, min(self.watched, 3 + self.watched // 50))

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
        deadlines together are no outage.
        """
        if reason in NO_EVIDENCE:
            return self
        if reason not in CONNECTION_ERRORS:
            return replace(self, last_success=now, suspects=frozenset(), no_route=False, since=None)
        if self.last_success is not None and started <= self.last_success:
            return self
        return replace(
            self,
            suspects=self.suspects | {host},
            no_route=self.no_route or reason == "network",
            since=min(self.since or started, started),
        )
