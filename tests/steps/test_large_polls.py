"""Polls of thousands: stored beside the others, one after the other, compared in part, told in one digest."""

from __future__ import annotations

import asyncio
import gc

import pytest

from monitor.isolate import Workers
from monitor.model import Page
from monitor.steps import ingest as ingest_step
from monitor.steps import ingest_batches
from monitor.steps.context import Context
from monitor.steps.ingest import Ingested, ingest
from monitor.steps.parse_page import ParseJob
from monitor.steps.poll import open_pipeline, poll
from monitor.steps.poll_result import PollResult
from tests.steps.world import READER, Item, World, rule_for

LONG = " ".join(f"word{number}" for number in range(60)) + " in Istanbul with Sergey Lavrov and {} delegates"
PATHS = ("/one", "/two", "/three", "/four")


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


async def test_a_large_page_is_parsed_once_what_others_brought_is_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.steps.poll.LARGE", 10_000)
    monkeypatch.setattr("monitor.steps.poll.ARTICLES_A_TRANSACTION", 50)
    world.write({"outlets.yaml": world.outlets(*PATHS)})
    await world.reload()
    for path in PATHS:
        world.publish(*(Item(f"harbour {path[1:]} {number}") for number in range(100)), path=path)
    order: list[str] = []
    packed: list[bool] = []
    whole: list[int] = []
    goes_on = asyncio.Event()

    async def parsed_of(workers: Workers, message: list[ParseJob]) -> list[object]:
        order.append("parse")
        packed.extend(one.is_packed for one in message)
        return await run(workers, message)

    async def stored(ctx: Context, poll_results: list[PollResult]) -> list[Ingested]:
        await goes_on.wait()
        order.append("store")
        whole.append(sum(isinstance(one, Page) and len(one.body) > 10_000 for one in gc.get_objects()))
        return await ingest(ctx, poll_results)

    run = Workers.run
    monkeypatch.setattr(Workers, "run", parsed_of)
    monkeypatch.setattr("monitor.steps.poll.ingest", stored)
    road = open_pipeline(world.ctx)
    polls = [asyncio.create_task(poll(world.ctx, road, feed)) for feed in await world.claim()]
    asyncio.get_running_loop().call_later(0.2, goes_on.set)
    kept = await asyncio.gather(*polls)
    assert [one.new for one in kept if one] == [100] * 4
    assert order == ["parse", "store"] * 4
    # All wait compressed, and nothing holds them as they came.
    assert (packed, whole) == ([True] * 4, [0] * 4)


async def test_of_a_flood_so_many_are_compared_by_their_events(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_step, "MOST_EVENTS", 7)
    monkeypatch.setattr(ingest_batches, "ARTICLES_A_TRANSACTION", 5)
    await world.settle()
    world.publish(*(Item(f"harbour of Place{number}", LONG.format(number)) for number in range(12)))
    assert (await world.visit()).matched == 12
    assert await world.count("SELECT count(*) FROM event_signs") == 7
    assert await world.count("SELECT count(*) FROM text_signatures") > 7


async def test_two_thousand_entries_that_match_at_once_are_one_digest(world: World) -> None:
    world.write({"rules.yaml": rule_for([READER]).replace("query", "send: hourly, query")})
    await world.reload()
    await world.settle()
    world.publish(*(Item(f"harbour {number}", f"Ship {number} came.") for number in range(2_000)))
    kept = await world.visit()
    assert (kept.new, kept.matched) == (2_000, 2_000)
    world.later(hours=1)
    assert await world.send() == 1
    assert world.subjects() == ["2,000 stories: Harbour 2,000"]
