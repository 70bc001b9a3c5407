"""What articles say of events is stored, found by its keys, and forgotten after some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.articles import Rarity, compose, event_keys, event_signs, resolve_identities
from monitor.event_values import EventSign, EventSigns, EventText, PackedSigns
from monitor.model import Article, FeedSnapshot
from monitor.steps.story_memory import StoryMemory
from monitor.store import Connection, Store, article_queries, articles, deletion, event_records, story_records
from monitor.store.articles import Added
from monitor.store.story_joining import StoryJoining
from monitor.story_values import JoinedStories, Relation, StoryLink, TextMarks
from tests.articles.events import BUDGET, FIRE, FIRE_TOLD_AGAIN, rarity
from tests.store.make import MINUTE, NOW, article, key, show

DAY = timedelta(days=1)
SIGNS = event_signs(
    article(title="Fire off Chios kills 4", body="Eleni Roussou of the coast guard said so.", language="en")
)


def _text(number: int, story: int = 1, at: timedelta = DAY * 0, signs: EventSigns = SIGNS) -> EventText:
    return EventText(number, story, NOW + at, signs)


def _keys(signs: EventSigns = SIGNS) -> list[int]:
    return event_keys(signs, Rarity())


def test_a_text_comes_back_without_its_words(store: Store) -> None:
    with store.begin() as conn:
        event_records.write(conn, [(_text(1), _keys())], [])
        found = event_records.of_stories_of(conn, [1])
    bare = PackedSigns.of([sign._replace(text="") for sign in SIGNS.signs])
    assert found == {1: _text(1, signs=SIGNS._replace(signs=bare))}


def test_a_vector_of_meaning_stays_with_its_signs_and_comes_later_for_those_that_are_stored(store: Store) -> None:
    with store.begin() as conn:
        event_records.write(conn, [(_text(1, signs=SIGNS._replace(meaning=b"\x7f\x80")), [8]), (_text(2), [8])], [])
        event_records.keep_meanings(conn, {2: b"\x01\x00", 3: b"\x02\x02"})
        event_records.keep_meanings(conn, {})
        found = event_records.of_stories_of(conn, [1])
        assert {id_: text.signs.meaning for id_, text in found.items()} == {1: b"\x7f\x80", 2: b"\x01\x00"}
        # Another text means something else.
        event_records.write(conn, [(_text(1), [8])], [])
        assert event_records.of_stories_of(conn, [1])[1].signs.meaning == b""


def test_it_is_found_by_each_of_its_keys_with_the_others_of_its_story(store: Store) -> None:
    with store.begin() as conn:
        event_records.write(conn, [(_text(1), _keys()), (_text(2), [8]), (_text(3, story=3), [16])], [])
        keys = _keys()
        assert event_records.newest(conn, [*keys, 8, 24]) == {key: [1] for key in keys} | {8: [2]}
        assert set(event_records.of_stories_of(conn, [2])) == {1, 2}
        assert event_records.newest(conn, []) == event_records.of_stories_of(conn, []) == {}


def test_of_a_frequent_key_the_newest_are_read(store: Store) -> None:
    with store.begin() as conn:
        event_records.write(conn, [(_text(number), [8, 16]) for number in range(1, 101)], [])
        found = event_records.newest(conn, range(0, 8 * 50, 8))
    assert found == {8: list(range(77, 101)), 16: list(range(77, 101))}


def test_a_new_version_replaces_what_was_stored_and_the_dropped_are_gone(store: Store) -> None:
    with store.begin() as conn:
        event_records.write(conn, [(_text(1), [8, 16]), (_text(2), [8])], [])
        event_records.write(conn, [(_text(1, story=7), [24])], [2])
        assert event_records.newest(conn, [8, 16, 24]) == {24: [1]}
        assert {id_: text.story_id for id_, text in event_records.of_stories_of(conn, [1, 2]).items()} == {1: 7}


def test_old_texts_are_deleted_some_at_a_time(store: Store) -> None:
    with store.begin() as conn:
        event_records.write(conn, [(_text(number, at=DAY * number), [8]) for number in range(1, 6)], [])
        assert [event_records.delete_older(conn, NOW + DAY * 4, limit=2) for _ in range(3)] == [2, 1, 0]
        assert event_records.newest(conn, [8]) == {8: [4, 5]}


def test_the_latest_stories_say_how_rare_keys_are(store: Store) -> None:
    one, other = (
        EventSigns("en", "tass", PackedSigns.of([EventSign(key, (key + 5,), False, True, 0)])) for key in (8, 16)
    )
    with store.begin() as conn:
        texts = [_text(1, signs=one), _text(2, story=2, signs=other), _text(3, signs=other)]
        event_records.write(conn, [(text, [8]) for text in texts], [])
        assert list(event_records.latest_stories(conn, 10)) == [{8, 13, 16, 21}, {16, 21}]
        assert list(event_records.latest_stories(conn, 1)) == [{16, 21}]


def test_the_backlog_of_a_first_poll_is_found_some_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_records, "_LOOKED_AT", 3)
    with store.begin() as conn:
        added = show(conn, 1, [article(str(number), str(number)) for number in range(7)], NOW)
        ids = [one.article_id for one in added]
        event_records.write(conn, [(_text(id_), [8]) for id_ in (*ids[:3], ids[4])], [])
        assert event_records.unsigned_after(conn, 0, 2) == ([], ids[2])
        assert event_records.unsigned_after(conn, ids[2], 1) == ([ids[3]], ids[3])
        assert event_records.unsigned_after(conn, ids[3], 9) == ([ids[5], ids[6]], ids[6])
        assert event_records.unsigned_after(conn, ids[6], 9) == ([], ids[6])


def test_a_merged_story_takes_its_events_along(store: Store) -> None:
    with store.begin() as conn:
        first, second = show(conn, 1, [article("a", "one"), article("b", "two")], NOW)
        event_records.write(conn, [(_text(second.article_id, second.story_id), [8])], [])
        story_records.write(conn, JoinedStories({}, [], {}, {second.story_id: first.story_id}, {}, {}))
        (found,) = event_records.of_stories_of(conn, [second.article_id]).values()
    assert found.story_id == first.story_id


def test_a_deleted_article_leaves_nothing(store: Store) -> None:
    with store.begin() as conn:
        (added,) = show(conn, 1, [article("a", "one")], NOW)
        event_records.write(conn, [(_text(added.article_id), [8])], [])
        deletion.delete_articles(conn, NOW + MINUTE)
        assert event_records.newest(conn, [8]) == event_records.of_stories_of(conn, [added.article_id]) == {}


def _told(name: str, said: tuple[str, str]) -> Article:
    """Return an article of an outlet of its own."""
    url = f"https://{name}.example.org/{said[0]}"
    return article(
        f"{name} {said[0]}",
        said[0],
        body=said[1],
        outlet=name,
        url=url,
        language="en",
        keys=(key(name),),
        published=NOW,
    )


def _joining(conn: Connection, memory: StoryMemory, one: Article) -> StoryJoining:
    return memory.joining(conn, {one.digest: TextMarks(None, event_signs(one))})


def _add(conn: Connection, memory: StoryMemory, one: Article) -> Added:
    snapshot, joining = FeedSnapshot(1, [one], NOW), _joining(conn, memory, one)
    return articles.add_all(conn, [snapshot], resolve_identities, compose, joining).by_snapshot[0][0]


def test_for_a_copy_nothing_of_events_is_loaded(store: Store) -> None:
    memory, asked = StoryMemory(rarity()), list[str]()

    def keys(signs: EventSigns) -> Sequence[int]:
        asked.append(signs.outlet)
        return event_keys(signs, memory.rarity)

    first = _told("one", FIRE)
    for one in (first, _told("two", FIRE)._replace(story_keys=first.story_keys)):
        with store.begin() as conn:
            joining = _joining(conn, memory, one)
            joining = replace(joining, events=joining.events._replace(keys=keys))
            snapshot = FeedSnapshot(1, [one], NOW)
            ((added,),) = articles.add_all(conn, [snapshot], resolve_identities, compose, joining).by_snapshot
    assert (added.story_id, added.relation) == (1, Relation.COPY)
    assert asked == ["one"]


def test_an_article_that_joined_a_story_wrongly_leaves_it_with_its_copies_and_keys(store: Store) -> None:
    memory = StoryMemory(rarity())
    with store.begin() as conn:
        first = _add(conn, memory, _told("one", FIRE))
        wrong = _add(
            conn, memory, _told("two", ("Fire kills four", "Passengers of the ferry were rescued near Chios, 212."))
        )
        assert (wrong.story_id, wrong.relation) == (first.story_id, Relation.UPDATE)
        copy = _add(conn, memory, _told("three", BUDGET)._replace(story_keys=wrong.article.story_keys))
        assert (copy.story_id, copy.relation) == (first.story_id, Relation.COPY)
        link = StoryLink(copy.article_id, wrong.article_id, first.story_id, Relation.COPY, 1.0)
        story_records.write(conn, JoinedStories({}, [], {}, {}, {copy.article_id: link}, {}))
        whole = wrong.article._replace(title=BUDGET[0], body=BUDGET[1], digest=key("whole"))
        again, merged = articles.join_again(
            conn, wrong._replace(article=whole, is_new=False), _joining(conn, memory, whole)
        )
        assert (again.story_id, again.relation, merged) == (wrong.article_id, Relation.FIRST, {})
        stored = article_queries.get(conn, [first.article_id, wrong.article_id, copy.article_id])
        assert [one.story_id for one in stored.values()] == [first.story_id, wrong.article_id, wrong.article_id]
        led = story_records.of_keys(conn, wrong.article.story_keys)
        assert set(led.values()) == {wrong.article_id}
        assert story_records.links_of(conn, [wrong.article_id]) == {}
        # Once more the same: nothing moves.
        same, _ = articles.join_again(conn, again, _joining(conn, memory, whole))
        assert same.story_id == wrong.article_id


def test_an_article_whose_story_became_part_of_another_is_linked_and_stays(store: Store) -> None:
    memory = StoryMemory(rarity())
    with store.begin() as conn:
        brief = _add(conn, memory, _told("one", ("Tragedy at sea", "A black day.")))
        other = _add(conn, memory, _told("two", FIRE))
        whole = brief.article._replace(title=FIRE_TOLD_AGAIN[0], body=FIRE_TOLD_AGAIN[1], digest=key("whole"))
        again, merged = articles.join_again(
            conn, brief._replace(article=whole, is_new=False), _joining(conn, memory, whole)
        )
        assert (again.story_id, merged) == (brief.story_id, {other.story_id: brief.story_id})
        link = story_records.links_of(conn, [other.article_id])[other.article_id]
        assert (link.of_article_id, link.story_id, link.relation) == (brief.article_id, brief.story_id, Relation.FIRST)
        edited = other.article._replace(title=BUDGET[0], body=BUDGET[1], digest=key("edited"))
        edit = other._replace(article=edited, is_new=False, story_id=brief.story_id)
        later, _ = articles.join_again(conn, edit, _joining(conn, memory, edited))
        assert (later.story_id, later.relation) == (brief.story_id, Relation.FIRST)


@pytest.mark.parametrize("packed", [b"", b"\x09\x00\x00"])
def test_signs_that_another_release_stored_are_as_good_as_none(store: Store, packed: bytes) -> None:
    with store.begin() as conn:
        event_records.write(conn, [(_text(1), [8])], [])
        conn.exec_driver_sql(f"UPDATE event_signs SET signs = {_literal(store, packed)}")
        assert event_records.of_stories_of(conn, [1]) == {}
        assert list(event_records.latest_stories(conn, 1)) == [set()]


def _literal(store: Store, packed: bytes) -> str:
    return f"'\\x{packed.hex()}'::bytea" if store.is_postgres else f"x'{packed.hex()}'"
