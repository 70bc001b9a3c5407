"""What visits brought becomes one transaction: known, edited, shared and very many articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.articles import compose
from monitor.articles.versions import MANY
from monitor.page_values import ArticlePage
from monitor.steps import ingest as ingest_step
from monitor.steps.ingest import ingest
from monitor.steps.poll import poll
from monitor.steps.poll_result import PollResult
from monitor.store import Connection, article_queries, articles, feeds, poll_records
from tests.peers.http import Outlet
from tests.steps.world import READER, START, TEXT, Item, World, rss, text_of

LONG = " ".join([TEXT.format("harbour")] * 4)


async def test_what_is_known_is_dropped(world: World) -> None:
    world.publish(Item("harbour"), Item("weather"))
    assert (await world.visit()).new == 2
    world.publish(Item("market"), Item("harbour"), Item("weather"))
    kept = await world.visit()
    assert (kept.read, kept.new) == (3, 1)
    assert len(await world.articles()) == 3


async def test_an_edit_becomes_a_version_and_is_told_when_a_rule_finds_it_now(world: World) -> None:
    await world.settle(Item("weather", "Rain over the town."), Item("market"))
    world.publish(Item("weather", "Rain over the town and the harbour."), Item("market"))
    kept = await world.visit()
    assert (kept.new, kept.matched) == (0, 1)
    stored = (await world.articles())[1]
    assert (stored.version, stored.article.lead) == (2, "Rain over the town and the harbour.")
    before = await world.store.read(article_queries.get_version, stored.id, 1)
    assert before is not None
    assert before.article.lead == "Rain over the town."
    await world.send()
    assert world.subjects() == ["News of the weather"], "new to who was never told of it"


async def test_an_edit_of_what_was_told_is_not_told_again(world: World) -> None:
    await world.settle()
    world.publish(Item("harbour"))
    await world.visit()
    world.publish(Item("harbour", "The harbour is open again."))
    assert (await world.visit()).matched == 1
    await world.send()
    assert len(world.mails()) == 1


async def test_the_same_piece_in_two_feeds_of_an_outlet_is_one_article(world: World) -> None:
    world.write({"outlets.yaml": world.outlets("/rss", "/top")})
    await world.reload()
    world.publish(Item("harbour"))
    world.publish(Item("harbour", link="https://www.news.test/harbour.html?utm_source=top"), path="/top")
    await world.poll()
    (stored,) = await world.articles()
    assert len(await world.store.read(article_queries.sightings_of, stored.id)) == 2


async def test_the_same_text_at_another_outlet_is_the_same_story_and_told_once(world: World) -> None:
    async with Outlet(("127.0.0.2",)) as other:
        other.feed("/rss", rss([Item("market")], "https://other.test"))
        more = f"  - {{name: other, feed: {other.url('/rss')}, language: en}}\n"
        world.write({"outlets.yaml": world.outlets("/rss", more=more)})
        await world.reload()
        world.publish(Item("weather"))
        await world.poll()
        world.publish(Item("harbour", LONG))
        other.feed("/rss", rss([Item("harbour", LONG)], "https://other.test"))
        await world.store.write(poll_records.make_due, world.clock)
        await world.poll()
        await world.send()
    first, second = [stored for stored in await world.articles() if "harbour" in stored.article.title]
    assert first.story_id == second.story_id
    assert {first.article.outlet, second.article.outlet} == {"news", "other"}
    assert len(world.mails()) == 1


async def test_very_many_articles_are_kept_oldest_first_in_several_transactions(world: World) -> None:
    many = [Item(f"market {number}", at=START - timedelta(minutes=number)) for number in range(1200)]
    world.publish(*many, etag='"many"')
    sizes: list[int] = []
    validators: list[str] = []
    write = world.store.write

    async def watched(work, *args, **more):  # type: ignore[no-untyped-def]
        result = await write(work, *args, **more)
        sizes.append(len(await world.articles()) if work.__name__ == "_store" else -1)
        validators.append((await world.feed()).etag)
        return result

    world.store.write = watched  # type: ignore[method-assign]
    kept = await world.visit()
    steps = [(size, tag) for size, tag in zip(sizes, validators, strict=True) if size >= 0]
    assert kept.new == 1200
    assert [tag for _, tag in steps] == ["", '"many"']
    assert [size for size, _ in steps] == sorted(size for size, _ in steps)
    assert steps[0][0] <= 1000
    titles = [stored.article.title for stored in await world.articles()]
    assert (titles[0], titles[-1]) == ("News of the market 1199", "News of the market 0")


async def test_polls_that_do_not_overlap_leave_a_gap_that_is_known(world: World) -> None:
    await world.settle()
    since = (await world.feed()).last_ok_at
    world.publish(Item("market"), Item("theatre"))
    kept = await world.visit()
    assert kept.gap
    (gap,) = await world.store.read(poll_records.open_gaps)
    assert (gap.from_at, gap.to_at) == (since, world.clock)
    world.publish(Item("school"), Item("market"))
    assert not (await world.visit()).gap


async def test_a_feed_that_shows_its_newest_alone_is_one_long_gap_and_asked_more_often(world: World) -> None:
    await world.settle()
    since = (await world.feed()).last_ok_at
    for number in range(6):
        world.publish(Item(f"market {number}"))
        assert (await world.visit()).gap
        world.later(minutes=1)
    (gap,) = await world.store.read(poll_records.open_gaps)
    assert (gap.from_at, gap.to_at) == (since, world.clock - timedelta(minutes=1))
    assert (await world.feed()).interval == timedelta(minutes=1)


async def test_a_feed_that_returns_to_the_configuration_leaves_no_gap(world: World) -> None:
    await world.settle()
    for path in ("/other", "/rss"):
        world.write({"outlets.yaml": world.outlets(path)})
        await world.reload()
    world.publish(Item("market"), Item("theatre"))
    kept = await world.visit()
    assert (kept.new, kept.gap) == (2, False)
    world.later(minutes=10)
    world.publish(Item("school"), Item("library"))
    assert (await world.visit()).gap


async def test_an_empty_feed_is_no_gap(world: World) -> None:
    await world.settle()
    world.publish()
    assert not (await world.visit()).gap


async def test_a_claim_that_ran_out_keeps_nothing(world: World) -> None:
    world.publish(Item("harbour"))
    (slow,) = await world.claim()
    world.later(minutes=11)
    (quick,) = await world.claim()
    lost = await poll(world.ctx, world.road, slow)
    assert lost is not None
    assert lost.new == 0
    assert await world.articles() == []
    kept = await poll(world.ctx, world.road, quick)
    assert kept is not None
    assert kept.new == 1


async def test_a_feed_that_was_removed_meanwhile_keeps_nothing(world: World) -> None:
    world.publish(Item("harbour"))
    (feed,) = await world.claim()
    world.write({"outlets.yaml": world.outlets("/other")})
    await world.reload()
    await poll(world.ctx, world.road, feed)
    assert await world.articles() == []


async def test_what_was_matched_by_rules_that_changed_meanwhile_is_matched_again(world: World) -> None:
    await world.settle()
    world.publish(Item("market"), Item("harbour"), Item("weather"))
    (feed,) = await _claimed_now(world)
    with world.edited_before("_store"):
        kept = await poll(world.ctx, world.road, feed)
    assert kept is not None
    assert kept.alerts == 1
    await world.send()
    assert world.subjects() == ["News of the market"]


async def test_an_edit_whose_page_arrived_since_it_was_matched_is_matched_again_with_it(world: World) -> None:
    await world.settle(Item("weather", "Rain."))
    world.publish(Item("weather", "Rain and wind."))
    (feed,) = await _claimed_now(world)
    (stored,) = await world.articles()
    written = world.store.write

    async def read_in_between(work, *args, **more):  # type: ignore[no-untyped-def]
        if work.__name__ == "_store":
            world.store.write = written  # type: ignore[method-assign]
            await written(
                articles.add_page, stored.id, ArticlePage("No ship leaves the harbour."), compose, world.clock
            )
        return await written(work, *args, **more)

    world.store.write = read_in_between  # type: ignore[method-assign]
    kept = await poll(world.ctx, world.road, feed)
    assert kept is not None
    assert kept.matched == 1
    (edited,) = await world.articles()
    assert edited.article.body == "Rain and wind.\n\nNo ship leaves the harbour."
    await world.send()
    assert "ship leaves the harbour" in text_of(world.mails()[0])


async def test_an_edit_with_a_page_that_a_rule_finds_is_not_held_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule finds the page's words, which are matched with the edit's before the transaction, once."""
    await _poll_often(world, MANY)
    (stored,) = [one for one in await world.articles() if "weather" in one.article.url]
    await world.store.write(
        articles.add_page, stored.id, ArticlePage("No ship leaves the harbour."), compose, world.clock
    )
    judged = []
    judge = ingest_step.judge
    monkeypatch.setattr(
        ingest_step, "judge", lambda _, one, *more, **kw: (judged.append(one.body), judge(_, one, *more, **kw))[1]
    )
    world.publish(Item("weather", "Rain over the town. Read very often."), Item("market"))
    assert (await world.visit()).matched == 1
    assert judged == ["Rain over the town. Read very often.\n\nNo ship leaves the harbour."]


async def _claimed_now(world: World) -> list[feeds.DueFeed]:
    await world.store.write(poll_records.make_due, world.clock)
    return await world.claim()


async def test_a_failing_transaction_keeps_nothing_of_any_visit(world: World) -> None:
    world.publish(Item("harbour"))
    (feed,) = await world.claim()

    def rename(conn: Connection, old: str, new: str) -> None:
        conn.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")

    await world.store.write(rename, "delivery_items", "away")
    assert await poll(world.ctx, world.road, feed) is None
    await world.store.write(rename, "away", "delivery_items")
    assert await world.articles() == []
    assert await world.deliveries() == []


async def test_several_visits_share_a_transaction_and_each_has_its_own_result(world: World) -> None:
    world.write({"outlets.yaml": world.outlets("/rss", "/top")})
    await world.reload()
    claimed = await world.claim()
    bad, good = sorted(claimed, key=lambda feed: feed.state.url)
    held = PollResult(good, world.clock)
    stale = PollResult(replace(bad, token="another"), world.clock)
    assert [kept.error for kept in await ingest(world.ctx, [held, stale])] == ["", ""]


async def _poll_often(world: World, times: int, text: str = "Rain over the town. Read {} times.") -> None:
    """Poll a feed every five minutes whose one text counts its readers."""
    for number in range(times):
        world.publish(Item("weather", text.format(number)), Item("market"))
        assert not (await world.visit()).error
        world.later(minutes=5)


async def _versions(world: World) -> int:
    (weather,) = [one for one in await world.articles() if "weather" in one.article.url]
    return weather.version


async def test_a_text_that_is_never_the_same_makes_few_versions(world: World) -> None:
    await _poll_often(world, 60)
    assert MANY < await _versions(world) <= 20
    assert await world.count("SELECT count(*) FROM article_versions") < 20


async def test_an_edit_that_a_rule_finds_now_is_a_version_and_told_whatever_came_before(world: World) -> None:
    await _poll_often(world, 30)
    before = await _versions(world)
    await world.send()
    world.mail.accepted.clear()
    world.publish(Item("weather", "Rain over the harbour. Read 100 times."), Item("market"))
    assert (await world.visit()).matched == 1
    assert await _versions(world) == before + 1
    await world.send()
    assert world.subjects() == ["News of the weather"]


async def test_a_new_title_is_a_version_whatever_came_before(world: World) -> None:
    await _poll_often(world, 30)
    before = await _versions(world)
    body = rss([Item("weather", "Rain."), Item("market")]).replace(b"News of the weather", b"A storm is near")
    world.news.feed("/rss", body)
    await world.visit()
    assert await _versions(world) == before + 1


async def test_the_last_words_of_a_text_are_kept_although_they_had_to_wait_and_the_feed_rests(world: World) -> None:
    await _poll_often(world, 30)
    world.publish(Item("weather", "The rain is over."), Item("market"), etag='"last"')
    await world.visit()
    assert (await world.feed()).etag == "", "what waits must come again"
    world.later(days=1)
    await world.visit()
    assert "The rain is over." in [one.article.lead for one in await world.articles()]
    assert (await world.feed()).etag == '"last"'


async def test_a_rule_that_is_new_finds_the_words_that_wait(world: World) -> None:
    await _poll_often(world, 30)
    world.publish(Item("weather", "Rain over the lighthouse."), Item("market"))
    assert (await world.visit()).matched == 0
    world.write({"rules.yaml": f"rules:\n  - {{name: Light, to: [{READER}], query: lighthouse}}\n"})
    await world.reload()
    assert (await world.visit()).matched == 1
