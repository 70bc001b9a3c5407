"""Odd articles on the whole road: all are told or silent for a reason, in few mails, at the cost of ordinary ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from monitor.articles import stories
from monitor.articles.copies import compare
from tests.bench.newsday import newsroom
from tests.bench.odd_news import LIMIT, Amounts, odd_stories, play_odd
from tests.steps.world import World

FEW = Amounts(24, 8, 200_000, 8, timedelta(minutes=9))
COMPARED = 8
"""The most texts that one is compared with, of a story of any size."""


async def reasons(world: World) -> int:
    """Return how many matches made no mail for a reason."""
    return await world.count("SELECT count(*) FROM silences WHERE reason <> ''")


async def test_one_story_under_many_titles_is_one_mail_and_compares_few(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces, compared = odd_stories(FEW)["one story"], list[object]()

    def counted(*given: Any, **more: Any) -> object:
        compared.append(given)
        return compare(*given, **more)

    monkeypatch.setattr(stories, "compare", counted)
    played = await play_odd(world, pieces)
    assert (len(played.matches), played.messages, played.untold) == (FEW.story, 1, set())
    told = await world.count("SELECT count(*) FROM delivery_items WHERE story_id > 0")
    assert (told < FEW.story / 2, told + await reasons(world)) == (True, FEW.story)
    assert len(compared) <= COMPARED * FEW.story


@pytest.mark.parametrize("what", ["one text", "one title", "three words", "huge", "one word"])
async def test_odd_articles_are_told_each_and_beyond_the_limit_together(what: str) -> None:
    pieces = odd_stories(FEW)[what]
    async with newsroom() as world:
        played = await play_odd(world, pieces)
        assert (len(played.matches), played.untold) == (len(pieces), set())
        assert played.messages == min(len(pieces), LIMIT + 1)
        assert await reasons(world) == 0
