"""Hold what requests to outlets share: the client, the limiter of hosts, and what the answers say of the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.fetching import HostLimiter, NetworkHealth
from monitor.hostnames import host_of
from monitor.isolate import Workers

if TYPE_CHECKING:
    # Commands that only read import this module, and the client's libraries take longer to import than they run.
    from monitor.net import Client


@dataclass
class OutletAccess:
    """How outlets are reached, and how that went since the start; `parse_workers` parse the pages of feeds."""

    client: Client
    parse_workers: Workers
    host_limiter: HostLimiter
    network: NetworkHealth = field(default_factory=NetworkHealth)
    # Hosts that have answered since the start.
    answered_hosts: set[str] = field(default_factory=set)
    # By host, the moment that its latest answer stated as the present (`Date`).
    server_times: dict[str, datetime] = field(default_factory=dict)

    def watch(self, urls: Iterable[str]) -> None:
        """Take the hosts of these feeds for those whose failures together mean that the network is down."""
        self.network = replace(self.network, watched=len({host_of(url) for url in urls}))
