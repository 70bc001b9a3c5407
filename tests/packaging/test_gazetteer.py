"""The maker of the gazetteer: which names of a city it takes, and in which language."""

from __future__ import annotations

from tests.packaging.gazetteer import line_of

SIVERSK = {
    "name": "Siversk",
    "countrycode": "UA",
    "population": 10_875,
    "alternatenames": ["Seversk", "Sivers’k", "SVK", "sevuerusuku", "Yama", "Північ", "Северск", "Сіверськ"],
}


def test_names_that_resemble_the_usual_one_are_taken_with_their_language() -> None:
    line = line_of(SIVERSK, frozenset())
    assert line[:3] == ["Siversk", "ru:Северск", "uk:Сіверськ"]
    assert {"Seversk", "de:Siwersk"} <= set(line)
    assert not {"SVK", "sevuerusuku", "Yama", "uk:Північ"} & set(line)


def test_a_russian_name_in_latin_letters_is_written_in_its_own() -> None:
    names = ["Velikaya Novosëlka", "Велика Новосілка"]
    line = line_of({**SIVERSK, "name": "Velyka Novosilka", "alternatenames": names}, frozenset())
    assert line[:3] == ["Velyka Novosilka", "uk:Велика Новосілка", "ru:Великая Новоселка"]


def test_names_of_persons_and_of_larger_cities_are_left_out() -> None:
    city = {
        "name": "Karima",
        "countrycode": "SD",
        "population": 70_000,
        "alternatenames": ["Karim", "Karimah", "كريمة"],
    }
    assert line_of(city, frozenset()) == ["Karima", "Karimah", "كريمة"]
    assert line_of(city, frozenset({"karimah"})) == ["Karima", "كريمة"]


def test_names_in_other_scripts_sound_like_the_usual_one() -> None:
    city = {
        "name": "Aleppo",
        "countrycode": "SY",
        "population": 1_600_000,
        "alternatenames": ["Βέροια", "Χαλέπι", "Haleb"],
    }
    assert line_of(city, frozenset()) == ["Aleppo", "Χαλέπι"]
    assert "fa:کرمان" in line_of({**city, "name": "Kerman", "alternatenames": ["کرمان", "باراک"]}, frozenset())


def test_quarters_and_small_places_that_are_words_have_no_line() -> None:
    assert line_of({**SIVERSK, "alternatenames": ["Siverskyi District"]}, frozenset()) == []
    assert line_of({**SIVERSK, "name": "Zolote", "alternatenames": ["Золоте"]}, frozenset()) == []
