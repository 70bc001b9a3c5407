"""Where two texts that are mostly the same have other numbers, names or words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.copies import compare, text_signature
from monitor.articles.openings import LENGTH, OtherWords, changes, opening, spelling
from monitor.story_values import Relation
from monitor.text import tokenize

WIRE = (
    "The harbour of Istanbul is closed for ships since Monday, said the governor Davut Yilmaz in a letter to captains. "
    "At least 12 people were killed in the storm and 340 houses have lost their roofs."
)
BUS = (
    "At least {} people died when a bus fell into a ravine near Cuzco on Monday, governor Werner Salcedo said in Lima."
)
BUS_IN_GERMAN = (
    "Bei Cuzco sind {} Menschen gestorben, als am Montag ein Bus in eine Schlucht stürzte, sagte Werner Salcedo."
)
BUS_IN_ARABIC = (
    "قتل {} أشخاص على الأقل عندما سقطت حافلة ركاب في واد قرب كوسكو جنوب بيرو يوم الاثنين، قال فيرنر سالسيدو."
)


def opened(text: str) -> tuple[int, ...]:
    return opening(tokenize(text))


def changed(new: str, old: str = WIRE) -> OtherWords:
    return changes(opened(new), opened(old))


@pytest.mark.parametrize(
    ("new", "numbers", "names", "words"),
    [
        (WIRE, 0, 0, 0),
        (WIRE.upper(), 0, 0, 0),
        (WIRE.replace("12", "14"), 1, 0, 0),
        (WIRE.replace("12", "14").replace("340", "350"), 2, 0, 0),
        (WIRE.replace("Istanbul", "Izmir"), 0, 1, 0),
        (WIRE.replace("Davut Yilmaz", "Ali Kara"), 0, 1, 0),
        (WIRE.replace("closed", "open"), 0, 0, 1),
        (WIRE.replace("12 people", "Rescuers"), 0, 1, 0),
        (WIRE.replace("The harbour", "Our port"), 0, 1, 0),
        (f"Our correspondent writes from Ankara. {WIRE} Read more in the evening.", 0, 0, 0),
        (f"{WIRE[:90]} Read more in the evening, at no cost, in our newsletter of the day.", 0, 0, 0),
        (WIRE.replace("Istanbul", "İstanbul").replace("Yilmaz", "Yulmoz"), 0, 0, 0),
    ],
)
def test_what_stands_in_the_place_of_something_else(new: str, numbers: int, names: int, words: int) -> None:
    found = changed(new)
    assert (found.numbers, found.names, found.words) == (numbers, names, words)
    assert found.places == numbers + names + words


def test_words_of_scripts_without_capitals_may_be_names() -> None:
    old = "أصدر المركز الوطني للأرصاد إنذارا أحمر من هطول أمطار غزيرة على منطقة عسير اليوم"
    assert changed(old.replace("عسير", "جازان"), old)[:3] == (0, 1, 0)
    assert changed(old, old).name_places == len(old.split())
    chinese = "今天上午在四川甘孜州发生地震当地居民普遍有感"
    assert changed(chinese.replace("四川甘孜", "新疆阿克苏"), chinese)[:3] == (0, 1, 0)


def test_what_is_added_amid_the_text_and_not_before_or_after_it() -> None:
    added = changed("On Sunday: " + WIRE.replace("Istanbul is", "Istanbul and Izmir is") + " More soon.").added
    assert added == {spelling(coded) for coded in opened("and Izmir")}
    assert changed(WIRE, WIRE.replace("Istanbul is", "Istanbul and Izmir is")).added == frozenset()


@pytest.mark.parametrize(("added", "is_update"), [("killing 14", True), ("with 12 dead", False), ("in a gale", False)])
def test_a_number_that_comes_into_the_same_text_is_an_update(added: str, is_update: bool) -> None:
    told, more = (
        f"{text} {WIRE.replace('At least 12', 'Some 12')}" for text in (WIRE, WIRE.replace(" is ", f" is, {added}, "))
    )
    assert changed(more, told).adds_number is is_update
    one, other = (text_signature(tokenize(""), tokenize(text)) for text in (more, told))
    assert one
    assert other
    found = compare(one, other, timedelta(hours=1), same_outlet=False)
    assert found
    assert (found.relation is Relation.UPDATE) is is_update
    assert not changed(told, more).adds_number


def test_a_title_that_a_text_begins_with_says_nothing_of_its_own_there() -> None:
    title = "Deadly gale over harbour"
    plain, headed = (text_signature(tokenize(title), tokenize(text)) for text in (WIRE, f"{title}\n{WIRE}"))
    assert plain == headed


def test_places_are_those_that_both_have() -> None:
    assert changed(WIRE)[3:5] == (2, 6)
    assert changed(WIRE, WIRE.replace("340", "many"))[3] == 1


def test_only_the_beginning_of_a_text_is_kept() -> None:
    assert len(opened("word " * 1000)) == LENGTH
    assert opened("") == ()
    assert changed("", "").places == 0


_words = st.lists(st.sampled_from(["a", "b", "c", "Rome", "Oslo", "1", "2", "地"]), max_size=30).map(" ".join)


@given(_words, _words)
def test_it_is_the_same_from_both_sides_and_nothing_between_a_text_and_itself(one: str, other: str) -> None:
    assert changed(one, other)[:5] == changed(other, one)[:5]
    assert changed(one, one).places == 0


@pytest.mark.parametrize("title", ["Bus near Cuzco", "Bus near Cuzco: {}"])
@pytest.mark.parametrize(
    ("language", "text", "told", "new"),
    [
        ("en", BUS, "five", "eight"),
        ("en", BUS, "five", "twenty-one"),
        ("en", BUS, "five", "12"),
        ("en", BUS, "9", "dozens of"),
        ("en", BUS, "dozens of", "hundreds of"),
        ("de", BUS_IN_GERMAN, "fünf", "einundzwanzig"),
        ("ar", BUS_IN_ARABIC, "خمسة", "ثمانية"),
    ],
)
def test_a_toll_in_words_that_rises_is_an_update(language: str, text: str, told: str, new: str, title: str) -> None:
    more = " Rescue workers reached the place after a while, since the road is narrow and it rained heavily. " + WIRE
    one, other = (
        text_signature(tokenize(title.format(toll)), tokenize(text.format(toll) + more), language)
        for toll in (new, told)
    )
    assert one
    assert other
    found = compare(one, other, timedelta(hours=1), same_outlet=False)
    assert found
    assert found.relation is Relation.UPDATE
    assert "other numbers in the same places" in found.why


def test_a_number_in_words_is_known_as_its_digits() -> None:
    words, digits = (
        text_signature(tokenize(f"Bus: {toll}"), tokenize(BUS.format(toll)), "en") for toll in ("twenty-one", "21")
    )
    assert words
    assert digits
    assert (words.title, words.opening) == (digits.title, digits.opening)


def test_an_english_wire_text_is_a_copy_at_an_outlet_of_another_language() -> None:
    title, body = tokenize("Two delegations meet for an hour"), tokenize(WIRE)
    one, other = (text_signature(title, body, language) for language in ("en", "tr"))
    assert one
    assert one == other
