"""A configuration goes live: what is new in it makes one summary a person, what left keeps its past."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.errors import StoreError
from monitor.reports.activity import report_activity
from monitor.reports.article_history import find
from monitor.reports.health import read_health
from monitor.steps.apply_config import apply_config, plan_summaries
from tests.peers.http import Outlet
from tests.steps.world import READER, RULES, START, Item, World, rss, text_of

MINUTE = timedelta(minutes=1)
BOB = "bob@readers.test"
MARKET = RULES + f"  - {{name: Market, to: [{READER}], query: market}}\n"


async def _past(world: World) -> None:
    """A day in which something was published that no rule asked for yet."""
    await world.settle()
    for number in range(3):
        world.later(minutes=30)
        world.publish(
            *(Item(f"market {done}", at=START) for done in range(number + 1)), Item("harbour"), Item("weather")
        )
        await world.visit()
    await world.send()
    world.mail.accepted.clear()
    world.later(minutes=30)


async def test_a_new_rule_sums_up_the_last_24_hours_in_one_mail(world: World) -> None:
    await _past(world)
    world.write({"rules.yaml": MARKET})
    await world.reload()
    world.later(minutes=10)
    assert await world.send() == 1
    text = text_of(world.mails()[0])
    assert all(f"market {number}" in text for number in range(3))
    await world.reload()
    assert await world.send() == 0


async def test_what_a_new_rule_finds_of_the_past_counts_as_found(world: World) -> None:
    await _past(world)
    world.write({"rules.yaml": MARKET})
    await world.reload()
    health = await world.store.read(read_health, world.clock)
    assert health.matches_today == {"Harbour": 1, "Market": 3}
    report = await world.store.read(report_activity, world.ctx.active.config, (None, None), world.clock + MINUTE)
    assert {one.rule: one.matches for one in report.rules} == {"Harbour": 1, "Market": 3}


async def test_a_new_rule_reaches_back_24_hours_and_no_further(world: World) -> None:
    await _past(world)
    world.later(hours=25)
    world.write({"rules.yaml": MARKET})
    await world.reload()
    world.later(minutes=10)
    assert await world.send() == 0


async def test_what_was_stored_in_the_very_second_of_the_edit_is_summed_up(world: World) -> None:
    await world.settle()
    world.clock = world.clock.replace(microsecond=300_000)
    world.publish(Item("market"), Item("weather"))
    await world.visit()
    world.clock = world.clock.replace(microsecond=800_000)
    world.write({"rules.yaml": MARKET})
    await world.reload()
    world.later(minutes=10)
    assert await world.send() == 1


async def test_a_new_recipient_gets_a_summary_and_the_others_nothing(world: World) -> None:
    await _past(world)
    world.write({"rules.yaml": RULES.replace(READER, f"{READER}, {BOB}")})
    await world.reload()
    world.later(minutes=10)
    assert await world.send() == 1
    assert "harbour" in text_of(world.mails(BOB)[0])
    assert world.mails() == []


async def test_a_recipient_who_left_and_came_back_is_not_told_twice(world: World) -> None:
    await _past(world)
    for rules in (RULES.replace(READER, BOB), RULES):
        world.write({"rules.yaml": rules})
        await world.reload()
        world.later(minutes=10)
        await world.send()
    assert world.mails() == []


async def test_the_summary_comes_also_when_the_daemon_dies_before_it_is_planned(world: World) -> None:
    await _past(world)
    world.write({"rules.yaml": MARKET})
    await apply_config(world.ctx, world.load())
    # Here it dies; the next start finds nothing new in the files.
    await world.begin()
    assert await plan_summaries(world.ctx) == 1
    assert await plan_summaries(world.ctx) == 0
    world.later(minutes=10)
    await world.send()
    assert [mail["Subject"].count("Market") for mail in world.mails()] == [1]


async def test_two_edits_in_one_second_are_both_summed_up(world: World) -> None:
    await _past(world)
    world.write({"rules.yaml": MARKET})
    await apply_config(world.ctx, world.load())
    world.write({"rules.yaml": MARKET.replace(f"{READER}], query: market", f"{READER}, {BOB}], query: market")})
    await apply_config(world.ctx, world.load())
    await plan_summaries(world.ctx)
    world.later(minutes=10)
    await world.send()
    assert len(world.mails()) == len(world.mails(BOB)) == 1


async def test_an_edited_query_tells_only_what_comes_from_now_on(world: World) -> None:
    await _past(world)
    world.write({"rules.yaml": RULES.replace("query: harbour", "query: harbour OR market")})
    await world.reload()
    world.later(minutes=10)
    assert await world.send() == 0
    world.publish(Item("market of today"), Item("market 0"), Item("weather"))
    await world.visit()
    await world.send()
    assert world.subjects() == ["News of the market of today"]


async def test_a_new_outlet_makes_a_summary_and_no_burst(world: World) -> None:
    await _past(world)
    async with Outlet(("127.0.0.2",)) as other:
        other.feed("/rss", rss([Item(f"harbour {number}", at=world.clock) for number in range(9)], "https://o.test"))
        world.write({"outlets.yaml": world.outlets("/rss", more=f"  - {{name: other, feed: {other.url('/rss')}}}\n")})
        await world.reload()
        await world.poll()
    world.later(minutes=10)
    assert await world.send() == 1
    assert "9 stories" in world.subjects()[0]


async def test_a_renamed_outlet_is_the_same_one(world: World) -> None:
    await world.settle(Item("weather"), Item("market"))
    before = len(await world.articles())
    for name in ("renamed", "renamed again"):
        world.write({"outlets.yaml": world.outlets("/rss", name=name)})
        await world.reload()
        assert {one.article.outlet for one in await world.articles()} == {name}
        # As a rule, its page is asked for with what the server told before, and has not changed.
        world.later(minutes=30)
        await world.poll()
        world.later(minutes=30)
        world.publish(Item(f"harbour of the {name}"), Item("weather"), Item("market"))
        ingested = await world.visit()
        assert (ingested.new, ingested.gap) == (1, False)
    assert len(await world.articles()) == before + 2
    history = await world.ctx.store.read(find, world.ctx.active.config, (await world.articles())[0].article.url)
    assert history is not None
    await world.send()
    assert len(world.subjects()) == 2


async def test_a_poll_that_began_before_its_outlet_was_renamed_is_made_again(world: World) -> None:
    await world.settle(Item("weather"))
    world.later(minutes=30)
    world.publish(Item("market"), Item("weather"))
    world.write({"outlets.yaml": world.outlets("/rss", name="renamed")})
    with world.edited_before("_store"):
        await world.poll()
    assert await world.count("SELECT count(*) FROM articles WHERE outlet <> 'renamed'") == 0
    world.later(minutes=30)
    await world.poll()
    await world.send()
    assert len(world.subjects()) == 1


async def test_a_feed_that_moves_to_another_outlet_is_read_as_that_ones_and_is_no_news(world: World) -> None:
    world.write({"outlets.yaml": world.outlets("/rss", "/more")})
    await world.reload()
    world.publish(Item("weather"), path="/more")
    world.publish(Item("weather"), Item("harbour"))
    await world.poll()
    world.later(minutes=10)
    assert await world.send() == 1
    more = f"  - {{name: other, feed: {world.news.url('/rss')}}}\n"
    world.write({"outlets.yaml": world.outlets("/more", more=more)})
    await world.reload()
    world.later(minutes=30)
    ingested = (await world.poll())[world.news.url("/rss")]
    assert ingested is not None
    assert (ingested.new, ingested.gap) == (2, False)
    world.later(minutes=30)
    assert await world.send() == 0


async def test_a_removed_outlet_keeps_its_articles_and_is_polled_no_more(world: World) -> None:
    await _past(world)
    before = len(await world.articles())
    world.write({"outlets.yaml": world.outlets("/other")})
    await world.reload()
    assert len(await world.articles()) == before
    assert not (await world.feed()).active
    world.later(hours=5)
    assert world.news.url("/rss") not in await world.poll()


async def test_an_outlet_that_returns_knows_what_it_brought_before(world: World) -> None:
    await _past(world)
    outlets = world.outlets("/rss")
    for files in (world.outlets("/other"), outlets):
        world.write({"outlets.yaml": files})
        await world.reload()
    world.publish(Item("harbour"), Item("weather"), Item("market 0"))
    assert (await world.visit_at("/rss")).new == 0
    world.later(minutes=10)
    assert await world.send() == 0


async def test_a_start_with_the_same_files_changes_nothing(world: World) -> None:
    await _past(world)
    await world.begin()
    assert await plan_summaries(world.ctx) == 0
    world.later(minutes=10)
    assert await world.send() == 0


async def test_an_edit_after_an_adoption_that_failed_is_not_taken_for_it(world: World) -> None:
    """What was matched by the rules that were rolled back is matched again by those of the next edit."""
    await world.settle()
    written = world.store.write

    async def fail(work, *args, **more):  # type: ignore[no-untyped-def]
        def failing(conn, *args):  # type: ignore[no-untyped-def]
            work(conn, *args)
            raise StoreError("the disk is full")

        return await written(failing, *args, **more)

    world.store.write = fail  # type: ignore[method-assign]
    with pytest.raises(StoreError):
        await apply_config(world.ctx, world.load())
    world.store.write = written  # type: ignore[method-assign]
    world.publish(Item("market"), Item("weather"))
    with world.edited_before("_store"):
        assert (await world.visit()).matched == 1
