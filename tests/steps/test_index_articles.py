"""Stored articles come into the index in small batches, edited ones again, and polls come first."""

from __future__ import annotations

import pytest

from monitor.model import Article
from monitor.search_values import Candidates
from monitor.steps import index_articles
from monitor.steps.index_articles import index_new, renew_index, words
from monitor.store import Connection, word_index
from tests.steps.world import Item, World


async def waiting(world: World) -> list[int]:
    return [one.id for one in await world.store.read(word_index.pending, 100)]


async def found(world: World, *members: str) -> list[int]:
    return await world.store.read(_only_indexed, Candidates((members,)))


def _only_indexed(conn: Connection, wanted: Candidates) -> list[int]:
    """What the index leads to; nothing may wait, since what waits is always a candidate."""
    assert not word_index.pending(conn, 1)
    return word_index.search_candidates(conn, wanted)


async def test_articles_are_found_by_the_canonical_words_of_title_and_lead(world: World) -> None:
    world.publish(Item("harbour", "Об этом сказал ПЕСКОВ"), Item("weather", "nothing but rain"))
    await world.visit()
    assert await index_new(world.store, lambda: False) == 2
    harbour = next(one.id for one in await world.articles() if "harbour" in one.article.title)
    assert await found(world, "песков") == [harbour]
    assert await found(world, "harbour") == [harbour]
    assert await found(world, "nowhere") == []


async def test_an_edited_article_is_indexed_again(world: World) -> None:
    world.publish(Item("harbour", "the council met in the morning"))
    await world.visit()
    await index_new(world.store, lambda: False)
    world.later(minutes=30)
    world.publish(Item("harbour", "the council broke off its talks"))
    await world.visit()
    assert len(await waiting(world)) == 1
    assert await index_new(world.store, lambda: False) == 1
    assert await found(world, "morning") == []
    assert len(await found(world, "talks")) == 1


async def test_while_polls_are_under_way_one_batch_is_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_articles, "BATCH", 2)
    world.publish(*[Item(f"piece{number}") for number in range(5)])
    await world.visit()
    assert await index_new(world.store, lambda: True) == 2
    assert len(await waiting(world)) == 3
    assert await index_new(world.store, lambda: False) == 3
    assert await index_new(world.store, lambda: False) == 0


async def test_a_round_has_an_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_articles, "BATCH", 1)
    monkeypatch.setattr(index_articles, "ROUND", 2)
    world.publish(*[Item(f"piece{number}") for number in range(4)])
    await world.visit()
    assert await index_new(world.store, lambda: False) == 2


def test_every_field_that_words_are_looked_for_in_is_indexed() -> None:
    article = Article("news", "https://news.test/a", "Ёлка İZMİR", "In the lead", "Body's end", authors=("Nobody",))
    assert words(article).split() == ["елка", "izmir", "in", "the", "lead", "body", "s", "end"]


async def test_an_upgrade_that_reads_words_differently_indexes_all_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await renew_index(world.store)
    world.publish(Item("harbour", "the council met"))
    await world.visit()
    await index_new(world.store, lambda: False)
    await renew_index(world.store)
    assert await waiting(world) == []
    monkeypatch.setattr(index_articles, "WORDS_VERSION", "another")
    await renew_index(world.store)
    assert len(await waiting(world)) == 1
    assert await index_new(world.store, lambda: False) == 1
    assert len(await found(world, "council")) == 1
    await renew_index(world.store)
    assert await waiting(world) == []
