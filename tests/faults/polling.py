"""Faults: servers whose word changes from poll to poll."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from monitor.store import Store, poll_records
from tests.faults.check import Check
from tests.peers.http import Outlet, Request, answer_bytes
from tests.peers.smtp import Peer
from tests.steps.world import Item, World, rss

CATEGORY = [Item("harbour"), Item("weather")]


async def short_spell_of_404(folder: Path, tmp_path: Path) -> None:
    assert "404 (or once 410) for 8 minutes" in (folder / "server.txt").read_text(encoding="utf-8")
    for status in (404, 410):
        async with _world(tmp_path / str(status)) as world:
            await world.settle()
            world.news.page("/rss", b"", status=status)
            await world.store.write(poll_records.make_due, world.clock)
            ends = world.clock + timedelta(minutes=8)
            while world.clock < ends:
                await world.poll()
                world.clock = (await world.feed()).due_at
            assert world.clock < ends + timedelta(minutes=20)
            world.publish(*CATEGORY)
            assert (await world.visit()).new == 1


async def moved_for_a_moment(folder: Path, tmp_path: Path) -> None:
    assert "/f answers 301 to /all (another readable feed) or 308" in (folder / "server.txt").read_text(
        encoding="utf-8"
    )
    spells: list[tuple[int, Sequence[Item]]] = [(301, [Item("opera"), Item("stocks")]), (308, [])]
    for status, there in spells:
        async with _world(tmp_path / str(status)) as world:
            world.publish(*CATEGORY)
            await world.visit()
            world.news.redirect("/rss", "/all", status=status)
            world.publish(*there, path="/all")
            await world.visit()
            world.publish(Item("harbour tunnel"), *CATEGORY)
            assert (await world.visit()).new == 1


async def validators_that_never_change(folder: Path, tmp_path: Path) -> None:
    assert 'every 200 has ETag: "fixed"' in (folder / "server.txt").read_text(encoding="utf-8")
    variants = (("ETag", '"fixed"'), ("Last-Modified", "Mon, 23 Nov 2026 09:00:00 GMT"), ("ETag", 'W/"{}"'))
    for number, (name, stated) in enumerate(variants):
        async with _world(tmp_path / str(number)) as world:
            for count in range(2, 8):
                _serve(world, CATEGORY[1:] + [Item(f"harbour {piece}") for piece in range(count)], (name, stated))
                # Found out at the first daily full request, and never in the way again.
                world.later(**({"hours": 25} if count == 3 else {"minutes": 10}))
                assert (await world.visit()).new >= 1


def _serve(world: World, items: list[Item], stated: tuple[str, str]) -> None:
    async def answer(request: Request, writer: asyncio.StreamWriter) -> bool:
        headers = {stated[0]: stated[1].format(len(world.news.requests))}
        conditional = {"if-none-match", "if-modified-since"} & set(request.headers)
        writer.write(answer_bytes(304, b"", headers) if conditional else answer_bytes(200, rss(items), headers))
        return True

    world.news.routes["/rss"] = answer


@asynccontextmanager
async def _world(folder: Path) -> AsyncIterator[World]:
    with _store(folder) as store:
        async with World(folder, store, Peer(), Outlet()) as world:
            yield world


def _store(folder: Path) -> Store:
    folder.mkdir()
    return Store.open(folder / "monitor.db")


CHECKS: dict[str, Check] = {
    "short-spell-of-404": short_spell_of_404,
    "moved-for-a-moment": moved_for_a_moment,
    "validators-that-never-change": validators_that_never_change,
}
