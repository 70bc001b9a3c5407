"""An edit of how often a feed is polled counts at once, and not only from its next poll on."""

from __future__ import annotations

from datetime import timedelta

from tests.steps.world import START, Item, World

MINUTE = timedelta(minutes=1)


async def save(world: World, more: str) -> timedelta:
    """Save the outlet with these keys; return how long after its last poll the feed is due now."""
    world.write({"outlets.yaml": world.outlets("/rss").replace("language: en", f"language: en{more}")})
    assert not (await world.reload()).errors
    feed = await world.feed()
    assert feed.last_poll_at is not None
    return feed.due_at - feed.last_poll_at


async def test_the_next_poll_follows_another_every_at_once(world: World) -> None:
    await world.settle(Item("weather", at=START))
    await world.visit()
    before = (await world.feed()).due_at
    assert await save(world, "") == before - world.clock, "what does not concern it changes nothing"
    assert await save(world, ", every: 2m") == 2 * MINUTE
    assert (await world.feed()).due_because == "`every:` in the files"
    assert await save(world, ", every: 1h") == 60 * MINUTE
    world.later(minutes=3)
    assert await save(world, ", every: 1m") == 3 * MINUTE, "due since: at once"
    assert await save(world, ", every: 1h") == 3 * MINUTE, "and that poll stays"
    await world.visit()
    planned = await save(world, ", every: 1h")
    assert 54 * MINUTE <= planned <= 60 * MINUTE
    assert await save(world, ", every: 1h, country: tr") == planned
    assert await save(world, "") == 10 * MINUTE


async def test_a_feed_that_fails_keeps_its_time(world: World) -> None:
    await world.settle(Item("weather", at=START))
    world.news.page("/rss", b"", status=503, headers={"Retry-After": "3000"})
    await world.visit()
    assert await save(world, ", every: 1m") == 50 * MINUTE


async def test_more_requests_a_day_count_at_once_where_they_were_spent(world: World) -> None:
    await world.settle(Item("weather", at=START))
    await save(world, ", requests_a_day: 1")
    await world.visit()
    spent = await save(world, ", requests_a_day: 1")
    assert spent > 60 * MINUTE
    assert await save(world, ", requests_a_day: 100") == timedelta()
