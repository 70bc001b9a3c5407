"""The table of exonyms: its lines are well formed, and a place is found from each of its names."""

from __future__ import annotations

import pytest
from babel import localedata

from monitor.text.forms import expand_name
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.known_spellings import is_given_name, is_locale_place
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit import is_english_surname

LINES = [[part.rpartition(":") for part in line.split(", ")] for line in data_lines("exonyms.txt")]


def sure(name: str, language: str) -> set[str]:
    return {form.text for form in expand_name(name, {}) if form.confidence >= 0.6 and form.language in ("", language)}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0][2])
def test_a_line_has_one_place_in_languages_with_endings(line: list[tuple[str, str, str]]) -> None:
    assert {language for language, _, _ in line} <= {"", "uk", "ru", "bg", "pl", "cs", "de", "tr", "fa"}
    assert {script_of(text) for language, _, text in line if language in ("uk", "ru", "bg")} == {"cyrillic"}
    assert {script_of(text) for language, _, text in line if language in ("pl", "cs", "de", "tr")} <= {"latin"}
    assert "cyrillic" not in {script_of(text) for language, _, text in line if not language}
    assert len({(language, fold(text)) for language, _, text in line}) == len(line)
    assert not [text for _, _, text in line if is_given_name(text.lower()) or is_english_surname(text.lower())]


def test_no_name_stands_for_two_places() -> None:
    names = [{fold(text) for _, _, text in line} for line in LINES]
    assert sum(map(len, names)) == len(set().union(*names))


@pytest.mark.parametrize(
    ("name", "language", "found"),
    [
        ("Lviv", "pl", {"Lwów", "Lwowie", "Lemberg"}),
        ("Lemberg", "uk", {"Львів", "Львові"}),
        ("Lwów", "de", {"Lembergs", "Lwiw"}),
        ("Житомир", "pl", {"Żytomierz", "Żytomierzu"}),
        ("Zhytomyr", "cs", {"Žytomyr", "Žitomiru"}),
        ("Rivne", "ru", {"Ровно"}),
        ("Makhachkala", "tr", {"Mahaçkale"}),
        ("Kryvyi Rih", "pl", {"Krzywy Róg", "Krzywym Rogu"}),
        ("Кривой Рог", "de", {"Krywyj Rih"}),
        ("Czerniowce", "fr", {"Tchernivtsi", "Czernowitz"}),
        ("Turkey", "ru", {"Турция", "Турции", "Türkiye"}),
        ("Турция", "en", {"Turkey"}),
        ("Czech Republic", "de", {"Tschechien"}),
        ("Ivory Coast", "ru", {"Кот-д’Ивуар"}),
        ("Britain", "uk", {"Велика Британія"}),
        ("Palestine", "ru", {"Палестина", "Палестины"}),
        ("Burma", "ru", {"Мьянме", "Бирма"}),
    ],
)
def test_a_place_is_found_in_other_languages(name: str, language: str, found: set[str]) -> None:
    assert found <= sure(name, language)


@pytest.mark.parametrize(
    ("name", "polish"),
    [
        ("Chervonohrad", "Czerwonogród"),
        ("Chornomorsk", "Czarnomorsk"),
        ("Starobilsk", "Starobielsk"),
        ("Ivano-Frankivsk", "Iwano-Frankiwsku"),
        ("Новороссийск", "Noworosyjsku"),
    ],
)
def test_polish_spells_the_roots_of_ukrainian_places_as_its_own(name: str, polish: str) -> None:
    assert polish in sure(name, "pl")


def test_the_other_spellings_of_an_exonym_follow_from_its_cyrillic_name() -> None:
    assert {"Jytomyr", "Schytomyr"} <= sure("Żytomierz", "fr")


def test_a_short_turkish_name_of_a_place_counts_in_turkish_only() -> None:
    forms = [form for form in expand_name("Damascus", {}) if form.text == "Şam"]
    assert [form.language for form in forms] == ["tr"]


def test_further_english_names_of_countries_are_of_territories_that_cldr_knows() -> None:
    rows = [line.partition(": ")[::2] for line in data_lines("countries.txt")]
    names = [name for _, several in rows for name in several.split(", ") if ":" not in name]
    assert len(set(names)) == len(names)
    territories = localedata.load("en")["territories"]
    assert [code for code, _ in rows if not is_locale_place(str(territories[code]).lower())] == []
    assert [name for name in names if is_given_name(name.lower()) or is_english_surname(name.lower())] == []
