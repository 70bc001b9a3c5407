"""Mails go out channel by channel, several to one recipient one after the other, and each once."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from monitor.errors import StoreError
from monitor.steps import mailer as mailer_module
from monitor.steps.mailer import Mailer
from monitor.steps.sending_accounts import MAIL
from tests.peers.http import Outlet, Request
from tests.steps.world import READER, READERS, Item, World


async def test_a_round_sends_all_that_is_due_and_counts_it(news: World) -> None:
    news.publish(Item("harbour tunnel"), Item("weather"))
    await news.visit()
    mailer = Mailer(news.ctx)
    assert await mailer.idle_endpoints() == []
    assert await mailer.round(MAIL) == 4
    told = ["News of the harbour", "News of the harbour tunnel"]
    assert [news.subjects(reader) for reader in READERS[:2]] == [told, told]
    assert await mailer.round(MAIL) == 0
    assert mailer.sent == 4


async def test_rounds_at_the_same_time_send_each_mail_once(news: World) -> None:
    mailer = Mailer(news.ctx)
    assert sum(await asyncio.gather(*(mailer.send_all() for _ in range(3)))) == 2
    assert Counter(one.recipients for one in news.mail.accepted) == {(reader,): 1 for reader in READERS[:2]}
    assert mailer.sent == 2


async def test_after_a_stop_nothing_new_is_sent(news: World) -> None:
    news.ctx.signals.stop.set()
    mailer = Mailer(news.ctx)
    assert (await mailer.send_all(), mailer.sent, news.mail.accepted) == (0, 0, [])
    async with asyncio.timeout(20):
        await mailer.finish()


async def test_a_database_that_fails_ends_the_round_and_not_the_mailer(
    news: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise StoreError("the disk is full")

    mailer = Mailer(news.ctx)
    with monkeypatch.context() as patch:
        patch.setattr(news.ctx.claims, "write_ends", fail)
        assert await mailer.round(MAIL) == 0
    assert news.ctx.claims.store_health.reason == "the disk is full"
    assert await mailer.round(MAIL) == 2
    assert news.subjects(READER) == ["News of the harbour"]


async def test_the_end_waits_for_the_mail_under_way(news: World) -> None:
    news.mail.fault("rcpt=slow:0.3x1")
    mailer = Mailer(news.ctx)
    sending = asyncio.create_task(mailer.round(MAIL))
    await asyncio.sleep(0)
    async with asyncio.timeout(20):
        await mailer.finish()
    assert mailer.sent == 2 == await sending


@pytest.mark.parametrize("bound", ["MAX_ENDPOINTS", "OF_SERVICE"])
async def test_all_endpoints_are_posted_to_some_at_a_time_and_mail_waits_for_none(
    world: World, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(mailer_module, bound, 2)
    places, is_full, let_go = Counter[str](), asyncio.Event(), asyncio.Event()

    async def hang(request: Request, writer: asyncio.StreamWriter) -> bool:
        places["taken"] += 1
        places["most"] = max(places["most"], places["taken"])
        if places["taken"] == 2:
            is_full.set()
        await let_go.wait()
        places["taken"] -= 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        return True

    names = ("ann", "bob", "cid")
    world.news.routes.update({f"/{name}": hang for name in names})
    people = "".join(f"  - {{name: {name}, webhook: '{world.news.url(f'/{name}')}'}}\n" for name in names)
    world.write({"people.yaml": f"people:\n{people}"})
    await world.wait_for(READER, *names)
    mailer = Mailer(world.ctx)
    sending = asyncio.create_task(mailer.send_all())
    async with asyncio.timeout(20):
        await is_full.wait()
        await mailer.round(MAIL)
    assert world.subjects(READER) == ["News of the harbour"]
    let_go.set()
    assert await sending == mailer.sent == 4
    assert places["most"] == 2
    assert all(len(world.news.asked(f"/{name}")) == 1 for name in names)


async def test_a_service_that_hangs_for_many_delays_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailer_module, "OF_SERVICE", 1)
    let_go, asked = asyncio.Event(), asyncio.Event()

    async def hang(request: Request, writer: asyncio.StreamWriter) -> bool:
        asked.set()
        await let_go.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        return True

    async with Outlet(("127.0.0.2",)) as other:
        world.news.routes.update({"/ann": hang, "/bob": hang})
        other.page("/cid")
        urls = {"ann": world.news.url("/ann"), "bob": world.news.url("/bob"), "cid": other.url("/cid")}
        people = "".join(f"  - {{name: {name}, webhook: '{url}'}}\n" for name, url in urls.items())
        world.write({"people.yaml": f"people:\n{people}"})
        await world.wait_for(*urls)
        mailer = Mailer(world.ctx)
        sending = [asyncio.create_task(mailer.round(f"{name} by webhook")) for name in ("ann", "bob")]
        async with asyncio.timeout(20):
            await asked.wait()
            assert await mailer.round("cid by webhook") == 1
        let_go.set()
        assert await asyncio.gather(*sending) == [1, 1]
