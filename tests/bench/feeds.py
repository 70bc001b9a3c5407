"""A web server for benchmarks: a thousand generated feeds (`tests.bench.feed_mix`) over 250 loopback hosts.

`python -m tests.bench.feeds --feeds 1000` prints its port and answers GET /N.xml on 127.1.a.b; a POST to /round/K on
127.0.0.1 starts round K: 0 all new, 1 nothing changed, 2 ten per cent of the feeds have three new entries each.
With `--hang 0.1` that share of the feeds accepts the request and never answers.
"""

from __future__ import annotations

import argparse
import asyncio

from tests.bench.feed_mix import ENTRIES, document, host


class Feeds:
    """The feeds as they stand in the present round."""

    def __init__(self, count: int, hang: float) -> None:
        self.round = 0
        self.hanging = {n for n in range(count) if hang and n % round(1 / hang) == 0}
        self.bodies = [document(n, ENTRIES) for n in range(count)]
        # Two of twenty, and two others of the next twenty, so that every kind changes.
        self.changed = {n: document(n, ENTRIES + 3) for n in range(count) if (n + n // 20) % 10 == 0}
        self.requests = 0

    def answer(self, number: int, request: bytes) -> bytes:
        """Return the whole HTTP answer for one feed."""
        self.requests += 1
        fresh = self.round >= 2 and number in self.changed
        tag = f'"{number}-{2 if fresh else 0}"'.encode()
        if tag in request:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        body = self.changed[number] if fresh else self.bodies[number]
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %s\r\nContent-Length: %d\r\n\r\n"
        return head % (tag, len(body)) + body

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until its end."""
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ", 2)[1]
                if path.startswith(b"/round/"):
                    self.round = int(path.rpartition(b"/")[2])
                    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
                elif not path.endswith(b".xml"):
                    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                elif (number := int(path[1:-4])) in self.hanging:
                    await reader.read()
                else:
                    writer.write(self.answer(number, request))
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


async def serve(count: int, hang: float) -> None:
    """Listen on every host, print the port, and serve until standard input closes."""
    feeds = Feeds(count, hang)
    first = await asyncio.start_server(feeds.talk, "127.0.0.1", 0, backlog=1024)
    port = first.sockets[0].getsockname()[1]
    hosts = sorted({host(number) for number in range(count)})
    servers = [first] + [await asyncio.start_server(feeds.talk, name, port, backlog=256) for name in hosts]
    print(port, flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, input_closed)
    for server in servers:
        server.close()


def input_closed() -> None:
    """Wait until whoever started this server lets go of its standard input."""
    import sys

    sys.stdin.read()


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--hang", type=float, default=0.0)
    asked = options.parse_args()
    asyncio.run(serve(asked.feeds, asked.hang))
