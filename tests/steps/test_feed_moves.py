"""A feed of titles alone that comes back under other ids, links and dates: nothing is stored or told again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.steps.world import START, World

_SUBJECTS = ("bridge", "museum", "railway", "orchard", "glacier", "senator", "tariff", "volcano")


def titles_alone(
    world: World, count: int, dated: Callable[[datetime], datetime | None], *, moved: bool = False
) -> None:
    """Publish the newest nine of so many titles about the harbour."""
    items = []
    for number in range(count, max(count - 9, 0), -1):
        name, at = (
            (f"n/{number * 31}" if moved else f"o{number}"),
            dated(START + timedelta(minutes=25 * number, seconds=7)),
        )
        date = f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if at else ""
        title = f"Minister speaks again at the harbour about {_SUBJECTS[number % 8]} number {number}"
        items.append(
            f"<item><title>{title}</title><link>https://news.test/{name}</link><guid>{name}-id</guid>{date}</item>"
        )
    body = f'<rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'
    world.news.feed("/rss", body.encode())


@pytest.mark.parametrize(
    "dated",
    [lambda at: at + timedelta(hours=1), lambda at: START + timedelta(hours=9), lambda at: None],
    ids=["an hour ahead", "of the import", "none"],
)
async def test_a_moved_feed_is_told_once(world: World, dated: Callable[[datetime], datetime | None]) -> None:
    titles_alone(world, 6, lambda at: at)
    await world.visit()
    titles_alone(world, 10, lambda at: at)
    world.later(hours=5)
    assert (await world.visit()).new == 4
    titles_alone(world, 11, dated, moved=True)
    world.later(minutes=10)
    ingested = await world.visit()
    assert (ingested.new, ingested.gap) == (1, False)
    # From then on their new ids and links name them.
    titles_alone(world, 12, dated, moved=True)
    world.later(minutes=10)
    assert (await world.visit()).new == 1
    assert len(await world.articles()) == 12


async def test_what_was_shown_long_ago_is_not_looked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.steps.feed_moves.MOST_SHOWN", 2)
    titles_alone(world, 6, lambda at: at)
    await world.visit()
    titles_alone(world, 6, lambda at: at + timedelta(hours=1), moved=True)
    world.later(hours=3)
    assert (await world.visit()).new == 6


def with_places(world: World, newest: int, *, request: int = 0) -> None:
    """Publish the newest six of so many titles, whose links count their place on the page or the request."""
    items = []
    for place, number in enumerate(range(newest, newest - 6, -1)):
        query = f"_={request}" if request else f"from=main_{place + 1}"
        link = f"https://news.test/2026/11/{number:04}?{query}"
        title = f"Minister at the harbour {_SUBJECTS[number % 8]} {number}"
        items.append(f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid></item>")
    world.news.feed("/rss", f'<rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'.encode())


@pytest.mark.parametrize("is_counted", [False, True])
async def test_links_that_count_places_or_requests_make_no_new_articles(world: World, *, is_counted: bool) -> None:
    for newest in (6, 7, 7, 9, 10, 10):
        world.later(minutes=10)
        with_places(world, newest, request=int(world.clock.timestamp()) if is_counted else 0)
        ingested = await world.visit()
        assert not ingested.gap
    assert len(await world.articles()) == 10
    # What the feed makes up at each poll is not kept: an id and a link of each article, and its title.
    assert await world.count("SELECT count(*) FROM identities") <= 30
