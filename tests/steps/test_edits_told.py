"""An edit is told where a rule finds the article only now, or asks for edits; the mail shows what changed."""

from __future__ import annotations

import pytest

from monitor.steps.work import Work
from tests.steps.page_reading import html, page
from tests.steps.world import READER, START, Item, World, text_of

HARBOUR = f"  - {{name: Harbour, to: [{READER}], query: harbour}}\n"
CRANES = f"  - {{name: Cranes, to: [{READER}], query: cranes}}\n"
EDITS = f"  - {{name: Harbour, to: [{READER}], query: ships, edits: yes}}\n"


async def use(world: World, *rules: str) -> None:
    world.write({"rules.yaml": "rules:\n" + "".join(rules)})
    loaded = await world.reload()
    assert not loaded.problems, loaded.problems
    await world.settle()


async def show(world: World, *texts: str) -> list[int]:
    """Let the feed show a piece in one text after the other; return how many mails each brought."""
    sent = []
    for text in texts:
        world.publish(Item("town", text, at=START), Item("weather", at=START))
        await world.visit()
        sent.append(await world.send())
        world.later(minutes=10)
    return sent


async def test_a_match_that_is_new_in_an_edit_is_told_and_an_old_one_is_not_repeated(world: World) -> None:
    await use(world, HARBOUR, CRANES)
    first, second = "The harbour is closed.", "The harbour is closed, and its cranes are sold."
    assert await show(world, "The town.", first, first + " For good.", second, second + " Two of them.") == [
        0,
        1,
        0,
        1,
        0,
    ]
    new, edited = world.mails()
    assert new.get_all("X-Monitor-Rule") == ["Harbour"]
    assert (new["Subject"], "{+" in text_of(new)) == ("News of the town", False), "nobody was told of it before"
    assert edited["Subject"] == "Edited: News of the town"
    assert edited.get_all("X-Monitor-Rule") == ["Cranes"]
    assert "The harbour is [-closed. For good.-]{+closed, and its cranes are sold.+}" in text_of(edited)


async def test_a_rule_that_asks_for_edits_is_told_of_each_also_of_one_that_it_no_longer_finds(world: World) -> None:
    await use(world, EDITS)
    texts = ("All ships wait.", "All ships wait outside.", "All boats wait outside.", "All boats wait there.")
    assert await show(world, *texts) == [1, 1, 1, 1]
    assert world.subjects() == ["News of the town", *["Edited: News of the town"] * 3]
    assert "All [-ships-] {+boats+} wait outside." in text_of(world.mails()[2])


@pytest.mark.parametrize("turns", [6, 24])
async def test_two_texts_that_are_served_in_turn_are_one_edit(world: World, turns: int) -> None:
    await use(world, EDITS)
    assert sum(await show(world, *["All ships wait.", "All ships wait outside."] * turns)) == 2
    assert world.subjects() == ["News of the town", "Edited: News of the town"]


async def test_a_text_that_is_restored_a_day_later_is_an_edit_and_within_the_day_none(world: World) -> None:
    await use(world, EDITS)
    first, second = "All ships wait.", "All ships wait outside."
    assert await show(world, first, second, first, second) == [1, 1, 0, 0]
    world.later(hours=48)
    assert await show(world, first, second) == [1, 0]
    assert "[-wait outside.-]{+wait.+}" in text_of(world.mails()[-1])


async def test_words_that_came_back_are_told_to_a_rule_that_finds_them_only_now(world: World) -> None:
    await use(world, EDITS)
    await show(world, "All ships and cranes wait.", "All ships wait.")
    await use(world, EDITS, CRANES)
    world.mail.accepted.clear()
    world.later(hours=2)
    assert await show(world, "All ships and cranes wait.") == [1]
    assert [mail.get_all("X-Monitor-Rule") for mail in world.mails()] == [["Cranes"]]


async def test_edits_before_the_first_mail_are_part_of_it(world: World) -> None:
    await use(world, EDITS)
    for text in ("All ships wait.", "All ships wait outside."):
        world.publish(Item("town", text, at=START), Item("weather", at=START))
        await world.visit()
    assert await world.send() == 1
    assert world.subjects() == ["News of the town"]
    assert "All ships wait outside.\r\n" in text_of(world.mails()[0])


async def test_other_words_of_another_feed_and_the_first_text_of_a_page_are_no_edits(world: World) -> None:
    await use(world, EDITS, CRANES)
    world.write({"monitor.yaml": world.settings().replace("fulltext: never", "fulltext: always")})
    world.write({"outlets.yaml": world.outlets("/rss", "/top")})
    world.publish(Item("market", at=START), path="/top")
    await world.reload()
    await world.visit_at("/top")
    html(world, "/town.html", page("All ships wait outside."))
    piece = Item("town", "All ships wait.", at=START, link=world.news.url("/town.html"))
    world.publish(piece, Item("weather", at=START))
    world.publish(Item("town", "Ships wait, all of them.", link=piece.link), Item("market", at=START), path="/top")
    work: Work = world.work()
    for path in ("/rss", "/top"):
        await world.visit_at(path)
        await world.send()
    await work.hosts.drain()
    (stored,) = [one for one in await world.articles() if one.article.url == piece.link]
    assert (stored.version, "chairwoman" in stored.article.body) == (2, True)
    # The cranes are on its page: the story was told, and reading the page is no edit.
    assert await world.send() == 0
    assert world.subjects() == ["News of the town"]


@pytest.mark.parametrize("asks", [True, False])
async def test_a_page_that_is_read_again_and_changed_is_an_edit(world: World, asks: bool) -> None:
    await use(
        world, f"  - {{name: Harbour, to: [{READER}], query: harbour, wait: text, edits: {'yes' if asks else 'no'}}}\n"
    )
    work = world.work()
    link = world.news.url("/harbour.html")
    html(world, "/harbour.html", page())
    world.publish(Item("harbour", at=world.clock, link=link), Item("weather", at=START))
    await world.visit()
    await work.hosts.drain()
    assert await world.send() == 1
    # The feed's edit has the page read again.
    html(world, "/harbour.html", page("Nobody knows what the cranes are for."))
    world.publish(Item("harbour", "A short harbour.", at=world.clock, link=link), Item("weather", at=START))
    await world.visit()
    assert await world.send() == 0
    await work.hosts.drain()
    assert await world.send() == int(asks)
    if asks:
        assert "{+Nobody knows what the cranes are for.+}" in text_of(world.mails()[1])


async def test_an_address_that_another_article_takes_is_told_to_who_asks_for_no_edits(world: World) -> None:
    await use(world, HARBOUR.replace("query: harbour", "query: peskov"))
    gas = (
        "Kremlin spokesman Dmitry Peskov said that Gazprom would go on with deliveries to Serbia until the year's end."
    )
    crash = (
        "A car with Kremlin spokesman Dmitry Peskov collided with a lorry on the ring road, he was taken to hospital "
        "with fractures, doctors said on Monday evening."
    )
    for title, text in (("Peskov comments on gas", gas), ("Peskov injured in car crash", crash)):
        world.publish(Item("n1", text, world.clock, "https://news.test/n1", title), Item("weather", at=START))
        await world.visit()
        assert await world.send() == 1
        world.later(minutes=50)
    assert world.subjects() == ["Peskov comments on gas", "Edited: Peskov injured in car crash"]
