"""The signs of an event that are read from an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.event_signs import event_signs, exact_keys, is_nationality, number_key, place_key
from monitor.event_values import KeyKind, kind_of
from tests.articles.events import FIRE, FIRE_IN_RUSSIAN, article, signs


def _texts(title: str, body: str = "", language: str = "en") -> list[str]:
    return [sign.text for sign in event_signs(article(title, body, language)).signs]


def test_words_names_and_numbers_are_signs_and_function_words_are_not() -> None:
    assert _texts("Fire on the ferry off Chios", "All 212 of them were with her.") == [
        *("fire", "ferry", "chios"),
        "212",
    ]


def test_forms_of_a_word_are_one_sign_and_the_title_comes_first() -> None:
    found = event_signs(article("Латышева в Воронеже", "Омбудсмен видел Латышеву. Из Воронежа.", "ru")).signs
    assert [(sign.text, sign.is_title) for sign in found if sign.is_title] == [("латышева", True), ("воронеже", True)]
    assert [sign.text for sign in found][2:] == ["омбудсмен", "видел"]


def test_a_capital_in_a_sentence_is_a_name_and_at_its_beginning_only_beside_another() -> None:
    names = {sign.text: sign.is_name for sign in event_signs(article("", "Rain fell. Anna Roussou saw Chios.")).signs}
    assert names == {"rain": False, "fell": False, "anna": True, "roussou": True, "saw": False, "chios": True}


def test_a_name_place_topic_and_number_are_met_in_other_languages() -> None:
    english = {key: sign.text for sign in signs(FIRE).signs for key in sign.keys}
    russian = {key: sign.text for sign in signs(FIRE_IN_RUSSIAN, "ru").signs for key in sign.keys}
    met = {(english[key], russian[key]) for key in english.keys() & russian.keys()}
    assert {("stavros", "ставрос"), ("melidis", "мелидис"), ("fire", "пожар"), ("212", "212")} <= met


def test_every_key_has_32_bits_and_says_its_kind() -> None:
    keys = [key for sign in signs(FIRE).signs for key in sign.keys]
    assert all(0 <= key < 2**32 for key in keys)
    assert {KeyKind.WORD, KeyKind.NUMBER, KeyKind.TOPIC, KeyKind.NAME} <= set(map(kind_of, keys))


def test_unspaced_scripts_have_pairs_of_characters() -> None:
    assert _texts("东京地震", language="zh") == ["东京", "京地", "地震"]


def test_only_the_first_words_are_read() -> None:
    assert len(_texts("", " ".join(f"wort{number}x" for number in range(100_000)), "de")) < 130


@given(st.text(max_size=300), st.text(max_size=600), st.sampled_from(["", "en", "ar", "tr", "zh-Hant", "x_y"]))
def test_any_text_gives_signs_with_keys_of_their_own(title: str, body: str, language: str) -> None:
    found = event_signs(article(title, body, language)).signs
    assert len({sign.key for sign in found}) == len(found)
    assert all(len(sign.others) <= 16 for sign in found)


def test_number_words_are_numbers_and_words_of_a_nation_are_of_its_country() -> None:
    digits, words = (event_signs(article(f"{said} dead near harbour")).signs for said in ("21", "Twenty-one"))
    assert [(one.key, one.position) for one in digits if kind_of(one.key) == KeyKind.NUMBER] == [
        (one.key, one.position) for one in words if kind_of(one.key) == KeyKind.NUMBER
    ]
    assert not [one.text for one in words if one.text in ("twenty", "one")]
    assert [kind_of(one.key) for one in event_signs(article("Dozens")).signs] == [KeyKind.SMALL_NUMBER]
    said = {"en": "Bulgaria Bulgarian", "ru": "Болгария болгарской", "de": "Bulgarien bulgarische", "tr": "Bulgar"}
    places = [
        {key for one in event_signs(article(title, language=language)).signs for key in one.others} & {place_key("BG")}
        for language, title in said.items()
    ]
    assert all(places)
    assert not any(place_key("PL") in one.keys for one in event_signs(article("To polish it")).signs)
    assert [is_nationality(word, "en") for word in ("bulgarian", "bulgaria", "harbour")] == [True, False, False]


def test_a_vague_number_stands_for_those_of_its_size() -> None:
    assert {number_key("20"), number_key("99")} <= exact_keys(number_key("dozens"))
    assert number_key("7") not in exact_keys(number_key("dozens"))
    assert exact_keys(number_key("41")) == frozenset()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "A coach plunged into a gorge near the Peruvian town of Huaraz early on Tuesday, killing five people"),
        (
            "uk",
            "Автобус сорвался рано утром в ущелье у города Уарас, погибли пять человек, сообщила глава",
        ),
        ("de", "Un car de voyageurs a plongé mardi dans une gorge près de Huaraz, dans les Andes, faisant cinq morts"),
    ],
)
def test_numbers_are_read_in_the_language_of_the_text_whatever_the_outlet_speaks(language: str, text: str) -> None:
    assert number_key("5") in {sign.key for sign in event_signs(article("", text, language)).signs}
