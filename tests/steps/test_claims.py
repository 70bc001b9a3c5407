"""Claims while the store fails: what was claimed is released and what was done is recorded once it answers again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.model import State
from monitor.steps.claims import ClaimEnd, Claims
from monitor.store import Store, deliveries, delivery_admin, outbox
from monitor.store.outbox import DueDelivery
from tests.store.make import LEASE, NOW, alert

GONE = StoreError("the database is full")
READERS = [f"r{number}@readers.test" for number in range(3)]


class Failures:
    """Lets writes of a store fail while `when` is set: before their transaction, after its commit, or `never` begin."""

    def __init__(self, store: Store) -> None:
        self.when = ""
        self.written: list[object] = []
        self._write = store.write

    async def write(self, work: Callable[..., Any], *args: Any) -> Any:
        """Do what the store does, and fail."""
        if self.when == "before":
            raise GONE
        if self.when == "never":
            await asyncio.Event().wait()
        result = await self._write(work, *args)
        if self.when == "after":
            raise GONE
        self.written.append(work)
        return result


@pytest.fixture
def failures(store: Store, monkeypatch: pytest.MonkeyPatch) -> Failures:
    """A store in which three deliveries are due, and which can be made to fail."""
    with store.begin() as conn:
        deliveries.add(conn, [alert(reader) for reader in READERS], NOW)
    failures = Failures(store)
    monkeypatch.setattr(store, "write", failures.write)
    return failures


def releases(due: list[DueDelivery]) -> list[ClaimEnd]:
    return [(outbox.release, (due[0].token,))] if due else []


async def claim(claims: Claims) -> list[DueDelivery]:
    return await claims.claim(outbox.claim, releases, NOW, 9, LEASE)


async def states(store: Store) -> list[State]:
    return [one.state for one in await store.read(delivery_admin.listing)]


async def test_what_is_claimed_is_held_until_its_end(store: Store, failures: Failures) -> None:
    claims = Claims(store, lambda: NOW)
    due = await claim(claims)
    assert [one.alert.recipient for one in due] == READERS
    assert await claim(claims) == []
    await claims.end(outbox.release, due[0].token)
    assert len(await claim(claims)) == 3
    assert claims.unwritten == []


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_claim_that_failed_is_released_whether_it_was_committed_or_not(
    store: Store, failures: Failures, when: str
) -> None:
    claims = Claims(store, lambda: NOW)
    failures.when = when
    with pytest.raises(StoreError):
        await claim(claims)
    failures.when = ""
    await claims.write_ends()
    assert len(await claim(claims)) == 3


async def test_what_was_done_is_recorded_in_turn_once_the_store_answers(store: Store, failures: Failures) -> None:
    claims = Claims(store, lambda: NOW)
    due = await claim(claims)
    failures.when = "before"
    for one in due[:2]:
        await claims.end(outbox.finish_sent, one, NOW)
    await claims.end(outbox.release, due[2].token)
    for _ in range(2):
        with pytest.raises(StoreError):
            await claims.write_ends()
    assert len(claims.unwritten) == 3, "nothing is forgotten while it fails"
    failures.when, failures.written = "", []
    await asyncio.gather(claims.write_ends(), claims.write_ends())
    assert failures.written == [outbox.finish_sent, outbox.finish_sent, outbox.release], "each once"
    assert sorted(await states(store)) == [State.SENT, State.SENT, State.WAITING]
    assert len(await claim(claims)) == 1


async def test_an_end_that_was_given_up_with_its_caller_is_recorded_all_the_same(
    store: Store, failures: Failures
) -> None:
    claims = Claims(store, lambda: NOW)
    one, *_ = await claim(claims)
    failures.when = "never"
    ending = asyncio.create_task(claims.end(outbox.finish_sent, one, NOW))
    await asyncio.wait([ending], timeout=0)
    ending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ending
    failures.when = ""
    await claims.write_ends()
    assert sorted(await states(store)) == [State.SENT, State.WAITING, State.WAITING]
    assert claims.store_health.unavailable_since is None


async def test_the_first_failure_is_noted_and_logged(
    store: Store, failures: Failures, caplog: pytest.LogCaptureFixture
) -> None:
    moments = iter([NOW, NOW + timedelta(hours=1)])
    claims = Claims(store, lambda: next(moments))
    before = asyncio.get_running_loop().time()
    failures.when = "before"
    await claims.end(outbox.release, "")
    failed_at = claims.store_health.failed_at
    assert failed_at is not None
    assert failed_at >= before
    claims.note_failure(StoreError("another reason"))
    health = claims.store_health
    assert (health.unavailable_since, health.reason, health.failed_at) == (NOW, str(GONE), failed_at)
    (record,) = [one for one in caplog.records if vars(one).get("event") == "database"]
    assert record.levelno == logging.WARNING
    assert str(GONE) in record.getMessage()


async def test_a_failure_on_trial_begins_the_rest_anew(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged where it is another one: a worker whose database is back may be unable to use what it says."""
    claims = Claims(store, lambda: NOW)
    for reason in (str(GONE), str(GONE), "another reason", "another reason"):
        claims.store_health.failed_at = None
        claims.note_failure(StoreError(reason))
        assert claims.store_health.failed_at is not None
        assert claims.store_health.reason == reason
    logged = [one.getMessage() for one in caplog.records if vars(one).get("event") == "database"]
    assert [text.partition(":")[0] for text in logged] == [str(GONE), "another reason"]
