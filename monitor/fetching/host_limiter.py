"""Politeness to hosts: one caller at a time each, with a gap between them, longer when the host asks for it.

A host at which requests hang is left alone, so that its feeds do not wait for their deadlines one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from monitor.errors import FetchError

MAX_HOLD = 86_400.0
HUNG = 180.0
"""Seconds that a host is left alone after a request hung; doubled with each one in a row."""
MAX_HUNG = 3600.0
HUNG_WAIT = 45.0
"""Seconds of that for which callers queue rather than fail."""
SWEEP_EVERY = 1024


class _Post:
    """One host's place in the turnstile: who is in, how many wait, when the next may go, and how many in a row hung."""

    __slots__ = ("free_at", "hung", "hung_until", "lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0
        self.free_at = 0.0
        self.hung = 0
        self.hung_until = 0.0


class HostLimiter:
    """Lets one caller at a time through to each host, and the next one `gap` seconds after it left.

    `delays` holds the longer gaps that hosts ask for (a crawl-delay), in seconds; one learnt within a turn counts.
    """

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self.delays: dict[str, float] = {}
        self._posts: dict[str, _Post] = {}
        self._turns = 0

    @asynccontextmanager
    async def turn(self, host: str, *, longest: float = MAX_HOLD) -> AsyncIterator[None]:
        """Wait for the turn at a host and hold it.

        Where the host is known to be held for more than `longest` seconds, TimeoutError says so at once; where it is
        left alone because requests hung, a FetchError with their reason does.
        """
        post = self._post(host)
        post.users += 1
        try:
            async with post.lock:
                await self._wait(post, longest)
                try:
                    yield
                finally:
                    self._keep_off(post, max(self._gap, self.delays.get(host, 0.0)))
        finally:
            post.users -= 1

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody through to a host for so long (a Retry-After): at most a day, never shorter than held already."""
        self._keep_off(self._post(host), seconds)

    def hang(self, host: str) -> None:
        """Leave a host alone after a request to it ran into its deadline: 3 minutes, doubled in a row, at most an hour.

        No longer, since the host may be well and one of its feeds slow.
        """
        post = self._post(host)
        post.hung_until = _clock() + min(HUNG * 2 ** min(post.hung, 10), MAX_HUNG)
        post.hung += 1

    def answered(self, host: str) -> None:
        """Note that a host gave an answer: requests to it hang no more."""
        if post := self._posts.get(host):
            post.hung = 0
            post.hung_until = 0.0

    def pardon(self) -> None:
        """Leave no host alone any longer for requests that hung: it was our network."""
        for host in self._posts:
            self.answered(host)

    def wait(self, host: str) -> float:
        """For how many seconds the host is still held: come back later rather than queue when that is long."""
        post = self._posts.get(host)
        return max(0.0, post.free_at - _clock(), post.hung_until - _clock()) if post else 0.0

    def _post(self, host: str) -> _Post:
        self._turns += 1
        if self._turns % SWEEP_EVERY == 0:
            self._sweep()
        return self._posts.setdefault(host, _Post())

    async def _wait(self, post: _Post, longest: float) -> None:
        """Sleep until the host is free; a hold that comes meanwhile counts too."""
        while (left := max(post.free_at, post.hung_until) - _clock()) > 0:
            alone = post.hung_until - _clock()
            if alone > HUNG_WAIT:
                minutes = round(alone / 60)
                raise FetchError("timeout", f"other requests to this host hung; it is left alone for {minutes} min")
            if left > longest:
                raise TimeoutError
            await asyncio.sleep(left)

    def _keep_off(self, post: _Post, seconds: float) -> None:
        post.free_at = max(post.free_at, _clock() + min(max(seconds, 0.0), MAX_HOLD))

    def _sweep(self) -> None:
        """Forget hosts that nobody waits for, so that 100,000 hosts seen once cost nothing."""
        now = _clock()
        self._posts = {
            host: post for host, post in self._posts.items() if post.users or post.hung or post.free_at > now
        }


def _clock() -> float:
    return asyncio.get_running_loop().time()
