"""CPU a request of the guarded client: `python -m tests.bench.http --requests 2000 --hosts 250 --connections 200`.

A server in a process of its own answers on 127.0.x.y; only the client's process is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import resource
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection

from monitor.net import Client, Gate
from tests.peers.http import Outlet


def hosts_of(count: int) -> tuple[str, ...]:
    """As many loopback addresses."""
    return tuple(f"127.0.{number // 250}.{number % 250 + 1}" for number in range(count))


def serve(hosts: tuple[str, ...], size: int, pipe: Connection) -> None:
    """Run the outlet until the other end of the pipe goes away."""

    async def run() -> None:
        async with Outlet(hosts=hosts, record=False) as outlet:
            outlet.feed("/feed", os.urandom(size), etag='"1"')
            pipe.send(outlet.port)
            await asyncio.to_thread(pipe.poll, None)

    asyncio.run(run())


async def ask(client: Client, url: str, headers: Mapping[str, str]) -> int:
    """One request; only the status is kept."""
    return (await client.get(url, headers)).status


async def measure(hosts: tuple[str, ...], port: int, requests: int, connections: int) -> None:
    """Ask everything, whole and then unchanged, and print what it cost."""
    client = Client(Gate(["127.0.0.0/8"]), user_agent="bench", connections=connections)
    await client.get(f"http://{hosts[0]}:{port}/feed")
    for label, headers in (("first, whole", {}), ("again, whole", {}), ("unchanged, 304", {"if-none-match": '"1"'})):
        urls = [f"http://{hosts[number % len(hosts)]}:{port}/feed" for number in range(requests)]
        cpu, wall = time.process_time(), time.perf_counter()
        answers = await asyncio.gather(*(ask(client, url, headers) for url in urls))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(f"{label:15} {cpu / requests * 1000:6.3f} ms CPU a request, {requests / wall:6.0f}/s, {set(answers)}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    await client.close()


def main() -> None:
    """Measure with the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("requests", 2000), ("hosts", 250), ("connections", 200), ("kb", 75)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    hosts = hosts_of(given.hosts)
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(hosts, given.kb * 1024, theirs))
    server.start()
    try:
        asyncio.run(measure(hosts, ours.recv(), given.requests, given.connections))
    finally:
        ours.send("stop")
        server.join(10)


if __name__ == "__main__":
    main()
