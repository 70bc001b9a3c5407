"""Adjective and noun of a place decline together, by the paradigms of both words."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.slavic_agreement import agree, head_cases, joined_cases, pair_cases


def texts(name: str) -> set[str]:
    return {form.text.replace("ё", "е") for form in expand_name(name, {}) if form.confidence >= 0.6}


@pytest.mark.parametrize(
    ("first", "second", "language", "wanted", "others"),
    [
        ("Біла", "Церква", "uk", {("білій", "церкві"), ("білу", "церкву")}, {("білую", "церкву")}),
        ("Жовті", "Води", "uk", {("жовтих", "вод"), ("жовтих", "водах")}, {("жовтих", "води")}),
        ("Часів", "Яр", "uk", {("часовому", "яру"), ("часовому", "ярі")}, set()),
        ("Часов", "Яр", "ru", {("часовом", "яре"), ("часовом", "яру")}, set()),
        ("Кривий", "Ріг", "uk", {("кривому", "розі"), ("кривого", "рогу")}, set()),
        ("Нижній", "Новгород", "uk", {("нижньому", "новгороді")}, set()),
        ("Великие", "Луки", "ru", {("великих", "луках")}, set()),
    ],
)
def test_both_words_stand_in_the_same_case(
    first: str, second: str, language: str, wanted: set[tuple[str, str]], others: set[tuple[str, str]]
) -> None:
    pairs = set(pair_cases(first, second, language))
    assert wanted <= pairs
    assert not others & pairs


@pytest.mark.parametrize(
    ("words", "language", "wanted", "others"),
    [
        ("Федеральное бюро расследований", "ru", {"федерального бюро", "федеральном бюро"}, {"федерального бюра"}),
        ("Державне бюро розслідувань", "uk", {"державного бюро", "державним бюро"}, {"державного бюра"}),
        ("Національне антикорупційне бюро України", "uk", {"національного антикорупційного бюро"}, set()),
        ("Головне слідче управління", "uk", {"головному слідчому управлінні"}, {"головному слідчім управлінні"}),
        ("Главное разведывательное управление", "ru", {"главного разведывательного управления"}, set()),
        ("Главное управление разведки", "ru", {"главного управления"}, set()),
    ],
)
def test_all_adjectives_decline_with_a_noun_that_may_be_indeclinable(
    words: str, language: str, wanted: set[str], others: set[str]
) -> None:
    heads = {" ".join(forms) for forms in head_cases(words.split(), language)}
    assert wanted <= heads
    assert not others & heads


@pytest.mark.parametrize(("first", "second"), [("Рада", "Європи"), ("Злата", "Прага Європи"), ("Біла", "Дім")])
def test_words_that_differ_in_gender_or_number_are_no_pair(first: str, second: str) -> None:
    assert not agree(first, second, "uk")
    assert pair_cases(first, second, "uk") == ()


def test_an_adjective_joined_by_a_hyphen_declines_with_its_noun_only() -> None:
    cases = joined_cases("купянск", "узловой", "ru")
    assert "купянске-узловом" in cases
    assert "купянска-узловому" not in cases
    assert joined_cases("кара", "мурза", "ru") == ()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Zhovti Vody", {"Жовтих Водах", "Желтые Воды", "Желтых Водах"}),
        ("Schowti Wody", {"Жовтих Водах"}),
        ("Bila Tserkva", {"Білій Церкві", "Белой Церкви"}),
        ("Chasiv Yar", {"Часовому Яру", "Часова Яра", "Часовом Яру"}),
        ("Velyki Luky", {"Великі Луки", "Великих Луках"}),
        ("Мала Токмачка", {"Малій Токмачці", "Малой Токмачке"}),
        ("Нова Каховка", {"Новій Каховці", "Новой Каховке"}),
        ("Kupyansk-Vuzlovyi", {"Куп'янську-Вузловому", "Купянске-Узловом"}),
        ("Stepnohirsk", {"Степногорск", "Степногорска", "Степногірськ"}),
        ("Vilniansk", {"Вольнянске", "Вільнянську"}),
        ("Степногорск", {"Степногірськ"}),
        ("Vovchanski Khutory", {"Вовчанських Хуторах"}),
        ("Світлодарськ", {"Светлодарске"}),
    ],
)
def test_places_are_found_in_both_languages_and_their_cases(name: str, wanted: set[str]) -> None:
    assert wanted <= texts(name)


def test_a_person_with_the_surname_first_is_no_place() -> None:
    assert "Білій Марії" in texts("Біла Марія")
    assert "Біла" in {form.text for form in expand_name("Біла Марія", {})}
    assert "Кара-Мурзы" in texts("Kara-Murza")
