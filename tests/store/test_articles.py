"""One article is kept once, whatever order, feed or batch it comes in; edits become versions; stories are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.articles import compose, resolve_identities
from monitor.model import Article, FeedSnapshot
from monitor.store import Store, article_queries, articles, story_queries
from monitor.store.identities import known
from monitor.store.tables import article_versions, identities, metadata, sightings, story_keys
from monitor.store.tables import articles as table
from tests.store.make import MINUTE, NOW, article, joining, key, show


def add(store: Store, *batch: Article, feed: int = 1) -> list[articles.Added]:
    with store.begin() as conn:
        return show(conn, feed, batch, NOW)


def rows(store: Store, of: sa.Table) -> list[sa.Row[*tuple[object, ...]]]:
    with store.reading() as conn:
        return list(conn.execute(sa.select(of).order_by(*of.primary_key.columns)))


def test_a_new_article_is_kept_as_it_came(store: Store) -> None:
    given = article(
        lead="Лид",
        body="Ї ğ 文 😀",
        language="ru",
        authors=("A", 'B "C", D'),
        tags=("x",),
        published=NOW - MINUTE,
        updated=NOW,
        seen=NOW + MINUTE,
    )
    (added,) = add(store, given)
    assert (added.version, added.is_new, added.story_id, added.article) == (1, True, added.article_id, given)
    with store.reading() as conn:
        stored = article_queries.get(conn, [added.article_id])[added.article_id]
        assert known(conn, [key("a"), key("b")]) == {key("a"): added.article_id}
    assert stored.article == Article(**{name: getattr(given, name) for name in _KEPT})
    assert (stored.seen, stored.version) == (NOW + MINUTE, 1)


_KEPT = set(Article._fields) - {"keys", "story_keys"}


@pytest.mark.parametrize("text", ["nul \x00 inside", "half \ud83d a pair", "\ud83d\x00", "😀 whole"])
def test_text_that_a_database_refuses_is_made_storable(store: Store, text: str) -> None:
    (added,) = add(store, article(body=text, tags=(text,), authors=(text,)))
    with store.reading() as conn:
        body = article_queries.get(conn, [added.article_id])[added.article_id].article.body
    assert body == text.replace("\x00", "").replace("\ud83d", "?")


def test_a_million_characters_are_kept(store: Store) -> None:
    (added,) = add(store, article(words="x" * 1_000_000))
    with store.reading() as conn:
        assert len(article_queries.get(conn, [added.article_id])[added.article_id].article.title) == 1_000_000


def test_a_second_poll_brings_nothing(store: Store) -> None:
    add(store, article())
    assert add(store, article()) == []
    assert len(rows(store, table)) == len(rows(store, sightings)) == 1


def test_another_feed_with_other_words_is_only_a_sighting(store: Store) -> None:
    (first,) = add(store, article(), feed=1)
    for _ in range(2):
        assert add(store, article(words="Other words"), feed=2) == []
        assert add(store, article(), feed=1) == []
    assert {(row.feed_id, row.article_id) for row in rows(store, sightings)} == {
        (1, first.article_id),
        (2, first.article_id),
    }
    assert rows(store, article_versions) == []


def test_an_edit_becomes_a_version_and_the_older_one_stays(store: Store) -> None:
    (first,) = add(store, article(words="first", published=NOW))
    for number, words in ((2, "second"), (3, "third")):
        (added,) = add(store, article(words=words))
        assert (added.version, added.is_new) == (number, False)
        assert (added.article_id, added.story_id) == (first.article_id, first.story_id)
    with store.reading() as conn:
        titles = [article_queries.get_version(conn, first.article_id, number) for number in (1, 2, 3, 4)]
    assert [one and (one.version, one.article.title) for one in titles] == [
        (1, "first"),
        (2, "second"),
        (3, "third"),
        None,
    ]
    assert add(store, article(words="third")) == []


def test_words_that_come_back_are_the_next_version_of_their_feed(store: Store) -> None:
    """When that is due is decided by `steps/held_edits.py`."""
    for version, words in enumerate(("first", "second", "first"), 1):
        assert [one.version for one in add(store, article(words=words))] == [version]


def test_words_of_a_feed_that_lags_behind_are_no_version(store: Store) -> None:
    for feed in (1, 2):
        add(store, article(words="first"), feed=feed)
    for words in ("second", "third"):
        add(store, article(words=words), feed=1)
    assert add(store, article(words="second"), feed=2) == []
    assert [one.version for one in add(store, article(words="an edit"), feed=2)] == [4]


def test_an_edit_that_another_feed_brought_before_is_no_second_version(store: Store) -> None:
    for feed in (1, 2):
        add(store, article(words="first"), feed=feed)
    assert [one.version for one in add(store, article(words="second"), feed=1)] == [2]
    assert add(store, article(words="second"), feed=2) == []
    assert len(rows(store, article_versions)) == 1


def test_an_article_doubled_in_one_batch_is_one_and_the_first_words_count(store: Store) -> None:
    (added,) = add(store, article(words="first"), article(words="second"))
    assert added.article.title == "first"
    assert add(store, article(words="first"), article(words="second")) == []


def test_a_known_article_lends_its_other_keys(store: Store) -> None:
    (first,) = add(store, article(keys=(key("id"),)))
    assert add(store, article(keys=(key("id"), key("url")))) == []
    assert add(store, article(keys=(key("new id"), key("url"))), feed=2) == []
    assert {row.key: row.article_id for row in rows(store, identities)} == dict.fromkeys(
        (key("id"), key("url"), key("new id")), first.article_id
    )


def test_keys_that_lead_to_two_articles_go_by_the_first(store: Store) -> None:
    a, _ = add(store, article("a"), article("b"))
    assert add(store, article(keys=(key("a"), key("b"))), feed=2) == []
    assert [row.article_id for row in rows(store, sightings) if row.feed_id == 2] == [a.article_id]


def test_the_same_text_elsewhere_is_another_article_of_the_same_story(store: Store) -> None:
    shared = (key("the text"),)
    (first,) = add(store, article("a", story_keys=shared))
    second, third = add(
        store, article("b", outlet="bbc", story_keys=(key("x"), *shared)), article("c", story_keys=(key("x"),)), feed=2
    )
    assert {second.story_id, third.story_id} == {first.article_id}
    with store.reading() as conn:
        assert [one.id for one in story_queries.ends_of(conn, first.story_id, 9)] == [
            first.article_id,
            second.article_id,
            third.article_id,
        ]
        before = story_queries.ends_of(conn, first.story_id, 9, before=third.article_id)
        assert [one.id for one in before] == [first.article_id, second.article_id]


def test_an_edit_lends_its_story_keys(store: Store) -> None:
    (first,) = add(store, article("a", "first", story_keys=(key("s1"),)))
    add(store, article("a", "second", story_keys=(key("s2"),)))
    (other,) = add(store, article("b", story_keys=(key("s2"),)), feed=2)
    assert other.story_id == first.story_id


def test_results_come_in_the_order_of_the_batch(store: Store) -> None:
    add(store, article("edited", "before"))
    added = add(store, article("x"), article("edited", "after"), article("y"))
    assert [(one.article.url.rsplit("/", 1)[1], one.is_new) for one in added] == [
        ("x", True),
        ("edited", False),
        ("y", True),
    ]


def test_many_articles_at_once(store: Store) -> None:
    batch = [article(str(number), f"words {number}") for number in range(2500)]
    assert len(add(store, *batch)) == 2500
    assert add(store, *batch) == []
    edited = [article(str(number), f"other {number}") for number in range(2500)]
    assert {one.version for one in add(store, *edited)} == {2}


def test_a_failed_transaction_leaves_no_trace(store: Store) -> None:
    def fail(conn: sa.Connection) -> None:
        show(conn, 1, [article()], NOW)
        raise KeyError("x")

    with pytest.raises(KeyError), store.begin() as conn:
        fail(conn)
    assert [one.is_new for one in add(store, article())] == [True]


# --- any order, any batches ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Showing:
    """One feed shows one piece under some of its keys."""

    feed: int
    piece: int
    keys: frozenset[int]


_SHOWINGS = st.builds(
    _Showing,
    feed=st.integers(1, 3),
    piece=st.integers(0, 4),
    # The first key is always there, so that two sightings of a piece can be known for one.
    keys=st.frozensets(st.integers(1, 3), max_size=3).map(lambda more: more | {0}),
)


def _article_of(one: _Showing) -> Article:
    names = [f"{one.piece} {number}" for number in sorted(one.keys)]
    return article(str(one.piece), keys=tuple(key(name) for name in names), story_keys=(key(f"s{one.piece // 2}"),))


def _cut(snapshots: Sequence[_Showing], cuts: Sequence[int]) -> list[tuple[int, list[Article]]]:
    """Batches as polls make them: of one feed each."""
    batches: list[tuple[int, list[Article]]] = []
    for number, one in enumerate(snapshots):
        if not batches or batches[-1][0] != one.feed or number in cuts:
            batches.append((one.feed, []))
        batches[-1][1].append(_article_of(one))
    return batches


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_any_order_and_batching_keeps_each_article_once(kind: str, make_store: Callable[[str], Store]) -> None:
    store = make_store(kind)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(_SHOWINGS, max_size=14), st.lists(st.integers(0, 14), max_size=5))
    def check(snapshots: list[_Showing], cuts: list[int]) -> None:
        with store.begin() as conn:
            for one in metadata.sorted_tables:
                if one.name not in ("counters", "meta"):
                    conn.execute(sa.delete(one))
        new = [one for feed, batch in _cut(snapshots, cuts) for one in add(store, *batch, feed=feed)]
        pieces = {one.piece for one in snapshots}
        assert len(new) == len(rows(store, table)) == len(pieces)
        assert all(one.is_new for one in new)
        ids = {one.article.url: one.article_id for one in new}
        expected = {(one.feed, ids[_article_of(one).url]) for one in snapshots}
        assert {(row.feed_id, row.article_id) for row in rows(store, sightings)} == expected
        learned = {
            (key(f"{one.piece} {number}"), ids[_article_of(one).url]) for one in snapshots for number in one.keys
        }
        assert {(bytes(row.key), row.article_id) for row in rows(store, identities)} == learned
        assert (
            len({row.story_id for row in rows(store, table)})
            == len(rows(store, story_keys))
            == len({p // 2 for p in pieces})
        )

    check()


def _piece(number: int, words: int, more: int, story: int) -> Article:
    keys = (key(str(number)), key(f"also {more}"))
    return article(str(number), str(words), keys=keys, story_keys=(key(f"story {story}"),))


_LATER_ONE_STORY = [
    [FeedSnapshot(1, [_piece(0, 0, 6, 0)], NOW)],
    [FeedSnapshot(2, [_piece(3, 0, 0, 1)], NOW), FeedSnapshot(1, [_piece(0, 1, 0, 1)], NOW)],
]
"""An edit makes one story of two, of which one began in the snapshot before it."""


@st.composite
def _transactions(draw: st.DrawFn) -> list[list[FeedSnapshot]]:
    """A few transactions of a few snapshots: pieces come again at other feeds, edited, under more keys and stories."""
    numbers = st.integers(0, 3)
    one = st.builds(_piece, numbers, st.integers(0, 1), st.integers(0, 9), numbers)
    snapshot = st.builds(FeedSnapshot, st.integers(1, 3), st.lists(one, max_size=3), st.just(NOW))
    return draw(st.lists(st.lists(snapshot, max_size=4, unique_by=lambda made: made.feed_id), max_size=4))


def _told(store: Store, transactions: list[list[FeedSnapshot]], *, together: bool) -> list[object]:
    """What is told of every snapshot and what the tables hold after all, with places in order for ids.

    A story that later became part of another is told as that one.
    """
    told: list[articles.Added] = []
    merged: dict[int, int] = {}
    for snapshots in transactions:
        with store.begin() as conn:
            for some in [snapshots] if together else [[snapshot] for snapshot in snapshots]:
                added = articles.add_all(conn, some, resolve_identities, compose, joining())
                told += [one for of_snapshot in added.by_snapshot for one in of_snapshot]
                merged |= added.merged_stories
    place = {row.id: number for number, row in enumerate(rows(store, table))}
    kept = [
        [
            [
                place[value] if name in ("id", "article_id", "story_id") else value
                for name, value in row._mapping.items()
            ]
            for row in rows(store, of)
        ]
        for of in (table, article_versions, sightings, identities, story_keys)
    ]
    stories = {one.story_id: one.story_id for one in told}
    for story in stories:
        while stories[story] in merged:
            stories[story] = merged[stories[story]]
    return [[(place[one.article_id], place[stories[one.story_id]], one.version, one.article) for one in told], *kept]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_showings_kept_together_are_kept_as_one_after_the_other(kind: str, make_store: Callable[[str], Store]) -> None:
    store = make_store(kind)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(_transactions())
    @example(_LATER_ONE_STORY)
    def check(transactions: list[list[FeedSnapshot]]) -> None:
        outcomes = []
        for together in (False, True):
            with store.begin() as conn:
                for one in (table, article_versions, sightings, identities, story_keys):
                    conn.execute(sa.delete(one))
            outcomes.append(_told(store, transactions, together=together))
        assert outcomes[0] == outcomes[1]

    check()
