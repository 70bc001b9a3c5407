"""Planning meets the database: limits, digests, several rules, and reasons for silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.alerts import SilenceReason
from monitor.store import poll_records, silence_records
from tests.peers.http import Outlet
from tests.steps.world import READER, RULES, START, Item, World, rss, text_of

OTHER = "bob@readers.test"


async def _rules(world: World, *rules: str, people: str = "") -> None:
    files = {"rules.yaml": "rules:\n" + "".join(f"  - {rule}\n" for rule in rules)}
    world.write(files | ({"people.yaml": people} if people else {}))
    loaded = await world.reload()
    assert not loaded.problems, loaded.problems


async def test_one_mail_names_every_rule_that_found_the_story(world: World) -> None:
    await _rules(
        world,
        f"{{name: Harbour, to: [{READER}], query: harbour}}",
        f"{{name: Council, to: [{READER}, {OTHER}], query: council}}",
    )
    await world.settle()
    world.publish(Item("harbour"), Item("weather"))
    await world.visit()
    assert await world.send() == 2
    assert world.mails()[0].get_all("X-Monitor-Rule") == ["Council", "Harbour"]
    assert world.mails(OTHER)[0].get_all("X-Monitor-Rule") == ["Council"]


async def test_beyond_the_hourly_limit_the_rest_becomes_a_digest_with_true_counts(world: World) -> None:
    await _rules(world, f"{{name: Harbour, to: [{READER}], query: harbour, max_per_hour: 3}}")
    await world.settle()
    world.publish(*(Item(f"harbour {number}", at=world.clock) for number in range(8)), Item("weather"))
    await world.visit()
    assert await world.send() == 3
    world.later(minutes=61)
    assert await world.send() == 1
    digest = world.mails()[-1]
    told = [number for number in range(8) if f"harbour {number}" in text_of(digest)]
    assert len(told) == 5
    assert "5" in digest["Subject"] + text_of(digest)
    assert len(world.mails()) == 4


async def test_an_hourly_reader_gets_one_digest_an_hour_and_none_twice(world: World) -> None:
    await _rules(world, f"{{name: Harbour, to: [{READER}], query: harbour, send: hourly}}")
    await world.settle()
    for number in range(3):
        world.publish(*(Item(f"harbour {done}", at=START) for done in range(number + 1)), Item("weather"))
        await world.visit()
    assert await world.send() == 0
    world.later(hours=1)
    assert await world.send() == 1
    assert world.subjects() == ["3 stories: Harbour 3"]
    world.later(hours=1)
    assert await world.send() == 0


async def test_a_clock_that_jumped_back_makes_no_digest_twice(world: World) -> None:
    await _rules(world, f"{{name: Harbour, to: [{READER}], query: harbour, send: hourly}}")
    await world.settle()
    world.publish(Item("harbour 1"), Item("weather"))
    await world.visit()
    world.later(hours=1)
    assert await world.send() == 1
    world.later(minutes=-50)
    world.publish(Item("harbour 2"), Item("harbour 1"), Item("weather"))
    await world.visit()
    threads = [one.alert.thread for one in await world.deliveries() if one.alert.kind == "digest"]
    assert len(set(threads)) == len(threads) == 2


async def test_quiet_hours_gather_what_comes_and_end_in_one_mail(world: World) -> None:
    people = f'people:\n  - {{name: ann, mail: {READER}, timezone: Europe/Kyiv, quiet: "11:00-15:00"}}\n'
    await _rules(world, "{name: Harbour, to: [ann], query: harbour}", people=people)
    await world.settle()
    world.publish(*(Item(f"harbour {number}") for number in range(2)), Item("weather"))
    await world.visit()
    assert await world.send() == 0
    world.clock = START.replace(hour=13, minute=1)
    # Two summaries would be one too many: the first poll was quiet as well.
    await world.send()
    assert len([mail for mail in world.mails() if "harbour 0" in text_of(mail)]) == 1


async def silences(world: World) -> list[str]:
    """Why articles were not told, in their order."""
    kept = [await world.store.read(silence_records.of_article, one.id) for one in await world.articles()]
    return [one.silence.reason for of_article in kept for one in of_article]


async def test_a_second_rule_for_a_story_that_was_told_is_silent_with_a_reason(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour"), Item("weather"))
    first = await world.visit()
    assert (first.alerts, await silences(world)) == (1, [])
    world.publish(Item("harbour", "The harbour is open."), Item("weather"))
    again = await world.visit()
    assert (again.alerts, await silences(world)) == (0, [SilenceReason.EDITED])


async def test_first_polls_of_one_start_share_one_summary(world: World) -> None:
    world.write({"outlets.yaml": world.outlets("/rss", "/top")})
    await world.reload()
    world.publish(Item("harbour 1", at=START))
    world.publish(Item("harbour 2", at=START), path="/top")
    await world.poll()
    world.later(minutes=10)
    await world.send()
    titles = [text_of(mail) for mail in world.mails()]
    assert sum("harbour 1" in text for text in titles) == 1
    assert sum("harbour 2" in text for text in titles) == 1


@pytest.mark.parametrize("hours", [25, 200])
async def test_what_is_old_at_the_first_poll_is_silent_with_a_reason(world: World, hours: int) -> None:
    assert "harbour" in RULES
    world.publish(Item("harbour", at=START - timedelta(hours=hours)))
    await world.visit()
    assert await silences(world) == [SilenceReason.TOO_OLD]


async def test_old_pieces_in_a_known_feed_are_lines_with_their_dates_in_tomorrows_digest(world: World) -> None:
    await world.settle()
    dates = [datetime(2015, 3, 3, 9, 30, tzinfo=UTC), START - timedelta(hours=30)]
    world.publish(*(Item(f"harbour {number}", at=date) for number, date in enumerate(dates)), Item("weather"))
    kept = await world.visit()
    assert (kept.new, await silences(world)) == (2, [])
    assert await world.send() == 0
    world.later(hours=10)
    assert await world.send() == 0
    world.clock = START.replace(day=24, hour=8)
    assert await world.send() == 1
    text = text_of(world.mails()[0])
    assert "3 Mar 2015 09:30" in text
    assert "22 Nov 04:00" in text
    assert "Older than 24 hours" in text


@pytest.mark.parametrize("text", ["2026-11-22", "Sun, 22 Nov 2026", "22.11.2026"])
async def test_a_date_without_a_time_counts_to_the_end_of_its_day(world: World, text: str) -> None:
    await world.settle()
    world.news.feed(
        "/rss",
        rss([Item("harbour"), Item("weather")]).replace(b"</item>", f"<pubDate>{text}</pubDate></item>".encode()),
    )
    await world.visit()
    assert await world.send() == 1
    assert "news · Sun 22 November 2026\r\n" in text_of(world.mails()[0])


async def test_a_later_date_tells_a_piece_at_once_that_came_with_an_old_one(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour", at=START - timedelta(days=400)), Item("weather"))
    await world.visit()
    assert await world.send() == 0
    world.publish(Item("harbour", "The harbour is open.", at=START), Item("weather"))
    await world.visit()
    assert await world.send() == 1
    world.later(hours=40)
    assert await world.send() == 0, "and not again with the older ones"
    assert await world.states() == ["merged", "sent"]


async def test_a_fresh_copy_tells_a_story_at_once_that_an_old_one_brought(world: World) -> None:
    words = (
        "The council met on Monday and spoke for two hours about the harbour before it went home without a vote. " * 9
    )
    await world.settle()
    # Pieces whose dates are further apart are two stories.
    world.publish(Item("harbour", words, at=START - timedelta(hours=26), link="https://news.test/1"), Item("weather"))
    await world.visit()
    assert await world.send() == 0
    async with Outlet(("127.0.0.2",)) as other:
        copy = rss([Item("harbour", words, at=START - timedelta(hours=20), link="https://o.test/2")], "https://o.test")
        other.feed("/rss", rss([Item("market", at=START)], "https://o.test"))
        world.write({"outlets.yaml": world.outlets("/rss", more=f"  - {{name: other, feed: {other.url('/rss')}}}\n")})
        await world.reload()
        await world.poll()
        other.feed("/rss", copy)
        await world.store.write(poll_records.make_due, world.clock)
        await world.poll()
    assert await world.send() == 1
    world.later(hours=40)
    assert await world.send() == 0


async def test_an_edit_that_matches_newly_is_news_unless_the_piece_was_old_when_it_came(world: World) -> None:
    await world.settle()
    ages = {"market": timedelta(hours=1), "council": timedelta(days=9)}
    world.publish(*(Item(name, at=START - age) for name, age in ages.items()), Item("weather"))
    await world.visit()
    world.later(days=2)
    edited = "Now it is about the harbour."
    world.publish(*(Item(name, edited, at=START - age) for name, age in ages.items()), Item("weather"))
    await world.visit()
    assert await world.send() == 1
    assert world.subjects() == ["News of the market"]
    world.later(hours=24)
    assert await world.send() == 1
    assert "News of the council" in text_of(world.mails()[-1])
