"""What `keep:` says is carried out, and what was deleted is not taken for new."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from monitor.steps.clock_jumps import confirmed_time
from monitor.steps.retention import apply_retention
from monitor.store import burst_records
from tests.steps.test_clock_jumps import TEN_YEARS, Turn, live, turns
from tests.steps.world import START, Item, World, rss


async def _tidy_at(world: World, moment: datetime, *shown: Item) -> int:
    """Visit an outlet whose answer states this moment, and tidy."""
    world.news.page("/rss", rss(shown), headers={"Date": format_datetime(moment, usegmt=True)})
    await world.visit()
    return await _tidy(world)


async def _tidy(world: World) -> int:
    return await apply_retention(world.store, world.ctx.active.config.settings, _confirmed(world))


def _confirmed(world: World) -> datetime | None:
    return confirmed_time(world.ctx.access.server_times, world.clock)


async def _aged(world: World, keep: str) -> int:
    world.write({"monitor.yaml": world.settings(keep)})
    await world.reload()
    shown = Item("harbour", at=world.clock), Item("weather")
    await world.settle(*shown)
    world.later(days=40)
    return await _tidy_at(world, world.clock, *shown)


async def test_forever_is_forever(world: World) -> None:
    assert await _aged(world, "keep: {articles: forever}\n") == 0
    assert len(await world.articles()) == 2


async def test_old_articles_go_and_are_known_again_when_they_return(world: World) -> None:
    assert await _aged(world, "keep: {articles: 30d}\n") >= 2
    assert await world.articles() == []
    world.publish(Item("weather"), Item("harbour"), Item("market"))
    kept = await world.visit()
    assert kept.new == 1
    assert await world.send() == 0


async def test_old_texts_go_and_their_articles_stay(world: World) -> None:
    assert await _aged(world, "keep: {text: 30d}\n") >= 2
    stored = await world.articles()
    assert [one.article.title for one in stored] == ["News of the weather", "News of the harbour"]
    assert {one.article.lead + one.article.body for one in stored} == {""}


async def test_the_text_of_an_edit_of_an_old_article_goes_as_well(world: World) -> None:
    assert await _aged(world, "keep: {text: 30d}\n") >= 2
    shown = Item("market", at=world.clock), Item("harbour", "It is open.", at=START), Item("weather")
    await _tidy_at(world, world.clock, *shown)
    world.later(days=40)
    assert await _tidy_at(world, world.clock, *shown) >= 1
    edited = (shown[0], Item("harbour", "It is closed again.", at=START), Item("weather"))
    world.publish(*edited)
    await world.visit()
    assert "closed" in "".join([one.article.body for one in await world.articles()])
    assert await _tidy(world) == 1
    assert {one.article.body for one in await world.articles()} == {""}


async def test_what_was_news_for_rules_goes_after_90_days(world: World) -> None:
    await world.settle()
    await world.store.write(burst_records.keep_news, [("Harbour", 1)], world.clock - timedelta(days=91))
    await world.store.write(burst_records.keep_news, [("Harbour", 2)], world.clock - timedelta(days=89))
    await _tidy_at(world, world.clock)
    assert await world.count("SELECT min(story_id) FROM rule_news") == 2


async def test_the_bytes_of_sent_mails_go_after_90_days_and_waiting_ones_stay(world: World) -> None:
    await _aged(world, "keep: {articles: forever}\n")
    world.mail.close()
    world.publish(Item("harbour of today"), Item("harbour"), Item("weather"))
    await world.visit()
    await world.send()
    before = await world.count("SELECT count(*) FROM messages")
    world.later(days=100)
    await _tidy_at(world, world.clock)
    left = await world.count("SELECT count(*) FROM messages JOIN deliveries ON deliveries.id = delivery_id")
    assert before - left == 1
    assert left == 1
    assert await world.states() == ["sent", "waiting"]


@turns
async def test_a_clock_without_a_battery_makes_no_archive_old(turn: Turn, world: World) -> None:
    world.write({"monitor.yaml": world.settings("keep: {articles: 90d, text: 30d}\n")})
    await world.begin()
    await world.settle()
    before = world.clock
    await turn(world, datetime(1970, 1, 1, 0, 1, tzinfo=UTC))
    world.publish(Item("harbour"), Item("weather"))
    await world.poll()
    assert await world.send() == 1
    await live(world, before)
    await _tidy_at(world, world.clock, Item("harbour"), Item("weather"))
    kept = [stored for stored in await world.articles() if stored.article.title == "News of the weather"]
    assert [bool(stored.article.body) for stored in kept] == [True]


@turns
@pytest.mark.parametrize("stated", [START, None])
async def test_nothing_is_old_by_a_clock_years_ahead_that_nobody_confirms(
    turn: Turn, stated: datetime | None, world: World
) -> None:
    world.write({"monitor.yaml": world.settings("keep: {articles: 90d, text: 30d}\n")})
    await world.begin()
    await world.settle()
    world.publish(Item("harbour"), Item("weather"))
    await world.visit()
    assert await world.send() == 1
    await turn(world, START + TEN_YEARS)
    if stated:
        assert await _tidy_at(world, stated, Item("harbour"), Item("weather")) == 0
    assert await _tidy(world) == 0
    assert [bool(stored.article.body) for stored in await world.articles()] == [True, True]
    assert await world.count("SELECT count(*) FROM messages") == 1


async def test_a_moment_has_come_when_three_hosts_and_our_clock_say_so(world: World) -> None:
    assert _confirmed(world) is None
    world.later(days=500)
    for host, days in (("a", 9), ("b", 400), ("c", 300), ("d", 2)):
        world.ctx.access.server_times[host] = START + timedelta(days=days)
    assert _confirmed(world) == START + timedelta(days=9)
    world.clock = START + timedelta(days=5)
    assert _confirmed(world) == world.clock


@pytest.mark.parametrize("stated", ["", "soon", "Mon, 99 Nov 2026 10:00:00 GMT"])
async def test_a_date_that_is_none_confirms_nothing(stated: str, world: World) -> None:
    world.news.page("/rss", rss([Item("weather")]), headers={"Date": stated})
    await world.visit()
    assert _confirmed(world) is None


async def test_the_log_says_what_was_removed_and_why_nothing_is(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor")
    removed = await _aged(world, "keep: {articles: 30d}\n")
    assert await _tidy(world) == 0
    assert await apply_retention(world.store, world.ctx.active.config.settings, None) == 0
    said = [one.getMessage() for one in caplog.records if vars(one)["event"] == "retention"]
    assert said == [
        f"{removed} old rows tidied away",
        "nothing old is removed: no outlet has stated the time since the start (HTTP Date)",
    ]
