"""An outlet under another name keeps its articles, keys and mutes; two outlets never have one name for their keys."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from monitor.silence_values import Mute, MuteKind
from monitor.store import Store, mute_records, outlet_names, poll_records, tables
from tests.store.make import NOW, article, claim_feeds, feed, show, watch


@pytest.mark.parametrize(
    ("before", "after", "renamed"),
    [
        ({"a": "old"}, {"a": "new"}, {"new": "old"}),
        ({"a": "old", "b": "old"}, {"a": "new", "c": "new"}, {"new": "old"}),
        ({"a": "one", "b": "two"}, {"a": "two", "b": "one"}, {"two": "one", "one": "two"}),
        ({"a": "old", "b": "old"}, {"a": "new", "b": "old"}, {}),
        ({"a": "one", "b": "two"}, {"a": "two", "b": "two"}, {}),
        ({"a": "old"}, {"b": "new"}, {}),
    ],
)
def test_a_rename_is_told_from_a_feed_that_moves(
    before: dict[str, str], after: dict[str, str], renamed: dict[str, str]
) -> None:
    assert outlet_names.renamed_outlets(before, after) == renamed


def names(store: Store) -> dict[str, tuple[str, str]]:
    with store.reading() as conn:
        return {one.url: (one.outlet, one.name_for_keys) for one in poll_records.states(conn)}


def test_articles_and_mutes_follow_and_keys_keep_the_first_name(store: Store) -> None:
    a, b = feed("a", outlet="one"), feed("b", outlet="two")
    watch(store, a, b)
    with store.begin() as conn:
        show(conn, 1, [article("x", outlet="one")], NOW)
        show(conn, 2, [article("y", "other words", outlet="two")], NOW)
        mute_records.put(conn, [Mute(MuteKind.OUTLET, "one"), Mute(MuteKind.OUTLET, "two")], NOW)
    watch(store, feed("a", outlet="two"), feed("b", outlet="three"))
    assert names(store) == {a.url: ("two", "one"), b.url: ("three", "two")}
    with store.reading() as conn:
        columns = (tables.articles.c.url, tables.articles.c.outlet)
        assert {url[-1]: outlet for url, outlet in conn.execute(sa.select(*columns))} == {"x": "two", "y": "three"}
        assert {mute.target for mute in mute_records.in_force(conn, NOW)} == {"two", "three"}
        assert outlet_names.names_for_keys(conn) == {"two": "one", "three": "two"}


def test_a_feed_that_a_renamed_outlet_gets_has_its_keys_and_a_new_outlet_of_the_old_name_others(store: Store) -> None:
    a = feed("a", outlet="old")
    watch(store, a)
    a = feed("a", outlet="new")
    watch(store, a)
    watch(store, a, feed("b", outlet="new"), feed("c", outlet="old"), batch_id="later")
    assert names(store) == {
        a.url: ("new", "old"),
        feed("b").url: ("new", "old"),
        feed("c").url: ("old", "old\nlater"),
    }
    watch(store, a, feed("c", outlet="old"), batch_id="later still")
    assert names(store)[feed("c").url] == ("old", "old\nlater")


def test_an_outlet_that_gets_its_name_back_has_its_keys(store: Store) -> None:
    for name in ("old", "new", "old"):
        watch(store, feed("a", outlet=name))
    assert names(store) == {feed("a").url: ("old", "old")}


def test_a_moved_feed_is_due_as_a_new_one_and_a_claim_under_another_name_is_over(store: Store) -> None:
    watch(store, feed("a", outlet="one"), feed("b", outlet="one"), feed("c", outlet="two"), feed("d", host="d.test"))
    with store.begin() as conn:
        claims = {due.state.url: due for due in claim_feeds(conn)}
    watch(
        store,
        feed("a", outlet="one"),
        feed("b", outlet="two"),
        feed("c", outlet="two"),
        feed("d", "d.test", outlet="x"),
    )
    with store.reading() as conn:
        tokens = dict(conn.execute(sa.select(tables.feeds.c.url, tables.feeds.c.token)).all())
    assert {url for url in claims if tokens[url] is None} == {feed("b").url, feed("d", "d.test").url}
