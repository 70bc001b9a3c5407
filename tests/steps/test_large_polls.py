"""A poll of thousands of articles is stored beside the others."""

from __future__ import annotations

import asyncio

import pytest

from monitor.steps.context import Context
from monitor.steps.ingest import Ingested, ingest
from monitor.steps.poll import open_pipeline, poll
from monitor.steps.poll_result import PollResult
from tests.steps.world import Item, World


async def test_a_few_articles_do_not_wait_until_thousands_are_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.write({"outlets.yaml": world.outlets("/large", "/rss")})
    await world.reload()
    world.publish(*(Item(f"harbour {number}", text="Short.") for number in range(1_001)), path="/large")
    world.publish(Item("weather"))
    goes_on = asyncio.Event()

    async def wait_with_large_ones(ctx: Context, poll_results: list[PollResult]) -> list[Ingested]:
        if any(len(one.articles) > 1_000 for one in poll_results):
            await goes_on.wait()
        return await ingest(ctx, poll_results)

    monkeypatch.setattr("monitor.steps.poll.ingest", wait_with_large_ones)
    road = open_pipeline(world.ctx)
    large, small = sorted(await world.claim(), key=lambda feed: feed.state.url)
    storing = asyncio.create_task(poll(world.ctx, road, large))
    async with asyncio.timeout(30):
        kept = await poll(world.ctx, road, small)
    goes_on.set()
    assert kept is not None
    assert (kept.new, storing.done()) == (1, False)
    stored = await storing
    assert stored is not None
    assert stored.new == 1_001
