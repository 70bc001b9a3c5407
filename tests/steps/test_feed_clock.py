"""A feed whose clock is wrong: learned while it is polled, corrected from then on, and nothing hidden by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.articles import FeedClock
from monitor.articles.feed_clocks import ClockSample
from monitor.cli.explain_output import lines_of
from monitor.reports.explanation import explain
from monitor.reports.health import read_health
from monitor.store import Connection
from tests.steps.world import READER, START, Item, World

AHEAD = timedelta(hours=3)
RECENT = f"rules:\n  - {{name: Recent, to: [{READER}], query: 'harbour AND published:PT2H'}}\n"


async def learn(world: World, error: timedelta, *shown: Item) -> None:
    """Let a piece come five minutes after a poll that did not show it, as eleven have in the 33 hours before.

    `shown` is what came last and is still on the page, without which articles may have come and gone unseen.
    """
    minutes, ahead = world.clock.timestamp() // 60, error / timedelta(minutes=1)
    samples = tuple(ClockSample(int(minutes) - 180 * ago, int(ahead) - 4, int(ahead) + 13) for ago in range(11, 0, -1))

    def seed(conn: Connection) -> None:
        conn.exec_driver_sql(f"UPDATE feeds SET clock_samples = '{FeedClock(0, samples).text()}'")

    await world.store.write(seed)
    await world.visit()
    world.later(minutes=5)
    fresh = Item("piece 13", link=world.news.url("/13"), at=world.clock - timedelta(minutes=2) + error)
    world.publish(fresh, *shown, Item("weather", at=START))
    await world.visit()
    assert (await world.feed()).clock_ahead == ahead


@pytest.mark.parametrize("error", [AHEAD, timedelta(hours=-5)])
async def test_it_is_learned_and_corrected(world: World, error: timedelta) -> None:
    world.write({"rules.yaml": RECENT})
    await world.reload()
    world.publish(Item("weather", at=START))
    await world.visit()
    await learn(world, error)
    world.later(minutes=5)
    fresh = Item("piece 14", link=world.news.url("/14"), at=world.clock - timedelta(minutes=2) + error)
    world.publish(fresh, Item("weather", at=START))
    await world.visit()
    health = await world.store.read(read_health, world.clock)
    (feed,) = health.feeds
    assert feed.clock_ahead == error / timedelta(minutes=1)
    stored = (await world.articles())[-1]
    true = world.clock - timedelta(minutes=2)
    assert (stored.article.published, stored.article.claimed) == (true, true + error)
    said = "3:00 h fast" if error == AHEAD else "5:00 h slow"
    assert f"news: its clock is {said}, so that its times are corrected ({world.news.url('/rss')})" in health.notes
    link = world.news.url("/14")
    config, span = world.ctx.active.config, (START, world.clock)
    (told,) = await world.store.read(explain, config, [link], None, span)
    lines = "\n".join(lines_of(told))
    assert (
        f"published  {true:%Y-%m-%d %H:%M} UTC (its feed claims {true + error:%Y-%m-%d %H:%M} UTC; as given: “" in lines
    )
    # The outlet puts its clock right: what looks hours old or new by the correction is told all the same.
    world.later(minutes=5)
    world.publish(Item("harbour", at=world.clock), Item("weather", at=START))
    await world.visit()
    assert len(await world.states()) == 1


async def test_what_the_entry_says_goes_before(world: World) -> None:
    def entry(keys: str) -> dict[str, str]:
        return {"outlets.yaml": f"outlets: [{{name: news, feed: {world.news.url('/rss')}{keys}}}]\n"}

    published = []
    for number, keys in enumerate((", zone: Europe/Istanbul", ", zone: no", "")):
        world.write(entry(keys))
        assert not (await world.reload()).problems
        at = world.clock - timedelta(hours=4)
        piece = Item(f"piece {number}", at=at)
        world.publish(piece, Item("weather", at=START))
        await world.visit()
        published.append((await world.articles())[-1].article.published == at - timedelta(hours=3 if not number else 0))
        world.later(minutes=5)
    assert published == [True, True, True]
    await learn(world, AHEAD, piece)
    world.write(entry(", zone: no"))
    await world.reload()
    await world.visit()
    assert (await world.feed()).clock_ahead == 0


async def test_a_correction_makes_no_article_of_one_that_is_known(world: World) -> None:
    slow = timedelta(hours=-5)
    old = START - timedelta(minutes=2) + slow
    world.publish(Item("weather", at=START), Item("piece 0", link=world.news.url("/0"), at=old))
    await world.visit()
    await learn(world, slow)
    world.later(minutes=5)
    item = Item("piece 14", link=world.news.url("/14"), at=world.clock - timedelta(minutes=2) + slow)
    world.publish(item, Item("weather", at=START))
    await world.visit()
    known = [one.id for one in await world.articles()]
    # Under other addresses: one whose time was corrected, and one that came before that.
    world.publish(replace(item, link=world.news.url("/moved")), Item("piece 0", link=world.news.url("/old"), at=old))
    await world.visit()
    assert [one.id for one in await world.articles()] == known
