"""The nearest story that an article did not join is one that was stored before it, of these days; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.articles import Rarity, event_keys, event_signs
from monitor.event_values import EventText, NearStory
from monitor.steps.nearest_story import nearest_story
from monitor.steps.story_memory import StoryMemory
from monitor.store import Store, article_queries, event_records
from tests.articles.events import BUDGET, FIRE, FIRE_TOLD_AGAIN, OTHER_FIRE
from tests.cli.stand import NOW, fill, piece

TOLD = [FIRE, OTHER_FIRE, BUDGET, FIRE_TOLD_AGAIN]


@pytest.fixture
def told(store: Store) -> Store:
    """Four articles, each a story by itself, of which all but the last are known by their events."""
    pieces = [piece(str(at), title, outlet=f"outlet{at}", body=body) for at, (title, body) in enumerate(TOLD)]
    fill(store, pieces)
    for id_ in (1, 2, 3):
        _keep(store, id_)
    return store


def _keep(store: Store, id_: int, ago: timedelta = timedelta()) -> None:
    with store.begin() as conn:
        signs = event_signs(article_queries.get(conn, [id_])[id_].article)
        event_records.write(conn, [(EventText(id_, id_, NOW - ago, signs), event_keys(signs, Rarity()))], [])


def _near(store: Store, id_: int) -> NearStory | None:
    with store.reading() as conn:
        return nearest_story(conn, article_queries.get(conn, [id_])[id_], StoryMemory())


def test_what_is_near_is_named_with_what_is_lacking(told: Store) -> None:
    near = _near(told, 2)
    assert near
    assert (near.story_id, near.of_article_id) == (1, 1)
    assert near.lacks.startswith("alike by 0.")
    assert "212" in near.shared


def test_what_came_later_or_long_ago_is_not_near(told: Store) -> None:
    assert _near(told, 1) is None
    assert _near(told, 3) is None, "nothing is like the budget"
    _keep(told, 1, timedelta(days=5))
    assert _near(told, 2) is None


def test_an_article_that_is_not_known_by_its_event_has_no_near_story(told: Store) -> None:
    assert _near(told, 4) is None
    _keep(told, 4)
    near = _near(told, 4)
    assert near
    assert (near.story_id, near.lacks) == (1, "")


def test_the_backlog_tells_what_is_usual(told: Store) -> None:
    memory = StoryMemory()
    with told.reading() as conn:
        memory.learn_all(conn)
        key = event_signs(article_queries.get(conn, [4])[4].article).signs[0].key
    assert memory.rarity.worths[key] < Rarity().worths[key]
