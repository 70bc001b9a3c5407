"""Visits to loopback outlets, as a command makes them, without its gaps between two requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from monitor.fetching import HostLimiter
from monitor.net import Client, Gate
from monitor.steps.examine_page import EXAMINE_JOB
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.outlet_visits import OutletVisits, command_turn
from tests.steps.shared_workers import shared_workers

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@asynccontextmanager
async def visiting(*allowed: str) -> AsyncIterator[OutletVisits]:
    """Visits that may go to loopback, or only to the hosts and networks given."""
    client = Client(Gate(allowed or ("127.0.0.0/8",)), user_agent="monitor-test")
    access = OutletAccess(client, shared_workers(EXAMINE_JOB), HostLimiter(0))
    client.host_turn = partial(command_turn, access)
    try:
        yield OutletVisits(access, "monitor-test", NOW)
    finally:
        await access.close()
