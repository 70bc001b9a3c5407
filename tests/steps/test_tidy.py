"""What `keep:` says is carried out, and what was deleted is not taken for new."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.steps.tidy import tidy_up
from tests.steps.test_clock import Turn, live, turns
from tests.steps.world import Item, World


async def _aged(world: World, keep: str) -> int:
    world.write({"monitor.yaml": world.settings(keep)})
    await world.reload()
    await world.settle(Item("harbour", at=world.clock), Item("weather"))
    world.later(days=40)
    return await tidy_up(world.ctx)


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


async def test_the_bytes_of_sent_mails_go_after_90_days_and_waiting_ones_stay(world: World) -> None:
    await _aged(world, "keep: {articles: forever}\n")
    world.mail.close()
    world.publish(Item("harbour of today"), Item("harbour"), Item("weather"))
    await world.visit()
    await world.send()
    before = await world.count("SELECT count(*) FROM messages")
    world.later(days=100)
    await tidy_up(world.ctx)
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
    await tidy_up(world.ctx)
    kept = [stored for stored in await world.articles() if stored.article.title == "News of the weather"]
    assert [bool(stored.article.body) for stored in kept] == [True]
