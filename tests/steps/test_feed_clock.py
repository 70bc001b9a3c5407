"""A feed whose clock is wrong: learned while it is polled, corrected from then on, and nothing hidden by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.cli.explain_output import lines_of
from monitor.reports.explanation import explain
from monitor.reports.health import read_health
from tests.steps.world import READER, START, Item, World

AHEAD = timedelta(hours=3)
RECENT = f"rules:\n  - {{name: Recent, to: [{READER}], query: 'harbour AND published:PT2H'}}\n"


async def learn(world: World, error: timedelta, polls: int = 14) -> None:
    """Let pieces come three hours apart, each of them five minutes after a poll that did not show it."""
    for number in range(polls):
        world.later(minutes=175)
        shown = Item(f"piece {number - 1}", link=world.news.url(f"/{number - 1}"), at=START)
        world.publish(shown)
        await world.visit()
        world.later(minutes=5)
        fresh = Item(
            f"piece {number}", link=world.news.url(f"/{number}"), at=world.clock - timedelta(minutes=2) + error
        )
        world.publish(fresh, shown)
        await world.visit()


@pytest.mark.parametrize("error", [AHEAD, timedelta(hours=-5)])
async def test_it_is_learned_and_corrected(world: World, error: timedelta) -> None:
    world.write({"rules.yaml": RECENT})
    await world.reload()
    world.publish(Item("weather", at=START))
    await world.visit()
    await learn(world, error, polls=15)
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
    world.publish(Item("harbour", at=world.clock), Item("piece 14", link=link, at=START))
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
        world.publish(Item(f"piece {number}", at=at), Item("weather", at=START))
        await world.visit()
        published.append((await world.articles())[-1].article.published == at - timedelta(hours=3 if not number else 0))
        world.later(minutes=5)
    assert published == [True, True, True]
    await learn(world, AHEAD)
    assert (await world.feed()).clock_ahead == 180
    world.write(entry(", zone: no"))
    await world.reload()
    await world.visit()
    assert (await world.feed()).clock_ahead == 0


async def test_a_correction_makes_no_article_of_one_that_is_known(world: World) -> None:
    slow = timedelta(hours=-5)
    world.publish(Item("weather", at=START))
    await world.visit()
    await learn(world, slow)
    known = [one.id for one in await world.articles()]
    assert (await world.feed()).clock_ahead == -300
    world.later(minutes=5)
    # The words and the second of the last one, under another address, and one whose time was not corrected yet.
    last = Item("piece 13", link=world.news.url("/moved"), at=world.clock - timedelta(minutes=7) + slow)
    first = Item("piece 0", link=world.news.url("/old"), at=START + timedelta(minutes=178) + slow)
    world.publish(last, first)
    await world.visit()
    assert [one.id for one in await world.articles()] == known
