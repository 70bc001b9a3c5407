"""Run work in a thread so that a stop interrupts it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


async def in_thread(work: Callable[[], R], interrupt: Callable[[], None]) -> R:
    """Return the result of `work` in a thread; a caller that is cancelled interrupts the work and waits for its end."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        interrupt()
        # What it raises when it is interrupted is of no use.
        await asyncio.gather(task, return_exceptions=True)
        raise
