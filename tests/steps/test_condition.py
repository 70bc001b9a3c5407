"""What was odd about a page that was read stands with its feed: no entries, some lost, dates that mean nothing."""

from __future__ import annotations

from monitor.reports.health import read_health
from tests.steps.world import Item, World, rss


async def attention(world: World) -> list[str]:
    health = await world.store.read(read_health, world.clock)
    return [line for line in health.attention if line.startswith("news: ")]


async def test_a_feed_without_entries_is_told_until_it_has_some(world: World) -> None:
    world.publish(etag='"0"')
    await world.visit()
    assert (await world.feed()).health == "empty"
    assert (await attention(world)) == [f"news: no entries ({world.news.url('/rss')})"]
    await world.visit()
    assert (await world.feed()).health == "empty"
    world.publish(Item("harbour"), etag='"1"')
    await world.visit()
    assert (await world.feed()).health == "ok"
    assert await attention(world) == []
    world.publish()
    await world.visit()
    assert len(await attention(world)) == 1


async def test_a_feed_that_lost_entries_is_told_and_an_unchanged_answer_does_not_hide_it(world: World) -> None:
    body = b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "title": "The harbour"}, 7, {}]}'
    world.news.page("/rss", body, headers={"content-type": "application/json", "etag": '"1"'})
    for _ in range(2):
        await world.visit()
        assert (await world.feed()).health == "damaged"
        assert "2 entries could not be read" in (await attention(world))[0]


async def test_a_note_stays_until_the_next_full_poll_has_none(world: World) -> None:
    odd, sound = rss([Item("harbour & port")]).replace(b"&amp;", b"&"), rss([Item("harbour")])
    world.news.page("/rss", odd, headers={"etag": '"1"'})
    said = [f"news was read, but: repaired ({world.news.url('/rss')})"]
    for _ in range(2):
        await world.visit()
        assert (await world.store.read(read_health, world.clock)).notes == said
    world.news.page("/rss", b"", status=503)
    await world.visit()
    state = await world.feed()
    assert (state.last_error, state.notes) == ("status: 503", "repaired")
    world.news.page("/rss", sound)
    await world.visit()
    state = await world.feed()
    assert (state.last_error, state.notes) == ("", "")


async def test_dates_that_mean_nothing_are_noted_and_need_no_attention(world: World) -> None:
    body = rss([Item("harbour")]).replace(b"</item>", b"<pubDate>28 Nov 2026 21:30 (3 of 7)</pubDate></item>")
    world.news.page("/rss", body)
    await world.visit()
    feed = await world.feed()
    assert feed.health == "ok"
    assert "dates that mean nothing: 1" in feed.notes
    assert await attention(world) == []
