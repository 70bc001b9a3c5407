"""The yardstick of the poll bench: what plain httpx and feedparser take for the same feeds, storing nothing.

`python -m tests.bench.beside PORT FEEDS [--from 0]` asks the bench's web server for about every 21st of the first FEEDS
feeds, as many of each kind (`sample` in `tests.bench.feed_mix`, from feed `--from` on), through one
`httpx.AsyncClient`, parses each with `feedparser.parse`, and prints the CPU seconds that all the feeds would take at
that rate. Imports are not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import time

import feedparser
import httpx

from tests.bench.feed_mix import ENTRIES, host, sample


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
    asked.add_argument("--from", type=int, default=0, dest="first")
    options = asked.parse_args()
    numbers = sample(options.first, options.feeds)
    spent = asyncio.run(read_all([f"http://{host(number)}:{options.port}/{number}.xml" for number in numbers]))
    print(f"{spent * options.feeds / len(numbers):.2f}")
