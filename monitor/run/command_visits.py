"""Run what a command does at outlets, with its own way to them and without a database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import TypeVar

from monitor.config import Config
from monitor.run.startup import open_access, utc_now
from monitor.steps.examine_page import EXAMINE_JOB
from monitor.steps.outlet_visits import OutletVisits, command_turn

Answer = TypeVar("Answer")


def visit_outlets(
    config: Config, work: Callable[[OutletVisits], Awaitable[Answer]], *, job: str = EXAMINE_JOB, seconds: float = 5.0
) -> Answer:
    """Return what `work` returns, which may visit outlets by this configuration until it ends.

    Workers run `job` on the pages, each time within so many seconds.
    """
    return asyncio.run(_visit(config, work, job, seconds))


async def _visit(config: Config, work: Callable[[OutletVisits], Awaitable[Answer]], job: str, seconds: float) -> Answer:
    async with AsyncExitStack() as stack:
        access = open_access(stack, config.settings, job, seconds)
        access.sites = config.sites
        access.client.host_turn = partial(command_turn, access)
        return await work(OutletVisits(access, config.settings.user_agent, utc_now()))
