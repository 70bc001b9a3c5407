"""Claimed feeds are polled side by side, and a bug that one of them meets costs that one ten minutes."""

from __future__ import annotations

import asyncio
import logging

import pytest

from monitor.errors import StoreError
from monitor.steps import poller
from monitor.steps.poller import AFTER_FAULT, POLLS_AT_ONCE
from tests.steps.world import Item, World


async def test_a_bug_that_one_feed_meets_costs_that_feed_ten_minutes(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world.write({"outlets.yaml": world.outlets("/rss", "/other")})
    await world.reload()
    world.publish(Item("harbour"))
    world.publish(Item("weather"), path="/other")
    poll = poller.poll

    async def meet_a_bug(ctx, pipeline, feed):  # type: ignore[no-untyped-def]
        if feed.state.url.endswith("/rss"):
            raise KeyError("a bug")
        return await poll(ctx, pipeline, feed)

    work = world.work()
    with monkeypatch.context() as patch:
        patch.setattr(poller, "poll", meet_a_bug)
        await work.hosts.drain()
    assert work.poller.report.totals.feeds == 1
    assert (await world.feed()).due_at == world.clock + AFTER_FAULT
    (line,) = [one for one in caplog.records if vars(one).get("event") == "fault"]
    assert (line.name, line.levelno) == ("monitor", logging.ERROR)
    assert line.getMessage() == f"news: {world.news.url('/rss')}"
    assert line.exc_info
    world.later(minutes=10)
    await work.hosts.drain()
    assert sorted(one.article.title for one in await world.articles()) == ["News of the harbour", "News of the weather"]


async def test_a_poll_that_the_store_did_not_take_is_not_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise StoreError("away")

    world.publish(Item("harbour"))
    work = world.work()
    due = await world.claim()
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "write", fail)
        work.poller.begin(due)
        assert work.poller.is_busy()
        assert work.poller.room() == POLLS_AT_ONCE - 1
        await asyncio.wait(work.poller.tasks)
    assert not work.poller.is_busy()
    assert work.poller.room() == POLLS_AT_ONCE
    assert work.poller.report.totals.feeds == 0
    await world.ctx.claims.write_ends()
    assert [one.id for one in await world.claim()] == [one.id for one in due]


async def test_a_stop_waits_no_longer_than_its_grace(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never_end(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(poller, "poll", never_end)
    work = world.work()
    work.poller.begin(await world.claim())
    async with asyncio.timeout(30.0):
        await work.poller.finish(0.01)
    assert work.poller.tasks == set()
