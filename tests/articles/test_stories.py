"""An article joins the oldest story that its keys lead to; what one article links is one story, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import join_stories
from monitor.articles.copies import text_signature
from monitor.story_values import JoinedStories, KnownStories, Relation, StoryMember
from monitor.text import tokenize


def member(article_id: int, *keys: str, story_id: int | None = None) -> StoryMember:
    return StoryMember(article_id, tuple(key.encode() for key in keys), story_id)


def joined_by_keys(members: Sequence[StoryMember], by_key: dict[bytes, int] | None = None) -> JoinedStories:
    return join_stories(members, KnownStories(by_key or {}))


def test_an_article_whose_keys_lead_nowhere_begins_a_story() -> None:
    joined = joined_by_keys([member(5, "a", "b"), member(6)])
    assert joined[:4] == ({5: 5, 6: 6}, [5, 6], {b"a": 5, b"b": 5}, {})


def test_an_article_joins_the_story_of_any_key_and_its_other_keys_lead_there() -> None:
    joined = joined_by_keys([member(5, "new", "a")], {b"a": 2})
    assert joined[:4] == ({5: 2}, [], {b"new": 2}, {})


def test_articles_of_one_transaction_make_one_story() -> None:
    joined = joined_by_keys([member(5, "a"), member(6, "b"), member(7, "b", "a"), member(8, "b")])
    assert joined[:4] == ({5: 5, 6: 5, 7: 5, 8: 5}, [5], {b"a": 5, b"b": 5}, {})


def test_keys_that_lead_to_two_stories_merge_them_into_the_older() -> None:
    joined = joined_by_keys([member(9, "b", "a", "c")], {b"a": 2, b"b": 4})
    assert joined[:4] == ({9: 2}, [], {b"c": 2}, {4: 2})


def test_an_edit_brings_its_own_story_along() -> None:
    assert joined_by_keys([member(4, "a", story_id=4)], {b"a": 2})[:4] == ({4: 2}, [], {}, {4: 2})
    assert joined_by_keys([member(2, "a", story_id=2)], {b"a": 4})[:4] == ({2: 2}, [], {}, {4: 2})
    assert joined_by_keys([member(2, "new", story_id=1)])[:4] == ({2: 1}, [], {b"new": 1}, {})


def test_a_chain_of_merges_ends_at_the_oldest_story() -> None:
    links = [member(10, "c", "d"), member(11, "b", "c"), member(12, "a", "b")]
    joined = joined_by_keys(links, {b"a": 1, b"b": 2, b"c": 3, b"d": 4})
    assert joined.merged == {4: 1, 3: 1, 2: 1}
    assert set(joined.by_article.values()) == {1}


MEMBERS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=3), max_size=12).map(
    lambda lists: [member(number, *keys) for number, keys in enumerate(lists, 1)]
)


def _components(members: Sequence[StoryMember]) -> dict[int, int]:
    """Return for each article the first one that a path of shared keys leads to, by growing sets."""
    stories: list[tuple[set[int], set[bytes]]] = []
    for one in members:
        ids, keys = {one.article_id}, set(one.keys)
        apart = []
        for others, theirs in stories:
            if keys & theirs:
                ids, keys = ids | others, keys | theirs
            else:
                apart.append((others, theirs))
        stories = [*apart, (ids, keys)]
    return {id_: min(ids) for ids, _ in stories for id_ in ids}


@given(MEMBERS)
def test_a_story_is_all_that_shared_keys_connect(members: list[StoryMember]) -> None:
    joined = joined_by_keys(members)
    assert joined.by_article == _components(members)
    assert set(joined.begun) == set(joined.by_article.values())
    assert joined.keys == {key: joined.by_article[one.article_id] for one in members for key in one.keys}
    assert joined.merged == {}


@given(MEMBERS, st.integers(0, 12))
def test_two_transactions_end_as_one(members: list[StoryMember], cut: int) -> None:
    first = joined_by_keys(members[:cut])
    second = joined_by_keys(members[cut:], first.keys)
    after = {id_: second.merged.get(story, story) for id_, story in first.by_article.items()} | second.by_article
    assert after == joined_by_keys(members).by_article
    assert set(second.merged) <= set(first.begun)
    assert set(second.merged).isdisjoint(second.merged.values())
    assert set(second.keys).isdisjoint(first.keys)


def test_an_article_that_an_edit_made_say_something_new_stays_known_by_what_was_told() -> None:
    first, edited = _text(1, "12 people were killed"), _text(1, "31 people were killed", story_id=1)
    copied = _text(2, "31 people were killed", outlet="two")
    told = join_stories([first], KnownStories())
    joined = join_stories([edited, copied], _known(told))
    assert joined.links[2].relation is Relation.UPDATE
    corrected = _text(1, "12 people were killed there", story_id=1)
    assert join_stories([corrected], _known(told)).signed[1][0].signature == corrected.signature


def test_a_copy_by_its_first_sentence_is_an_update_where_its_page_says_so() -> None:
    first, brief = _text(1, "12 people were killed"), _text(2, "12 people were killed", outlet="two", words=24)
    told = join_stories([first, brief], KnownStories())
    assert told.links[2].relation is Relation.COPY
    page = _text(2, "31 people were killed", outlet="two", story_id=1)
    assert join_stories([page], _known(told)).links[2].relation is Relation.UPDATE
    assert join_stories([first._replace(article_id=2, outlet="two", story_id=1)], _known(told)).links == {}


def _text(article_id: int, said: str, outlet: str = "one", story_id: int | None = None, words: int = 99) -> StoryMember:
    text = (
        "The harbour of Istanbul is closed for ships since Monday, said the governor Davut Yilmaz in a letter to its "
        f"captains, and ferries stay. At least {said} in the storm, and 340 houses have lost their roofs, the rescue "
        "service reports. Schools in Kadikoy stay shut until Thursday, while the airport works as usual."
    )
    signature = text_signature(tokenize("Storm over the harbour"), tokenize(" ".join(text.split()[:words])))
    at = datetime(2026, 11, 1, 8, tzinfo=UTC)
    return StoryMember(article_id, (), story_id, signature, at, outlet)


def _known(joined: JoinedStories) -> KnownStories:
    bands: dict[int, list[int]] = {}
    for id_, (_, free) in joined.signed.items():
        for band in free:
            bands.setdefault(band, []).append(id_)
    return KnownStories({}, bands, {id_: text for id_, (text, _) in joined.signed.items()})


@pytest.mark.parametrize(("apart", "stories"), [(0, 5), (90, 1)])
def test_pieces_of_one_template_at_one_moment_are_no_story_by_the_text_of_another_outlet(
    apart: int, stories: int
) -> None:
    texts = [("o", ""), *(("n", f" {number}") for number in range(5))]
    members = [
        StoryMember(
            id_,
            (),
            signature=text_signature(
                tokenize(f"News of the harbour{what}"),
                tokenize(
                    f"The council met on Monday and spoke for two hours about the harbour{what} before it went home."
                ),
            ),
            at=datetime(2026, 11, 30, tzinfo=UTC) + timedelta(minutes=apart * id_),
            outlet=outlet,
        )
        for id_, (outlet, what) in enumerate(texts, 1)
    ]
    assert len(set(join_stories(members, KnownStories()).by_article.values())) == stories
