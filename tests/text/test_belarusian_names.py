"""Belarusian names in Cyrillic and Latin letters find their Russian spelling, and it them."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.translit.belarusian import is_belarusian, may_be_belarusian


def sure(name: str, language: str) -> set[str]:
    return {form.text for form in expand_name(name, {}) if form.confidence >= 0.6 and form.language in ("", language)}


@pytest.mark.parametrize(
    ("name", "language", "wanted"),
    [
        ("Ціханоўская", "ru", {"Тихановская", "Тихановской"}),
        ("Ціханоўская", "be", {"Ціханоўскай", "Ціханоўскую"}),
        ("Ціханоўская", "uk", {"Тихановська"}),
        ("Ціханоўская", "en", {"Tsikhanouskaya", "Tikhanovskaya"}),
        ("Тихановская", "be", {"Ціханоўская", "Ціханоўскай"}),
        ("Тихановская", "pl", {"Cichanouska", "Tsikhanouskaya"}),
        ("Cichanoŭskaja", "ru", {"Тихановской"}),
        ("Tsikhanouskaya", "be", {"Ціханоўская"}),
        ("Сабаленка", "ru", {"Соболенко"}),
        ("Соболенко", "it", {"Sabalenka"}),
        ("Sabalenka", "ru", {"Соболенко"}),
        ("Kalesnikawa", "ru", {"Колесникова", "Колесниковой"}),
        ("Колесникова", "be", {"Калеснікава"}),
        ("Лукашэнка", "ru", {"Лукашенко"}),
        ("Lukashenko", "be", {"Лукашэнка", "Лукашэнку"}),
        ("Марыя Калеснікава", "ru", {"Мария Колесникова", "Марии Колесниковой"}),
        ("Марыя Калеснікава", "be", {"Марыю Калеснікаву"}),
        ("Maryja Kalesnikava", "ru", {"Мария Колесникова"}),
        ("Aliaksandr Lukashenka", "ru", {"Александр Лукашенко"}),
        ("Aryna Sabalenka", "be", {"Арына Сабаленка"}),
    ],
)
def test_belarusian_and_russian_spellings_find_each_other(name: str, language: str, wanted: set[str]) -> None:
    assert wanted <= sure(name, language)


def test_a_spelling_that_other_languages_may_have_counts_in_belarusian_articles_only() -> None:
    assert "Карэнін" in sure("Каренин", "be")
    assert "Сабаленка" not in sure("Соболенко", "uk")


@pytest.mark.parametrize("word", ["Зеленський", "Путін", "Ільїн", "Песков", "Шевченко", "Мэй", "Кличко"])
def test_ukrainian_and_russian_names_are_not_taken_for_belarusian(word: str) -> None:
    assert not is_belarusian(word)
    assert not may_be_belarusian(word.lower())


def test_a_place_that_the_dictionary_has_is_no_belarusian_surname() -> None:
    assert "Каменко" not in {form.text for form in expand_name("Каменка", {}) if form.source == "transliteration"}
    assert "Азаренко" in sure("Азаранка", "ru")
