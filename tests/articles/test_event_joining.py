"""Articles join the stories of their events, and leave them when a longer text says otherwise."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.copies import text_signature
from monitor.articles.event_joining import join_events, tell_of_events
from monitor.articles.sign_worths import Rarity
from monitor.articles.stories import join_stories
from monitor.event_values import KnownEvents
from monitor.story_values import JoinedStories, KeptEvents, KnownStories, Relation, StoryMember
from monitor.text import tokenize
from tests.articles.events import (
    BUDGET,
    FIRE,
    FIRE_IN_RUSSIAN,
    FIRE_TOLD_AGAIN,
    FIRE_TOLL,
    OTHER_FIRE,
    rarity,
    signs,
    text,
)

FEW_WORDS = ("Fire kills four", "Passengers of the ferry were rescued near Chios, 212 of them.")


def _member(
    number: int, said: tuple[str, str], hours: float = 0, language: str = "en", **options: object
) -> StoryMember:
    event = text(number, said, hours=hours, language=language)
    given = {"keys": (bytes([number]),), "at": event.at, "event": event.signs} | options
    return StoryMember(number, **given)  # type: ignore[arg-type]


class _Known(NamedTuple):
    stories: KnownStories = KnownStories()
    events: KnownEvents = KnownEvents()


def _join(*members: StoryMember, known: _Known | None = None, rare: Rarity | None = None) -> JoinedStories:
    stories, events = known or _Known()
    joined = join_stories(members, stories)
    return join_events(tell_of_events(members, joined), joined, events, rare or rarity())


def _after(joined: JoinedStories) -> _Known:
    """Return what is known once these decisions are stored."""
    by_key: dict[int, list[int]] = {}
    for kept, keys in joined.events.texts:
        for key in keys:
            by_key.setdefault(key, []).append(kept.article_id)
    events = KnownEvents(by_key, {kept.article_id: kept for kept, _ in joined.events.texts})
    texts = {id_: signed for id_, (signed, _) in joined.signed.items()}
    bands: dict[int, list[int]] = {}
    for id_, (_, found_by) in joined.signed.items():
        for band in found_by:
            bands.setdefault(band, []).append(id_)
    return _Known(KnownStories(dict(joined.keys), bands, texts), replace(events, joined=frozenset(joined.links)))


def test_retellings_in_any_language_join_the_first_and_a_development_is_one() -> None:
    found = _join(
        _member(1, FIRE),
        _member(2, OTHER_FIRE),
        _member(3, FIRE_TOLD_AGAIN, hours=1),
        _member(4, FIRE_IN_RUSSIAN, hours=2, language="ru"),
        _member(5, FIRE_TOLL, hours=9, event=signs(FIRE_TOLL, outlet="outlet1")),
    )
    assert found.by_article == {1: 1, 2: 2, 3: 1, 4: 1, 5: 1}
    assert found.begun == [1, 2]
    assert found.merged == {}
    assert {id_: link.relation for id_, link in found.links.items()} == {
        3: Relation.RETOLD,
        4: Relation.RETOLD,
        5: Relation.UPDATE,
    }
    assert "212" in found.links[4].why
    assert set(found.keys.values()) == {1, 2}
    assert {kept.article_id: kept.story_id for kept, _ in found.events.texts} == {1: 1, 2: 2, 3: 1, 4: 1, 5: 1}


def test_what_ten_outlets_copy_counts_once_as_said() -> None:
    signature, after_one, after_ten = text_signature(tokenize(FIRE[0]), tokenize(FIRE[1] * 2)), Rarity(), Rarity()
    members = [_member(number, FIRE, signature=signature, outlet=f"outlet{number}") for number in range(1, 11)]
    joined = _join(*members, rare=after_ten)
    assert {link.relation for link in joined.links.values()} == {Relation.COPY}
    _join(members[0], rare=after_one)
    (key, *_) = [sign.key for sign in signs(FIRE).signs]
    assert after_ten.worths[key] == after_one.worths[key]


def test_what_a_story_says_counts_once_however_many_tell_it() -> None:
    after_one, after_three = Rarity(), Rarity()
    members = [_member(1, FIRE), _member(2, FIRE_TOLD_AGAIN), _member(3, FIRE_IN_RUSSIAN, language="ru")]
    _join(members[0], rare=after_one)
    joined = _join(*members, rare=after_three)
    assert set(joined.by_article.values()) == {1}
    (chios,) = (sign.key for sign in signs(FIRE).signs if sign.text == "chios")
    assert after_three.worths[chios] == pytest.approx(after_one.worths[chios], rel=0.01)


def test_what_a_longer_text_says_more_is_counted() -> None:
    found = Rarity()
    known = _after(_join(_member(1, ("Chios", "")), rare=found))
    keys = {sign.text: sign.key for sign in signs(FIRE).signs}
    _join(_member(1, FIRE, story_id=1), known=known, rare=found)
    assert found.worths[keys["chios"]] == found.worths[keys["roussou"]] < found.worths[keys["chios"] + 8]


def test_what_has_no_event_joins_by_keys_alone() -> None:
    found = _join(_member(1, FIRE, event=None), _member(2, FIRE_TOLD_AGAIN, event=None))
    assert found.by_article == {1: 1, 2: 2}
    assert found.events.texts == ()


def test_a_copy_by_its_address_is_no_sign_of_its_own() -> None:
    found = _join(_member(1, FIRE), _member(2, OTHER_FIRE, keys=(bytes([1]),)))
    assert found.by_article == {1: 1, 2: 1}
    assert [kept.article_id for kept, _ in found.events.texts] == [1]


def test_what_is_stored_is_known_later() -> None:
    known = _after(_join(_member(1, FIRE), _member(2, FIRE_TOLD_AGAIN, hours=1)))
    found = _join(_member(3, FIRE_IN_RUSSIAN, hours=2, language="ru"), known=known)
    assert found.by_article == {3: 1}
    assert found.begun == []


def test_a_story_of_few_words_becomes_part_of_the_older_one_when_its_text_comes() -> None:
    known = _after(_join(_member(1, FIRE), _member(2, ("Tragedy at sea", "A black day."), hours=1)))
    found = _join(_member(2, FIRE_TOLD_AGAIN, hours=1, story_id=2), known=known)
    assert found.by_article == {2: 1}
    assert found.merged == {2: 1}
    assert found.links[2].relation is Relation.RETOLD


def test_of_two_stories_that_prove_one_the_older_stays() -> None:
    known = _after(_join(_member(1, ("Tragedy at sea", "A black day.")), _member(2, FIRE)))
    found = _join(_member(1, FIRE_TOLD_AGAIN, hours=1, story_id=1), known=known)
    assert found.by_article == {1: 1}
    assert found.merged == {2: 1}
    (why,) = found.links.values()
    assert (why.article_id, why.of_article_id, why.story_id, why.relation) == (2, 1, 1, Relation.FIRST)
    assert "212" in why.why


def test_an_article_leaves_a_story_that_its_text_does_not_belong_to() -> None:
    first = _join(_member(1, FIRE), _member(2, FEW_WORDS, hours=1))
    assert first.by_article == {1: 1, 2: 1}
    found = _join(_member(2, BUDGET, hours=1, story_id=1), known=_after(first))
    assert found.by_article == {2: 2}
    assert found.begun == [2]
    assert found.events.left == (2,)
    assert found.keys == {bytes([2]): 2}
    assert found.links == {}
    assert [(kept.article_id, kept.story_id) for kept, _ in found.events.texts] == [(2, 2)]


@pytest.mark.parametrize("said", [FEW_WORDS, FIRE_TOLD_AGAIN])
def test_one_that_belongs_stays(said: tuple[str, str]) -> None:
    first = _join(_member(1, FIRE), _member(2, FEW_WORDS, hours=1))
    found = _join(_member(2, said, hours=1, story_id=1), known=_after(first))
    assert found.by_article == {2: 1}
    assert found.events.left == ()
    assert found.merged == {}


def test_one_that_another_way_led_to_its_story_stays() -> None:
    known = _after(_join(_member(1, FIRE), _member(2, BUDGET)))
    texts = {id_: text._replace(story_id=1) for id_, text in known.events.texts.items()}
    known = _Known(KnownStories(dict.fromkeys(known.stories.by_key, 1)), replace(known.events, texts=texts))
    found = _join(_member(2, ("A penny", "Whitcombe told London."), hours=1, story_id=1), known=known)
    assert found.by_article == {2: 1}
    assert found.events.left == ()


def test_a_story_decided_on_many_words_is_not_decided_again() -> None:
    long = (FIRE[0], f"{FIRE[1]} {FIRE_TOLD_AGAIN[1]} {FIRE_TOLL[1]}")
    known = _after(_join(_member(1, FIRE), _member(2, long, hours=1)))
    found = _join(_member(2, BUDGET, hours=1, story_id=1), known=known)
    assert found.by_article == {2: 1}
    assert found.events == KeptEvents()


def test_of_a_large_story_a_few_texts_are_kept() -> None:
    chance = random.Random(14)
    retold = [(FIRE[0], " ".join(chance.sample(words := FIRE[1].split(), len(words)))) for _ in range(39)]
    found = _join(*(_member(number, one, hours=number / 10) for number, one in enumerate(retold, 1)))
    assert set(found.by_article.values()) == {1}
    kept = [one.article_id for one, _ in found.events.texts]
    assert len(kept) == 8
    assert {1, 39} <= set(kept)
    assert not set(kept) & set(found.events.dropped)


_said = st.sampled_from([FIRE, FIRE_TOLD_AGAIN, FIRE_TOLL, OTHER_FIRE, FEW_WORDS, ("", ""), ("Fire", "")])


@given(st.lists(_said, min_size=1, max_size=8))
def test_every_article_is_of_one_story_that_exists(said: list[tuple[str, str]]) -> None:
    found = _join(*(_member(number, one) for number, one in enumerate(said, 1)))
    assert list(found.by_article) == list(range(1, len(said) + 1))
    assert set(found.by_article.values()) == set(found.begun)
    assert all(link.story_id == found.by_article[id_] != id_ for id_, link in found.links.items())
    assert all(one.story_id == found.by_article[one.article_id] for one, _ in found.events.texts)
    assert set(found.keys.values()) <= set(found.begun)


SWAP = (
    "Russland und die Ukraine tauschen erneut Gefangene aus, wie beide Seiten am Mittwoch sagten. Jeweils 130 Soldaten "
    "kamen frei; vermittelt hatten die Emirate und der Vatikan. Unter ihnen sind 41 Verteidiger von Mariupol."
)
SWAP_TOTAL = (
    "260 prisoners freed",
    "Russia and Ukraine exchanged 260 prisoners, 130 from each side; the Emirates and the Vatican mediated. Among them "
    "are 41 defenders of Mariupol.",
)


def _copy(number: int, title: str, hours: float) -> StoryMember:
    signature = text_signature(tokenize(title), tokenize(SWAP), "de")
    return _member(number, (title, SWAP), hours, "de", signature=signature, outlet=f"outlet{number}")


@pytest.mark.parametrize(
    ("title", "relation", "of"),
    [
        ("Kiew und Moskau tauschen 260 Gefangene aus", Relation.RETOLD, 2),
        ("Kiew und Moskau tauschen 270 Gefangene aus", Relation.UPDATE, 1),
        ("Kiew und Moskau tauschen Gefangene aus", Relation.COPY, 1),
    ],
)
def test_a_number_in_a_copys_title_that_a_third_has_told_is_no_news(title: str, relation: Relation, of: int) -> None:
    found = _join(
        _copy(1, "Gefangene ausgetauscht", 0), _member(2, SWAP_TOTAL, 0.2), _copy(3, title, 0.4), rare=rarity()
    )
    assert found.by_article == {1: 1, 2: 1, 3: 1}
    assert found.links[3].relation is relation
    assert found.links[3].of_article_id == of


WARNING = (
    "The weather service has issued a level {} warning of avalanches for Tatra county, valid until {} on Tuesday. "
    "Drivers should slow down and people should stay away from trees. The warning will be updated in the evening."
)


def _warning(number: int, level: int, until: str, more: str = "", **options: object) -> StoryMember:
    said = (f"Weather warning: avalanches in Tatra county, level {level}", WARNING.format(level, until) + more)
    signature = text_signature(tokenize(said[0]), tokenize(said[1]))
    return _member(number, said, number / 10, signature=signature, outlet="gazette", **options)


def test_an_update_by_its_text_stays_where_its_page_is_one_as_well() -> None:
    """By its event it would leave: what has the other's wording is of no event."""
    first = _join(_warning(1, 4, "6 p.m."), _warning(2, 3, "6 a.m."))
    assert first.by_article == {1: 1, 2: 1}
    assert first.links[2].relation is Relation.UPDATE
    found = _join(_warning(2, 3, "6 a.m.", " Read more.", story_id=1), known=_after(first))
    assert found.by_article == {2: 1}
    assert found.events.left == ()
