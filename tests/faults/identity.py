"""Faults: feeds whose ids and links come back with other pieces."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from monitor.reports.article_history import find
from monitor.store import Store, poll_records
from tests.faults.check import Check
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import READER, World

_RULES = f"rules:\n  - {{name: Peskov, to: [{READER}], query: Peskov}}\n"
_SETTLED = b'<rss version="2.0"><channel><title>T</title><link>http://news.example.org/</link></channel></rss>'


@asynccontextmanager
async def _watching(folder: Path) -> AsyncIterator[World]:
    """A world whose one feed was polled before, when it showed nothing."""
    with Store.open(folder / "monitor.db") as store:
        async with World(folder, store, Peer(), Outlet(), datetime(2026, 11, 28, 20, 20, tzinfo=UTC)) as world:
            world.write({"rules.yaml": _RULES})
            await world.reload()
            await _show(world, _SETTLED)
            yield world


async def _show(world: World, *pages: bytes) -> None:
    """Poll the feed for each of these pages, and each once more; nothing may come of what did not change."""
    for page in pages:
        world.news.feed("/rss", page)
        for again in (False, True):
            await world.store.write(poll_records.make_due, world.clock)
            kept = (await world.poll())[world.news.url("/rss")]
            assert kept is not None
            assert not kept.error
            assert not again or (kept.new, kept.matched) == (0, 0)
            world.later(minutes=1)
    await world.send()


async def _titles(world: World) -> list[str]:
    """The titles of all articles that mention the rule's word, each of which is the first version of its piece."""
    return [one.article.title for one in await world.articles() if "Peskov" in one.article.title]


def _pages(folder: Path) -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("poll*.xml"))]


async def _found(world: World, url: str) -> str:
    """The title of the article that `monitor explain` finds for an address."""
    stored = await world.store.read(find, world.ctx.active.config, url)
    return stored.article.title if stored else ""


async def _positional_guids(folder: Path, work: Path) -> None:
    async with _watching(work) as world:
        first, second = _pages(folder)
        await _show(world, first)
        world.mail.accepted.clear()
        await _show(world, second)
        assert sorted(await _titles(world)) == [f"Peskov on matter {letter}" for letter in "ABCD"]
        assert world.subjects() == ["Peskov on matter D"]
        for letter in "ABCD":
            assert await _found(world, f"http://news.example.org/story/{letter}") == f"Peskov on matter {letter}"


async def _one_link_many_pieces(folder: Path, work: Path) -> None:
    async with _watching(work) as world:
        await _show(world, *_pages(folder))
        assert await _titles(world) == ["Peskov service: investigating", "Peskov service: a wholly other trouble"]
        assert sorted(world.subjects()) == sorted(await _titles(world))
        assert await _found(world, "http://news.example.org/incidents") == "Peskov service: a wholly other trouble"


async def _same_words_two_events(folder: Path, work: Path) -> None:
    async with _watching(work) as world:
        await _show(world, *_pages(folder))
        assert await _titles(world) == ["Peskov: sirens"] * 2
        stored = {one.article.url: one for one in await world.articles()}
        for number in (901, 902):
            url = f"https://t.example.org/ch/{number}"
            found = await world.store.read(find, world.ctx.active.config, url)
            assert found == stored[url]


async def _reissued_id_and_link(folder: Path, work: Path) -> None:
    async with _watching(work) as world:
        await _show(world, *_pages(folder))
        assert len(await _titles(world)) == 1
        assert len(world.subjects()) == 1
        assert await world.store.read(poll_records.open_gaps) == []
        for name in ("CBMiAAA1", "CBMiBBB2"):
            assert await _found(world, f"https://aggr.example.org/rss/articles/{name}?oc=5")


def _item(guid: str, link: str, title: str, text: str) -> bytes:
    """A page of one piece."""
    item = (
        f"<item><title>{title}</title><link>http://news.example.org{link}</link><guid isPermaLink='false'>{guid}</guid>"
    )
    item += f"<description>{text}</description></item></channel>"
    return _SETTLED.replace(b"</channel>", item.encode())


async def _reused_identity(_: Path, work: Path) -> None:
    shown = [
        ("g9", "/w", "Peskov on wheat", "Peskov spoke of wheat exports to distant lands at length"),
        ("g9", "/sat", "Peskov on satellites", "Quite another piece: Peskov commented on satellites"),
        ("h1", "/live", "Peskov one", "Peskov first thing of the morning about ships"),
        ("h2", "/live", "Peskov two", "Afternoon: Peskov on an entirely new gas contract"),
    ]
    async with _watching(work) as world:
        await _show(world, *(_item(*one) for one in shown))
        assert await _titles(world) == [title for _, _, title, _ in shown]
        assert sorted(world.subjects()) == sorted(title for _, _, title, _ in shown)


CHECKS: dict[str, Check] = {
    "positional-guids": _positional_guids,
    "one-link-many-pieces": _one_link_many_pieces,
    "same-words-two-events": _same_words_two_events,
    "reissued-id-and-link": _reissued_id_and_link,
    "reused-identity": _reused_identity,
}
