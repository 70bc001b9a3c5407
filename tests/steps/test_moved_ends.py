"""An excerpt that breaks off elsewhere is no edit; a name that comes with what it says more is told at once."""

from __future__ import annotations

from tests.steps.page_reading import html, page
from tests.steps.test_edits_told import CRANES, EDITS, use
from tests.steps.world import START, Item, World

LONG = "All ships wait outside, and nobody knows for how long that will go on for those who are there when you li"


async def _show(world: World, *texts: str, link: str = "") -> list[tuple[int, int]]:
    """Let the feed show a piece in one text after the other; return the versions and mails after each."""
    found = []
    for text in texts:
        world.publish(Item("town", text, at=START, link=link), Item("weather", at=START))
        await world.visit()
        mails = await world.send()
        (piece,) = [one for one in await world.articles() if one.article.title == "News of the town"]
        found.append((piece.version, mails))
        world.later(minutes=10)
    return found


async def test_an_excerpt_that_breaks_off_earlier_makes_no_version_and_an_edit_of_it_does(world: World) -> None:
    await use(world, EDITS)
    texts = (LONG, LONG[:-8], f"{LONG[:-10]}…", LONG[:-8].replace("nobody", "everybody"))
    assert await _show(world, *texts) == [(1, 1), (1, 0), (1, 0), (2, 1)]


async def test_what_an_excerpt_says_more_is_told_to_those_alone_whose_rules_find_it_only_now(world: World) -> None:
    await use(world, EDITS)
    ends = ("ve there", "ve there by the cranes", "ve there by the cranes and the ships")
    assert await _show(world, LONG, LONG + ends[0]) == [(1, 1), (2, 0)]
    await use(world, EDITS, CRANES)
    assert await _show(world, *(LONG + end for end in ends[1:])) == [(3, 1), (4, 0)]
    assert world.mails()[0].get_all("X-Monitor-Rule") == ["Cranes"]


async def test_another_end_of_what_the_page_says_whole_makes_no_version(world: World) -> None:
    await use(world, EDITS)
    world.write({"monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    await world.reload()
    link = world.news.url("/town.html")
    text = "All ships wait outside, and nobody knows for how long that will go on for those who live there."
    html(world, "/town.html", page(text))
    await _show(world, f"{text[:-20]}…", link=link)
    await world.work().hosts.drain()
    assert await world.send() == 0
    ends = (f"{text[:-30]}…", f"{text[:-10]}…", text[:-40], text)
    assert await _show(world, *ends, link=link) == [(2, 0)] * 4
