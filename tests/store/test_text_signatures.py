"""Signatures of texts come back as they were stored, are found by their bands, and end after some days."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.articles.stories import BAND_ROOM
from monitor.model import Article
from monitor.store import Connection, Store, articles, clock_repair, copying, deletion, story_records, text_signatures
from monitor.store.tables import text_bands
from monitor.store.tables import text_signatures as signatures
from monitor.story_values import BANDS, Relation, SignedText, StoryLink, TextSignature
from tests.store.make import LEASE, NOW, again, article, joining, key, show, somebody_waits

DAY = timedelta(days=1)
WIRE = (
    "The harbour of Istanbul is closed for ships since Monday, said the governor in a letter to captains. At least 12 "
    "people were killed in the storm and 340 houses have lost their roofs, the rescue service reports, while schools "
    "stay shut until Thursday and ferries will not leave before the wind drops below 60 kilometres an hour."
)
UPDATE = WIRE.replace("12", "15")
FOOTER = " Subscribe to the letter of our newsroom, which comes every evening at six, and to our channel."


def told(name: str, body: str, **options: object) -> Article:
    return article(name, title=f"News of {name}", body=body, digest=key(body), url=f"https://{name}.test/", **options)


def add(store: Store, name: str, body: str, **options: object) -> articles.Added:
    with store.begin() as conn:
        return show(conn, 1, [told(name, body, seen=NOW, **options)], NOW)[0]


def counts(store: Store) -> tuple[int, int]:
    with store.reading() as conn:
        one, other = (
            conn.execute(sa.select(sa.func.count()).select_from(of)).scalar_one() for of in (signatures, text_bands)
        )
        return one, other


def test_a_signature_comes_back_as_it_was(store: Store) -> None:
    add(store, "a", "short")
    signature = TextSignature(70_000, (0, 1, 2**32 - 1), (1,), (3, 4), (5, 6, 2**16 - 1, 0), is_about_title=False)
    text = SignedText(1, 1, NOW, "tass", signature)
    with store.begin() as conn:
        text_signatures.write(conn, [(text, (1, 2**32 - 1))], [])
        assert text_signatures.of_articles(conn, [1, 2]) == {1: text}
        assert text_signatures.of_bands(conn, [0, 1, 2**32 - 1]) == {1: [1], 2**32 - 1: [1]}
        text_signatures.write(conn, [(SignedText(1, 1, NOW, "tass", TextSignature(12, (9,))), (9,))], [text])
        assert text_signatures.of_bands(conn, [0, 1, 9, 2**32 - 1]) == {9: [1]}


def test_copies_and_updates_join_the_story_and_say_why(store: Store) -> None:
    first, copied, updated = add(store, "a", WIRE), add(store, "b", WIRE + FOOTER), add(store, "c", UPDATE)
    assert [one.story_id for one in (first, copied, updated)] == [first.article_id] * 3
    assert [one.relation for one in (first, copied, updated)] == [Relation.FIRST, Relation.COPY, Relation.UPDATE]
    # A copy of an update says nothing new.
    assert add(store, "d", UPDATE + FOOTER).relation is Relation.COPY
    assert add(store, "e", "Another text about the price of apples on the market, which rose once more. " * 2).is_new
    with store.reading() as conn:
        links = story_records.links_of(conn, [1, 2, 3, 4, 5])
    assert sorted(links) == [2, 3, 4]
    assert links[2] == StoryLink(2, 1, 1, Relation.COPY, links[2].score, links[2].why)
    assert (links[3].of_article_id, links[4].of_article_id) == (1, 3)
    assert 0.5 < links[2].score < 1
    assert "of the shorter text" in links[2].why[0]


def test_the_same_address_is_a_reason_of_its_own(store: Store) -> None:
    add(store, "a", "short", story_keys=(key("address"),))
    linked = add(store, "b", "brief", story_keys=(key("address"),))
    assert (linked.story_id, linked.relation) == (1, Relation.COPY)
    with store.reading() as conn:
        assert story_records.links_of(conn, [2])[2] == StoryLink(2, 1, 1, Relation.COPY, 1.0, ("the same address",))


def test_articles_of_one_transaction_find_one_another(store: Store) -> None:
    with store.begin() as conn:
        added = show(conn, 1, [told(name, WIRE, seen=NOW) for name in "abc"], NOW)
    assert [one.story_id for one in added] == [1, 1, 1]
    assert counts(store) == (3, 3 * BANDS)


def test_an_edit_is_found_by_its_new_words(store: Store) -> None:
    add(store, "a", WIRE)
    other = " ".join(f"other{number}" for number in range(70))
    edited = add(store, "a", other)
    assert (edited.version, edited.relation) == (2, Relation.FIRST)
    assert add(store, "b", WIRE).story_id == 2
    assert add(store, "c", other).story_id == 1
    assert counts(store) == (3, 3 * BANDS)


def test_a_text_decides_once_which_story_its_article_is_of(store: Store) -> None:
    """Else a live page would make one of all the stories that it tells in a day."""
    add(store, "a", WIRE)
    add(store, "live", " ".join(f"other{number}" for number in range(70)))
    assert add(store, "live", WIRE).story_id == 2
    add(store, "teaser", "The harbour of Istanbul is closed.")
    assert add(store, "teaser", WIRE).story_id == 1
    assert add(store, "teaser", WIRE + FOOTER).relation is Relation.COPY


def test_bands_and_signatures_of_a_story_of_many_articles_are_bounded(store: Store) -> None:
    with store.begin() as conn:
        batch = [told(f"n{number}", WIRE, seen=NOW) for number in range(3 * BAND_ROOM)]
        assert {one.story_id for one in show(conn, 1, batch, NOW)} == {1}
    assert counts(store)[1] == BANDS * BAND_ROOM
    assert add(store, "late", WIRE).story_id == 1


def test_one_footer_under_many_articles_glues_nothing_together_and_hides_no_copy(store: Store) -> None:
    def body(number: int) -> str:
        return " ".join(f"word{number}x{at}" for at in range(30)) + FOOTER * 2

    with store.begin() as conn:
        batch = [told(f"n{number}", body(number), seen=NOW, outlet=f"o{number}") for number in range(300)]
        assert len({one.story_id for one in show(conn, 1, batch, NOW)}) == 300
        copied = [told(f"m{number}", body(number), seen=NOW, outlet=f"p{number}") for number in range(0, 300, 7)]
        assert all(one.relation is Relation.COPY for one in show(conn, 2, copied, NOW))
    assert counts(store)[1] <= 350 * BANDS


def test_one_text_under_many_titles_is_one_story_and_one_title_over_many_texts_none(store: Store) -> None:
    with store.begin() as conn:
        same = [told(f"a{number}", WIRE, seen=NOW, outlet=f"o{number}") for number in range(200)]
        assert len({one.story_id for one in show(conn, 1, same, NOW)}) == 1
        other = [told(f"b{number}", " ".join(f"w{number}x{at}" for at in range(40)), seen=NOW) for number in range(200)]
        titled = [one._replace(title="News of the whole day") for one in other]
        assert len({one.story_id for one in show(conn, 2, titled, NOW)}) == 200


def test_signatures_end_with_their_days_and_with_their_articles(store: Store) -> None:
    add(store, "a", WIRE, published=NOW - 2 * DAY)
    add(store, "b", UPDATE)
    with store.begin() as conn:
        assert text_signatures.delete_older(conn, NOW - DAY) == 1
        assert text_signatures.delete_older(conn, NOW - DAY) == 0
        assert list(text_signatures.of_articles(conn, [1, 2])) == [2]
        assert story_records.links_of(conn, [2])[2].relation is Relation.UPDATE
    assert counts(store) == (1, BANDS)
    with store.begin() as conn:
        assert deletion.delete_articles(conn, NOW + DAY) == 2
        assert story_records.links_of(conn, [2]) == {}
    assert counts(store) == (0, 0)


def test_a_clock_that_was_ahead_keeps_no_signature_for_ever(store: Store) -> None:
    add(store, "a", WIRE, published=NOW + 900 * DAY)
    with store.begin() as conn:
        clock_repair.repair(conn, NOW, LEASE, {})
        assert text_signatures.of_articles(conn, [1])[1].at == NOW


def test_a_copy_of_the_database_knows_copies(make_store: Callable[[str], Store]) -> None:
    source, target = make_store("sqlite"), make_store("postgresql")
    add(source, "a", WIRE)
    add(source, "b", WIRE)
    copying.copy(source, target)
    assert counts(target) == (2, 2 * BANDS)
    assert add(target, "c", WIRE + FOOTER).story_id == 1
    with target.reading() as conn:
        assert story_records.links_of(conn, [2, 3]).keys() == {2, 3}


def test_two_workers_that_store_one_copy_at_once_make_one_story(make_store: Callable[[str], Store]) -> None:
    store = make_store("postgresql")

    def second(conn: Connection) -> articles.Added:
        return show(conn, 2, [told("b", WIRE, seen=NOW)], NOW)[0]

    with Store.open(again(store)) as other, ThreadPoolExecutor(1) as thread:

        def work() -> articles.Added:
            with other.begin() as conn:
                return second(conn)

        with store.begin() as conn:
            (first,) = show(conn, 1, [told("a", WIRE, seen=NOW)], NOW)
            racing = thread.submit(work)
            while not racing.done() and not somebody_waits(store):
                pass
        assert racing.result().story_id == first.story_id
        assert racing.result().relation is Relation.COPY


@pytest.mark.parametrize("batch", [[], [article("a", words="short")]])
def test_what_is_too_short_has_no_signature(batch: list[Article]) -> None:
    assert not any(marks.signature for marks in joining(batch).marks.values())
