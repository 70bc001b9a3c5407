"""An excerpt that breaks off elsewhere is no edit; a name that comes with what it says more is told at once."""

from __future__ import annotations

import pytest

from tests.steps.page_reading import html, page
from tests.steps.test_edits_told import CRANES, EDITS, use
from tests.steps.world import READER, START, Item, World

LONG = "All ships wait outside, and nobody knows for how long that will go on for those who are there when you li"
OTHERWISE = "Nobody knows how long all ships will wait outside, and those who live there go on."


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


async def test_another_number_in_an_excerpt_is_an_edit(world: World) -> None:
    await use(world, EDITS)
    texts = (f"{LONG.replace('how long', number)}…" for number in ("1.5 days", "15 days", "-15 days", "15% days"))
    assert await _show(world, *texts) == [(1, 1), (2, 1), (3, 1), (4, 1)]


async def test_what_an_excerpt_says_more_is_told_to_those_alone_whose_rules_find_it_only_now(world: World) -> None:
    await use(world, EDITS)
    ends = ("ve there", "ve there by the cranes", "ve there by the cranes and the ships")
    assert await _show(world, LONG, LONG + ends[0]) == [(1, 1), (2, 0)]
    await use(world, EDITS, CRANES)
    assert await _show(world, *(LONG + end for end in ends[1:])) == [(3, 1), (4, 0)]
    assert world.mails()[0].get_all("X-Monitor-Rule") == ["Cranes"]


LINE = "BREAKING: an explosion has shaken the ships at Istanbul, and several people are hurt, says the police"


@pytest.mark.parametrize("between", [". ", "\n", "”. "])
async def test_a_breaking_line_that_becomes_the_report_is_an_edit(world: World, between: str) -> None:
    await use(world, EDITS)
    report = f"{LINE}{between}It happened beside the cranes, of which two have fallen into the water."
    assert await _show(world, LINE, report) == [(1, 1), (2, 1)]
    assert "Edited" in world.subjects()[-1]


async def test_a_rule_that_finds_the_report_alone_is_told_without_edits(world: World) -> None:
    await use(world, CRANES)
    report = f"{LINE}. It happened beside the cranes, of which two have fallen into the water."
    assert await _show(world, LINE, report, f"{report} More follows.") == [(1, 0), (2, 1), (3, 0)]


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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{LONG}ve there, as some had asked.", f"{LONG[:-8]}…"),
        (f"{LONG[:-20]}…", f"{LONG[:-8]}…"),
        (f"{LONG[:-20]}…", f"{LONG}ve there."),
        (LONG[:-8], LONG),
        (LONG, LONG[:-8]),
    ],
)
@pytest.mark.parametrize("others", [OTHERWISE, "All ships wait outside, and nobody knows for how long."])
async def test_another_end_of_an_excerpt_that_the_page_does_not_repeat_is_told_to_nobody(
    world: World, before: str, after: str, others: str
) -> None:
    """The page may also begin like the excerpt and go on otherwise."""
    await use(world, EDITS)
    world.write({"monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    await world.reload()
    link = world.news.url("/town.html")
    html(world, "/town.html", page(others))
    await _show(world, before, link=link)
    await world.work().hosts.drain()
    for text in (after, before):
        await _show(world, text, link=link)
        await world.work().hosts.drain()
        assert await world.send() == 0
    assert len(world.mails()) == 1
    assert len(world.news.asked("/town.html")) == 1
    await _show(world, before.replace("nobody", "everybody"), link=link)
    await world.work().hosts.drain()
    await world.send()
    assert world.subjects() == ["News of the town", "Edited: News of the town"]


async def test_a_name_in_what_an_excerpt_says_more_beside_its_page_is_told(world: World) -> None:
    await use(world, EDITS)
    world.write({"monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    await world.reload()
    link = world.news.url("/town.html")
    html(world, "/town.html", page(OTHERWISE))
    await _show(world, f"{LONG[:-20]}…", link=link)
    await world.work().hosts.drain()
    await use(world, EDITS, f"  - {{name: Nets, to: [{READER}], query: anglers}}\n")
    assert await _show(world, f"{LONG}ve there by the anglers.", link=link) == [(3, 1)]
    assert world.mails()[-1].get_all("X-Monitor-Rule") == ["Nets"]
