"""Let one process at a time work with the files of a folder."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

PATIENCE = 60.0  # seconds after which the process that has the lock is taken to hang
_RETRY_SECONDS = 0.05


@asynccontextmanager
async def folder_lock(folder: Path) -> AsyncIterator[None]:
    """Hold an advisory lock (flock) on a folder, against other processes that do the same.

    The lock is on the folder itself, since its files are replaced. If folders cannot be locked here, or if another
    process hangs, the block runs without it: what is inside must be safe without the lock.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        until = time.monotonic() + PATIENCE
        # Polled, since another process cannot set an event of ours.
        while not try_lock(descriptor) and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(_RETRY_SECONDS)
        yield
    finally:
        os.close(descriptor)


def try_lock(descriptor: int) -> bool:
    """Lock an open folder; return False if another process has it, True also for one that cannot be locked."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
