"""What a page says only after its feed's edit was told is told once; what it says beyond that is an edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alerts import SilenceReason
from monitor.steps.rechecks import request_rechecks
from monitor.steps.work import Work
from tests.peers.http import Outlet
from tests.steps.page_reading import html, page, show_town, told_town
from tests.steps.test_developments_told import publish, reason
from tests.steps.test_edits_told import use
from tests.steps.test_story_of_page import FOOTER, TEXT, other
from tests.steps.world import READER, Item, World, text_of

__all__ = ["other"]

RULES = tuple(
    f"  - {{name: {name}, to: [{READER}], query: {query}, edits: yes}}\n"
    for name, query in (("Ships", "ships"), ("Cranes", "boats"))
)
LEAD = "All ships wait outside, and the mayor said that no date was fixed for the talks on the harbour."
PAGE = "The mayor told the council that no date had been fixed, while all ships wait outside."


@pytest.fixture
async def work(world: World) -> Work:
    """A world that told an article, whose page says what its feed says in its own words."""
    await use(world, *RULES)
    return await told_town(world, LEAD, page(PAGE))


async def edit(world: World, work: Work, text: str, **failure: int) -> None:
    """Let the feed edit the article while its page lags behind or fails, until that is told."""
    html(world, "/town.html", page(PAGE), **failure)
    show_town(world, text)
    await world.visit()
    await work.hosts.drain()
    assert await world.send() == 1
    assert world.subjects()[-1] == "Edited: News of the town"


async def recheck(world: World, work: Work, text: str) -> int:
    """Let the page say something else when it is read again; return how many mails that brought."""
    html(world, "/town.html", page(text))
    world.clock += timedelta(hours=2)
    await request_rechecks(world.ctx)
    await work.hosts.drain()
    (stored,) = [one for one in await world.articles() if one.article.title == "News of the town"]
    assert text in stored.article.body
    return await world.send()


@pytest.mark.parametrize("failure", [{}, {"status": 403}])
async def test_a_page_that_says_later_what_its_feed_s_edit_said_is_told_to_nobody(
    world: World, work: Work, failure: dict[str, int]
) -> None:
    await edit(world, work, LEAD.replace("no date", "some later date"), **failure)
    assert await recheck(world, work, PAGE.replace("no date", "some later date")) == 0


async def test_two_edits_of_a_feed_that_its_page_says_at_once_are_told_by_the_feed(world: World, work: Work) -> None:
    for date in ("a date", "some later date"):
        await edit(world, work, LEAD.replace("no date", date))
        world.later(minutes=10)
    assert await recheck(world, work, PAGE.replace("no date", "some later date")) == 0


@pytest.mark.parametrize(
    "text",
    [
        PAGE.replace("no date", "some earlier date"),
        PAGE.replace("no date", "some later date").replace("The mayor", "The chairwoman"),
        PAGE.replace("ships", "boats"),
    ],
)
async def test_what_a_page_says_beyond_its_feed_s_edit_is_told(world: World, work: Work, text: str) -> None:
    await edit(world, work, LEAD.replace("no date", "some later date"))
    assert await recheck(world, work, text) == 1
    assert "{+" in text_of(world.mails()[-1])


async def test_a_page_that_takes_up_the_feed_s_sentence_adds_nothing(world: World, work: Work) -> None:
    edited = LEAD.replace("no date", "some later date")
    await edit(world, work, edited)
    assert await recheck(world, work, f"{PAGE}</p><p>{edited}".replace("</p><p>", " ")) == 0


@pytest.mark.parametrize("first", ["feed", "page", "both"])
async def test_a_feed_and_its_page_that_go_back_one_after_the_other_tell_nothing_again(
    world: World, work: Work, first: str
) -> None:
    later = PAGE.replace("no date", "some later date")
    html(world, "/town.html", page(later))
    show_town(world, LEAD.replace("no date", "some later date"))
    await world.visit()
    await work.hosts.drain()
    assert await world.send() == 1
    world.later(minutes=5)
    if first != "feed":
        html(world, "/town.html", page(PAGE))
    if first != "page":
        show_town(world, LEAD)
    for _ in range(3):
        await world.visit()
        await request_rechecks(world.ctx)
        await work.hosts.drain()
        assert await world.send() == 0
        html(world, "/town.html", page(PAGE))
        show_town(world, LEAD)
        world.clock += timedelta(hours=2)
    (stored,) = [one for one in await world.articles() if one.article.title == "News of the town"]
    assert "later" not in stored.article.body
    assert len(world.mails()) == 2


COUNTERS = (
    "Updated 7 minutes ago",
    "1,077 views",
    "ADVERTISEMENT The best soap of the coast is sold by the mill.",
)
LATER = ("Updated 2 hours ago", "1,154 views", "ADVERTISEMENT Who has not seen our carpets has not seen the town yet.")


@pytest.mark.parametrize(
    ("then", "later", "mails"),
    [
        ((PAGE, *COUNTERS), (PAGE, *LATER), 0),
        ((PAGE,), (PAGE, *LATER), 0),
        ((PAGE, "The loss is put at 1.5 million."), (PAGE, "The loss is put at 15 million."), 1),
        ((PAGE, *COUNTERS), (PAGE.replace("no date", "some later date"), *LATER), 1),
    ],
)
async def test_counts_clocks_and_advertisements_of_a_page_are_no_edit(
    world: World, work: Work, then: tuple[str, ...], later: tuple[str, ...], mails: int
) -> None:
    html(world, "/town.html", page(*then))
    world.clock += timedelta(hours=2)
    await request_rechecks(world.ctx)
    await work.hosts.drain()
    told = await world.send()
    html(world, "/town.html", page(*later))
    world.clock += timedelta(days=2)
    await request_rechecks(world.ctx)
    await work.hosts.drain()
    assert await world.send() == mails
    assert told == (1 if "million" in then[-1] else 0)
    (stored,) = [one for one in await world.articles() if one.article.title == "News of the town"]
    assert later[-1] in stored.article.body, "it is stored all the same"


async def test_an_edit_of_the_feed_that_its_page_says_with_another_count_is_told_once(world: World, work: Work) -> None:
    """The feed's edit was told; the page says it later, with another count."""
    await edit(world, work, LEAD.replace("no date", "some later date"))
    html(world, "/town.html", page(PAGE.replace("no date", "some later date"), "1,154 views"))
    world.clock += timedelta(hours=2)
    await request_rechecks(world.ctx)
    await work.hosts.drain()
    assert await world.send() == 0


CORRECTED = TEXT.replace("12 people", "31 people")


@pytest.mark.parametrize(
    ("theirs", "mails"),
    [
        (CORRECTED, 0),
        (TEXT.replace("12 people", "32 people"), 1),
        (CORRECTED.replace("340 houses", "350 houses"), 1),
        (CORRECTED.replace("12 people", "32 people") + " All ships and boats wait.", 1),
    ],
)
async def test_one_correction_of_copies_is_told_once_and_another_one_is_told(
    world: World, other: Outlet, theirs: str, mails: int
) -> None:
    world.write({"rules.yaml": f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour, edits: yes}}\n"})
    await world.reload()
    first, copied = Item("closure", TEXT, at=world.clock), Item("storm", TEXT + FOOTER, at=world.clock)
    world.publish(first)
    await publish(world, other, Item("market"))
    assert await world.send() == 1
    await publish(world, other, copied)
    assert await world.send() == 0
    world.later(minutes=10)
    world.publish(replace(first, text=CORRECTED))
    await publish(world, other, copied)
    assert await world.send() == 1
    world.later(minutes=1)
    await publish(world, other, replace(copied, text=theirs + FOOTER))
    assert await world.send() == mails
    assert mails or await reason(world, "storm") == SilenceReason.SAME_EDIT
