"""A reader of pages beside the world, and the page of an article as a web server sends it."""

from __future__ import annotations

import pytest

from monitor.steps.work import Work
from tests.steps.world import READER, START, Item, World

WAITS = f"""\
rules:
  - {{name: Quiet harbour, to: [{READER}], query: harbour NOT strike, wait: text}}
"""
PARAGRAPHS = (
    "The council met on Monday and spoke for two hours about the harbour before it went home without a vote.",
    "Its chairwoman said afterwards that the new cranes had cost more than anybody had expected in the spring.",
    "Fishermen who had come to listen complained that nobody had asked them where the nets were to dry from now on.",
)


def page(*more: str, head: str = "News of the harbour") -> bytes:
    """An article's page with a menu, boxes and comments around it."""
    body = "".join(f"<p>{text}</p>" for text in (*PARAGRAPHS, *more))
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Sport", "Weather", "Strike", "Games"))
    return (
        f"<!doctype html><html lang=en><head><title>{head}</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<main><article><h1>{head}</h1>{body}</article></main>"
        '<aside><h3>Most read</h3><a href="/x">A strike at the harbour mill</a></aside>'
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def html(world: World, path: str, body: bytes, **options: object) -> None:
    """Serve a page as a web server does."""
    world.news.page(path, body, headers={"Content-Type": "text/html; charset=utf-8"}, **options)  # type: ignore[arg-type]


@pytest.fixture
async def work(world: World) -> Work:
    """What carries the road of a world whose outlet's first poll is over, and whose rule waits for pages."""
    world.write({"rules.yaml": WAITS})
    loaded = await world.reload()
    assert not loaded.problems, loaded.problems
    await world.settle()
    return world.work()


async def publish(world: World, name: str = "harbour") -> None:
    """Let the feed show a piece whose page is ours."""
    link = world.news.url(f"/{name}.html")
    world.publish(Item(name, link=link, at=world.clock), Item("weather", at=START))
    await world.visit()


def show_town(world: World, text: str) -> None:
    """Let the feed show this text of the town, whose page is ours."""
    world.publish(Item("town", text, at=START, link=world.news.url("/town.html")), Item("weather", at=START))


async def told_town(world: World, text: str, body: bytes) -> Work:
    """Let the town be told by its feed's text and its page be read; return what carries the road, ten minutes later."""
    world.write({"monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    await world.reload()
    html(world, "/town.html", body)
    show_town(world, text)
    await world.visit()
    work = world.work()
    await work.hosts.drain()
    assert await world.send() == 1
    world.later(minutes=10)
    return work
