"""Outlets for the replay bench, in a process of their own: feeds whose articles appear in time, and a page behind each.

Three outlets of four publish one article at a time, the others fifteen at once. Feeds give an excerpt. Pages are the
real ones of `MONITOR_TEST_DATA` whose text is known, else those of `tests.articles.pages`.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path

from tests.articles.pages import pages
from tests.bench.feed_mix import host

SHOWN, BURST, BURSTS = 30, 15, 4
"""Entries that a feed shows; articles at once, of every so manieth outlet."""


@dataclass(frozen=True)
class Plan:
    """How many outlets publish how many articles, in how many seconds from which moment (`time.time`) on."""

    outlets: int
    articles: int
    seconds: float
    begin: float

    def moments(self) -> list[list[float]]:
        """Return when each outlet publishes each of its articles, in order; the same each time."""
        chance = random.Random(13)
        moments: list[list[float]] = [[] for _ in range(self.outlets)]
        left = self.articles
        while left:
            outlet = chance.randrange(self.outlets)
            count = min(BURST, left) if publishes_at_once(outlet) else 1
            # As many articles of one outlet as of another, whether they come singly or not.
            if count == 1 or chance.random() < 1 / BURST:
                moments[outlet] += [self.begin + chance.random() * self.seconds] * count
                left -= count
        return [sorted(times) for times in moments]


def publishes_at_once(outlet: int) -> bool:
    """Tell whether an outlet publishes fifteen articles at once."""
    return outlet % BURSTS == BURSTS - 1


@dataclass
class Publishers:
    """All outlets; `asked` has the moments at which each feed was asked for."""

    plan: Plan
    asked: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._moments = self.plan.moments()
        self._pages = sample_pages()

    def answer(self, path: str) -> bytes:
        """Return the whole answer to a request: `/3/feed` is the third outlet's feed, `/3/17` its article 17."""
        outlet, _, name = path[1:].partition("/")
        if name == "feed":
            self.asked[int(outlet)].append(time.time())
            return _answer("application/rss+xml", self._feed(int(outlet)))
        if name.isdecimal():
            return _answer("text/html", self._page(int(outlet), int(name))[0])
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    def _page(self, outlet: int, number: int) -> tuple[bytes, str]:
        return self._pages[(outlet * 31 + number) % len(self._pages)]

    def _feed(self, outlet: int) -> bytes:
        count = bisect_right(self._moments[outlet], time.time())
        entries = (self._entry(outlet, number) for number in range(count - 1, max(count - SHOWN, 0) - 1, -1))
        return f"<rss version='2.0'><channel><title>{outlet}</title>{''.join(entries)}</channel></rss>".encode()

    def _entry(self, outlet: int, number: int) -> str:
        words = self._page(outlet, number)[1].split()
        title = f"{' '.join(words[:8])} {outlet}x{number}{' harbour' if number % 20 == 0 else ''}"
        date = datetime.fromtimestamp(self._moments[outlet][number], UTC) - timedelta(seconds=30)
        return (
            f"<item><title>{escape(title)}</title><link>/{outlet}/{number}</link><pubDate>{format_datetime(date)}</pubDate>"
            f"<description>{escape(' '.join(words[:40]))} {outlet}x{number}</description></item>"
        )

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until its end."""
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                writer.write(self.answer(request.split(b" ", 2)[1].decode()))
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


def sample_pages() -> list[tuple[bytes, str]]:
    """Return pages, each with the text of its article."""
    data = os.environ.get("MONITOR_TEST_DATA")
    if not data:
        return [(html.encode(), text) for _, html, text in pages()]
    folder = Path(data) / "pages" / "article-extraction-benchmark"
    known = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    texts = {name: one["articleBody"] for name, one in sorted(known.items())}
    return [
        (gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), text)
        for name, text in texts.items()
        if len(text) > 1500  # else the feed would give nearly all of it
    ]


async def listen(talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], outlets: int) -> int:
    """Let so many outlets answer, each at a loopback address of its own; return the port that they share."""
    first = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=256)
    port: int = first.sockets[0].getsockname()[1]
    for number in range(outlets):
        await asyncio.start_server(talk, host(number), port, backlog=256)
    return port


def publish(plan: Plan, pipe: Connection) -> None:
    """Run the outlets until they are killed: send their port, and at each request when feeds were asked for."""
    asyncio.run(_publish(Publishers(plan), pipe))


async def _publish(outlets: Publishers, pipe: Connection) -> None:
    pipe.send(await listen(outlets.talk, outlets.plan.outlets))
    while await asyncio.to_thread(pipe.recv):
        pipe.send(dict(outlets.asked))


def _answer(kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
