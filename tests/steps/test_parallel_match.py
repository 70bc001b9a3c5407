"""Several processes judge as one does, in the same order."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from monitor.query import compile_query
from monitor.steps import parallel_match, past_matches
from monitor.steps.past_matches import candidates, judged
from tests.steps.world import Item, World


async def test_processes_say_what_one_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel_match, "MIN_CANDIDATES", 2)
    monkeypatch.setattr(past_matches, "PAGE", 2)
    monkeypatch.setattr(parallel_match, "PAGE", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    world.publish(*(Item(f"harbour{number}", "rain" if number % 3 else "sun") for number in range(9)))
    await world.visit()
    config = world.ctx.active.config
    rules = [compile_query(name, name, config.scope) for name in ("rain", "sun")]
    ids = candidates(world.store, rules)
    alone = list(judged(world.store, config, rules, ids, world.clock))
    assert [hit is not None for pair in alone for hit in pair].count(True) == 9
    assert list(parallel_match.match_in_parallel(world.store, config, rules, ids, world.clock)) == alone


async def test_few_are_judged_at_home(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise AssertionError("processes were started")

    monkeypatch.setattr(multiprocessing, "get_context", refuse)
    world.publish(Item("harbour", "rain"), Item("weather", "sun"))
    await world.visit()
    config = world.ctx.active.config
    rules = [compile_query("rain", "rain", config.scope)]
    ids = candidates(world.store, [compile_query("all", "news", config.scope)])
    alone = list(judged(world.store, config, rules, ids, world.clock))
    assert sorted(hit is not None for (hit,) in alone) == [False, True]
    assert list(parallel_match.match_in_parallel(world.store, config, rules, ids, world.clock)) == alone
