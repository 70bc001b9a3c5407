"""Two outlets on one server that show what is the other's."""

from __future__ import annotations

import asyncio
from functools import partial

from tests.hostile.behaviour import XML, Behaviour, Play, Stand
from tests.hostile.content import channel, item
from tests.peers.http import Request, answer_bytes

NEWS = (
    "Harbour tunnel opens after years of delay",
    "Council votes for a second tram line",
    "Museum shows paintings from the north",
    "Farmers count the hail of last weekend",
)


def pair(stand: Stand) -> tuple[Stand, Stand]:
    """The outlet and its twin."""
    assert stand.twin is not None
    return stand, stand.twin


def piece(stand: Stand, number: int, owner: Stand, *, link: str = "") -> str:
    """One of four stories at an outlet, under the id of `owner`, and at its own address if no other is given."""
    guid = f"<guid isPermaLink='false'>tag:{owner.slug}.test,2026:the-first-of-its-pieces</guid>"
    return item(f"{NEWS[number]} ({stand.slug})", link or f"{stand.site}/{number}.html", guid)


def swapped_ids(stand: Stand) -> None:
    """Show each a piece of its own, then each another one under the id of the other's first."""
    for place, (one, other) in enumerate((pair(stand), pair(stand)[::-1])):
        first = piece(one, place, one)
        shown = [piece(one, place + 2, other), first] if stand.visit else [first]
        one.page(channel(*shown).encode())


def swapped_links(stand: Stand) -> None:
    """Show each a piece of its own, then each another one at the address of the other's first."""
    for place, (one, other) in enumerate((pair(stand), pair(stand)[::-1])):
        first = item(f"{NEWS[place]} ({one.slug})", f"{one.site}/first.html")
        second = item(f"{NEWS[place + 2]} ({one.slug})", f"{other.site}/first.html")
        one.page(channel(*([second, first] if stand.visit else [first])).encode())


def swapped_feeds(stand: Stand) -> None:
    """Show each the feed of the other."""
    one, other = pair(stand)
    one.page(other.rss(other.item(), *other.calm()))
    other.page(one.rss(one.item(), *one.calm()))


def answers_twice() -> Play:
    """Answer, and before the next visit answer again what nobody asked, over the connections that were kept."""
    kept: list[tuple[asyncio.StreamWriter, bytes]] = []

    def play(stand: Stand) -> None:
        for writer, answer in kept if stand.visit else ():
            writer.write(answer)
        kept.clear()
        for one in pair(stand):
            answer = answer_bytes(200, one.rss(one.item(f"piece {stand.visit}"), *one.calm()), XML)
            one.route(partial(_answered, kept, answer))

    return play


async def _answered(
    kept: list[tuple[asyncio.StreamWriter, bytes]], answer: bytes, _: Request, writer: asyncio.StreamWriter
) -> bool:
    writer.write(answer)
    kept.append((writer, answer))
    return True


BEHAVIOURS = (
    Behaviour("ids of the other outlet", swapped_ids, stored=4, visits=2, twin=True),
    Behaviour("links of the other outlet", swapped_links, stored=4, visits=2, twin=True),
    Behaviour("the other outlet's feed", swapped_feeds, stored=4, twin=True),
    Behaviour("each answer twice", answers_twice(), stored=4, visits=2, twin=True),
)
