"""The yardstick of the poll bench: what plain httpx and feedparser take for the same feeds, storing nothing.

`python -m tests.bench.beside PORT FEEDS [--of 20] [--from 0]` asks the bench's web server for every 20th of the first
FEEDS feeds (starting with feed `--from`) through one `httpx.AsyncClient`, parses each with `feedparser.parse`, and
prints the CPU seconds that all the feeds would take at that rate. Imports are not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import time

import feedparser
import httpx

from tests.bench.feeds import ENTRIES, host


async def read(client: httpx.AsyncClient, address: str) -> None:
    """One feed, asked and parsed; what is no whole feed would make a false yardstick."""
    answer = await client.get(address)
    if len(feedparser.parse(answer.content).entries) != ENTRIES:
        raise SystemExit(f"{address} did not answer with {ENTRIES} entries")


async def read_all(addresses: list[str]) -> float:
    """Return the CPU seconds that reading these feeds takes."""
    async with httpx.AsyncClient() as client:
        began = time.process_time()
        await asyncio.gather(*(read(client, address) for address in addresses))
        return time.process_time() - began


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("port", type=int)
    asked.add_argument("feeds", type=int)
    asked.add_argument("--of", type=int, default=20)
    asked.add_argument("--from", type=int, default=0, dest="first")
    options = asked.parse_args()
    numbers = range(options.first, options.feeds, options.of)
    spent = asyncio.run(read_all([f"http://{host(number)}:{options.port}/{number}.xml" for number in numbers]))
    print(f"{spent * options.feeds / len(numbers):.2f}")
