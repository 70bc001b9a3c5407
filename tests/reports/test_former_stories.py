"""What mails told of an article before its story was known is said, and nothing that is not so; on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.reports.article_story import FormerStories, LeftStory
from monitor.reports.former_stories import former_stories
from monitor.store import Store, article_queries, deliveries, story_mails, story_records
from monitor.story_values import JoinedStories
from tests.cli.stand import NOW, fill, piece
from tests.store.make import alert, item

ANN, BOB = "ann@readers.test", "bob@readers.test"


@pytest.fixture
def merged(store: Store) -> Store:
    """Articles 1, 2 and 3, of which 2 began a story that became part of that of 1."""
    fill(store, [piece(name, f"The words of {name}") for name in "abc"])
    with store.begin() as conn:
        story_records.write(conn, JoinedStories({2: 1}, [], {}, {2: 1}, {}, {}))
    return store


def _told(store: Store, *alerts: tuple[str, str, int, bool]) -> None:
    """Let each recipient be told in a thread of an article, as a development or as new."""
    with store.begin() as conn:
        made = [
            alert(who, thread, sequence=at, items=(replace(item(article, 1), develops=develops),))
            for at, (who, thread, article, develops) in enumerate(alerts)
        ]
        deliveries.add(conn, made, NOW)
        conn.exec_driver_sql("UPDATE deliveries SET state = 'sent'")


def _former(store: Store, id_: int) -> FormerStories:
    with store.reading() as conn:
        stored = article_queries.get(conn, [id_])[id_]
        return former_stories(conn, stored, story_mails.of_article(conn, id_, stored.story_id).mails)


def test_who_knew_the_story_and_was_told_as_new_was_so_before_it_was_known(merged: Store) -> None:
    _told(merged, (ANN, "story:1", 1, False), (ANN, "story:1", 2, False), (BOB, "story:1", 2, False))
    assert _former(merged, 2) == FormerStories(True, (2,)), "the story was new to bob"
    assert _former(merged, 1) == FormerStories()
    assert _former(merged, 3) == FormerStories()


def test_what_was_told_as_a_development_or_not_at_all_was_not_told_as_new(merged: Store) -> None:
    _told(merged, (ANN, "story:1", 1, False), (ANN, "story:1", 2, True))
    assert _former(merged, 2) == FormerStories(True)
    with merged.begin() as conn:
        conn.exec_driver_sql("UPDATE delivery_items SET develops = (1 = 0)")
        conn.exec_driver_sql("UPDATE deliveries SET state = 'failed' WHERE id = 2")
    assert _former(merged, 2) == FormerStories(True)


def test_a_thread_of_a_story_that_it_left_is_named(merged: Store) -> None:
    _told(merged, (ANN, "story:1", 3, True), (BOB, "digest:1", 3, True))
    assert _former(merged, 3) == FormerStories(left=(LeftStory(1, (1,)),))
    _told(merged, (ANN, "story:9", 1, True), (ANN, "story:2", 1, True), (ANN, "story:x", 1, True))
    assert _former(merged, 1) == FormerStories(), "one is not known, one is part of its own"
