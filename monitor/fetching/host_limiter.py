"""Limit requests to one at a time for each host, with a gap between two that is longer where the host asks for it.

A host at which requests hang is paused, so that its feeds do not wait for their deadlines one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from monitor.errors import FetchError

MAX_HOLD = 86_400.0
"""Seconds that a host is paused at most."""
HUNG = 180.0
"""Seconds that a host is paused after a request hung; doubled with each one in a row."""
MAX_HUNG = 3600.0
HUNG_WAIT = 45.0
"""Callers wait for the last so many seconds of such a pause, and fail before."""
PRUNE_EVERY = 1024
"""Turns between two removals of hosts that are no longer needed."""


class _HostQueue:
    """The state of one host: its lock, how many callers need it, when it is free, how many requests hung."""

    __slots__ = ("free_at", "hung", "hung_until", "lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0
        self.free_at = 0.0
        self.hung = 0
        self.hung_until = 0.0


class HostLimiter:
    """Gives turns at hosts: one caller at a time for each host, and the next `gap` seconds after a turn ended.

    `delays` holds longer gaps by host in seconds (crawl-delay); one that is set during a turn counts after it.
    """

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self.delays: dict[str, float] = {}
        self._queues: dict[str, _HostQueue] = {}
        # By the host at which somebody has a turn, the host at which the same caller waits for one.
        self._awaited: dict[str, str] = {}
        self._turns = 0

    @asynccontextmanager
    async def turn(self, host: str, *, longest: float = MAX_HOLD, held: Collection[str] = ()) -> AsyncIterator[None]:
        """Wait for a turn at a host and hold it; `held` are the hosts at which the caller has its turn already.

        Raises TimeoutError at once where the host is paused for more than `longest` seconds, or where those who have
        their turn there wait for one of `held`, and FetchError where it is paused because requests hung.
        """
        queue = self._queue(host)
        queue.users += 1
        try:
            async with AsyncExitStack() as stack:
                with self._awaiting(host, held):
                    await stack.enter_async_context(queue.lock)
                    await self._wait(queue, longest)
                try:
                    yield
                finally:
                    self._pause(queue, self.gap(host))
        finally:
            queue.users -= 1

    @contextmanager
    def _awaiting(self, host: str, held: Collection[str]) -> Iterator[None]:
        """Note which host is awaited by whoever has a turn at others; TimeoutError where all would wait for ever.

        The wait-for graph of Coffman et al. (System Deadlocks, 1971): its edges never close a circle.
        """
        last = host
        while last in self._awaited:
            last = self._awaited[last]
        if last in held:
            raise TimeoutError
        self._awaited.update(dict.fromkeys(held, host))
        try:
            yield
        finally:
            for one in held:
                del self._awaited[one]

    def gap(self, host: str) -> float:
        """Return for how many seconds a host is left alone after a turn."""
        return max(self._gap, self.delays.get(host, 0.0))

    def hold(self, host: str, seconds: float) -> None:
        """Pause a host for so many seconds (Retry-After), at most a day; a pause is never shortened."""
        self._pause(self._queue(host), seconds)

    def hang(self, host: str) -> None:
        """Pause a host after a request ran into its deadline: 3 minutes, doubled with each in a row, at most an hour.

        No longer, since only one feed of the host may be slow.
        """
        queue = self._queue(host)
        # The power is bounded, since a host may hang thousands of times in a row.
        queue.hung_until = _clock() + min(HUNG * 2 ** min(queue.hung, 10), MAX_HUNG)
        queue.hung += 1

    def answered(self, host: str) -> None:
        """End the pause of a host for requests that hung, since it gave an answer."""
        if queue := self._queues.get(host):
            queue.hung = 0
            queue.hung_until = 0.0

    def end_hang_pauses(self) -> None:
        """End all pauses for requests that hung, since the cause was our network."""
        for host in self._queues:
            self.answered(host)

    def wait(self, host: str) -> float:
        """Return for how many seconds a host is still paused."""
        queue = self._queues.get(host)
        return max(0.0, queue.free_at - _clock(), queue.hung_until - _clock()) if queue else 0.0

    def hangs(self, host: str) -> int:
        """Return how many requests to a host hung in a row."""
        queue = self._queues.get(host)
        return queue.hung if queue else 0

    def expect_hangs(self, host: str, count: int) -> None:
        """Count requests that hung elsewhere, so that the next pause is as long as if they had hung here."""
        if count:
            self._queue(host).hung = count

    def _queue(self, host: str) -> _HostQueue:
        self._turns += 1
        if self._turns % PRUNE_EVERY == 0:
            self._drop_unused()
        return self._queues.setdefault(host, _HostQueue())

    async def _wait(self, queue: _HostQueue, longest: float) -> None:
        """Sleep until the host is free; a pause that is set meanwhile counts, too."""
        while (left := max(queue.free_at, queue.hung_until) - _clock()) > 0:
            hang_pause = queue.hung_until - _clock()
            if hang_pause > HUNG_WAIT:
                minutes = round(hang_pause / 60)
                raise FetchError("timeout", f"other requests to this host hung; it is left alone for {minutes} min")
            if left > longest:
                raise TimeoutError
            await asyncio.sleep(left)

    def _pause(self, queue: _HostQueue, seconds: float) -> None:
        queue.free_at = max(queue.free_at, _clock() + min(max(seconds, 0.0), MAX_HOLD))

    def _drop_unused(self) -> None:
        """Drop hosts that nobody uses, so that 100,000 hosts seen once take no memory."""
        now = _clock()
        # A host that hung stays, since its next pause depends on the count.
        self._queues = {
            host: queue for host, queue in self._queues.items() if queue.users or queue.hung or queue.free_at > now
        }


def _clock() -> float:
    return asyncio.get_running_loop().time()
