"""A rule or story at five times its habit is said once to each reader, and again only after it had calmed."""

from __future__ import annotations

from datetime import timedelta

from monitor.alerts import Burst, BurstKind
from monitor.reports.health import read_health
from monitor.reports.story_list import moving_stories
from monitor.steps.burst_notes import rule_bursts, story_bursts
from monitor.store import Connection, article_queries, burst_records
from monitor.store.story_queries import StoryFilter
from tests.steps.world import READER, READERS, START, Item, World, rule_for, text_of
from tests.store.make import article, show

DAY = timedelta(days=1)
SAID = "“Harbour” finds far more than usual"
HOURLY = rule_for([READER]).replace("query", "send: hourly, query")


def weeks_of_two(conn: Connection, days: int = 28) -> None:
    """Let the rule Harbour have found two stories on each of so many days before the start."""
    for day in range(1, days + 1):
        show(conn, 1, [article(f"d{day}", f"Of day {day}")], START - day * DAY)
        burst_records.keep_news(conn, [("Harbour", 10_000 + 2 * day), ("Harbour", 10_001 + 2 * day)], START - day * DAY)


async def bring(world: World, first: int, count: int) -> None:
    """Let so many stories about the harbour come."""
    # Words that share nothing, so that no two are copies.
    words = [" ".join(f"{word}{number}" for word in "abcdefghijkl") for number in range(first, first + count)]
    found = [Item(f"harbour {number}", text, at=world.clock) for number, text in enumerate(words, first)]
    world.publish(*found)
    await world.visit_at("/rss")


async def digest(world: World) -> str:
    """The mails of the next hour."""
    world.mail.accepted.clear()
    world.later(hours=1)
    await world.visit()
    await world.send()
    return "\n".join(map(text_of, world.mails()))


async def test_a_burst_is_said_once_and_again_after_a_calm_day(world: World) -> None:
    world.write({"rules.yaml": HOURLY})
    await world.reload()
    await world.settle()
    await world.store.write(weeks_of_two)
    await bring(world, 0, 9)
    assert SAID not in await digest(world)
    await bring(world, 20, 3)
    assert f"{SAID}: 12 stories in 24 hours, 2 on a usual day" in await digest(world)
    await world.begin()  # a restart
    await bring(world, 40, 8)
    assert SAID not in await digest(world)
    # The day after is still full; then two calm days pass.
    world.later(hours=24)
    await bring(world, 60, 12)
    assert SAID not in await digest(world)
    for day in range(1, 4):
        world.later(days=1)
        await bring(world, 80 + day, 1)
        assert SAID not in await digest(world)
    world.later(hours=22)
    await bring(world, 100, 12)
    assert f"{SAID}: 12 stories in 24 hours, 2 on a usual day" in await digest(world)


async def test_every_reader_is_told_and_alerts_at_once_say_it_as_well(world: World) -> None:
    world.write({"rules.yaml": rule_for(READERS[:2])})
    await world.reload()
    await world.settle()
    await world.store.write(weeks_of_two)
    await bring(world, 0, 14)
    await world.send()
    for reader in READERS[:2]:
        said = [text_of(mail) for mail in world.mails(reader)]
        assert len(said) == 14
        assert sum(SAID in one for one in said) == 1


async def test_the_backlog_of_a_first_poll_and_of_a_rule_that_looks_for_more_is_no_burst(world: World) -> None:
    await world.settle()
    await world.store.write(weeks_of_two)
    world.write({"outlets.yaml": world.outlets("/rss", "/more")})
    await world.reload()
    world.publish(*(Item(f"harbour {number}", at=world.clock) for number in range(30)), path="/more")
    await world.visit_at("/more")
    assert await world.store.read(rule_bursts, world.clock) == []
    await bring(world, 40, 30)
    assert await world.store.read(rule_bursts, world.clock) == [Burst(BurstKind.RULE, "Harbour", 30, 2)]
    world.write({"rules.yaml": rule_for([READER]).replace("query: harbour", "query: harbour OR weather")})
    await world.reload()
    assert await world.store.read(rule_bursts, world.clock) == []


async def test_a_story_that_spreads_fast_is_said_and_listed(world: World) -> None:
    world.write({"rules.yaml": HOURLY})
    await world.reload()
    await world.settle()
    await bring(world, 0, 1)
    world.later(minutes=40)

    def spread(conn: Connection) -> int:
        others = [article(f"o{day}", f"Other {day}") for day in range(60)]
        show(conn, 1, others, START - 2 * DAY)
        stored = article_queries.get(conn, range(1, 200)).values()
        (story,) = [one.story_id for one in stored if "harbour" in one.article.title]
        burst_records.keep_news(
            conn, [("Harbour", one.story_id) for one in stored if one.story_id != story], START - 2 * DAY
        )
        for number in range(11):
            show(conn, 1, [article(f"c{number}", f"Copy {number}", outlet=f"outlet{number}")], world.clock)
        conn.exec_driver_sql(f"UPDATE articles SET story_id = {story} WHERE outlet <> 'news' AND outlet <> 'tass'")
        return story

    story = await world.store.write(spread)
    assert await world.store.read(story_bursts, [story], world.clock) == [Burst(BurstKind.STORY, str(story), 12, 1)]
    moving = await world.store.read(moving_stories, StoryFilter(START - DAY, world.clock + timedelta(seconds=1)))
    assert [one.id for one in moving.stories if one.burst] == [story]
    world.later(minutes=30)
    await world.send()
    assert "Spreads fast: 11 outlets within an hour, where a story usually has 1" in text_of(world.mails()[0])


async def test_the_status_names_rules_at_a_burst(world: World) -> None:
    await world.settle()
    await world.store.write(weeks_of_two)
    await bring(world, 0, 14)
    assert any(SAID in note for note in (await world.store.read(read_health, world.clock)).notes)
