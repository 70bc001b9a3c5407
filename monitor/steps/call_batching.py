"""Combine calls that wait at the same time into one call over a list."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 0.3
"""Seconds that a run waits at most for further items of its feeder."""


class CallBatch(Generic[T, R]):
    """Awaited with single items, calls `run` with lists of them; `run` returns a result or an error for each item.

    At most `size` items go into one run and at most `lanes` runs are under way. Items wait only while all lanes are
    busy, so that batches grow with the load and a lone item starts at once. The results of a `feeder` become items
    here: while it is busy, a run that is not full waits for them for a moment.
    """

    def __init__(
        self,
        run: Callable[[list[T]], Awaitable[Sequence[R | Exception]]],
        *,
        size: int,
        lanes: int = 1,
        feeder: CallBatch[Any, Any] | None = None,
    ) -> None:
        self._run = run
        self._size = size
        self._idle_lanes = lanes
        self._feeder = feeder
        self._arrived = asyncio.Event()
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_busy(self) -> bool:
        """Whether a run is under way or about to begin."""
        return bool(self._tasks)

    async def __call__(self, item: T) -> R:
        """Return the result of `run` for this item, or raise its error."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        self._arrived.set()
        if self._idle_lanes:
            self._idle_lanes -= 1
            task = asyncio.create_task(self._run_lane())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await answer

    async def _run_lane(self) -> None:
        try:
            # One turn of the loop first, so that calls made in the same turn share a run.
            await asyncio.sleep(0)
            while self._waiting:
                await self._wait_for_feeder()
                await self._run_batch([self._waiting.popleft() for _ in range(min(self._size, len(self._waiting)))])
        finally:
            self._idle_lanes += 1

    async def _wait_for_feeder(self) -> None:
        """Wait until a run is full, the feeder is idle, or PATIENCE is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._feeder and self._feeder.is_busy and len(self._waiting) < self._size:
                    self._arrived.clear()
                    await self._arrived.wait()

    async def _run_batch(self, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._run([item for item, _ in batch])
        except Exception as error:
            results = [error] * len(batch)
        for (_, answer), result in zip(batch, results, strict=True):
            # The caller may have been cancelled while its item was in the run.
            if answer.done():
                continue
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)
