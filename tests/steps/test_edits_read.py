"""One edit in feed and page is one mail with the whole change; what a rule finds only now is told at once."""

from __future__ import annotations

import pytest

from monitor.steps.work import Work
from tests.steps.page_reading import html, page, show_town, told_town
from tests.steps.test_edits_told import CRANES, use
from tests.steps.world import READER, World, text_of

EDITS = f"  - {{name: Ships, to: [{READER}], query: ships, edits: yes}}\n"
FIRST = "All ships wait outside, as the council said on Monday after a long night."
EDITED = "All ships sail again, as the council said on Tuesday after a long night."
LATER = "The mayor kept silent about it for the whole evening and went home early."


@pytest.fixture
async def work(world: World) -> Work:
    """A world that told an article, whose page was read."""
    await use(world, EDITS)
    return await told_town(world, f"{FIRST} {LATER}", page(FIRST, LATER))


async def shown_edit(world: World, work: Work, text: str, *paragraphs: str) -> str:
    """Edit feed and page, let both be read, and return the only mail."""
    world.mail.accepted.clear()
    if paragraphs:
        html(world, "/town.html", page(*paragraphs))
    show_town(world, text)
    await world.visit()
    assert await world.send() == 0, "the page is read first"
    await work.hosts.drain()
    assert await world.send() == 1
    (mail,) = world.mails()
    assert mail["Subject"] == "Edited: News of the town"
    world.later(minutes=10)
    return text_of(mail)


async def test_an_edit_of_feed_and_page_is_one_mail_that_tells_what_changed_and_nothing_else(
    world: World, work: Work
) -> None:
    more = "Cranes are sold next week to whoever wants them, said the harbour master."
    text = await shown_edit(world, work, f"{EDITED} The mayor k…", EDITED, LATER, more)
    assert "[-wait outside,-] {+sail again,+}" in text
    assert f"{{+{more}+}}" in text.replace("\r\n", " ")
    assert "[-The mayor" not in text
    await world.visit()
    await work.hosts.drain()
    assert await world.send() == 0
    assert len(world.news.asked("/town.html")) == 2


async def test_a_page_that_lags_or_cannot_be_read_lets_the_feed_s_edit_be_told_alone(world: World, work: Work) -> None:
    assert "[-wait outside,-] {+sail again,+}" in await shown_edit(world, work, f"{EDITED} {LATER}", FIRST, LATER)
    html(world, "/town.html", b"", status=403)
    text = await shown_edit(world, work, f"{EDITED.replace('long', 'short')} {LATER}")
    assert "after a [-long-] {+short+} night" in text
    assert "sail" not in text.partition("{+short+}")[0].partition("[-")[0].replace("sail again, as", "")
    assert "wait outside" not in text


async def test_edits_that_wait_for_the_same_page_are_one_mail(world: World, work: Work) -> None:
    world.news.hang("/town.html")
    show_town(world, f"{EDITED} {LATER}")
    await world.visit()
    text = await shown_edit(world, work, f"{EDITED.replace('long', 'short')} {LATER}", FIRST, LATER)
    assert "[-wait outside,-] {+sail again,+}" in text
    assert "short" in text


async def test_a_name_that_is_new_in_the_feed_s_words_is_told_at_once(world: World, work: Work) -> None:
    await use(world, EDITS, CRANES.replace("Cranes", "Courts").replace("cranes", "courts"))
    world.mail.accepted.clear()
    show_town(world, f"{FIRST} {LATER} Two courts met.")
    await world.visit()
    assert await world.send() == 1
    show_town(world, f"{EDITED} {LATER} Two courts met.")
    await world.visit()
    assert await world.send() == 0


async def test_a_rule_that_finds_an_edited_article_no_more_is_told_once_its_page_was_read(
    world: World, work: Work
) -> None:
    boats = EDITED.replace("ships", "boats")
    assert "[-ships-] {+boats+}" in (await shown_edit(world, work, f"{boats} {LATER}", boats, LATER)).replace(
        "[-ships wait outside,-] {+boats sail again,+}", "[-ships-] {+boats+}"
    )


async def test_an_outlet_whose_pages_are_read_no_more_has_its_edits_told_at_once(world: World, work: Work) -> None:
    world.write({"monitor.yaml": world.settings()})
    await world.reload()
    show_town(world, f"{EDITED} {LATER}")
    await world.visit()
    await world.send()
    assert len(world.mails()) == 2
