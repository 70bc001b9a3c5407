"""Candidates hold every article that matches, whatever is indexed so far, and little else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.model import Article
from monitor.search_values import Candidates
from monitor.store import Store, deletion, word_index
from monitor.store.tables import derived, metadata
from tests.store.make import MINUTE, NOW, article, index_pending, show

TEXTS = [
    "peskov said the talks in istanbul go on",
    "переговоры в стамбуле й ї продолжаются",
    "istanbul talks",
    "talks of istanbul negotiators",
    'odd "quotes" and \\ slashes o\'neil 北 京',
]


def fill(store: Store, *texts: str) -> None:
    """Keep articles whose titles are canonical already, seen a minute apart."""
    with store.begin() as conn:
        batch = [
            article(str(n), text, seen=NOW + n * MINUTE, language="ru" if n == 1 else "en", outlet=f"o{n % 2}")
            for n, text in enumerate(texts)
        ]
        show(conn, 1, batch, NOW)


def canonical(one: Article) -> str:
    return one.title


def index(store: Store, limit: int = 100) -> int:
    with store.begin() as conn:
        return index_pending(conn, limit, canonical)


def ask(store: Store, *groups: tuple[str, ...], **bounds: object) -> list[int]:
    with store.reading() as conn:
        return word_index.search_candidates(conn, Candidates(groups, **bounds))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ((("istanbul",),), [4, 3, 1]),
        ((("istanbul",), ("peskov", "negotiat*")), [4, 1]),
        ((("перегов*",),), [2]),
        ((("й",),), [2]),
        ((("北 京",),), [5]),
        ((('"quotes"',), ("\\",)), [5]),
        ((("o'neil",),), [5]),
        ((("nowhere",),), []),
        ((("wom?n", "talks"),), [4, 3, 1]),
        ((), [5, 4, 3, 2, 1]),
        ((("istanbul",), ("☃", "nowhere")), [4, 3, 1]),
        ((("negotiat* nowhere", "go on"),), [1]),
    ],
)
def test_groups_of_patterns_find_their_articles_newest_first(
    store: Store, groups: tuple[tuple[str, ...], ...], found: list[int]
) -> None:
    fill(store, *TEXTS)
    index(store)
    assert ask(store, *groups) == found


def test_a_phrase_finds_at_least_its_articles(store: Store) -> None:
    fill(store, *TEXTS)
    index(store)
    assert 3 in ask(store, ("istanbul talks",))
    assert set(ask(store, ("istanbul talks",))) <= {1, 3, 4}
    assert set(ask(store, ("istanbul talk*",))) >= {3}


def test_bounds_hold_without_and_with_tokens(store: Store) -> None:
    fill(store, *TEXTS)
    index(store)
    assert ask(store, outlets=("o1",)) == [4, 2]
    assert ask(store, ("istanbul",), outlets=("o1",)) == [4]
    assert ask(store, languages=("ru",)) == [2]
    assert ask(store, ("istanbul",), since=NOW + MINUTE, until=NOW + 3 * MINUTE) == [3]
    with store.reading() as conn:
        assert word_index.search_candidates(conn, Candidates((("istanbul",),)), limit=2) == [4, 3]


def test_what_is_not_indexed_yet_is_always_a_candidate(store: Store) -> None:
    fill(store, *TEXTS)
    assert ask(store, ("nowhere",)) == [5, 4, 3, 2, 1]
    assert index(store, 2) == 2
    assert ask(store, ("nowhere",)) == [5, 4, 3]
    assert [index(store), index(store)] == [3, 0]
    assert ask(store, ("nowhere",)) == []


def test_an_edit_is_a_candidate_at_once_and_then_found_by_its_new_words_only(store: Store) -> None:
    fill(store, *TEXTS)
    index(store)
    with store.begin() as conn:
        show(conn, 1, [article("0", "ceasefire")], NOW)
    assert 1 in ask(store, ("nowhere",))
    assert index(store) == 1
    assert ask(store, ("peskov",)) == ask(store, ("nowhere",)) == []
    assert ask(store, ("ceasefire",)) == [1]


def test_an_edit_between_reading_and_indexing_is_not_forgotten(store: Store) -> None:
    fill(store, "before")
    with store.begin() as conn:
        read = word_index.pending(conn, 9)
        show(conn, 1, [article("0", "after")], NOW)
        word_index.index(
            conn, [word_index.IndexedDocument(one.id, one.version, canonical(one.article)) for one in read]
        )
    assert index(store) == 1
    assert (ask(store, ("after",)), ask(store, ("before",))) == ([1], [])


def test_deleted_articles_leave_the_index(store: Store) -> None:
    fill(store, *TEXTS)
    index(store)
    with store.begin() as conn:
        deletion.delete_articles(conn, NOW + MINUTE)
    assert ask(store, ("istanbul",)) == [4, 3]


def test_absurd_texts_are_indexed(store: Store) -> None:
    fill(store, "x" * 5000, " ".join(f"w{n}" for n in range(200_000)), "", "\x00")
    index(store)
    assert ask(store, ("x" * 5000,)) == ask(store, ("x" * 300,)) == [1]
    assert ask(store, ("w77",)) == [2]


_WORDS = st.text(alphabet="ab1й'\"\\*?☃文 \x00", max_size=4)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whatever_is_asked_answers_and_holds_what_matches(kind: str, make_store: Callable[[str], Store]) -> None:
    store = make_store(kind)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(_WORDS, max_size=4), st.lists(st.lists(_WORDS, max_size=2), max_size=2))
    @example(["ab 1"], [["ab 1"]])
    def check(texts: list[str], groups: list[list[str]]) -> None:
        with store.begin() as conn:
            for table in (*metadata.sorted_tables, *derived.sorted_tables):
                if table.name not in ("counters", "meta"):
                    conn.execute(sa.delete(table))
        fill(store, *texts)
        index(store)
        found = ask(store, *map(tuple, groups))
        with store.reading() as conn:
            stored = {row.id: row.title.split() for row in conn.execute(sa.text("SELECT id, title FROM articles"))}
        plain = [[word for word in group if word.isalnum()] for group in groups]
        for id_, tokens in stored.items():
            if all(any(word in tokens for word in group) for group in plain):
                assert id_ in found

    check()


def test_what_came_with_the_past_of_a_feed_stands_by_its_publication(store: Store) -> None:
    dates = (None, NOW - 9 * MINUTE, NOW + MINUTE, NOW + 9 * MINUTE)
    seen = (NOW, NOW + 5 * MINUTE, NOW + 2 * MINUTE, NOW + 3 * MINUTE)
    with store.begin() as conn:
        show(conn, 1, [article(str(n), "x", seen=at, published=dates[n]) for n, at in enumerate(seen)], NOW)
    # A date ahead of when it was seen makes no article newer.
    assert ask(store) == [4, 3, 1, 2]
