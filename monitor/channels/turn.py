"""One process at a time: what several of them do with the files of a folder, each in its turn."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

PATIENCE = 60.0  # seconds after which another process hangs
_LOOK = 0.05


@asynccontextmanager
async def turn(folder: Path) -> AsyncIterator[None]:
    """Be the only one inside, among the processes that ask for their turn in this folder.

    The lock is on the folder itself, since its files are replaced. Where folders cannot be locked, or another process
    hangs, we go on without it: whoever uses this must come to no harm by that.
    """
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        until = time.monotonic() + PATIENCE
        while not is_ours(held) and time.monotonic() < until:  # noqa: ASYNC110  another process can set no event
            await asyncio.sleep(_LOOK)
        yield
    finally:
        os.close(held)


def is_ours(held: int) -> bool:
    """Lock an open folder unless somebody else has it; one that cannot be locked is nobody's."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
