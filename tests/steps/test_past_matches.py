"""The past answers as the live matcher does, indexed or not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.query import Compiled, compile_query
from monitor.steps.index_articles import index_new
from monitor.steps.past_matches import CountedMatch, PastMatch, candidates, extent, found, judged
from monitor.store import article_queries
from tests.steps.world import START, Item, World

QUERIES = [
    "harbour",
    "harbour AND NOT committee",
    "council AND (Peskov OR Песков)",
    '"without a vote"',
    "title:weather OR url:harbour",
    "negotiat* NEAR/3 team",
    "outlet:news AND rain",
    "lang:en AND morning",
]
PIECES = [
    Item("harbour"),
    Item("weather", "nothing but rain in the morning"),
    Item("council", "Песков met the council"),
    Item("teams", "the negotiating team left in the morning"),
    Item("vote", "a vote on the harbour"),
]


def rule(world: World, text: str) -> Compiled:
    return compile_query("tried", text, world.ctx.active.config.scope)


def back(world: World, *rules: Compiled) -> list[tuple[CountedMatch | None, ...]]:
    ids = candidates(world.store, rules)
    return list(judged(world.store, world.ctx.active.config, rules, ids, world.clock))


def read(world: World, rule: Compiled) -> list[PastMatch]:
    return list(found(world.store, world.ctx.active.config, rule, candidates(world.store, [rule]), world.clock))


@pytest.mark.parametrize("indexed", [True, False])
async def test_the_past_and_the_live_matcher_agree(world: World, indexed: bool) -> None:
    rules = "".join(f"  - {{name: r{n}, to: [a@readers.test], query: '{q}'}}\n" for n, q in enumerate(QUERIES))
    world.write({"rules.yaml": f"rules:\n{rules}"})
    await world.reload()
    world.publish(*PIECES)
    await world.visit()
    if indexed:
        await index_new(world.store, lambda: False)
    live = {one.id: await world.store.read(article_queries.matches_of, one.id) for one in await world.articles()}
    for name, compiled in world.ctx.active.config.compiled.items():
        told = {
            (id_, match) for id_, by_version in live.items() for match in by_version.get(1, ()) if match.rule == name
        }
        assert {(one.stored.id, one.match) for one in read(world, compiled)} == told
        assert [hit.id for (hit,) in back(world, compiled) if hit] == [one.stored.id for one in read(world, compiled)]
        assert told, QUERIES[int(name[1:])]


async def test_the_newest_come_first_and_the_index_spares_the_rest(world: World) -> None:
    for number in range(3):
        world.publish(*[Item(f"piece{n}", "of the morning" if n else "of the evening") for n in range(number + 1)])
        await world.visit()
        world.later(hours=1)
    await index_new(world.store, lambda: False)
    hits = read(world, rule(world, "morning"))
    assert [hit.stored.article.title for hit in hits] == ["News of the piece2", "News of the piece1"]
    assert len(candidates(world.store, [rule(world, "morning")])) == 2


async def test_a_span_is_kept_and_its_extent_told(world: World) -> None:
    world.publish(Item("harbour"))
    await world.visit()
    world.later(days=2)
    world.publish(Item("harbour2", "harbour again"), Item("harbour"))
    await world.visit()
    span = (START + timedelta(days=1), None)
    assert len(candidates(world.store, [rule(world, "harbour")], span)) == 1
    told = await world.store.read(extent, span)
    assert (told.first, told.articles, told.outlets) == (START, 1, 1)
    assert await world.store.read(extent, (None, START)) == extent_of_nothing(told.first)


def extent_of_nothing(first: object) -> object:
    from monitor.steps.past_matches import ArchiveExtent

    return ArchiveExtent(first, 0, 1)  # type: ignore[arg-type]


async def test_two_rules_are_judged_side_by_side(world: World) -> None:
    world.publish(*PIECES)
    await world.visit()
    both = back(world, rule(world, "morning"), rule(world, "rain"))
    assert sorted((bool(old), bool(new)) for old, new in both if old or new) == [(True, False), (True, True)]


async def test_an_article_of_an_outlet_that_is_watched_no_longer_is_still_found(world: World) -> None:
    world.publish(Item("harbour"))
    await world.visit()
    world.write({"outlets.yaml": world.outlets("/other", name="other")})
    await world.reload()
    assert len([hit for (hit,) in back(world, rule(world, "harbour")) if hit]) == 1


async def test_what_is_deleted_meanwhile_is_found_no_more(world: World) -> None:
    world.publish(Item("harbour"))
    await world.visit()
    compiled = rule(world, "harbour")
    assert list(judged(world.store, world.ctx.active.config, [compiled], [999], world.clock)) == [(None,)]
    assert list(found(world.store, world.ctx.active.config, compiled, [999], world.clock)) == []


async def test_an_article_came_out_when_it_says_but_never_after_we_saw_it(world: World) -> None:
    early, late = START - timedelta(days=3), START + timedelta(minutes=20)
    world.publish(Item("harbour", at=early), Item("harbour2", "of the harbour", at=late))
    await world.visit()
    hits = [hit for (hit,) in back(world, rule(world, "harbour")) if hit]
    assert sorted(hit.when for hit in hits) == [early, START]
