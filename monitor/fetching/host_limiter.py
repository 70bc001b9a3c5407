"""Limit requests to one at a time for each host, with a gap between two that is longer where the host asks for it.

A host that allows more has further lanes, each with a line and gaps of its own; what it asks for rests them all. A host
at which requests hang is paused, so that its feeds do not wait for their deadlines one after the other.
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
Place = tuple[str, str]
"""A host and one of its lanes."""


class _Lane:
    """One line of callers at a host: its lock, and when the gap after its last turn is over."""

    __slots__ = ("free_at", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0

    def pause(self, seconds: float) -> None:
        """Leave the lane alone for so many seconds at least."""
        self.free_at = max(self.free_at, _end_of(seconds))


class _HostQueue:
    """The state of one host: its lanes by name, how many callers need it, until when it rests, how many hung."""

    __slots__ = ("held_until", "hung", "hung_until", "lanes", "users")

    def __init__(self) -> None:
        self.lanes: dict[str, _Lane] = {}
        self.users = 0
        self.held_until = 0.0
        self.hung = 0
        self.hung_until = 0.0

    def lane(self, name: str) -> _Lane:
        """Return the lane of this name, a new one where nobody has used it yet."""
        return self.lanes.setdefault(name, _Lane())

    def free_at(self, name: str) -> float:
        """Return from when on the lane may be used."""
        return max(self.held_until, self.hung_until, self.lane(name).free_at)


class HostLimiter:
    """Gives turns at hosts: one caller at a time for each lane of a host, the next `gap` seconds after a turn ended.

    The lane without a name is every host's own. `delays` holds longer gaps by host in seconds (crawl-delay); one that
    is set during a turn counts after it.
    """

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self.delays: dict[str, float] = {}
        self._queues: dict[str, _HostQueue] = {}
        # By the place at which somebody has a turn, the place at which the same caller waits for one.
        self._awaited: dict[Place, Place] = {}
        self._turns = 0

    @asynccontextmanager
    async def turn(
        self, host: str, lane: str = "", *, longest: float = MAX_HOLD, held: Collection[Place] = ()
    ) -> AsyncIterator[None]:
        """Wait for a turn at a host and hold it; `held` are the places at which the caller has its turn already.

        Raises TimeoutError at once where the host is paused for more than `longest` seconds, or where those who have
        their turn there wait for one of `held`, and FetchError where it is paused because requests hung.
        """
        queue = self._queue(host)
        queue.users += 1
        try:
            async with AsyncExitStack() as stack:
                with self._awaiting((host, lane), held):
                    await stack.enter_async_context(queue.lane(lane).lock)
                    await self._wait(queue, lane, longest)
                try:
                    yield
                finally:
                    queue.lane(lane).pause(self.gap(host))
        finally:
            queue.users -= 1

    @contextmanager
    def _awaiting(self, place: Place, held: Collection[Place]) -> Iterator[None]:
        """Note which place is awaited by whoever has a turn at others; TimeoutError where all would wait for ever.

        The wait-for graph of Coffman et al. (System Deadlocks, 1971): its edges never close a circle.
        """
        last = place
        while last in self._awaited:
            last = self._awaited[last]
        if last in held:
            raise TimeoutError
        self._awaited.update(dict.fromkeys(held, place))
        try:
            yield
        finally:
            for one in held:
                del self._awaited[one]

    def gap(self, host: str) -> float:
        """Return for how many seconds a lane of a host is left alone after a turn."""
        return max(self._gap, self.delays.get(host, 0.0))

    def hold(self, host: str, seconds: float) -> None:
        """Pause a host for so many seconds (Retry-After), at most a day; a pause is never shortened."""
        queue = self._queue(host)
        queue.held_until = max(queue.held_until, _end_of(seconds))

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

    def wait(self, host: str, lane: str = "") -> float:
        """Return for how many seconds a lane of a host is still paused."""
        queue = self._queues.get(host)
        return max(0.0, queue.free_at(lane) - _clock()) if queue else 0.0

    def rest(self, host: str) -> float:
        """Return for how many seconds all lanes of a host are still paused: by what it asked for, or a hang."""
        queue = self._queues.get(host)
        return max(0.0, queue.held_until - _clock(), queue.hung_until - _clock()) if queue else 0.0

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

    async def _wait(self, queue: _HostQueue, lane: str, longest: float) -> None:
        """Sleep until the lane is free; a pause that is set meanwhile counts, too."""
        while (left := queue.free_at(lane) - _clock()) > 0:
            hang_pause = queue.hung_until - _clock()
            if hang_pause > HUNG_WAIT:
                minutes = round(hang_pause / 60)
                raise FetchError("timeout", f"other requests to this host hung; it is left alone for {minutes} min")
            if left > longest:
                raise TimeoutError
            await asyncio.sleep(left)

    def _drop_unused(self) -> None:
        """Drop hosts that nobody uses, so that 100,000 hosts seen once take no memory."""
        now = _clock()
        # A host that hung stays, since its next pause depends on the count.
        self._queues = {
            host: queue
            for host, queue in self._queues.items()
            if queue.users or queue.hung or max(map(queue.free_at, queue.lanes), default=queue.held_until) > now
        }


def _end_of(seconds: float) -> float:
    """Return when a pause of so many seconds from now ends, at most a day."""
    return _clock() + min(max(seconds, 0.0), MAX_HOLD)


def _clock() -> float:
    return asyncio.get_running_loop().time()
