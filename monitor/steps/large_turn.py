"""Let one poll at a time have pages of thousands of articles parsed, until what they brought is stored."""

from __future__ import annotations

import asyncio

LONGEST = 120.0
"""Seconds after which a turn ends in any case: the poll may go on to ask a slow host for further pages."""


class LargeTurn:
    """The turn of a poll with a large page: its worker, its articles and what is made of them fill the memory once.

    Polls are known by the ids of their feeds, so that all pages of one poll are in the same turn. First come, first
    served.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._holder: int | None = None
        self._is_free = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    async def take(self, feed: int) -> None:
        """Wait until no other poll has the turn; a poll that has it goes on at once."""
        while self._holder not in (None, feed):
            await self._is_free.wait()
        if self._holder is None:
            self._holder = feed
            self._is_free.clear()
            self._timer = asyncio.get_running_loop().call_later(self._longest, self.end, feed)

    def end(self, feed: int) -> None:
        """End the turn of a poll, if it has it."""
        if self._holder == feed:
            self._holder = None
            self._is_free.set()
            if self._timer:
                self._timer.cancel()
