"""Calls that wait at the same time go together: one call over a list instead of many calls over one."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class CallBatch(Generic[T, R]):
    """Give it `run`, which answers a list of items with a list of results or errors; await it with a single item.

    At most `size` items go in one run and at most `lanes` runs are under way; items gather while all lanes are busy,
    so batches grow with the load and a lone item never waits for company.
    """

    def __init__(
        self, run: Callable[[list[T]], Awaitable[Sequence[R | Exception]]], *, size: int, lanes: int = 1
    ) -> None:
        self._run = run
        self._size = size
        self._idle = lanes
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, item: T) -> R:
        """Return what `run` made of this item, or raise its error."""
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._idle:
            self._idle -= 1
            task = asyncio.create_task(self._lane())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await answer

    async def _lane(self) -> None:
        try:
            # One turn of the loop first, so that calls made in the same breath travel together.
            await asyncio.sleep(0)
            while self._waiting:
                await self._serve([self._waiting.popleft() for _ in range(min(self._size, len(self._waiting)))])
        finally:
            self._idle += 1

    async def _serve(self, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._run([item for item, _ in batch])
        except Exception as error:
            results = [error] * len(batch)
        for (_, answer), result in zip(batch, results, strict=True):
            _settle(answer, result)


def _settle(answer: asyncio.Future[R], result: R | Exception) -> None:
    if answer.done():
        return
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
