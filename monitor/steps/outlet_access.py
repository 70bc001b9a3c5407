"""Hold what requests to outlets share: the client, the limiter of hosts, and what the answers say of the network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.config import SiteAccess
from monitor.errors import FetchError, SecretError
from monitor.fetching import HostLimiter, NetworkHealth
from monitor.hostnames import host_of
from monitor.isolate import Workers
from monitor.steps.outlet_login import Account, AccountClient, LoginNotes, LoginRecords
from monitor.steps.read_login import LOGIN_JOB

if TYPE_CHECKING:
    # Commands that only read import this module, and the client's libraries take longer to import than they run.
    from monitor.net import Client, Gate


@dataclass
class OutletAccess:
    """How outlets are reached, and how that went since the start; `parse_workers` parse the pages of feeds.

    `sites` says by outlet how those are asked that are asked otherwise than all others, and `logins` what is known of
    their accounts, whose pages `login_workers` read.
    """

    client: Client
    parse_workers: Workers
    host_limiter: HostLimiter
    network: NetworkHealth = field(default_factory=NetworkHealth)
    # Hosts that have answered since the start, and those that other workers may ask at the same time.
    answered_hosts: set[str] = field(default_factory=set)
    shared_hosts: set[str] = field(default_factory=set)
    # By host, the moment that its latest answer stated as the present (`Date`).
    server_times: dict[str, datetime] = field(default_factory=dict)
    sites: Mapping[str, SiteAccess] = field(default_factory=dict)
    logins: LoginRecords = field(default_factory=LoginNotes)
    login_workers: Workers = field(default_factory=lambda: Workers(LOGIN_JOB, count=1))
    _own_clients: dict[str, tuple[SiteAccess, Client]] = field(default_factory=dict)
    _known_sites: Mapping[str, SiteAccess] = field(default_factory=dict)
    _replaced_clients: list[Client] = field(default_factory=list)
    _closing: set[asyncio.Task[None]] = field(default_factory=set)
    _accounts: dict[str, AccountClient] = field(default_factory=dict)

    def client_for(self, outlet: str) -> Client:
        """Return the client that asks an outlet: that of all, or one of its own with connections of its own.

        Raises FetchError where its proxy's password cannot be read; so do requests of which a header cannot.
        """
        if self.sites is not self._known_sites:
            self._known_sites = self.sites
            self._give_up_replaced()
        site = self.sites.get(outlet)
        if site is None:
            return self.client
        if outlet not in self._own_clients:
            self._own_clients[outlet] = site, _client_of(self.client, site)
        return self._own_clients[outlet][1]

    def reader_for(self, outlet: str) -> Client | AccountClient:
        """Return what asks an outlet for what its readers see: with its account where it has one, else as all.

        Raises FetchError as `client_for`.
        """
        client, site = self.client_for(outlet), self.sites.get(outlet)
        if site is None or site.login is None:
            return client
        if outlet not in self._accounts:
            account, gap = Account(outlet, site, site.login), self.host_limiter.gap
            self._accounts[outlet] = AccountClient(client, account, self.logins, self.login_workers, gap)
        return self._accounts[outlet]

    def use_gate(self, gate: Gate) -> None:
        """Let this gate check all connections from now on."""
        for client in self._clients():
            client.gate = gate

    async def close(self) -> None:
        """Close every connection."""
        for account in self._accounts.values():
            account.close()
        for client in self._clients():
            await client.close()
        await self.login_workers.close()

    def _give_up_replaced(self) -> None:
        """Close the clients of outlets that are asked in another way by now; requests under way end with theirs."""
        self._replaced_clients = [client for client in self._replaced_clients if not client.is_idle]
        for outlet, (site, client) in tuple(self._own_clients.items()):
            if self.sites.get(outlet) != site:
                del self._own_clients[outlet]
                self._accounts.pop(outlet, None)
                self._replaced_clients.append(client)
                task = asyncio.create_task(client.close_when_idle())
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)

    def _clients(self) -> list[Client]:
        return [self.client, *self._replaced_clients, *(client for _, client in self._own_clients.values())]

    def watch(self, urls: Iterable[str]) -> None:
        """Take the hosts of these feeds for those whose failures together mean that the network is down."""
        hosts = {host_of(url) for url in urls}
        self.watch_hosts(len(hosts), self.network.living & hosts)

    def watch_hosts(self, count: int, living: frozenset[str]) -> None:
        """Take so many hosts for those, and these for the living of them."""
        self.network = replace(self.network, watched=count, living=living)


def _client_of(client: Client, site: SiteAccess) -> Client:
    """Return a client that asks as a site wants it; raises FetchError where a secret cannot be read."""

    def headers_for(url: str) -> Mapping[str, str]:
        try:
            return site.headers_for(url)
        except SecretError as error:
            raise FetchError("headers", str(error)) from None

    try:
        proxy = site.proxy_url()
    except SecretError as error:
        raise FetchError("proxy", str(error)) from None
    return client.variant(user_agent=site.user_agent, proxy=proxy, personal=headers_for)
