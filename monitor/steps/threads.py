"""Work in a thread that a stop breaks off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


async def in_thread(work: Callable[[], R], break_off: Callable[[], None]) -> R:
    """Return what `work` does in a thread; where the caller is cancelled, break the work off and wait for its end."""
    working = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        break_off()
        # What it raises when it is broken off concerns nobody.
        await asyncio.gather(working, return_exceptions=True)
        raise
