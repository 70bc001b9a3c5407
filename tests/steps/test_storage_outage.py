"""The database goes away and comes back: said once, tried after a rest, told to the operator when it is over."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.steps import send_attempt, storage_outage
from monitor.steps.claims import StoreHealth
from monitor.store import Connection, Store, config_files, host_leases, outbox
from monitor.store.host_leases import HostPause
from tests.peers.http import Outlet, reply
from tests.peers.smtp import Peer
from tests.steps.test_config_in_force import worker_of
from tests.steps.world import OPERATOR, READER, START, Item, World, text_of

GONE = StoreError("the database is full")


@contextmanager
def away(world: World, monkeypatch: pytest.MonkeyPatch, at: Callable[..., object] | None = None) -> Iterator[list[Any]]:
    """Let writes fail: all of them, or those of one function; yields what was tried."""
    write, tried = world.store.write, list[Any]()

    async def refuse(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if at in (None, work):
            tried.append(work)
            raise GONE
        return await write(work, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "write", refuse)
        yield tried


def rested(world: World) -> None:
    """Let the rest after a failure, or the trial after it, be over."""
    world.ctx.claims.store_health.failed_at = world.ctx.claims.store_health.failed_at and -storage_outage.PAUSE
    world.ctx.claims.store_health.retried_at = -storage_outage.PAUSE


async def test_it_is_said_once_tried_after_a_rest_and_told_when_over(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    work = world.work()
    with away(world, monkeypatch) as tried:
        await work.hosts.round()
        await work.mailer.send_all()
        attempts = len(tried)
        assert await work.hosts.round() == 0
        assert len(tried) == attempts, "it does not rest"
        rested(world)
        assert await work.hosts.round() == 0
        assert len(tried) == attempts + 1
    assert await work.hosts.round() == 0, "a failed try begins the rest anew"
    world.later(minutes=7)
    rested(world)
    assert await storage_outage.may_work(world.ctx)
    assert world.ctx.claims.store_health.unavailable_since == START
    rested(world)
    assert await storage_outage.may_work(world.ctx)
    assert await storage_outage.may_work(world.ctx)
    said = [record.getMessage() for record in caplog.records if getattr(record, "event", "") == "database"]
    assert [line.split(":")[0] for line in said] == ["the database is full", "back"]
    await world.send()
    assert world.subjects(OPERATOR) == ["Recovered: storage"]
    assert "2026-11-23 10:00 UTC" in text_of(world.mails(OPERATOR)[0])
    assert await world.store.read(config_files.get_value, "room") == "", (
        "what was written to try it takes room no longer"
    )


async def test_what_is_left_of_a_claim_is_sent_as_soon_as_the_database_is_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.settle()
    world.publish(Item("harbour"))
    await world.visit()
    work = world.work()
    with away(world, monkeypatch, send_attempt.keep_message):
        assert await work.mailer.send_all() == 0
    assert world.mail.accepted == [], "nothing is sent whose bytes are not kept"
    assert await work.mailer.send_all() == 1


async def test_a_mail_whose_end_could_not_be_written_is_not_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.settle()
    world.publish(Item("harbour"))
    await world.visit()
    work = world.work()
    with away(world, monkeypatch, outbox.finish_sent):
        await work.mailer.send_all()
    world.later(hours=1)
    await work.mailer.send_all()
    assert [one.recipients for one in world.mail.accepted] == [(READER,)]


@pytest.mark.parametrize("first", range(4))
async def test_a_commit_whose_answer_is_lost_repeats_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    await world.settle()
    work, written, seen = world.work(), 0, set[int]()

    async def unheard(conn_work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        nonlocal written
        done = await write(conn_work, *args, **kwargs)
        written += 1
        if written == at:
            seen.add(at)
            raise StoreError("the server did not answer")
        return done

    write = world.store.write
    monkeypatch.setattr(world.store, "write", unheard)
    for at in range(first + 1, 30, 4):
        written = 0
        # Later than the feed is due, sooner than any claim runs out.
        world.later(minutes=7)
        world.publish(Item(f"harbour no{at}x"))
        for _ in range(4):
            await work.drain()
            await work.mailer.send_all()
            rested(world)
        assert sum(f"harbour no{at}x" in subject for subject in world.subjects()) == 1, at
    assert len(seen) > 3


async def test_ends_that_are_owed_are_all_written_once(world: World) -> None:
    written: list[int] = []

    def end(conn: Connection, number: int) -> None:
        written.append(number)

    world.ctx.claims.unwritten += [(end, (number,)) for number in range(5)]
    await asyncio.gather(*(world.ctx.claims.write_ends() for _ in range(3)))
    assert written == [0, 1, 2, 3, 4]
    assert world.ctx.claims.unwritten == []


async def test_whoever_waits_for_several_mails_gets_them_in_one_go(world: World) -> None:
    await world.settle()
    world.publish(*(Item(f"harbour {number}") for number in range(4)))
    await world.visit()
    assert await world.work().mailer.send_all() == 4


@pytest.fixture
async def moved(make_store: Callable[[str], Store], tmp_path: Path) -> AsyncIterator[World]:
    """A world on SQLite whose operator has a webhook at `/alarm` of its outlet."""
    async with World(tmp_path, make_store("sqlite"), Peer(), Outlet()) as world:
        with_hook = f"to: {OPERATOR}, webhook: {world.news.url('/alarm')}"
        world.write({"monitor.yaml": world.settings().replace(f"to: {OPERATOR}", with_hook)})
        await world.reload()
        world.news.routes["/alarm"] = reply(204)
        yield world


def file_of(world: World) -> Path:
    """The database's file."""
    assert world.store.place.path
    return world.store.place.path


async def test_a_database_that_is_moved_away_claims_nothing_and_calls_the_webhook_until_it_is_back(
    moved: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    work, file = moved.work(), file_of(moved)
    file.rename(file.with_name("elsewhere"))
    assert await work.hosts.round() == 0
    assert moved.news.asked("/alarm") == [], "the first failure may be over in a moment"
    for _ in range(3):
        rested(moved)
        assert await work.hosts.round() == 0
    (call,) = moved.news.asked("/alarm")
    assert "is gone" in json.loads(call.body)["text"]
    assert "put that same file back" in caplog.text
    file.touch()
    rested(moved)
    assert await work.hosts.round() == 0
    assert "another file stands in the place" in caplog.text, "another reason is said, too"
    file.with_name("elsewhere").replace(file)
    rested(moved)
    moved.publish(Item("harbour"))
    await work.drain()
    assert len(await moved.articles()) == 1


async def test_a_webhook_that_does_not_answer_holds_nothing_up(moved: World, caplog: pytest.LogCaptureFixture) -> None:
    moved.news.routes["/alarm"] = reply(500)
    work, file = moved.work(), file_of(moved)
    file.rename(file.with_name("elsewhere"))
    await work.hosts.round()
    rested(moved)
    assert await work.hosts.round() == 0
    assert "the operator's webhook could not be told: POST: status 500" in caplog.text
    file.with_name("elsewhere").rename(file)


async def test_the_end_of_a_claim_is_written_although_its_caller_is_cancelled_before(world: World) -> None:
    go = threading.Event()
    assert await world.store.write(
        host_leases.borrow, "a.test", "embedded:1", world.clock, world.clock + timedelta(minutes=1)
    )
    before = asyncio.ensure_future(world.store.write(lambda _: go.wait(30.0)))
    end = HostPause("a.test", "embedded:1", world.clock)
    ending = asyncio.create_task(world.ctx.claims.end(host_leases.give_back, end))
    await asyncio.sleep(0)
    ending.cancel()
    await asyncio.gather(ending, return_exceptions=True)
    go.set()
    await before
    await world.ctx.claims.write_ends()
    assert await world.count("SELECT count(*) FROM hosts WHERE token IS NOT NULL") == 0


async def test_one_outage_of_two_processes_is_told_once(world: World) -> None:
    worker = await worker_of(world)
    for ctx in (world.ctx, worker):
        ctx.claims.store_health = StoreHealth(START, "gone", None, -storage_outage.PAUSE)
    world.later(minutes=5)
    assert await storage_outage.may_work(world.ctx)
    world.later(seconds=1)
    assert await storage_outage.may_work(worker)
    assert worker.claims.store_health.unavailable_since is None
    await world.send()
    assert world.subjects(OPERATOR) == ["Recovered: storage"]
    world.ctx.claims.store_health = StoreHealth(world.clock, "gone", None, -storage_outage.PAUSE)
    world.later(seconds=1)
    assert await storage_outage.may_work(world.ctx)
    await world.send()
    assert world.subjects(OPERATOR) == ["Recovered: storage"] * 2, "another outage"
