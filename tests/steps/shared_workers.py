"""Worker processes that all worlds of a pytest process share: to start one takes longer than most tests."""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import Coroutine, Sequence
from functools import cache
from typing import Any, TypeVar

from monitor.isolate import Workers

T = TypeVar("T")


@cache
def shared_workers(job: str, timeout: float = 5.0) -> Workers:
    """Return the one worker of this job, which stays when it is closed and ends with the program."""
    return _Shared(job, count=1, timeout=timeout)


class _Shared(Workers):
    """Runs in an event loop of its own, since each test has another one."""

    def __init__(self, job: str, **limits: Any) -> None:
        super().__init__(job, **limits)
        self._loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        atexit.register(self._end, thread)

    async def start(self) -> None:
        await self._there(super().start())

    async def run(self, arguments: Sequence[object]) -> list[object]:
        return await self._there(super().run(arguments))

    async def close(self) -> None:
        pass

    async def _there(self, work: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def _end(self, thread: threading.Thread) -> None:
        asyncio.run_coroutine_threadsafe(super().close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        thread.join()
        self._loop.close()
