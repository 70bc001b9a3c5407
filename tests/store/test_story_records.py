"""A story is a row; when two merge, all that belongs to either follows; it ends when nothing needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations

import pytest
import sqlalchemy as sa

from monitor.store import Store, articles, deletion, deliveries, story_deliveries, story_queries, story_records
from monitor.store.tables import stories, story_keys
from monitor.story_values import JoinedStories, KeptEvents
from tests.store.make import NOW, alert, article, item, key, show, somebody_waits


def add(store: Store, name: str, *keys: str, words: str = "Peskov said") -> articles.Added:
    with store.begin() as conn:
        one = article(name, words, story_keys=tuple(key(some) for some in keys))
        return show(conn, 1, [one], NOW)[0]


def rows(store: Store) -> dict[int, int | None]:
    with store.reading() as conn:
        return {row.id: row.merged_into for row in conn.execute(sa.select(stories))}


def test_a_new_story_has_a_row_and_an_article_that_joins_it_adds_none(store: Store) -> None:
    first = add(store, "a", "s1")
    assert add(store, "b", "s1", "s2").story_id == first.story_id == first.article_id
    alone = add(store, "c")
    assert rows(store) == {first.story_id: None, alone.story_id: None}


def test_an_article_of_two_stories_merges_them_with_all_that_belongs_to_them(store: Store) -> None:
    first, second = add(store, "a", "s1"), add(store, "b", "s2")
    with store.begin() as conn:
        deliveries.add(conn, [alert(items=(item(2, 2),))], NOW)
        assert deliveries.already_told(conn, [("desk@example.org", 1)]) == set()
    bridge = add(store, "c", "s2", "s1", "s3")
    assert (first.story_id, second.story_id, bridge.story_id) == (1, 2, 1)
    assert rows(store) == {1: None, 2: 1}
    with store.begin() as conn:
        assert {one.id for one in story_queries.articles_of(conn, 1, 9)} == {1, 2, 3}
        assert story_records.of_keys(conn, map(key, ("s1", "s2", "s3"))) == dict.fromkeys(
            map(key, ("s1", "s2", "s3")), 1
        )
        assert deliveries.already_told(conn, [("desk@example.org", 1)]) == {("desk@example.org", 1)}
        assert story_records.surviving(conn, [1, 2, 99]) == {1: 1, 2: 1, 99: 99}


def test_an_edit_whose_keys_lead_to_another_story_merges_its_own_into_it(store: Store) -> None:
    add(store, "a", "s1")
    add(store, "b", "s2")
    edited = add(store, "b", "s1", words="Peskov was silent")
    assert (edited.version, edited.story_id) == (2, 1)
    assert rows(store) == {1: None, 2: 1}


def test_what_was_merged_before_follows_to_the_oldest(store: Store) -> None:
    for name in ("a", "b", "c"):
        add(store, name, name)
    add(store, "x", "b", "c")
    assert rows(store) == {1: None, 2: None, 3: 2}
    add(store, "y", "a", "b")
    assert rows(store) == {1: None, 2: 1, 3: 1}
    with store.begin() as conn:
        assert story_records.surviving(conn, [1, 2, 3]) == {1: 1, 2: 1, 3: 1}


def test_what_is_returned_is_the_story_after_all_showings_of_the_transaction(store: Store) -> None:
    """An earlier showing's article is of a story that a later showing of the same transaction merges."""
    add(store, "a", "s1")
    with store.begin() as conn:
        batch = [article(name, story_keys=tuple(map(key, keys))) for name, keys in (("b", ["s2"]), ("c", ["s2", "s1"]))]
        assert [one.story_id for one in show(conn, 1, batch, NOW)] == [1, 1]
    assert rows(store) == {1: None}


def test_stories_end_with_their_last_article_where_nobody_was_told(store: Store) -> None:
    add(store, "told", "s1")
    add(store, "untold", "s2")
    add(store, "merged", "s3")
    add(store, "bridge", "s2", "s3")
    with store.begin() as conn:
        deliveries.add(conn, [alert(items=(item(1, 1),))], NOW)
        assert deletion.delete_articles(conn, NOW + timedelta(days=1), 2) == 2
    assert rows(store) == {1: None, 2: None, 3: 2}
    with store.begin() as conn:
        assert deletion.delete_articles(conn, NOW + timedelta(days=1)) == 2
        assert set(conn.execute(sa.select(story_keys.c.story_id)).scalars()) == {1}
    assert rows(store) == {1: None}
    # A copy of what was told is of the same story, and of what was not a new one.
    assert (add(store, "copy", "s1").story_id, add(store, "other", "s3").story_id) == (1, 6)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_links_make_one_story_in_any_order(make_store: Callable[[str], Store], order: Sequence[int]) -> None:
    store = make_store("sqlite")
    for number in range(5):
        add(store, str(number), f"s{number}")
    for number in order:
        add(store, str(number), f"s{number + 1}", words="Peskov was silent")
    with store.reading() as conn:
        assert len(story_queries.articles_of(conn, 1, 9)) == 5
        assert set(conn.execute(sa.select(story_keys.c.story_id)).scalars()) == {1}
    assert rows(store) == {1: None} | dict.fromkeys(range(2, 6), 1)


def test_two_writers_that_merge_at_once_decide_one_after_the_other(
    make_store: Callable[[str], Store], postgres_server: str
) -> None:
    store = make_store("postgresql")
    for name in ("a", "b", "c"):
        add(store, name, name)
    assert store.place.url is not None
    with Store.open(f"{postgres_server}/{store.place.url.database}") as other, ThreadPoolExecutor(1) as thread:
        with store.begin() as conn:
            show(conn, 1, [article("b", "Peskov was silent", story_keys=(key("a"),))], NOW)
            second = thread.submit(add, other, "d", "b", "c")
            # The other comes to its end or waits for us; only then are our merges committed.
            while not second.done() and not somebody_waits(store):
                pass
        assert second.result().story_id == 1
    assert rows(store) == {1: None, 2: 1, 3: 1}


def test_a_plan_waits_for_a_merge_under_way(make_store: Callable[[str], Store], postgres_server: str) -> None:
    store = make_store("postgresql")
    for name in ("a", "b"):
        add(store, name, name)
    assert store.place.url is not None
    with Store.open(f"{postgres_server}/{store.place.url.database}") as other, ThreadPoolExecutor(1) as thread:

        def current() -> dict[int, int]:
            with other.begin() as conn:
                return story_records.surviving(conn, [2])

        with store.begin() as conn:
            show(conn, 1, [article("b", "Peskov was silent", story_keys=(key("a"),))], NOW)
            planning = thread.submit(current)
            while not planning.done() and not somebody_waits(store):
                pass
        assert planning.result() == {2: 1}


def test_a_merge_of_deliveries_keeps_the_items_of_both(store: Store) -> None:
    with store.begin() as conn:
        for number in (1, 2):
            deliveries.add(conn, [alert(thread=f"digest:{number}", items=(item(number, 1),))], NOW)
        deliveries.add(conn, [alert(thread="digest:2", items=(item(3, 3),))], NOW)
        first, second = story_deliveries.telling_of(conn, 1)
        story_deliveries.move_story(conn, 1, second.id, first.id, NOW)
        held = {id_: [one.article_id for one in items] for id_, items in deliveries.items_of(conn, [1, 2]).items()}
        assert held == {first.id: [1, 2], second.id: [3]}
        story_deliveries.set_thread(conn, first.id, "story:1", 4)
        assert [(one.thread, one.sequence) for one in story_deliveries.telling_of(conn, 1)] == [("story:1", 4)]
        assert story_deliveries.telling_of(conn, 9) == []


def test_who_was_told_of_an_article_is_told_of_the_story_that_it_begins_when_it_leaves(store: Store) -> None:
    for name in ("stays", "leaves"):
        add(store, name, "s1")
    with store.begin() as conn:
        told = [alert("ann@example.org", items=(item(1, 1),)), alert("bob@example.org", items=(item(2, 1),))]
        deliveries.add(conn, told, NOW)
        story_records.write(conn, JoinedStories({2: 2}, [2], {}, {}, {}, {}, KeptEvents((), (), (2,))))
        pairs = [(who, story) for who in ("ann@example.org", "bob@example.org") for story in (1, 2)]
        assert deliveries.already_told(conn, pairs) == {("ann@example.org", 1), ("bob@example.org", 2)}
