"""A stop: what waits for an outlet is left at once, transactions and the mail under way come to their end."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

import pytest

from monitor.store import Connection, poll_records
from tests.steps.world import READER, RULES, Item, World

NEVER = 3600.0
SOON = 20.0
"""Seconds after which a test is stuck: an outlet that hangs is given up after sixty."""


async def _reached(condition: Callable[[], bool]) -> None:
    """Wait for a thread or a peer, which have no event to wait for."""
    deadline = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def _claimed(world: World) -> int:
    return await world.count("SELECT count(*) FROM feeds WHERE token IS NOT NULL")


@pytest.mark.parametrize("waits_for", ["the answer", "its turn"])
async def test_a_stop_leaves_outlets_that_hang_and_gives_their_claims_back(world: World, waits_for: str) -> None:
    if waits_for == "its turn":
        world.ctx.access.host_limiter.hold("127.0.0.1", 30.0)
    world.news.hang("/rss")
    work = world.work()
    assert await work.hosts.round() == 1
    await _reached(lambda: bool(world.news.requests) or waits_for == "its turn")
    assert await _claimed(world) == 1
    async with asyncio.timeout(SOON):
        await work.finish(NEVER)
    assert await _claimed(world) == 0
    assert (await world.feed()).last_poll_at is None, "nobody is blamed for it"
    assert await work.hosts.round() == 0, "nothing new begins"


async def test_a_stop_waits_for_what_is_on_its_way_into_the_database(world: World) -> None:
    world.publish(Item("harbour"))
    work, busy, go = world.work(), threading.Event(), threading.Event()
    assert await work.hosts.round() == 1

    def hold(conn: Connection) -> None:
        busy.set()
        go.wait(SOON)

    holding = asyncio.create_task(world.store.write(hold))
    await _reached(lambda: busy.is_set() and bool(world.news.requests) and not work.poller._pipeline.waiting_for_hosts)
    stopping = asyncio.create_task(work.finish(NEVER))
    await asyncio.sleep(0)
    assert not stopping.done()
    go.set()
    async with asyncio.timeout(SOON):
        await asyncio.gather(stopping, holding)
    assert len(await world.articles()) == 1
    assert (await world.feed()).last_ok_at is not None


async def test_a_stop_ends_the_mail_under_way_and_leaves_those_behind_it(world: World) -> None:
    everybody = [READER, "bob@readers.test", "cid@readers.test"]
    world.write({"rules.yaml": RULES.replace(READER, ", ".join(everybody))})
    await world.reload()
    await world.settle()
    world.publish(Item("harbour"))
    await world.visit()
    world.mail.fault("rcpt=slow:0.5")
    work = world.work()
    sending = asyncio.create_task(work.mailer.send_all())
    await _reached(lambda: any("RCPT" in line for line in world.mail.heard))
    async with asyncio.timeout(SOON):
        await work.finish(NEVER)
    assert await sending == 1
    assert len(world.mail.accepted) == 1
    assert sorted([one.state.value for one in await world.deliveries()])[-3:] == ["sent", "waiting", "waiting"]
    assert await world.count("SELECT count(*) FROM deliveries WHERE token IS NOT NULL") == 0


@pytest.mark.parametrize(("count", "lines"), [(1, 0), (3, 1)])
async def test_a_feed_of_one_item_fills_no_log_with_its_gaps(
    world: World, caplog: pytest.LogCaptureFixture, count: int, lines: int
) -> None:
    caplog.set_level(logging.INFO)
    await world.settle()
    world.publish(*(Item(f"market {number}") for number in range(count)))
    world.later(hours=1)
    await world.work().drain()
    assert [getattr(record, "event", "") for record in caplog.records].count("gap") == lines
    assert len(await world.store.read(poll_records.open_gaps)) == 1
